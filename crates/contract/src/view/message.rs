//! What a callback carries: the envelope of messages, and the bodies that ka alone has.
//!
//! The body is JSON as it will stand in the request: an object in v1 and v2, a text that holds JSON in ka. It is made once
//! and kept, since it must not change between attempts.

use crate::dialect::{KaMessage, Time};
use domain::refund::Refund;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

pub use super::order::ka::KaOrderMessageBody;

/// The body of every callback.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MessageEnvelope {
    pub message_type: String,
    /// See [`object_body`] and [`text_body`].
    pub message_body: Box<RawValue>,
    /// 0 Taobao, 1 1688.
    pub message_platform: i64,
    /// When this attempt began: epoch milliseconds as text.
    pub timestamp: String,
    /// Failed attempts before this one.
    #[serde(default)]
    pub retry_count: u32,
    /// A number here, a text in answers.
    #[serde(default)]
    pub develop_id: i64,
    /// The message; receivers drop duplicates by it.
    #[serde(default)]
    pub id: i64,
}

impl MessageEnvelope {
    /// The body as its record, whichever form it has.
    pub fn read_body<T: serde::de::DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        let raw = self.message_body.get();
        if raw.starts_with('"') {
            return serde_json::from_str(&serde_json::from_str::<String>(raw)?);
        }
        serde_json::from_str(raw)
    }
}

/// A body as v1 and v2 send it: the object itself.
pub fn object_body<T: Serialize>(record: &T) -> Result<Box<RawValue>, serde_json::Error> {
    serde_json::value::to_raw_value(record)
}

/// A body as ka sends it: JSON text.
pub fn text_body<T: Serialize>(record: &T) -> Result<Box<RawValue>, serde_json::Error> {
    serde_json::value::to_raw_value(&serde_json::to_string(record)?)
}

/// The body of a ka refund message. Amounts in fen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KaRefundMessageBody {
    pub refund_id: String,
    pub order_id: String,
    pub order_no: String,
    pub status: String,
    pub refund_payment: i64,
    pub refund_carriage: i64,
    pub apply_payment: i64,
    pub apply_carriage: i64,
    pub gmt_modified: Time<KaMessage>,
}

impl KaRefundMessageBody {
    pub fn of(refund: &Refund, order_no: &str) -> Self {
        Self {
            refund_id: refund.id.to_string(),
            order_id: refund.order_id.to_string(),
            order_no: order_no.to_owned(),
            status: refund.status.word().to_owned(),
            refund_payment: refund.refund_payment.0,
            refund_carriage: refund.refund_carriage.0,
            apply_payment: refund.apply_payment.0,
            apply_carriage: refund.apply_carriage.0,
            gmt_modified: refund.modified_at.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ka_bodies_are_text_and_v1_bodies_objects() {
        let record = serde_json::json!({"orderId": "1"});
        let envelope = |message_body| MessageEnvelope {
            message_type: "ORDER_CREATE".into(),
            message_body,
            message_platform: 1,
            timestamp: "1779263269913".into(),
            retry_count: 0,
            develop_id: 1,
            id: 224,
        };
        let ka = envelope(text_body(&record).unwrap());
        assert_eq!(
            serde_json::to_string(&ka).unwrap(),
            r#"{"messageType":"ORDER_CREATE","messageBody":"{\"orderId\":\"1\"}","messagePlatform":1,"timestamp":"1779263269913","retryCount":0,"developId":1,"id":224}"#
        );
        let v1 = envelope(object_body(&record).unwrap());
        assert!(serde_json::to_string(&v1).unwrap().contains(r#""messageBody":{"orderId":"1"},"#));
        assert_eq!(ka.read_body::<serde_json::Value>().unwrap(), v1.read_body::<serde_json::Value>().unwrap());
    }
}
