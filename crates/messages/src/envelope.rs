//! The callback of one attempt: body and headers. Between the attempts of a message only `retryCount` and `timestamp`
//! change; the stored body text stands in the envelope exactly as it was composed, spliced and never parsed.

use contract::{
    callback::{Base, Key, header},
    view::message::MessageEnvelope,
};
use domain::{DeveloperId, Timestamp};
use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{AUTHORIZATION, CONTENT_TYPE, USER_AGENT},
};
use serde_json::value::RawValue;

/// What stays the same over all attempts of a message.
#[derive(Debug, Clone, Copy)]
pub struct Sealed<'a> {
    pub id: i64,
    pub developer: DeveloperId,
    pub message_type: &'a str,
    /// 0 Taobao, 1 1688.
    pub platform: i64,
    /// JSON text of `messageBody` as it stands in the envelope: an object, or a JSON string in ka.
    pub body: &'a str,
    /// Place of the message among those of its object, from 1; `None` for the verification.
    pub sequence: Option<i64>,
    /// The request that caused the message, where one did.
    pub request_id: Option<&'a str>,
}

/// What differs between attempts.
#[derive(Debug, Clone, Copy)]
pub struct Attempt {
    /// Failed attempts before this one.
    pub retry_count: u32,
    /// The wall's time.
    pub at: Timestamp,
}

/// Body and headers, ready to be posted.
#[derive(Debug, Clone)]
pub struct Callback {
    pub body: String,
    pub headers: HeaderMap,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    #[error("the stored message body is not JSON")]
    Body,
    #[error("a header value cannot be sent")]
    Header,
}

/// Builds and signs the callback of one attempt.
pub fn seal(message: &Sealed<'_>, attempt: Attempt, key: Key<'_>, base: Base) -> Result<Callback, SealError> {
    let message_body = RawValue::from_string(message.body.to_owned()).map_err(|_| SealError::Body)?;
    let envelope = MessageEnvelope {
        message_type: message.message_type.to_owned(),
        message_body,
        message_platform: message.platform,
        timestamp: attempt.at.0.to_string(),
        retry_count: attempt.retry_count,
        develop_id: message.developer.get(),
        id: message.id,
    };
    let body = serde_json::to_string(&envelope).map_err(|_| SealError::Body)?;
    let headers = headers(message, attempt, key, base, &body)?;
    Ok(Callback { body, headers })
}

fn headers(
    message: &Sealed<'_>,
    attempt: Attempt,
    key: Key<'_>,
    base: Base,
    body: &str,
) -> Result<HeaderMap, SealError> {
    let seconds = attempt.at.0.div_euclid(1000);
    let id = message.id.to_string();
    let authorization = key.authorization(base, body).ok_or(SealError::Body)?;
    let mut headers = HeaderMap::with_capacity(8);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=UTF-8"));
    headers.insert(USER_AGENT, HeaderValue::from_static(concat!("Sampan/", env!("CARGO_PKG_VERSION"))));
    headers.insert(AUTHORIZATION, text(&authorization)?);
    headers.insert(HeaderName::from_static(header::SIGNATURE), text(&key.webhook_signature(&id, seconds, body))?);
    headers.insert(HeaderName::from_static(header::ID), text(&id)?);
    headers.insert(HeaderName::from_static(header::TIMESTAMP), HeaderValue::from(seconds));
    if let Some(sequence) = message.sequence {
        headers.insert(HeaderName::from_static(header::SEQUENCE), HeaderValue::from(sequence));
    }
    if let Some(request_id) = message.request_id {
        headers.insert(HeaderName::from_static(header::REQUEST_ID), text(request_id)?);
    }
    Ok(headers)
}

fn text(value: &str) -> Result<HeaderValue, SealError> {
    HeaderValue::from_str(value).map_err(|_| SealError::Header)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key<'_> =
        Key { access_key: "0123456789abcdef0123456789abcdef", secret: "fedcba9876543210fedcba9876543210" };
    const AT: Timestamp = Timestamp(1_779_263_269_913);

    fn message(body: &str) -> Sealed<'_> {
        Sealed {
            id: 1,
            developer: DeveloperId::new(1).unwrap(),
            message_type: "ORDER_BUYER_VIEW_ORDER_PAY",
            platform: 1,
            body,
            sequence: Some(3),
            request_id: Some("ef3eb87802e645708d5896b548410756"),
        }
    }

    #[test]
    fn the_published_vector_of_an_object_body_comes_out_whole() {
        let body = r#"{"baseInfo":{"idOfStr":"1"}}"#;
        let sealed = seal(&message(body), Attempt { retry_count: 0, at: AT }, KEY, Base::RawBody).unwrap();
        let expected = r#"{"messageType":"ORDER_BUYER_VIEW_ORDER_PAY","messageBody":{"baseInfo":{"idOfStr":"1"}},"messagePlatform":1,"timestamp":"1779263269913","retryCount":0,"developId":1,"id":1}"#;
        assert_eq!(sealed.body, expected);
        for (name, value) in [
            ("authorization", "eb61fe22836aa186280f1d945ad4a6c82ec0365c2c991429bcf68f3abc1cd438"),
            ("webhook-id", "1"),
            ("webhook-timestamp", "1779263269"),
            ("webhook-signature", "v1,LmC5FG5SofkC1dJXNBwlk9PH/4iXqYm34sAhMKelqY8="),
            ("webhook-sequence", "3"),
            ("x-request-id", "ef3eb87802e645708d5896b548410756"),
            ("content-type", "application/json; charset=UTF-8"),
        ] {
            assert_eq!(sealed.headers[name], value, "{name}");
        }
    }

    #[test]
    fn a_text_body_is_signed_as_text_where_the_developer_asked_for_it() {
        let sealed =
            seal(&message(r#""{\"orderId\":\"1\"}""#), Attempt { retry_count: 0, at: AT }, KEY, Base::MessageBody)
                .unwrap();
        assert!(sealed.body.contains(r#""messageBody":"{\"orderId\":\"1\"}""#));
        let expected = "d8bccbf3bcf4b741a8d4a34270665ddc64b0dd5b4da5f21499d2e430a03cee61";
        assert_eq!(sealed.headers["authorization"], expected);
    }

    #[test]
    fn the_body_is_spliced_as_it_was_composed() {
        let odd = r#"{ "n": 3296622397216134260123, "x": 1.50, "x": 2, "t": "\u4e2d" }"#;
        let first = seal(&message(odd), Attempt { retry_count: 0, at: AT }, KEY, Base::RawBody).unwrap();
        let later = Attempt { retry_count: 5, at: AT.plus_secs(9000) };
        let last = seal(&message(odd), later, KEY, Base::RawBody).unwrap();
        assert!(first.body.contains(odd) && last.body.contains(odd));
        assert!(last.body.contains(r#""retryCount":5"#));
        assert_ne!(first.headers["authorization"], last.headers["authorization"]);
        assert_eq!(first.headers["webhook-id"], last.headers["webhook-id"]);
    }

    #[test]
    fn the_standard_library_for_webhooks_signs_the_same() {
        let sealed = seal(&message("{}"), Attempt { retry_count: 0, at: AT }, KEY, Base::RawBody).unwrap();
        let webhook = standardwebhooks::Webhook::from_bytes(KEY.secret.as_bytes().to_vec()).unwrap();
        let signature = webhook.sign("1", 1_779_263_269, sealed.body.as_bytes()).unwrap();
        assert_eq!(sealed.headers["webhook-signature"], signature.as_str());
    }

    #[test]
    fn what_is_not_json_is_refused() {
        let attempt = Attempt { retry_count: 0, at: AT };
        assert_eq!(seal(&message("{"), attempt, KEY, Base::RawBody).unwrap_err(), SealError::Body);
    }
}
