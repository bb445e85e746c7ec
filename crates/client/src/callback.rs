//! The receiving side of callbacks: proves that a message is the platform's, then reads it.
//!
//! A message is read only after one of its two signatures held (the contract's `Authorization`, or Standard Webhooks).
//! Both are HMACs of the same strength over the body as received, so either suffices; they need no network and no clock.
//! A receiver that fears recorded messages compares [`Message::sent_at`] with its own clock, drops what it has seen by
//! [`Message::id`], and reads the object's state anew, since messages come at least once and in no certain order.

use contract::callback::{Base, Key, header};
use domain::Timestamp;
use http::HeaderMap;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::value::RawValue;

/// Why a message is not to be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallbackError {
    #[error("neither Authorization nor webhook-signature is there")]
    Unsigned,
    #[error("the signature does not match the body under this key")]
    SignatureMismatch,
    /// Signed, and yet not a message; answer it with an error, so that it is kept.
    #[error("the body is not a message: {0}")]
    Malformed(String),
}

/// Which signature proved a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProvedBy {
    Authorization,
    StandardWebhooks,
}

/// A callback that has been proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Unique in the installation; the same for every attempt. 0 with `VERIFY`.
    pub id: i64,
    /// Such as `ORDER_BUYER_VIEW_ORDER_BUYER_REFUND`.
    pub message_type: String,
    /// JSON text of the object, whichever form the edition sends it in.
    pub body: String,
    /// 0 Taobao, 1 1688.
    pub platform: i64,
    /// When this attempt was made.
    pub sent_at: Timestamp,
    /// Failed attempts before this one.
    pub retry_count: u32,
    pub develop_id: i64,
    /// 1, 2, 3 ... for each order or refund; shows gaps and wrong order.
    pub sequence: Option<u64>,
    pub proved_by: ProvedBy,
}

impl Message {
    /// The body as a type of the receiver's choice.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, CallbackError> {
        serde_json::from_str(&self.body).map_err(|e| CallbackError::Malformed(e.to_string()))
    }

    /// The message by which the platform tries an address before its first use.
    pub fn is_verification(&self) -> bool {
        self.message_type == "VERIFY"
    }
}

/// Proves a callback and reads it. `raw_body` is the body byte for byte as received.
pub fn verify_callback(
    headers: &HeaderMap,
    raw_body: &[u8],
    access_key: &str,
    secret: &str,
) -> Result<Message, CallbackError> {
    verify_callback_over(Base::RawBody, headers, raw_body, access_key, secret)
}

/// [`verify_callback`] for developers whose setting signs `Authorization` over another base.
pub fn verify_callback_over(
    base: Base,
    headers: &HeaderMap,
    raw_body: &[u8],
    access_key: &str,
    secret: &str,
) -> Result<Message, CallbackError> {
    let body = std::str::from_utf8(raw_body).map_err(|_| CallbackError::Malformed("it is not UTF-8".to_owned()))?;
    let proved_by = prove(Key { access_key, secret }, base, headers, body)?;
    let sequence = text(headers, header::SEQUENCE).and_then(|t| t.parse().ok());
    read(body, sequence, proved_by)
}

fn prove(key: Key<'_>, base: Base, headers: &HeaderMap, body: &str) -> Result<ProvedBy, CallbackError> {
    let authorization = text(headers, header::AUTHORIZATION);
    if authorization.is_some_and(|given| key.verify_authorization(base, body, given)) {
        return Ok(ProvedBy::Authorization);
    }
    let webhook = text(headers, header::SIGNATURE);
    if webhook.is_some_and(|given| webhook_holds(key, headers, body, given)) {
        return Ok(ProvedBy::StandardWebhooks);
    }
    let signed = authorization.is_some() || webhook.is_some();
    Err(if signed { CallbackError::SignatureMismatch } else { CallbackError::Unsigned })
}

fn webhook_holds(key: Key<'_>, headers: &HeaderMap, body: &str, given: &str) -> bool {
    let id = text(headers, header::ID);
    let timestamp_s = text(headers, header::TIMESTAMP).and_then(|t| t.parse().ok());
    id.zip(timestamp_s).is_some_and(|(id, timestamp_s)| key.verify_webhook(id, timestamp_s, body, given))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire<'a> {
    message_type: String,
    #[serde(borrow)]
    message_body: &'a RawValue,
    message_platform: i64,
    timestamp: String,
    #[serde(default)]
    retry_count: u32,
    #[serde(default)]
    develop_id: i64,
    #[serde(default)]
    id: i64,
}

fn read(body: &str, sequence: Option<u64>, proved_by: ProvedBy) -> Result<Message, CallbackError> {
    let malformed = |e: serde_json::Error| CallbackError::Malformed(e.to_string());
    let wire: Wire<'_> = serde_json::from_str(body).map_err(malformed)?;
    let raw = wire.message_body.get();
    let object = if raw.starts_with('"') { serde_json::from_str(raw).map_err(malformed)? } else { raw.to_owned() };
    let sent_at = wire.timestamp.parse().map(Timestamp);
    Ok(Message {
        id: wire.id,
        message_type: wire.message_type,
        body: object,
        platform: wire.message_platform,
        sent_at: sent_at.map_err(|_| CallbackError::Malformed("timestamp: expected digits".to_owned()))?,
        retry_count: wire.retry_count,
        develop_id: wire.develop_id,
        sequence,
        proved_by,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCESS_KEY: &str = "0123456789abcdef0123456789abcdef";
    const SECRET: &str = "fedcba9876543210fedcba9876543210";
    const KA: &str = r#"{"messageType":"ORDER_CREATE","messageBody":"{\"orderId\":\"1\"}","messagePlatform":1,"timestamp":"1779263269913"}"#;
    const V1: &str = r#"{"messageType":"ORDER_BUYER_VIEW_ORDER_PAY","messageBody":{"baseInfo":{"idOfStr":"1"}},"messagePlatform":1,"timestamp":"1779263269913","retryCount":0,"developId":1,"id":1}"#;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    fn verify(pairs: &[(&'static str, &str)], body: &str) -> Result<Message, CallbackError> {
        verify_callback(&headers(pairs), body.as_bytes(), ACCESS_KEY, SECRET)
    }

    #[test]
    fn authorization_of_the_contract_s_example_proves_and_the_inner_text_is_unfolded() {
        let signature = "dbdd7d753964d95992cb9c9aadae5cb369d2d9307a68c1642ee10661aa9de8b5";
        let message = verify(&[("authorization", signature), ("webhook-sequence", "3")], KA).unwrap();
        assert_eq!((message.body.as_str(), message.sequence), (r#"{"orderId":"1"}"#, Some(3)));
        assert_eq!((message.sent_at, message.proved_by), (Timestamp(1_779_263_269_913), ProvedBy::Authorization));
    }

    #[test]
    fn standard_webhooks_prove_as_well() {
        let pairs = [
            ("webhook-id", "1"),
            ("webhook-timestamp", "1779263269"),
            ("webhook-signature", "v1,LmC5FG5SofkC1dJXNBwlk9PH/4iXqYm34sAhMKelqY8="),
        ];
        let message = verify(&pairs, V1).unwrap();
        assert_eq!((message.id, message.proved_by), (1, ProvedBy::StandardWebhooks));
        assert_eq!(message.body, r#"{"baseInfo":{"idOfStr":"1"}}"#);
        assert_eq!(verify(&pairs, &V1.replace("\"1\"", "\"2\"")), Err(CallbackError::SignatureMismatch));
    }

    #[test]
    fn nothing_unproved_is_read() {
        assert_eq!(verify(&[], V1), Err(CallbackError::Unsigned));
        assert_eq!(verify(&[("authorization", "dbdd")], KA), Err(CallbackError::SignatureMismatch));
        assert_eq!(verify(&[("webhook-signature", "v1,x")], V1), Err(CallbackError::SignatureMismatch));
        let not_utf8 = verify_callback(&HeaderMap::new(), &[0xff], ACCESS_KEY, SECRET);
        assert!(matches!(not_utf8, Err(CallbackError::Malformed(_))), "{not_utf8:?}");
    }

    #[test]
    fn the_base_without_the_envelope_is_accepted_only_when_asked_for() {
        let pairs = headers(&[("authorization", "d8bccbf3bcf4b741a8d4a34270665ddc64b0dd5b4da5f21499d2e430a03cee61")]);
        let over = |base| verify_callback_over(base, &pairs, KA.as_bytes(), ACCESS_KEY, SECRET);
        assert!(over(Base::MessageBody).is_ok());
        assert_eq!(over(Base::RawBody), Err(CallbackError::SignatureMismatch));
    }
}
