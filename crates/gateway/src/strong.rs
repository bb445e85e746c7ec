//! The strong signature of an HTTP request: its fields as the contract reads them, and the body that it covers.

use crate::{Gateway, body};
use axum::body::{Body, HttpBody};
use bytes::Bytes;
use contract::{
    error::{Code, Fault},
    signature::header,
    strong::{Claim, Message},
};
use http::{HeaderMap, header::CONTENT_LENGTH, request::Parts};

/// KiB of bodies that may be held at once of callers who are not proven: their signature covers the body.
pub(crate) const UNPROVEN_KIB: usize = 64 * 1024;

/// The claim of a strong request; `None` for one that is not.
pub fn claim(headers: &HeaderMap) -> Option<Result<Claim, Fault>> {
    let given = headers.contains_key(header::SIGNATURE_INPUT);
    // What is no text is no dictionary either.
    let input = || field(headers, header::SIGNATURE_INPUT).unwrap_or_else(|| "?".to_owned());
    given.then(|| Claim::read(&input(), field(headers, header::SIGNATURE).as_deref()))
}

/// Whether the claim is true of this request under this secret.
pub fn holds(claim: &Claim, parts: &Parts, body: &[u8], secret: &str) -> Result<(), Fault> {
    let field = |name: &str| field(&parts.headers, name);
    let (path, query) = (parts.uri.path(), parts.uri.query());
    claim.verify(&Message { method: parts.method.as_str(), path, query, field: &field }, body, secret)
}

/// The lines of a field, trimmed and joined. `None` where there is none, or one that is no text.
fn field(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(name).iter().map(|line| std::str::from_utf8(line.as_bytes()).ok().map(str::trim));
    let lines: Vec<&str> = lines.collect::<Option<_>>()?;
    (!lines.is_empty()).then(|| lines.join(", "))
}

impl Gateway {
    /// The body of a caller who is not proven yet.
    pub(crate) async fn unproven(&self, headers: &HeaderMap, body: Body, limit: usize) -> Result<Bytes, Fault> {
        if body.is_end_stream() {
            return Ok(Bytes::new());
        }
        let announced = headers.get(CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok());
        let kib = announced.unwrap_or(limit).min(limit).div_ceil(1024);
        let room = self.unproven.try_acquire_many(u32::try_from(kib).unwrap_or(u32::MAX));
        let _room = room.map_err(|_| Fault::new(Code::Overloaded, "too much to do at the moment").retry_after(1))?;
        body::read(body, headers, limit).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_field_are_one_value() {
        let mut headers = HeaderMap::new();
        assert_eq!(field(&headers, "user-id"), None);
        headers.append("user-id", " 1 ".parse().unwrap());
        assert_eq!(field(&headers, "user-id").as_deref(), Some("1"));
        headers.append("user-id", "2".parse().unwrap());
        assert_eq!(field(&headers, "user-id").as_deref(), Some("1, 2"));
        headers.append("user-id", http::HeaderValue::from_bytes(b"\xff").unwrap());
        assert_eq!(field(&headers, "user-id"), None);
        assert_eq!(field(&headers, "no field name"), None);
    }
}
