//! The calls of a buyer, under the paths of the editions.

use super::model::rules::Claim;
use crate::ask::Ask;
use serde_json::{Value, json};

pub const CREATES: [&str; 4] =
    ["/alibaba/order/create", "/v2/alibaba/order/create", "/alibaba/ka/order/create", "/alibaba/bigMajor/order/create"];
pub const REFUNDS: [&str; 3] =
    ["/alibaba/refund/detail/create", "/v2/alibaba/refund/detail/create", "/alibaba/ka/refund/create"];
const RETURNS: [&str; 3] =
    ["/alibaba/refund/goods/return", "/v2/alibaba/refund/goods/return", "/alibaba/ka/refund/goods/return"];
const REASONS: [&str; 3] =
    ["/alibaba/refund/reason/list", "/v2/alibaba/refund/reason/list", "/alibaba/ka/refund/reason/list"];

pub fn pay(edition: usize, order: i64) -> Ask {
    let id = order.to_string();
    match edition {
        0 => Ask::get("/alibaba/order/pay/url", &[("orderId", &id)]),
        1 => Ask::get("/v2/alibaba/order/pay/url", &[("orderId", &id)]),
        _ => Ask::post("/alibaba/ka/order/pay", &json!({ "orderId": id })),
    }
}

pub fn submit(edition: usize, order: i64) -> Ask {
    let path = ["/alibaba/order/batch/submit/to/pay", "/v2/alibaba/order/batch/submit/to/pay"][edition % 2];
    Ask::post(path, &json!({"orderIds": [order.to_string()]}))
}

pub fn cancel(edition: usize, order: i64) -> Ask {
    let path = ["/alibaba/order/cancel", "/v2/alibaba/order/cancel"][edition % 2];
    Ask::post(path, &json!({"webSite": "1688", "orderId": order, "cancelReason": "buyerCancel"}))
}

pub fn receive(edition: usize, order: i64, entries: &[i64]) -> Ask {
    let path = ["/alibaba/order/receivegoods", "/v2/alibaba/order/receivegoods"][edition % 2];
    Ask::post(path, &json!({"orderId": order, "orderEntryIds": entries}))
}

pub fn reasons(edition: usize, order: i64, claim: &Claim) -> Ask {
    let body = json!({"orderId": order, "orderEntryIds": claim.entries, "goodsStatus": claim.goods});
    Ask::post(REASONS[edition], &body)
}

pub fn refund(edition: usize, order: i64, claim: &Claim) -> Ask {
    let mut body = json!({
        "orderId": order,
        "orderEntryIds": claim.entries,
        "disputeRequest": claim.request,
        "goodsStatus": claim.goods,
        "applyReasonId": claim.reason,
        "applyPayment": claim.payment,
        "applyCarriage": claim.carriage,
        "description": claim.text,
    });
    if let Some(counts) = &claim.counts {
        let rows: Vec<Value> = counts.iter().map(|(id, count)| json!({"id": id, "count": count})).collect();
        body["orderEntryCountList"] = json!(rows);
    }
    if claim.voucher {
        body["vouchers"] = json!(["https://cbu01.alicdn.com/img/ibank/2019/901/930/11848039109.jpg"]);
    }
    Ask::post(REFUNDS[edition], &body)
}

pub fn send_back(edition: usize, refund: &str) -> Ask {
    Ask::post(RETURNS[edition], &crate::claim::parcel(refund))
}

pub fn withdraw(refund: &str) -> Ask {
    Ask::post("/alibaba/ka/refund/cancel", &json!({ "refundId": refund }))
}

pub fn detail(order: i64) -> Ask {
    Ask::post("/alibaba/order/detail", &json!({"webSite": "1688", "orderId": order.to_string()}))
}

pub fn refund_info(edition: usize, refund: &str) -> Ask {
    let path = ["/alibaba/refund/info", "/v2/alibaba/refund/info", "/alibaba/ka/refund/detail"][edition];
    Ask::post(path, &json!({ "refundId": refund }))
}
