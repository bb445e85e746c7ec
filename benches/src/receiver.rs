//! A receiver of callbacks: plain hyper, counts messages by id, notes when each came. One that never answers and one that
//! fails stand beside it.

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};
use tokio::net::TcpListener;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// 200 at once.
    Healthy,
    /// Takes the request and never answers.
    Silent,
    /// 500 at once.
    Failing,
}

/// What came, over all receivers that share it.
#[derive(Default)]
pub struct Inbox {
    seen: Mutex<Seen>,
}

#[derive(Default)]
pub struct Seen {
    /// When each message came first.
    pub first: HashMap<i64, Instant>,
    /// Deliveries of a message that had come before.
    pub repeats: u64,
    /// Requests without a readable id, or with a body that is too short.
    pub wrong: u64,
    pub last: Option<Instant>,
}

impl Inbox {
    pub fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn count(&self) -> usize {
        self.seen().first.len()
    }

    fn take(&self, id: Option<i64>, length: usize, shortest: usize) {
        let now = Instant::now();
        let mut seen = self.seen();
        match id {
            Some(id) if length >= shortest => {
                seen.last = Some(now);
                if seen.first.insert(id, now).is_some() {
                    seen.repeats += 1;
                }
            }
            Some(_) | None => seen.wrong += 1,
        }
    }
}

/// Opens a receiver on a free loopback port and answers its URL. Bodies shorter than `shortest` count as wrong.
pub async fn open(manner: Manner, inbox: Arc<Inbox>, shortest: usize) -> Result<String, String> {
    let listener = TcpListener::bind("127.0.0.1:0").await.map_err(|e| format!("a receiver cannot listen: {e}"))?;
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            drop(socket.set_nodelay(true));
            let inbox = inbox.clone();
            let service = service_fn(move |request| answer(manner, inbox.clone(), shortest, request));
            tokio::spawn(async move {
                // A sender that hangs up has its reasons.
                drop(http1::Builder::new().serve_connection(TokioIo::new(socket), service).await);
            });
        }
    });
    Ok(format!("http://{address}/callback"))
}

async fn answer(
    manner: Manner,
    inbox: Arc<Inbox>,
    shortest: usize,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let id = request.headers().get("webhook-id").and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok());
    let length = request.into_body().collect().await.map_or(0, |body| body.to_bytes().len());
    match manner {
        Manner::Silent => std::future::pending::<()>().await,
        Manner::Failing => {
            let mut response = Response::new(Full::default());
            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            return Ok(response);
        }
        Manner::Healthy => inbox.take(id, length, shortest),
    }
    Ok(Response::new(Full::from("success")))
}
