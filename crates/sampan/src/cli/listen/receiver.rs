//! The HTTP side of `listen`: one handler for every path.

use crate::cli::exit::Failure;
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, header},
};
use client::{CallbackError, Credentials, Message, verify_callback};
use std::{sync::Arc, time::Duration};
use tokio::sync::mpsc;

/// Below the 1000 ms in which the platform wants its answer.
const FORWARD_TIMEOUT: Duration = Duration::from_millis(900);

/// What came in, and what was answered.
#[derive(Debug)]
pub struct Arrival {
    pub result: Result<Message, CallbackError>,
    pub answered: StatusCode,
    /// What the receiver behind said; `None` where nothing was handed on.
    pub forwarded: Option<Result<StatusCode, String>>,
}

impl Arrival {
    /// A proved message that tells of something.
    pub fn message(&self) -> Option<&Message> {
        self.result.as_ref().ok().filter(|message| !message.is_verification())
    }
}

/// Where messages are handed on to.
#[derive(Debug, Clone)]
pub struct Forward {
    url: reqwest::Url,
    http: reqwest::Client,
}

impl Forward {
    pub fn to(url: &str) -> Result<Self, Failure> {
        let wrong = |error: &dyn std::fmt::Display| Failure::Usage(format!("--forward-to {url}: {error}"));
        let address = reqwest::Url::parse(url).map_err(|e| wrong(&e))?;
        client::install_tls();
        let http = reqwest::Client::builder().timeout(FORWARD_TIMEOUT).redirect(reqwest::redirect::Policy::none());
        Ok(Self { url: address, http: http.build().map_err(|e| wrong(&e))? })
    }

    /// The message as it came, its signatures included.
    async fn post(&self, headers: &HeaderMap, body: &Bytes) -> Result<StatusCode, String> {
        let mut headers = headers.clone();
        for hop in [header::HOST, header::CONTENT_LENGTH, header::CONNECTION, header::TRANSFER_ENCODING] {
            headers.remove(hop);
        }
        let call = self.http.post(self.url.clone()).headers(headers).body(body.clone());
        call.send().await.map(|answer| answer.status()).map_err(|error| error.to_string())
    }
}

#[derive(Debug, Clone)]
pub struct Receiver(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    credentials: Credentials,
    forward: Option<Forward>,
    arrivals: mpsc::Sender<Arrival>,
}

impl Receiver {
    pub fn new(credentials: Credentials, forward: Option<Forward>, arrivals: mpsc::Sender<Arrival>) -> Self {
        Self(Arc::new(Inner { credentials, forward, arrivals }))
    }

    pub fn router(self) -> Router {
        Router::new().fallback(receive).with_state(self)
    }
}

async fn receive(State(receiver): State<Receiver>, method: Method, headers: HeaderMap, body: Bytes) -> StatusCode {
    if method != Method::POST {
        return StatusCode::METHOD_NOT_ALLOWED;
    }
    let Inner { credentials, forward, arrivals } = &*receiver.0;
    let result = verify_callback(&headers, &body, &credentials.access_key, credentials.secret.expose());
    let forwarded = match (&result, forward) {
        (Ok(_), Some(forward)) => Some(forward.post(&headers, &body).await),
        (Ok(_), None) | (Err(_), _) => None,
    };
    let answered = answer(result.is_ok(), forwarded.as_ref());
    // Nobody reads any more when `listen` is about to end; the answer still stands.
    let _ = arrivals.send(Arrival { result, answered, forwarded }).await;
    answered
}

fn answer(proved: bool, forwarded: Option<&Result<StatusCode, String>>) -> StatusCode {
    match forwarded {
        _ if !proved => StatusCode::UNAUTHORIZED,
        None => StatusCode::OK,
        Some(Ok(status)) => *status,
        Some(Err(_)) => StatusCode::BAD_GATEWAY,
    }
}
