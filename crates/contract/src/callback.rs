//! Signatures of callbacks: the contract's `Authorization` HMAC, and Standard Webhooks headers beside it.
//!
//! Both are HMAC-SHA256 under the bytes of the access secret. Signing is for the sender, verifying for receivers; they
//! share the base, so they cannot drift apart.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::Sha256;
use std::borrow::Cow;
use subtle::ConstantTimeEq;

/// Names of the headers of a callback.
pub mod header {
    pub const AUTHORIZATION: &str = "Authorization";
    pub const ID: &str = "webhook-id";
    pub const TIMESTAMP: &str = "webhook-timestamp";
    pub const SIGNATURE: &str = "webhook-signature";
    pub const SEQUENCE: &str = "webhook-sequence";
    /// The request that caused the message, where one did.
    pub const REQUEST_ID: &str = "x-request-id";
}

/// What follows the access key in the base of `Authorization`; a setting of the developer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Base {
    /// The raw HTTP body.
    #[default]
    RawBody,
    /// `messageBody` alone: the JSON text, or the object as it stands in the body.
    MessageBody,
}

/// The two halves of a developer's key.
#[derive(Clone, Copy)]
pub struct Key<'a> {
    pub access_key: &'a str,
    pub secret: &'a str,
}

impl Key<'_> {
    /// The value of `Authorization`, or `None` where the body has no `messageBody` to sign.
    pub fn authorization(&self, base: Base, raw_body: &str) -> Option<String> {
        let signed = match base {
            Base::RawBody => Cow::Borrowed(raw_body),
            Base::MessageBody => message_body(raw_body)?,
        };
        Some(hex::encode(self.hmac(&[self.access_key, &signed])))
    }

    pub fn verify_authorization(&self, base: Base, raw_body: &str, header: &str) -> bool {
        self.authorization(base, raw_body).is_some_and(|expected| same(&expected, header))
    }

    /// The value of `webhook-signature`: the text `v1` and a comma, then base64.
    pub fn webhook_signature(&self, id: &str, timestamp_s: i64, raw_body: &str) -> String {
        format!("v1,{}", STANDARD.encode(self.hmac(&[id, ".", &timestamp_s.to_string(), ".", raw_body])))
    }

    /// Holds when one of the space-separated signatures of the header is ours. The age is the caller's to judge.
    pub fn verify_webhook(&self, id: &str, timestamp_s: i64, raw_body: &str, header: &str) -> bool {
        let expected = self.webhook_signature(id, timestamp_s, raw_body);
        header.split(' ').any(|given| same(&expected, given))
    }

    fn hmac(&self, parts: &[&str]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()).expect("HMAC takes keys of any length");
        parts.iter().for_each(|part| mac.update(part.as_bytes()));
        mac.finalize().into_bytes().into()
    }
}

fn same(expected: &str, given: &str) -> bool {
    expected.as_bytes().ct_eq(given.as_bytes()).into()
}

fn message_body(raw_body: &str) -> Option<Cow<'_, str>> {
    #[derive(Deserialize)]
    struct Body<'a> {
        #[serde(rename = "messageBody", borrow)]
        message_body: &'a RawValue,
    }
    let raw = serde_json::from_str::<Body<'_>>(raw_body).ok()?.message_body.get();
    if raw.starts_with('"') { serde_json::from_str(raw).ok().map(Cow::Owned) } else { Some(Cow::Borrowed(raw)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key<'_> =
        Key { access_key: "0123456789abcdef0123456789abcdef", secret: "fedcba9876543210fedcba9876543210" };
    const KA: &str = r#"{"messageType":"ORDER_CREATE","messageBody":"{\"orderId\":\"1\"}","messagePlatform":1,"timestamp":"1779263269913"}"#;
    const V1: &str = r#"{"messageType":"ORDER_BUYER_VIEW_ORDER_PAY","messageBody":{"baseInfo":{"idOfStr":"1"}},"messagePlatform":1,"timestamp":"1779263269913","retryCount":0,"developId":1,"id":1}"#;

    #[test]
    fn the_published_vectors_hold() {
        for (base, body, expected) in [
            (Base::RawBody, KA, "dbdd7d753964d95992cb9c9aadae5cb369d2d9307a68c1642ee10661aa9de8b5"),
            (Base::MessageBody, KA, "d8bccbf3bcf4b741a8d4a34270665ddc64b0dd5b4da5f21499d2e430a03cee61"),
            (Base::RawBody, V1, "eb61fe22836aa186280f1d945ad4a6c82ec0365c2c991429bcf68f3abc1cd438"),
        ] {
            assert_eq!(KEY.authorization(base, body).as_deref(), Some(expected));
            assert!(KEY.verify_authorization(base, body, expected));
            assert!(!KEY.verify_authorization(base, &body.replace('1', "2"), expected));
        }
        assert_eq!(KEY.authorization(Base::MessageBody, "{}"), None);
    }

    #[test]
    fn standard_webhooks_agree_with_the_published_vector() {
        let expected = "v1,LmC5FG5SofkC1dJXNBwlk9PH/4iXqYm34sAhMKelqY8=";
        assert_eq!(KEY.webhook_signature("1", 1_779_263_269, V1), expected);
        assert!(KEY.verify_webhook("1", 1_779_263_269, V1, &format!("v1,AAAA {expected}")));
        assert!(!KEY.verify_webhook("2", 1_779_263_269, V1, expected));
    }
}
