//! Who calls: a developer with its key, the operator, or nobody in particular.

use crate::ask::{Ask, Signing};
use axum::body::Body;
use contract::{
    signature::{Signed, header},
    strong::{Message, Signer, digest},
};
use http::{HeaderValue, Request, Uri};
use serde_json::Value;
use std::{
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
};

/// A caller and its key.
#[derive(Debug, Clone)]
pub struct Persona {
    pub develop_id: String,
    pub access_key: String,
    pub access_secret: String,
    /// Sent as `user-id`; `None` sends none.
    pub user_id: Option<String>,
}

/// Wall time in milliseconds.
#[expect(clippy::disallowed_methods, reason = "a client has the time of the wall")]
pub fn now_ms() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    i64::try_from(since.as_millis()).expect("before the year 292278994")
}

/// Wall time in seconds.
pub fn now_s() -> i64 {
    now_ms() / 1000
}

/// A nonce that this process has not used.
pub fn fresh_nonce() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("{:08x}{:024x}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

impl Persona {
    /// From a key file of the data folder.
    pub fn of_file(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        Self::of(&serde_json::from_str(&text).expect("a key file is JSON"))
    }

    /// From a key file or the answer of `/operator/developer/create`.
    pub fn of(key: &Value) -> Self {
        let text = |name: &str| key[name].as_str().unwrap_or_else(|| panic!("{name} in {key}")).to_owned();
        Self {
            develop_id: text("developId"),
            access_key: text("accessKey"),
            access_secret: text("accessSecret"),
            user_id: key["userId"].as_str().map(str::to_owned),
        }
    }

    /// The same developer with another user.
    pub fn as_user(&self, user: &str) -> Self {
        Self { user_id: Some(user.to_owned()), ..self.clone() }
    }

    /// The same developer without a user.
    pub fn as_nobody(&self) -> Self {
        Self { user_id: None, ..self.clone() }
    }

    pub fn sign(&self, timestamp: &str, nonce: &str) -> String {
        Signed { access_key: &self.access_key, timestamp, nonce }.sign(&self.access_secret)
    }

    /// The request with its system headers.
    pub fn request(&self, ask: &Ask) -> Request<Body> {
        let mut request =
            Request::builder().method(ask.method.clone()).uri(&ask.path).body(ask.body()).expect("a request");
        for (name, value) in self.signed(ask, request.uri()) {
            request.headers_mut().insert(name, HeaderValue::from_bytes(value.as_bytes()).expect("a header"));
        }
        let headers = request.headers_mut();
        if let Some(user) = &self.user_id {
            headers.insert(header::USER_ID, user.parse().expect("a header"));
        }
        if let Some(content_type) = &ask.content_type {
            headers.insert("content-type", content_type.parse().expect("a header"));
        }
        if !ask.chunked && !ask.body.is_empty() {
            headers.insert("content-length", HeaderValue::from(ask.body.len()));
        }
        for (name, value) in &ask.headers {
            headers.remove(*name);
            if let Some(value) = value {
                headers.insert(*name, HeaderValue::from_bytes(value.as_bytes()).expect("a header"));
            }
        }
        request
    }

    /// The headers of the signature.
    fn signed(&self, ask: &Ask, uri: &Uri) -> Vec<(&'static str, String)> {
        let timestamp = ask.timestamp.clone().unwrap_or_else(|| now_s().to_string());
        let nonce = ask.nonce.clone().unwrap_or_else(fresh_nonce);
        let signature = match &ask.signing {
            Signing::Proper => self.sign(&timestamp, &nonce),
            Signing::Text(text) => text.clone(),
            Signing::Strong => return self.signed_strongly(ask, uri, &timestamp, &nonce),
        };
        vec![
            (header::ACCESS_KEY, self.access_key.clone()),
            (header::TIMESTAMP, timestamp),
            (header::NONCE, nonce),
            (header::SIGNATURE, signature),
        ]
    }

    fn signed_strongly(&self, ask: &Ask, uri: &Uri, created: &str, nonce: &str) -> Vec<(&'static str, String)> {
        let own = (!ask.body.is_empty()).then(|| digest::of(&ask.body));
        let digest = ask.digest.clone().or(own);
        let field = |name: &str| match name {
            header::USER_ID => self.user_id.clone(),
            header::CONTENT_DIGEST => digest.clone(),
            _ => None,
        };
        let message = Message { method: ask.method.as_str(), path: uri.path(), query: uri.query(), field: &field };
        let created = created.parse().expect("a number");
        let signer = Signer { access_key: &self.access_key, created, nonce };
        let signed = signer.sign(&message, &self.access_secret).expect("a signature");
        let digest = digest.map(|digest| (header::CONTENT_DIGEST, digest));
        let signed = [(header::SIGNATURE_INPUT, signed.signature_input), (header::SIGNATURE, signed.signature)];
        digest.into_iter().chain(signed).collect()
    }
}
