//! A fault plays on an answer. What is slow, endless or broken is so in the body's own stream, so that a caller in this
//! process meets it as one on a socket does.

use super::{Blow, WayFault, When, mangle};
use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures::stream;
use serde_json::{Value, json};
use std::{future::pending, io, time::Duration};

/// What is changed where the call was not made: an answer of no call in particular.
const NOTHING: &str = r#"{"result":{"number":1,"text":"a","list":[1,"a"],"truth":true}}"#;
const PAGE: &str = "<!doctype html><html><head><title>系统繁忙</title></head><body><h1>Service busy</h1></body></html>";
/// The first bytes of gzip, then nothing of the kind.
const RUBBISH: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xff\xfe rubbish \x00\xde\xad\xbe\xef";
const A_BYTE: Duration = Duration::from_secs(1);
const CHUNK: usize = 64 << 10;
const CHUNKS: usize = 4096;

impl Blow {
    /// What is answered in the place of the call. It is made where the fault comes after it, and where its answer is to be
    /// changed and looking for it `changes_nothing`.
    pub(crate) async fn play(self, changes_nothing: bool, call: impl Future<Output = Response>) -> Response {
        let made = self.when == When::After || (changes_nothing && self.fault.changes_an_answer());
        let text = if made { body_of(call.await).await } else { Bytes::from_static(NOTHING.as_bytes()) };
        match self.fault {
            WayFault::Code { code, message } => refusal(&code, &message),
            WayFault::Http { status } => broken(status),
            WayFault::Hang => pending().await,
            WayFault::Drip => said_in(Body::from_stream(stream::unfold(text, drop_by_drop))),
            WayFault::Cut => {
                let half = text.slice(..text.len() / 2);
                let broken = io::Error::new(io::ErrorKind::ConnectionReset, "a fault of the sandbox");
                said_in(Body::from_stream(stream::iter([Ok(half), Err(broken)])))
            }
            WayFault::Html => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], PAGE).into_response(),
            WayFault::TruncatedJson => said_in(Body::from(text.slice(..text.len() / 2))),
            WayFault::HugeNumbers { number } => said(mangle::huge_numbers(&parsed(&text), &number)),
            WayFault::WrongTypes => said(mangle::wrong_types(&parsed(&text))),
            WayFault::BadGzip => {
                let mut response = said_in(Body::from(RUBBISH));
                response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                response
            }
            WayFault::HugeBody => {
                let chunk = Bytes::from(vec![b' '; CHUNK]);
                said_in(Body::from_stream(stream::iter((0..CHUNKS).map(move |_| Ok::<_, io::Error>(chunk.clone())))))
            }
        }
    }
}

/// An answer of the economy is whole and in memory already.
async fn body_of(response: Response) -> Bytes {
    to_bytes(response.into_body(), usize::MAX).await.unwrap_or_default()
}

fn parsed(text: &[u8]) -> Value {
    serde_json::from_slice(text).unwrap_or(Value::Null)
}

fn said(text: String) -> Response {
    said_in(Body::from(text))
}

fn said_in(body: Body) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

async fn drop_by_drop(mut rest: Bytes) -> Option<(io::Result<Bytes>, Bytes)> {
    if rest.is_empty() {
        return None;
    }
    tokio::time::sleep(A_BYTE).await;
    let first = rest.split_to(1);
    Some((Ok(first), rest))
}

fn broken(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, status.canonical_reason().unwrap_or("error")).into_response()
}

/// As the upstream refuses: codes of its gateway by HTTP status, those of a call inside an HTTP 200.
fn refusal(code: &str, message: &str) -> Response {
    let status = match code {
        "401" => Some(StatusCode::UNAUTHORIZED),
        _ if code.starts_with("gw.RemoteService") => Some(StatusCode::INTERNAL_SERVER_ERROR),
        _ if code.starts_with("gw.") => Some(StatusCode::BAD_REQUEST),
        _ => None,
    };
    let text = match status {
        Some(_) => json!({"error_code": code, "error_message": message, "exception": message}),
        None => json!({"success": false, "errorCode": code, "errorMessage": message}),
    };
    (status.unwrap_or(StatusCode::OK), said(text.to_string())).into_response()
}
