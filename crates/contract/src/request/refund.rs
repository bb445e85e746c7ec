//! Requests of after-sales.

use super::{Id, buying::entries};
use crate::error::{Code, Fault};
use domain::{
    EntryId, Fen, OrderId, RefundId,
    refund::{Application, DisputeRequest, EntryShare, GoodsStatus},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One refund.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RefundIdBody {
    /// `TQ` and digits; the letters may be left out.
    pub refund_id: Id,
}

impl RefundIdBody {
    /// A malformed id is an unknown one: 40404.
    pub fn refund(&self) -> Result<RefundId, Fault> {
        self.refund_id.refund()
    }
}

/// For which sub-orders reasons are asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RefundReasonBody {
    pub order_id: Id,
    /// At least one.
    pub order_entry_ids: Vec<Id>,
    /// refundWaitSellerSend, refundWaitBuyerReceive, refundBuyerReceived, aftersaleBuyerNotReceived or
    /// aftersaleBuyerReceived.
    pub goods_status: String,
}

impl RefundReasonBody {
    /// The order and its sub-orders, which are judged before the words.
    pub fn target(&self) -> Result<(OrderId, Vec<EntryId>), Fault> {
        Ok((self.order_id.parse("orderId")?, entries(&self.order_entry_ids)?))
    }

    pub fn ask(&self) -> Result<(OrderId, Vec<EntryId>, GoodsStatus), Fault> {
        Ok((self.order_id.parse("orderId")?, entries(&self.order_entry_ids)?, goods_status(&self.goods_status)?))
    }
}

/// Apply for a refund. Amounts in fen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RefundCreateBody {
    /// The 1688 main order.
    pub order_id: Id,
    /// Sub-orders, at least one.
    pub order_entry_ids: Vec<Id>,
    /// `refund` (money only) or `returnRefund`.
    pub dispute_request: String,
    /// Goods amount.
    pub apply_payment: i64,
    /// Freight.
    pub apply_carriage: i64,
    /// From the reason list.
    pub apply_reason_id: i64,
    /// 2 to 150 characters.
    pub description: String,
    /// refundWaitSellerSend, refundWaitBuyerReceive, refundBuyerReceived, aftersaleBuyerNotReceived or
    /// aftersaleBuyerReceived.
    pub goods_status: String,
    /// 1 to 5 URLs given back by the voucher upload.
    pub vouchers: Option<Vec<String>>,
    /// Quantities to return; all where it is left out.
    pub order_entry_count_list: Option<Vec<OrderEntryCount>>,
}

/// How many pieces of a sub-order come back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OrderEntryCount {
    /// The sub-order.
    pub id: Option<Id>,
    /// 1 or more.
    pub count: Option<i64>,
}

impl RefundCreateBody {
    /// The order and its sub-orders, which are judged before the words.
    pub fn target(&self) -> Result<(OrderId, Vec<EntryId>), Fault> {
        Ok((self.order_id.parse("orderId")?, entries(&self.order_entry_ids)?))
    }

    /// The application; amounts, reason and state are judged by the domain's rules.
    pub fn application(&self) -> Result<Application, Fault> {
        Ok(Application {
            order_id: self.order_id.parse("orderId")?,
            entries: entries(&self.order_entry_ids)?,
            request: DisputeRequest::parse(&self.dispute_request)
                .ok_or_else(|| Fault::invalid("disputeRequest", "refund or returnRefund"))?,
            goods: goods_status(&self.goods_status)?,
            payment: Fen(self.apply_payment),
            carriage: Fen(self.apply_carriage),
            reason_id: self.apply_reason_id,
            description: self.description.clone(),
            vouchers: self.vouchers.clone().unwrap_or_default(),
            counts: self.order_entry_count_list.as_deref().filter(|list| !list.is_empty()).map(counts).transpose()?,
        })
    }
}

fn counts(list: &[OrderEntryCount]) -> Result<Vec<EntryShare>, Fault> {
    let mut out: Vec<EntryShare> = Vec::with_capacity(list.len());
    for (at, row) in list.iter().enumerate() {
        let field = |name: &str| format!("orderEntryCountList[{at}].{name}");
        let id = row.id.as_ref().ok_or_else(|| Fault::missing(field("id")))?;
        let count = row.count.ok_or_else(|| Fault::missing(field("count")))?;
        let count = u32::try_from(count).ok().filter(|c| *c >= 1);
        let share = EntryShare {
            entry: id.parse(&field("id"))?,
            count: count.ok_or_else(|| Fault::field(Code::AmountNotAllowed, field("count"), "expected 1 or more"))?,
        };
        if out.iter().any(|s| s.entry == share.entry) {
            return Err(Fault::invalid(field("id"), "each sub-order once"));
        }
        out.push(share);
    }
    Ok(out)
}

fn goods_status(text: &str) -> Result<GoodsStatus, Fault> {
    GoodsStatus::parse(text).ok_or_else(|| {
        let words: Vec<_> = GoodsStatus::ALL.iter().map(|s| s.word()).collect();
        Fault::invalid("goodsStatus", format_args!("one of {}", words.join(", ")))
    })
}

/// Declare the parcel that goes back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RefundReturnBody {
    /// `TQ` and digits.
    pub refund_id: Id,
    /// `companyNo` of the company list, e.g. ZTO.
    pub logistics_company_no: String,
    /// Waybill number, 1 to 50 characters.
    pub freight_bill: String,
    /// 2 to 200 characters.
    pub description: Option<String>,
    /// Up to 10 URLs given back by the voucher upload.
    pub vouchers: Option<Vec<String>>,
}

/// A checked return parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnAsk {
    pub company: String,
    pub bill: String,
    pub description: Option<String>,
    pub vouchers: Vec<String>,
}

impl RefundReturnBody {
    /// A malformed id is an unknown one: 40404.
    pub fn refund(&self) -> Result<RefundId, Fault> {
        self.refund_id.refund()
    }

    /// The parcel. By the contract's order of checks it is judged after the refund and its state.
    pub fn parcel(&self) -> Result<ReturnAsk, Fault> {
        let company = self.logistics_company_no.trim();
        if company.is_empty() {
            return Err(Fault::invalid("logisticsCompanyNo", "a companyNo of the company list"));
        }
        let bill = self.freight_bill.trim();
        if !(1..=50).contains(&bill.chars().count()) {
            return Err(Fault::invalid("freightBill", "1 to 50 characters"));
        }
        let vouchers = self.vouchers.clone().unwrap_or_default();
        if vouchers.len() > 10 {
            return Err(Fault::field(Code::FileNotAllowed, "vouchers", "expected up to 10 URLs"));
        }
        let description = super::set(self.description.as_ref()).map(str::to_owned);
        if description.as_ref().is_some_and(|text| !(2..=200).contains(&text.chars().count())) {
            return Err(Fault::invalid("description", "2 to 200 characters"));
        }
        Ok(ReturnAsk { company: company.to_owned(), bill: bill.to_owned(), description, vouchers })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn body() -> Value {
        json!({"orderId": 506683458994743225_i64, "orderEntryIds": ["506683458996743225"],
            "disputeRequest": "returnRefund", "applyPayment": 1, "applyCarriage": 0, "applyReasonId": 20028,
            "description": "测试", "goodsStatus": "refundBuyerReceived", "vouchers": null,
            "orderEntryCountList": [{"id": 506683458996743225_i64, "count": 1}]})
    }

    fn application(body: Value) -> Result<Application, Fault> {
        serde_json::from_value::<RefundCreateBody>(body).unwrap().application()
    }

    #[test]
    fn the_published_application_is_understood() {
        let ask = application(body()).unwrap();
        assert_eq!(ask.entries[0].get(), 506_683_458_996_743_225);
        assert_eq!(ask.counts.unwrap()[0].count, 1);
        assert!(ask.vouchers.is_empty());
    }

    #[test]
    fn each_wrong_field_has_its_code() {
        for (field, value, code, named) in [
            ("disputeRequest", json!("exchange"), Code::InvalidParameter, "disputeRequest"),
            ("goodsStatus", json!(""), Code::InvalidParameter, "goodsStatus"),
            ("orderEntryIds", json!([]), Code::InvalidParameter, "orderEntryIds"),
            ("orderEntryIds", json!([1, 1]), Code::InvalidParameter, "orderEntryIds[1]"),
            ("orderEntryCountList", json!([{"count": 1}]), Code::MissingParameter, "orderEntryCountList[0].id"),
            ("orderEntryCountList", json!([{"id": 1}]), Code::MissingParameter, "orderEntryCountList[0].count"),
            (
                "orderEntryCountList",
                json!([{"id": 1, "count": 0}]),
                Code::AmountNotAllowed,
                "orderEntryCountList[0].count",
            ),
        ] {
            let mut body = body();
            body[field] = value;
            let fault = application(body).unwrap_err();
            assert_eq!((fault.code, fault.field.as_deref()), (code, Some(named)));
        }
    }

    #[test]
    fn a_return_parcel_needs_a_waybill() {
        let body = |bill: &str, description: Value| {
            let body = json!({"refundId": "TQ1", "logisticsCompanyNo": "ZTO", "freightBill": bill,
                "description": description});
            serde_json::from_value::<RefundReturnBody>(body).unwrap().parcel()
        };
        assert_eq!(body(" 3110044550034338", Value::Null).unwrap().bill, "3110044550034338");
        assert_eq!(body("", Value::Null).unwrap_err().field.as_deref(), Some("freightBill"));
        assert_eq!(body("1", json!("x")).unwrap_err().field.as_deref(), Some("description"));
    }
}
