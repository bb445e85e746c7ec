//! The same through the platform: signed HTTP to a running server, its callbacks proved here.

use super::{
    inbox::Inbox,
    market::{Ask, Bought, Goods, Market, address, cargo, lines},
};
use crate::{clock, load::connection::Connection};
use async_trait::async_trait;
use axum::{Router, body::Bytes, extract::State, routing::post};
use client::{Message, verify_callback};
use contract::signature::{Signed, header};
use http::{HeaderMap, Method, Request, StatusCode, header::CONTENT_TYPE};
use http_body_util::Full;
use serde::Deserialize;
use serde_json::{Value, json};
use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::net::TcpListener;

/// How long a start may take with the rest of the machine busy.
const INDEXING: Duration = Duration::from_secs(60);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Key {
    access_key: String,
    access_secret: String,
}

/// A running server, a key for it, and what receives its callbacks.
pub struct Site {
    to: String,
    key: Arc<Key>,
    pub inbox: Arc<Inbox>,
    url: String,
}

impl Site {
    pub async fn open(to: &str, key: &Path) -> Result<Self, String> {
        let text = std::fs::read(key).map_err(|e| format!("{}: {e}", key.display()))?;
        let key: Arc<Key> = Arc::new(serde_json::from_slice(&text).map_err(|e| format!("the key file: {e}"))?);
        let inbox = Arc::<Inbox>::default();
        ready(to).await?;
        let url = receiver(key.clone(), inbox.clone()).await?;
        Ok(Self { to: to.to_owned(), key, inbox, url })
    }

    pub async fn buyer(&self) -> Result<Buyer, String> {
        let connection = Connection::open(&self.to).await?;
        Ok(Buyer { connection, key: self.key.clone() })
    }

    /// Asks for callbacks.
    pub async fn listen(&self, buyer: &mut Buyer) -> Result<(), String> {
        buyer.write("/developer/callback/set", json!({"url": self.url})).await?;
        let passed = buyer.write("/developer/callback/verify", json!({})).await?;
        if passed["passed"] == true { Ok(()) } else { Err(format!("the receiver is not verified: {passed}")) }
    }
}

/// Waits until the server has made its indexes: what is measured is the life after.
async fn ready(to: &str) -> Result<(), String> {
    let mut connection = Connection::open(to).await?;
    let deadline = Instant::now() + INDEXING;
    loop {
        let request = Request::get("/readyz").header("host", "127.0.0.1").body(Full::default());
        let (status, body) = connection.send(request.map_err(|e| e.to_string())?).await?;
        let told: Value = serde_json::from_slice(&body).unwrap_or_default();
        if status == StatusCode::OK && told["indexes"] != "building" {
            return Ok(());
        }
        if Instant::now() > deadline {
            return Err(format!("the server is not ready: {}", String::from_utf8_lossy(&body)));
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn receiver(key: Arc<Key>, inbox: Arc<Inbox>) -> Result<String, String> {
    let listener = TcpListener::bind("127.0.0.1:0").await.map_err(|e| format!("a receiver cannot listen: {e}"))?;
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    let router = Router::new().route("/callback", post(take)).with_state((key, inbox));
    tokio::spawn(async move { drop(axum::serve(listener, router).await) });
    Ok(format!("http://{address}/callback"))
}

async fn take(State((key, inbox)): State<(Arc<Key>, Arc<Inbox>)>, headers: HeaderMap, body: Bytes) -> StatusCode {
    match verify_callback(&headers, &body, &key.access_key, &key.access_secret) {
        Ok(message) if message.is_verification() => {}
        Ok(message) => match read(&message) {
            Some((order, kind)) => inbox.take(message.id, order, kind),
            None => inbox.refuse(message.body),
        },
        Err(why) => inbox.refuse(why.to_string()),
    }
    StatusCode::OK
}

/// Order and what is told: the type, and of refunds what they have come to.
fn read(message: &Message) -> Option<(i64, String)> {
    let body: Value = serde_json::from_str(&message.body).ok()?;
    let kind = message.message_type.clone();
    if !kind.contains("REFUND") {
        return Some((body["baseInfo"]["id"].as_i64()?, kind));
    }
    Some((body["orderId"].as_i64()?, format!("{kind}:{}", body["status"].as_str()?)))
}

pub struct Buyer {
    connection: Connection,
    key: Arc<Key>,
}

impl Buyer {
    async fn ask(&mut self, path: &str, body: Value) -> Result<Value, String> {
        self.signed(Method::POST, path, false, body.to_string()).await
    }

    async fn write(&mut self, path: &str, body: Value) -> Result<Value, String> {
        self.signed(Method::POST, path, true, body.to_string()).await
    }

    async fn signed(&mut self, method: Method, path: &str, is_write: bool, body: String) -> Result<Value, String> {
        let Key { access_key, access_secret } = &*self.key;
        let (timestamp, nonce) = (clock::wall().0.to_string(), hex::encode(clock::random()));
        let signature = Signed { access_key, timestamp: &timestamp, nonce: &nonce }.sign(access_secret);
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "127.0.0.1")
            .header(CONTENT_TYPE, "application/json")
            .header(header::ACCESS_KEY, access_key)
            .header(header::TIMESTAMP, timestamp)
            .header(header::NONCE, &nonce)
            .header(header::SIGNATURE, signature);
        if is_write {
            request = request.header(header::IDEMPOTENCY_KEY, nonce);
        }
        let answer = self.send(path, request, body).await?;
        if answer["code"] == 200 { Ok(answer["data"].clone()) } else { Err(format!("{path}: {answer}")) }
    }

    async fn send(&mut self, path: &str, request: http::request::Builder, body: String) -> Result<Value, String> {
        let request = request.body(Full::new(Bytes::from(body))).map_err(|e| e.to_string())?;
        let (status, body) = self.connection.send(request).await.map_err(|e| format!("{path}: {e}"))?;
        if status != StatusCode::OK {
            return Err(format!("{path}: {status}: {}", String::from_utf8_lossy(&body)));
        }
        serde_json::from_slice(&body).map_err(|e| format!("{path}: {e}"))
    }
}

#[async_trait]
impl Market for Buyer {
    async fn preview(&mut self, goods: &[Goods]) -> Result<(), String> {
        let ask = json!({"addressParam": address(), "cargoParamList": cargo(goods)});
        let preview = self.ask("/alibaba/order/create/preview", ask).await?;
        let total = preview["orderPreviewResuslt"][0]["sumPayment"].as_i64();
        if total > Some(0) { Ok(()) } else { Err(format!("preview: {preview}")) }
    }

    async fn create(&mut self, goods: &[Goods]) -> Result<Bought, String> {
        let body = json!({"flow": "general", "addressParam": address(), "cargoParamList": cargo(goods)});
        let created = self.write("/alibaba/order/create", body).await?;
        let order = created[0]["baseInfo"]["id"].as_i64().ok_or_else(|| format!("create: {created}"))?;
        Ok(Bought { order, lines: lines(&created[0]["productItems"]) })
    }

    async fn pay(&mut self, bought: &Bought) -> Result<(), String> {
        let path = format!("/alibaba/order/pay/url?orderId={}", bought.order);
        let paid = self.signed(Method::GET, &path, true, String::new()).await?;
        if paid["protocolPaySuccess"] == true { Ok(()) } else { Err(format!("pay: {paid}")) }
    }

    async fn receive(&mut self, order: i64, line: i64) -> Result<(), String> {
        let body = json!({"orderId": order, "orderEntryIds": [line]});
        let received = self.write("/alibaba/order/receivegoods", body).await?;
        if received["success"] == true { Ok(()) } else { Err(format!("receive: {received}")) }
    }

    async fn refund(&mut self, ask: &Ask<'_>) -> Result<(), String> {
        let (entry, amount) = ask.line;
        let body = json!({
            "orderId": ask.order, "orderEntryIds": [entry], "disputeRequest": "refund", "applyPayment": amount,
            "applyCarriage": 0, "applyReasonId": 20006, "description": "不想要了", "goodsStatus": ask.goods_status,
        });
        let opened = self.write("/alibaba/refund/detail/create", body).await?;
        if opened["refundId"].is_string() { Ok(()) } else { Err(format!("refund: {opened}")) }
    }

    async fn status(&mut self, order: i64) -> Result<String, String> {
        let found = self.ask("/alibaba/order/detail", json!({"webSite": "1688", "orderId": order.to_string()})).await?;
        found["baseInfo"]["status"].as_str().map(str::to_owned).ok_or_else(|| format!("look: {found}"))
    }

    async fn control(&mut self, path: &str, body: Value) -> Result<Value, String> {
        let path = format!("/sandbox/control/{path}");
        let request = Request::post(&path).header("host", "127.0.0.1").header(CONTENT_TYPE, "application/json");
        self.send(&path, request, body.to_string()).await
    }
}
