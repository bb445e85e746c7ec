//! One call to a receiver: posted, timed, judged by its status alone. Redirects are answers like any other and are not
//! followed; the answer's first kilobyte is kept for the developer to look at.
//!
//! The time bounds everything from name lookup to the complete answer head. Connections are kept for a few seconds, since a
//! burst of messages to one receiver would otherwise be handshakes; a kept one leads to an address that was judged when it
//! was opened. One that the receiver closed meanwhile is not its failure: the call is made again on the next connection.

use crate::{
    address::AddressRule,
    callback_url::CallbackUrl,
    connect::{ConnectError, Connector},
    gates::{Gates, Lane, Place},
    resolve::Resolve,
};
use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_util::{
    client::legacy::{Client, Error as ClientError, connect::capture_connection},
    rt::{TokioExecutor, TokioTimer},
};
use std::{
    error::Error as StdError,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use tokio::time::Instant;

/// How much of an answer is kept, in bytes.
pub const ANSWER_KEPT: usize = 1024;
const IDLE: Duration = Duration::from_secs(5);

#[derive(Debug, Clone)]
pub struct PostLimits {
    pub timeout_ms: u64,
    /// Calls at the same time to one `host:port`.
    pub per_endpoint: usize,
    /// Calls at the same time to all receivers that have proven themselves, and as many to all others.
    pub per_lane: usize,
}

impl Default for PostLimits {
    fn default() -> Self {
        Self { timeout_ms: 1000, per_endpoint: 16, per_lane: 256 }
    }
}

/// Why there was no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    #[error("no answer in time")]
    Timeout,
    #[error(transparent)]
    Connect(#[from] ConnectError),
    #[error("the answer is not HTTP or broke off")]
    Protocol,
}

/// What came of one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// `None` where no complete answer head came; then `failure` says why.
    pub status: Option<u16>,
    pub failure: Option<Failure>,
    pub duration_ms: i64,
    /// The beginning of the answer's body as text, without NUL.
    pub answer: String,
}

impl Outcome {
    /// Only HTTP 200 acknowledges.
    pub fn acknowledged(&self) -> bool {
        self.status == Some(200)
    }

    /// The failure in words: no answer, or which status.
    pub fn error(&self) -> Option<String> {
        match (&self.failure, self.status) {
            (Some(failure), _) => Some(failure.to_string()),
            (None, Some(200)) => None,
            (None, status) => Some(format!("status {}", status.unwrap_or_default())),
        }
    }

    /// A short word for metrics and logs.
    pub fn kind(&self) -> &'static str {
        match (&self.failure, self.status) {
            (None, Some(200)) => "acknowledged",
            (None, _) => "status",
            (Some(Failure::Timeout), _) => "timeout",
            (Some(Failure::Protocol), _) => "protocol",
            (Some(Failure::Connect(e)), _) => match e {
                ConnectError::Denied(_) => "denied",
                ConnectError::Unresolved => "unresolved",
                ConnectError::Refused => "refused",
                ConnectError::Tls => "tls",
            },
        }
    }
}

/// Posts to receivers.
#[derive(Clone)]
pub struct Poster {
    client: Client<Connector, Full<Bytes>>,
    gates: Arc<Gates>,
    timeout: Duration,
}

impl fmt::Debug for Poster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Poster").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

impl Poster {
    /// `tls`: [`crate::platform_tls`], or a configuration with roots of one's own; `None` lets https fail.
    pub fn new(
        rule: AddressRule,
        resolver: Arc<dyn Resolve>,
        tls: Option<Arc<rustls::ClientConfig>>,
        limits: &PostLimits,
    ) -> Self {
        let connector = Connector { rule: Arc::new(rule), resolver, tls };
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(limits.per_endpoint)
            .http1_max_buf_size(16 * 1024)
            .build(connector);
        let gates = Arc::new(Gates::new(limits.per_endpoint, limits.per_lane));
        Self { client, gates, timeout: Duration::from_millis(limits.timeout_ms) }
    }

    /// Waits for a place among the calls to this receiver, and in its lane.
    pub async fn enter(&self, url: &CallbackUrl, lane: Lane) -> Place {
        self.gates.enter(&url.endpoint(), lane).await
    }

    /// Posts once. Waiting for a place is not part of the receiver's time.
    pub async fn post(&self, url: &CallbackUrl, headers: &HeaderMap, body: Bytes) -> Outcome {
        let place = self.enter(url, Lane::Unproven).await;
        self.post_in(place, url, headers, body).await
    }

    /// Posts once in a place that was waited for, which is given back at the end.
    pub async fn post_in(&self, _place: Place, url: &CallbackUrl, headers: &HeaderMap, body: Bytes) -> Outcome {
        let start = Instant::now();
        let deadline = start + self.timeout;
        let head = tokio::time::timeout_at(deadline, self.send(url, headers, &body)).await;
        let took = || i64::try_from(start.elapsed().as_millis()).unwrap_or(i64::MAX);
        let failed =
            |failure| Outcome { status: None, failure: Some(failure), duration_ms: took(), answer: String::new() };
        match head {
            Err(_) => failed(Failure::Timeout),
            Ok(Err(failure)) => failed(failure),
            Ok(Ok(response)) => {
                let status = Some(response.status().as_u16());
                let duration_ms = took();
                Outcome { status, failure: None, duration_ms, answer: beginning(response, deadline).await }
            }
        }
    }

    async fn send(&self, url: &CallbackUrl, headers: &HeaderMap, body: &Bytes) -> Result<Response<Incoming>, Failure> {
        loop {
            let mut request = Request::new(Full::new(body.clone()));
            *request.method_mut() = Method::POST;
            *request.uri_mut() = url.uri().clone();
            *request.headers_mut() = headers.clone();
            let connection = capture_connection(&mut request);
            let answer = self.client.request(request).await;
            let used_before = connection.connection_metadata().as_ref().is_some_and(Uses::count);
            match answer {
                Ok(response) => return Ok(response),
                Err(error) if used_before && closed_unanswered(&error) => {}
                Err(error) => return Err(failure(&error)),
            }
        }
    }
}

/// How often a connection was used; travels with it.
#[derive(Clone, Default)]
pub(crate) struct Uses(Arc<AtomicU32>);

impl Uses {
    /// Counts one use; true where there was one before.
    fn count(connected: &hyper_util::client::legacy::connect::Connected) -> bool {
        let mut extras = http::Extensions::new();
        connected.get_extras(&mut extras);
        extras.get::<Self>().is_some_and(|uses| uses.0.fetch_add(1, Ordering::Relaxed) > 0)
    }
}

fn causes<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |e| (**e).source())
}

fn closed_unanswered(error: &ClientError) -> bool {
    causes(error).any(|cause| {
        let hyper = cause.downcast_ref::<hyper::Error>();
        let lost = hyper.is_some_and(|e| e.is_incomplete_message() || e.is_canceled() || e.is_closed());
        lost || cause.downcast_ref::<std::io::Error>().is_some_and(is_hang_up)
    })
}

fn is_hang_up(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, NotConnected};
    matches!(error.kind(), BrokenPipe | ConnectionAborted | ConnectionReset | NotConnected)
}

fn failure(error: &ClientError) -> Failure {
    let connect = causes(error).find_map(|cause| cause.downcast_ref::<ConnectError>());
    connect.cloned().map_or(Failure::Protocol, Failure::Connect)
}

/// Reads the body until there is enough, it ends, breaks, or the time is up. A body that is dropped unread closes its
/// connection.
async fn beginning(response: Response<Incoming>, deadline: Instant) -> String {
    let mut body = response.into_body();
    let mut kept = Vec::new();
    while kept.len() < ANSWER_KEPT {
        match tokio::time::timeout_at(deadline, body.frame()).await {
            Ok(Some(Ok(frame))) => kept.extend(frame.into_data().unwrap_or_default()),
            Ok(Some(Err(_)) | None) | Err(_) => break,
        }
    }
    kept.truncate(ANSWER_KEPT);
    // Text columns of PostgreSQL take no NUL.
    String::from_utf8_lossy(&kept).replace('\0', "\u{fffd}")
}
