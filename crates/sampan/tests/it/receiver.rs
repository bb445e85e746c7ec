//! A callback receiver on loopback: keeps what arrives, answers what it is told to, proves nothing by itself.

use crate::{
    persona::Persona,
    world::{World, until},
};
use axum::{Router, body::Bytes, extract::State, http::StatusCode, response::IntoResponse, routing::post};
use contract::callback::{Base, Key, header};
use http::HeaderMap;
use serde_json::{Value, json};
use std::{
    net::Ipv4Addr,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{net::TcpListener, task::JoinHandle};

/// One callback as it arrived.
#[derive(Debug, Clone)]
pub struct Arrived {
    pub headers: HeaderMap,
    pub raw: String,
    pub json: Value,
}

/// What the receiver answers.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub body: String,
    pub after: Duration,
}

impl Reply {
    pub fn status(status: u16) -> Self {
        Self { status, body: String::new(), after: Duration::ZERO }
    }
}

pub struct Receiver {
    pub url: String,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Shared {
    arrived: Mutex<Vec<Arrived>>,
    reply: Mutex<Reply>,
}

impl Receiver {
    pub async fn open() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let url = format!("http://{}/callback", listener.local_addr().expect("an address"));
        let shared = Arc::new(Shared { arrived: Mutex::default(), reply: Mutex::new(Reply::status(200)) });
        let router = Router::new().route("/callback", post(keep)).with_state(shared.clone());
        let task = tokio::spawn(async move { axum::serve(listener, router).await.expect("serves") });
        Self { url, shared, task }
    }

    /// A receiver that is the verified callback of a developer.
    pub async fn of(world: &World, persona: &Persona) -> Self {
        let receiver = Self::open().await;
        receiver.register(world, persona).await;
        receiver
    }

    /// Sets and verifies this receiver, and forgets the verification.
    pub async fn register(&self, world: &World, persona: &Persona) {
        world.post(persona, "/developer/callback/set", json!({"url": self.url})).await.accepted();
        let passed = world.post(persona, "/developer/callback/verify", json!({})).await.accepted();
        assert_eq!(passed["passed"], true, "{passed}");
        self.shared.arrived.lock().unwrap().retain(|a| a.json["messageType"] != "VERIFY");
    }

    pub fn answer(&self, reply: Reply) {
        *self.shared.reply.lock().unwrap() = reply;
    }

    /// Everything so far, in order of arrival.
    pub fn arrived(&self) -> Vec<Arrived> {
        self.shared.arrived.lock().unwrap().clone()
    }

    /// What has arrived since this was last asked.
    pub fn take(&self) -> Vec<Arrived> {
        std::mem::take(&mut *self.shared.arrived.lock().unwrap())
    }

    /// Waits until this many have arrived.
    pub async fn wait_for(&self, count: usize) -> Vec<Arrived> {
        until(&format!("{count} callbacks"), async || Some(self.arrived()).filter(|all| all.len() >= count)).await
    }

    /// Waits for one that fits.
    pub async fn wait(&self, what: &str, fits: impl Fn(&Arrived) -> bool) -> Arrived {
        until(what, async || self.arrived().into_iter().find(|a| fits(a))).await
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn keep(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> impl IntoResponse {
    let raw = String::from_utf8(body.to_vec()).expect("a callback is UTF-8");
    let json = serde_json::from_str(&raw).expect("a callback is JSON");
    shared.arrived.lock().unwrap().push(Arrived { headers, raw, json });
    let reply = shared.reply.lock().unwrap().clone();
    tokio::time::sleep(reply.after).await;
    let location = [("location", "/elsewhere")];
    (StatusCode::from_u16(reply.status).expect("a status"), location, reply.body)
}

impl Arrived {
    pub fn message_type(&self) -> &str {
        self.json["messageType"].as_str().expect("a text")
    }

    /// `messageBody` as an object, whichever form it has.
    pub fn body(&self) -> Value {
        match &self.json["messageBody"] {
            Value::String(text) => serde_json::from_str(text).expect("JSON text"),
            object => object.clone(),
        }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    pub fn sequence(&self) -> i64 {
        self.header(header::SEQUENCE).parse().expect("webhook-sequence is a number")
    }

    pub fn is_about_order(&self, order: i64) -> bool {
        let (body, text) = (self.body(), order.to_string());
        body["baseInfo"]["id"] == order || (body["refundId"].is_null() && body["orderId"] == text.as_str())
    }

    /// Asserts both signatures.
    pub fn prove(&self, persona: &Persona, base: Base) {
        let key = Key { access_key: &persona.access_key, secret: &persona.access_secret };
        let authorization = self.header(header::AUTHORIZATION);
        assert!(key.verify_authorization(base, &self.raw, authorization), "Authorization {authorization}");
        assert!(authorization.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')), "{authorization}");
        let seconds = self.header(header::TIMESTAMP).parse().expect("seconds");
        let signature = self.header(header::SIGNATURE);
        assert!(key.verify_webhook(self.header(header::ID), seconds, &self.raw, signature), "{signature}");
    }
}
