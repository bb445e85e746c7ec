//! Over a network, with `reqwest`. The TLS provider is the process's; the binary installs it before anything is sent.

use super::{Failure, Transport};
use bytes::{Bytes, BytesMut};
use http::{Request, Response};
use reqwest::{Client, redirect::Policy};
use std::time::Duration;
use tower::service_fn;

/// Bounds of one request.
#[derive(Debug, Clone, Copy)]
pub struct HttpSettings {
    pub connect_timeout: Duration,
    /// From the start to the last byte of the answer.
    pub total_timeout: Duration,
    /// Bytes of an answer that are read.
    pub longest_answer: usize,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(3),
            total_timeout: Duration::from_secs(15),
            longest_answer: 8 << 20,
        }
    }
}

/// A transport over HTTP and HTTPS.
pub fn http(settings: HttpSettings) -> Result<Transport, Failure> {
    let client = Client::builder()
        .connect_timeout(settings.connect_timeout)
        .timeout(settings.total_timeout)
        .redirect(Policy::none())
        .build()
        .map_err(|e| Failure::NotSent(reason(&e)))?;
    Ok(Transport::new(service_fn(move |request| send(client.clone(), request, settings.longest_answer))))
}

async fn send(client: Client, request: Request<Bytes>, longest: usize) -> Result<Response<Bytes>, Failure> {
    let request = reqwest::Request::try_from(request).map_err(|e| Failure::NotSent(reason(&e)))?;
    let mut answer = client.execute(request).await.map_err(failure)?;
    let mut body = BytesMut::new();
    while let Some(chunk) = answer.chunk().await.map_err(failure)? {
        if body.len().saturating_add(chunk.len()) > longest {
            return Err(Failure::TooLarge(longest));
        }
        body.extend_from_slice(&chunk);
    }
    let mut response = Response::new(body.freeze());
    *response.status_mut() = answer.status();
    *response.headers_mut() = answer.headers().clone();
    Ok(response)
}

fn failure(error: reqwest::Error) -> Failure {
    let text = reason(&error);
    if error.is_connect() || error.is_builder() {
        Failure::NotSent(text)
    } else if error.is_timeout() {
        Failure::TimedOut(text)
    } else {
        Failure::Broken(text)
    }
}

/// The innermost cause, without the URL, which may hold a token.
fn reason(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    if cause.is::<reqwest::Error>() { "request failed".to_owned() } else { cause.to_string() }
}
