//! One call to be made: method, path, query, body, and what may be done when it fails.
//!
//! A request is made once and signed anew for every try, so it holds no timestamp and no nonce.

use crate::error::ClientError;
use contract::{Operation, signature::header};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use reqwest::Url;
use serde_json::Value;

/// A call before it is signed.
#[derive(Debug, Clone)]
pub struct Request {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    pub(crate) reads: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Body {
    pub(crate) bytes: Vec<u8>,
    pub(crate) content_type: Option<String>,
}

impl Body {
    /// What travels; without a content type nothing does.
    pub(crate) fn sent(&self) -> &[u8] {
        if self.content_type.is_some() { &self.bytes } else { &[] }
    }
}

impl Request {
    /// A call of `path` (beginning with `/`, joined to the base address as text) without query and body.
    pub fn new(method: Method, path: impl Into<String>) -> Self {
        let body = Body { bytes: Vec::new(), content_type: None };
        Self { method, path: path.into(), query: Vec::new(), headers: HeaderMap::new(), body, reads: false }
    }

    /// A call of one operation of the contract. A GET carries the fields of its request in the query string.
    pub fn of<T: Operation>(request: &T::Request) -> Result<Self, ClientError> {
        let encoded = |e: serde_json::Error| ClientError::Request(format!("{}: {e}", T::ID));
        let call = match T::METHOD {
            contract::Method::Post => {
                Self::new(Method::POST, T::PATH).json(serde_json::to_vec(request).map_err(encoded)?)
            }
            contract::Method::Get => {
                Self::new(Method::GET, T::PATH).fields(&serde_json::to_value(request).map_err(encoded)?)
            }
        };
        Ok(if T::WRITES { call } else { call.reading() })
    }

    /// Adds each field of a JSON object as a query parameter: texts as they are, null left out, the rest as JSON text.
    #[must_use]
    pub fn fields(mut self, object: &Value) -> Self {
        for (name, value) in object.as_object().into_iter().flatten() {
            match value {
                Value::Null => {}
                Value::String(text) => self = self.query(name, text),
                Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                    self = self.query(name, value.to_string());
                }
            }
        }
        self
    }

    /// Adds a query parameter; it is percent-encoded on the way.
    #[must_use]
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// The query string as it travels, percent-encoded, without the question mark.
    pub fn query_text(&self) -> String {
        Url::parse_with_params("http://query.invalid", &self.query)
            .ok()
            .and_then(|url| url.query().map(str::to_owned))
            .unwrap_or_default()
    }

    /// A JSON body, sent exactly as given.
    #[must_use]
    pub fn json(mut self, text: impl Into<Vec<u8>>) -> Self {
        self.body = Body { bytes: text.into(), content_type: Some("application/json".to_owned()) };
        self
    }

    /// A file as the only part of a `multipart/form-data` body.
    #[must_use]
    pub fn file(mut self, part: &str, file_name: &str, content_type: &str, bytes: &[u8]) -> Self {
        let boundary = boundary(bytes);
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\nContent-Type: {content_type}\r\n\r\n",
            quoted(part),
            quoted(file_name)
        );
        let tail = format!("\r\n--{boundary}--\r\n");
        let bytes = [head.as_bytes(), bytes, tail.as_bytes()].concat();
        self.body = Body { bytes, content_type: Some(format!("multipart/form-data; boundary={boundary}")) };
        self
    }

    /// A header of one's own. System headers (`access-key`, `signature`, ...) are set when the call is signed.
    pub fn header(mut self, name: &str, value: &str) -> Result<Self, ClientError> {
        let name =
            HeaderName::try_from(name).map_err(|_| ClientError::Request(format!("{name:?} is no header name")))?;
        let value = HeaderValue::try_from(value)
            .map_err(|_| ClientError::Request(format!("header {name} has characters that HTTP does not allow")))?;
        self.headers.insert(name, value);
        Ok(self)
    }

    /// Makes a write safe to repeat: the platform answers a second try with the first answer. 1 to 64 printable ASCII
    /// characters, kept for 24 h.
    pub fn idempotency_key(self, key: &str) -> Result<Self, ClientError> {
        if !(1..=64).contains(&key.len()) || !key.bytes().all(|b| (0x20..=0x7e).contains(&b)) {
            return Err(ClientError::Request("Idempotency-Key takes 1 to 64 printable ASCII characters".to_owned()));
        }
        self.header(header::IDEMPOTENCY_KEY, key)
    }

    /// Says that the call changes nothing, so that it may be tried again by itself.
    #[must_use]
    pub fn reading(mut self) -> Self {
        self.reads = true;
        self
    }
}

/// A boundary that is the same for the same content, since a repeated write has to repeat its body byte for byte.
fn boundary(content: &[u8]) -> String {
    let taken = |candidate: &str| content.windows(candidate.len()).any(|window| window == candidate.as_bytes());
    let mut number = 0_u64;
    loop {
        let candidate = format!("sampan-part-{number:016}");
        if !taken(&candidate) {
            return candidate;
        }
        number += 1;
    }
}

fn quoted(text: &str) -> String {
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_holds_the_boundary_gets_another_one() {
        let plain = Request::new(Method::POST, "/x").file("imageData", "a.jpg", "image/jpeg", b"jpeg");
        assert_eq!(
            plain.body.content_type.as_deref(),
            Some("multipart/form-data; boundary=sampan-part-0000000000000000")
        );
        let hostile =
            Request::new(Method::POST, "/x").file("a", "b", "image/jpeg", b"..sampan-part-0000000000000000..");
        assert_eq!(
            hostile.body.content_type.as_deref(),
            Some("multipart/form-data; boundary=sampan-part-0000000000000001")
        );
    }

    #[test]
    fn a_file_name_cannot_end_its_header() {
        let request = Request::new(Method::POST, "/x").file("a", "b\"\r\nX: y", "image/jpeg", b"z");
        let text = String::from_utf8(request.body.bytes).unwrap();
        assert!(text.contains("filename=\"b%22%0D%0AX: y\""), "{text}");
    }

    #[test]
    fn an_idempotency_key_is_checked_before_it_is_sent() {
        for bad in ["", "ключ", "a\n", &"x".repeat(65)] {
            assert!(Request::new(Method::POST, "/x").idempotency_key(bad).is_err(), "{bad}");
        }
        assert!(Request::new(Method::POST, "/x").idempotency_key(&"x".repeat(64)).is_ok());
    }
}
