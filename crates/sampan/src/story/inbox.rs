//! The receiver of the story: proves each callback with the developer's key, keeps it, answers 200.

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, routing::post};
use client::{Credentials, Message, verify_callback};
use std::{
    net::Ipv4Addr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{net::TcpListener, sync::Notify, task::JoinHandle};

pub struct Inbox {
    pub url: String,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Shared {
    credentials: Credentials,
    received: Mutex<Vec<Message>>,
    refused: Mutex<usize>,
    arrived: Notify,
}

impl Inbox {
    /// Listens on a free port of loopback.
    pub async fn open(credentials: Credentials) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let url = format!("http://{}/callback", listener.local_addr()?);
        let shared = Arc::new(Shared {
            credentials,
            received: Mutex::default(),
            refused: Mutex::default(),
            arrived: Notify::new(),
        });
        let router = Router::new().route("/callback", post(receive)).with_state(shared.clone());
        let task = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::warn!(%error, "the receiver of the story ended");
            }
        });
        Ok(Self { url, shared, task })
    }

    /// Everything that was received and proved, in order of arrival; repeats included.
    pub fn received(&self) -> Vec<Message> {
        self.shared.received.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many messages had no signature that holds.
    pub fn refused(&self) -> usize {
        *self.shared.refused.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a message that `wanted` picks; one that came before counts.
    pub async fn wait(&self, limit: Duration, wanted: impl Fn(&Message) -> bool) -> Option<Message> {
        let search = async {
            loop {
                let arrived = self.shared.arrived.notified();
                if let Some(found) = self.received().into_iter().find(&wanted) {
                    return found;
                }
                arrived.await;
            }
        };
        tokio::time::timeout(limit, search).await.ok()
    }
}

impl Drop for Inbox {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn receive(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> axum::http::StatusCode {
    let key = &shared.credentials;
    match verify_callback(&headers, &body, &key.access_key, key.secret.expose()) {
        Ok(message) => {
            shared.received.lock().unwrap_or_else(PoisonError::into_inner).push(message);
            shared.arrived.notify_waiters();
            axum::http::StatusCode::OK
        }
        Err(error) => {
            tracing::warn!(%error, "a callback is not believed");
            *shared.refused.lock().unwrap_or_else(PoisonError::into_inner) += 1;
            axum::http::StatusCode::UNAUTHORIZED
        }
    }
}
