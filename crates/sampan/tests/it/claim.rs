//! Asking for money back, in the steps that many tests begin with.

use crate::{
    persona::Persona,
    purchase::Bought,
    world::{World, until},
};
use serde_json::{Value, json};
use std::sync::OnceLock;

pub const CREATE: &str = "/alibaba/refund/detail/create";
pub const RETURN: &str = "/alibaba/refund/goods/return";
pub const REASONS: &str = "/alibaba/refund/reason/list";
pub const UPLOAD: &str = "/alibaba/refund/voucher/upload";
pub const JPG: &[u8] = include_bytes!("../../assets/voucher.jpg");

/// An application for everything that was paid.
pub fn application(bought: &Bought, request: &str, goods: &str) -> Value {
    json!({
        "orderId": bought.order,
        "orderEntryIds": bought.entries,
        "disputeRequest": request,
        "applyPayment": bought.goods(),
        "applyCarriage": bought.freight,
        "applyReasonId": 20028,
        "description": "不想要了",
        "goodsStatus": goods,
    })
}

/// [`application`] before shipment.
pub fn before_shipment(bought: &Bought) -> Value {
    application(bought, "refund", "refundWaitSellerSend")
}

/// `body` with some fields changed; null takes one away.
pub fn with(body: &Value, changes: Value) -> Value {
    let mut body = body.clone();
    for (name, value) in changes.as_object().expect("fields") {
        body[name] = value.clone();
    }
    body
}

pub fn parcel(refund: &str) -> Value {
    json!({"refundId": refund, "logisticsCompanyNo": "ZTO", "freightBill": "3110044550034338", "description": "发货说明"})
}

fn published_schema() -> &'static jsonschema::Validator {
    static SCHEMA: OnceLock<jsonschema::Validator> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let text = include_str!("../../../contract/tests/fixtures/v1_refund_create_request_schema.json");
        jsonschema::validator_for(&serde_json::from_str(text).expect("JSON")).expect("a schema")
    })
}

impl World {
    /// Opens a refund. What is accepted here fits the published schema too.
    pub async fn apply(&self, persona: &Persona, body: Value) -> String {
        let opened = self.post(persona, CREATE, body.clone()).await.accepted();
        assert!(published_schema().is_valid(&body), "accepted, and not of the published schema: {body}");
        opened["refundId"].as_str().expect("a text").to_owned()
    }

    /// The ka record.
    pub async fn refund(&self, persona: &Persona, id: &str) -> Value {
        let detail = self.ka(persona, "refund/detail", json!({ "refundId": id })).await;
        detail["refundDetail"].clone()
    }

    /// The v1 record.
    pub async fn refund_info(&self, persona: &Persona, id: &str) -> Value {
        self.post(persona, "/alibaba/refund/info", json!({ "refundId": id })).await.accepted()
    }

    pub async fn refund_status(&self, persona: &Persona, id: &str) -> String {
        self.refund(persona, id).await["status"].as_str().expect("a text").to_owned()
    }

    pub async fn until_refund(&self, persona: &Persona, id: &str, status: &str) -> Value {
        until(&format!("refund {id} is {status}"), async || {
            let refund = self.refund(persona, id).await;
            (refund["status"] == status).then_some(refund)
        })
        .await
    }

    /// URL of a new voucher.
    pub async fn voucher(&self, persona: &Persona) -> String {
        let ask = crate::ask::Ask::file(UPLOAD, "imageData", "image/jpeg", JPG);
        let given = self.send(persona, ask).await.accepted();
        format!(
            "{}/{}",
            given["imageDomain"].as_str().expect("a text"),
            given["imageRelativeUrl"].as_str().expect("a text")
        )
    }

    /// A return that the seller has agreed to.
    pub async fn agreed_return(&self, persona: &Persona, offer: i64) -> (Bought, String) {
        let bought = self.received_order(persona, offer, &[1]).await;
        let refund = self.apply(persona, application(&bought, "returnRefund", "aftersaleBuyerReceived")).await;
        self.until_refund(persona, &refund, "waitbuyersend").await;
        (bought, refund)
    }
}
