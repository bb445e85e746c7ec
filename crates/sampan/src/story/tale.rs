//! What the teller of the story knows, and how it calls.

use super::Inbox;
use client::{Client, ClientError, Message, Reply, Request};
use http::Method;
use serde_json::Value;
use std::{
    fmt,
    time::{Duration, Instant},
};

/// How long the story waits for a callback.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why a step did not go on.
#[derive(Debug)]
pub struct Trouble {
    pub text: String,
    /// The server was not there, or not able; telling the step again may help.
    pub again: bool,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Trouble {
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), again: false }
    }
}

impl From<ClientError> for Trouble {
    fn from(error: ClientError) -> Self {
        Self { again: error.is_temporary(), text: error.to_string() }
    }
}

/// One call and its answer.
#[derive(Debug, Clone)]
pub struct Exchange {
    pub method: Method,
    pub path: String,
    pub sent: String,
    pub code: u32,
    pub got: String,
    pub took: Duration,
}

/// The state of the story.
pub struct Tale {
    pub client: Client,
    pub inbox: Inbox,
    /// Makes the keys of this telling unlike those of another.
    pub run: String,
    /// Calls of the present step.
    pub exchanges: Vec<Exchange>,
    step: &'static str,
    pub facts: Facts,
}

/// What later steps need from earlier ones.
#[derive(Debug, Default)]
pub struct Facts {
    pub specs: Vec<String>,
    pub first: Bought,
    pub second: Bought,
    pub third: Bought,
    pub fourth: Bought,
    pub voucher: String,
    pub seller_agreed: Option<String>,
}

/// An order and its refund.
#[derive(Debug, Default, Clone)]
pub struct Bought {
    pub order: i64,
    pub entries: Vec<i64>,
    /// Fen.
    pub goods: i64,
    pub freight: i64,
    pub refund: String,
}

impl Tale {
    pub fn new(client: Client, inbox: Inbox, run: String) -> Self {
        Self { client, inbox, run, exchanges: Vec::new(), step: "", facts: Facts::default() }
    }

    pub(super) fn begin(&mut self, step: &'static str) {
        self.step = step;
        self.exchanges.clear();
    }

    /// A read.
    pub(super) async fn ask(&mut self, path: &str, body: Value) -> Result<Value, Trouble> {
        let request = Request::new(Method::POST, path).json(body.to_string()).reading();
        self.exchange((Method::POST, path), request, body.to_string()).await
    }

    pub(super) async fn get(&mut self, path: &str, fields: Value) -> Result<Value, Trouble> {
        let request = Request::new(Method::GET, path).fields(&fields).reading();
        self.exchange((Method::GET, path), request, fields.to_string()).await
    }

    /// A write, under a key of this step and `name`.
    pub(super) async fn write(&mut self, name: &str, path: &str, body: Value) -> Result<Value, Trouble> {
        let request = Request::new(Method::POST, path).json(body.to_string()).idempotency_key(&self.key(name))?;
        self.exchange((Method::POST, path), request, body.to_string()).await
    }

    /// A write that is a GET.
    pub(super) async fn write_get(&mut self, name: &str, path: &str, fields: Value) -> Result<Value, Trouble> {
        let request = Request::new(Method::GET, path).fields(&fields).idempotency_key(&self.key(name))?;
        self.exchange((Method::GET, path), request, fields.to_string()).await
    }

    pub(super) async fn upload(&mut self, path: &str, jpg: &[u8]) -> Result<Value, Trouble> {
        let request = Request::new(Method::POST, path).file("imageData", "voucher.jpg", "image/jpeg", jpg);
        let request = request.idempotency_key(&self.key("upload"))?;
        self.exchange((Method::POST, path), request, format!("<{} bytes of jpg>", jpg.len())).await
    }

    /// The sandbox's control API, which has no envelope.
    pub(super) async fn control(&mut self, path: &str, body: Value) -> Result<Value, Trouble> {
        let started = Instant::now();
        let plain = self.client.fetch(&Request::new(Method::POST, path).json(body.to_string())).await?;
        self.exchanges.push(Exchange {
            method: Method::POST,
            path: path.to_owned(),
            sent: body.to_string(),
            code: u32::from(plain.status),
            got: plain.text.clone(),
            took: started.elapsed(),
        });
        if plain.status != 200 {
            return Err(Trouble::new(format!("{path} answered {}: {}", plain.status, plain.text)));
        }
        serde_json::from_str(&plain.text).map_err(|e| Trouble::new(format!("{path}: {e}")))
    }

    fn key(&self, name: &str) -> String {
        let step: String = self.step.split_whitespace().filter_map(|word| word.chars().next()).collect();
        format!("{}-{step}-{name}", self.run)
    }

    async fn exchange(
        &mut self,
        (method, path): (Method, &str),
        request: Request,
        sent: String,
    ) -> Result<Value, Trouble> {
        let path = path.to_owned();
        let started = Instant::now();
        let reply: Reply = self.client.send(&request).await?;
        self.exchanges.push(Exchange {
            method,
            path,
            sent,
            code: reply.envelope.code,
            got: reply.data_text().to_owned(),
            took: started.elapsed(),
        });
        Ok(reply.accepted()?.data()?)
    }

    /// Waits for a callback about an order.
    pub(super) async fn hear_of_order(&self, message_type: &str, order: i64) -> Result<Message, Trouble> {
        let wanted = |m: &Message| m.message_type == message_type && body(m)["baseInfo"]["id"] == order;
        self.hear(message_type, wanted).await
    }

    /// Waits for a callback that says that a refund has this status.
    pub(super) async fn hear_of_refund(&self, refund: &str, status: &str) -> Result<Message, Trouble> {
        let wanted = |m: &Message| body(m)["refundId"] == refund && body(m)["status"] == status;
        self.hear(&format!("{refund} {status}"), wanted).await
    }

    async fn hear(&self, what: &str, wanted: impl Fn(&Message) -> bool) -> Result<Message, Trouble> {
        self.inbox
            .wait(PATIENCE, wanted)
            .await
            .ok_or_else(|| Trouble { text: format!("no callback came: {what}"), again: true })
    }
}

fn body(message: &Message) -> Value {
    serde_json::from_str(&message.body).unwrap_or_default()
}

/// A field of an answer that must be there.
pub(super) fn text<'a>(value: &'a Value, pointer: &str) -> Result<&'a str, Trouble> {
    value.pointer(pointer).and_then(Value::as_str).ok_or_else(|| Trouble::new(format!("no text at {pointer}")))
}

pub(super) fn number(value: &Value, pointer: &str) -> Result<i64, Trouble> {
    value.pointer(pointer).and_then(Value::as_i64).ok_or_else(|| Trouble::new(format!("no number at {pointer}")))
}

pub(super) fn expect(what: &str, holds: bool) -> Result<(), Trouble> {
    if holds { Ok(()) } else { Err(Trouble::new(format!("expected: {what}"))) }
}
