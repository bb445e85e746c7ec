//! What every answer tells a browser: nothing is guessed, framed, kept or passed on.
//!
//! An answer of the API gets what matters to one; everything else (pages, documents, pictures) the whole set. What a page
//! says itself, such as a policy that lets its own style through, stands.

use axum::{
    extract::State,
    http::{HeaderName, HeaderValue, header},
    response::Response,
};

/// Set on all answers where they do not say otherwise.
const ALL: [(HeaderName, HeaderValue); 2] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
];
/// Set on what people may look at.
const PAGES: [(HeaderName, HeaderValue); 3] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
];
/// Set where the server speaks TLS itself; behind a proxy it is the proxy's.
const STRICT: HeaderValue = HeaderValue::from_static("max-age=31536000");
/// Answers of the API bear it, and nothing else does.
const REQUEST_ID: &str = "x-request-id";

/// Whether connections are encrypted by the server itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encrypted(pub bool);

pub async fn dress(State(Encrypted(encrypted)): State<Encrypted>, mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in ALL {
        headers.entry(name).or_insert(value);
    }
    if !headers.contains_key(REQUEST_ID) {
        for (name, value) in PAGES {
            headers.entry(name).or_insert(value);
        }
    }
    if encrypted {
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(STRICT);
    }
    response
}
