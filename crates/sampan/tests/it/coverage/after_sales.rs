//! Refunds and returns.

use super::sheet::Sheet;
use crate::{
    claim::{JPG, application, before_shipment, parcel, with},
    purchase::goods,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;

const FOREIGN: &str = "https://evil.example/a.jpg";

pub async fn questions(sheet: &mut Sheet<'_>) {
    for id in ["alibaba_refund_reason_list", "v2_alibaba_refund_reason_list", "ka_refund_reason_list"] {
        // A list that was given is kept for a while, so each edition asks about an order of its own.
        let bought = sheet.world.paid_order(&sheet.me, goods::SILENT, &[1]).await;
        let asked = json!({"orderId": bought.order, "orderEntryIds": bought.entries});
        let body = with(&asked, json!({"goodsStatus": "refundWaitSellerSend"}));
        sheet.is_mine(id, &body, 40403).await;
        sheet.answers(id, &with(&body, json!({"goodsStatus": "refundBuyerReceived"})), 40901).await;
        sheet.succeeds(id, &body).await;
    }
    for id in ["alibaba_logistics_company_list", "v2_alibaba_logistics_company_list", "ka_logistics_company_list"] {
        sheet.succeeds(id, &json!({})).await;
    }
    for id in ["alibaba_refund_voucher_upload", "v2_alibaba_refund_voucher_upload", "ka_refund_voucher_upload"] {
        sheet.answers(id, &json!({"imageData": STANDARD.encode("no picture")}), 40006).await;
        sheet.succeeds(id, &json!({"imageData": STANDARD.encode(JPG)})).await;
    }
}

pub async fn applications(sheet: &mut Sheet<'_>) {
    for id in ["alibaba_refund_detail_create", "v2_alibaba_refund_detail_create", "ka_refund_create"] {
        let bought = sheet.world.paid_order(&sheet.me, goods::SILENT, &[1]).await;
        let body = before_shipment(&bought);
        sheet.is_mine(id, &body, 40403).await;
        sheet.answers(id, &with(&body, json!({"disputeRequest": "returnRefund"})), 40901).await;
        sheet.answers(id, &with(&body, json!({"applyPayment": 1})), 40005).await;
        sheet.answers(id, &with(&body, json!({"vouchers": [FOREIGN]})), 40006).await;
        let made = sheet.succeeds(id, &body).await;
        sheet.answers(id, &body, 40907).await;
        let refund = json!({"refundId": made["refundId"]});
        let details = ["alibaba_refund_info", "v2_alibaba_refund_info", "ka_refund_detail"];
        for id in details {
            sheet.is_mine(id, &refund, 40404).await;
            sheet.succeeds(id, &refund).await;
        }
        let news = format!("/sandbox/control/refunds/{}/agree", made["refundId"].as_str().expect("a text"));
        sheet.looks_are_refused(&news, &details.map(|id| (id, refund.clone()))).await;
    }
}

pub async fn returns(sheet: &mut Sheet<'_>) {
    for id in ["alibaba_refund_goods_return", "v2_alibaba_refund_goods_return", "ka_refund_goods_return"] {
        let bought = sheet.world.received_order(&sheet.me, goods::SILENT, &[1]).await;
        let ask = application(&bought, "returnRefund", "aftersaleBuyerReceived");
        let refund = sheet.world.apply(&sheet.me, ask).await;
        sheet.answers(id, &parcel(&refund), 40902).await;
        sheet.world.control(&format!("/sandbox/control/refunds/{refund}/agree"), json!({})).await;
        sheet.world.until_refund(&sheet.me, &refund, "waitbuyersend").await;
        sheet.is_mine(id, &parcel(&refund), 40404).await;
        sheet.answers(id, &with(&parcel(&refund), json!({"vouchers": [FOREIGN]})), 40006).await;
        sheet.succeeds(id, &parcel(&refund)).await;
    }
}

pub async fn withdrawals(sheet: &mut Sheet<'_>) {
    let bought = sheet.world.paid_order(&sheet.me, goods::SILENT, &[1]).await;
    let refund = json!({"refundId": sheet.world.apply(&sheet.me, before_shipment(&bought)).await});
    sheet.is_mine("ka_refund_cancel", &refund, 40404).await;
    sheet.succeeds("ka_refund_cancel", &refund).await;
    sheet.answers("ka_refund_cancel", &refund, 40902).await;
}
