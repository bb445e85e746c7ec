//! A request before it is signed. What a test does not say is what a good client would do.

use crate::persona::Persona;
use axum::body::Body;
use bytes::Bytes;
use http::Method;
use serde_json::Value;

/// How the signature of a request is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signing {
    /// With the persona's own key.
    Proper,
    /// With this text in its place.
    Text(String),
    /// With the persona's own key, by the strong scheme.
    Strong,
}

#[derive(Debug, Clone)]
pub struct Ask {
    pub method: Method,
    /// Path and query.
    pub path: String,
    pub body: Bytes,
    /// Sent in pieces, without an announced length.
    pub chunked: bool,
    pub content_type: Option<String>,
    /// Text of the header; now in seconds where it is left out.
    pub timestamp: Option<String>,
    /// Text of the header; a new one where it is left out.
    pub nonce: Option<String>,
    pub signing: Signing,
    /// `content-digest` of a strong request in place of the body's.
    pub digest: Option<String>,
    /// Headers that are set at the end, after signing; `None` takes one away.
    pub headers: Vec<(&'static str, Option<String>)>,
}

impl Ask {
    pub fn post(path: &str, body: &Value) -> Self {
        Self::raw(path, body.to_string())
    }

    /// A POST with these bytes as JSON.
    pub fn raw(path: &str, body: impl Into<Bytes>) -> Self {
        Self {
            method: Method::POST,
            path: path.to_owned(),
            body: body.into(),
            chunked: false,
            content_type: Some("application/json".to_owned()),
            timestamp: None,
            nonce: None,
            signing: Signing::Proper,
            digest: None,
            headers: Vec::new(),
        }
    }

    pub fn get(path: &str, query: &[(&str, &str)]) -> Self {
        let query: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        let path = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
        Self { method: Method::GET, content_type: None, ..Self::raw(&path, "") }
    }

    /// A form with one file part.
    pub fn file(path: &str, field: &str, content_type: &str, bytes: &[u8]) -> Self {
        let mut body = format!(
            "--frontier\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"a\"\r\ncontent-type: {content_type}\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--frontier--\r\n");
        Self::raw(path, body).content_type("multipart/form-data; boundary=frontier")
    }

    pub fn method(self, method: Method) -> Self {
        Self { method, ..self }
    }

    pub fn content_type(self, text: &str) -> Self {
        Self { content_type: Some(text.to_owned()), ..self }
    }

    pub fn chunked(self) -> Self {
        Self { chunked: true, ..self }
    }

    pub fn at(self, timestamp: impl ToString) -> Self {
        Self { timestamp: Some(timestamp.to_string()), ..self }
    }

    pub fn nonce(self, nonce: &str) -> Self {
        Self { nonce: Some(nonce.to_owned()), ..self }
    }

    pub fn signature(self, text: &str) -> Self {
        Self { signing: Signing::Text(text.to_owned()), ..self }
    }

    /// Signed by the strong scheme.
    pub fn strongly(self) -> Self {
        Self { signing: Signing::Strong, ..self }
    }

    /// With this digest, signed as it is.
    pub fn digest(self, text: &str) -> Self {
        Self { digest: Some(text.to_owned()), ..self }
    }

    /// With the headers of its strong signature as they are now, whatever is changed of the request afterwards.
    pub fn fixed(self, persona: &Persona) -> Self {
        let signed = persona.request(&self);
        ["content-digest", "signature-input", "signature"].into_iter().fold(self, |ask, name| {
            let value = signed.headers().get(name).map(|value| value.to_str().expect("a text").to_owned());
            value.into_iter().fold(ask, |ask, value| ask.header(name, &value))
        })
    }

    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, Some(value.to_owned())));
        self
    }

    pub fn without(mut self, name: &'static str) -> Self {
        self.headers.push((name, None));
        self
    }

    /// Under this Idempotency-Key.
    pub fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    pub(crate) fn body(&self) -> Body {
        if !self.chunked {
            return Body::from(self.body.clone());
        }
        let pieces: Vec<_> =
            self.body.chunks(10_000).map(Bytes::copy_from_slice).map(Ok::<_, std::io::Error>).collect();
        Body::from_stream(futures::stream::iter(pieces))
    }
}
