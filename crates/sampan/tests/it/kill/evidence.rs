//! What must hold after a story with kills: everything acknowledged is there, the marketplace has everything once, every
//! callback arrived.

use super::{market::Market, server::Server, telling::Stage};
use client::{Client, Message, Request};
use http::Method;
use sampan::story::{Inbox, STEPS, Tale};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

/// How long deliveries whose process died may wait for their lease to end.
const QUIET_WITHIN: Duration = Duration::from_secs(60);
const STOP: Duration = Duration::from_secs(10);

struct Bought {
    order: i64,
    refund: String,
}

/// What the platform says at the end.
struct Platform {
    orders: Vec<Value>,
    refunds: BTreeMap<String, Value>,
    /// Rows of the message list.
    messages: Vec<Value>,
}

pub async fn check(stage: Stage) {
    let client = &stage.tale.client;
    let messages = settled_messages(client, &stage.server).await;
    let orders = page(client, "/alibaba/order/page", json!({})).await;
    let mut refunds = BTreeMap::new();
    for Bought { refund, .. } in bought(&stage.tale) {
        let info = ask(client, "/alibaba/refund/info", json!({ "refundId": refund })).await;
        refunds.insert(refund, info);
    }
    let platform = Platform { orders, refunds, messages };
    let market = left_behind(&stage.server).await;
    acknowledged_once(&stage);
    bought_once(&stage.tale, &platform, &market);
    refunded_once(&stage.tale, &platform, &market);
    let received = news(&every_callback_arrived(&stage.tale.inbox, &platform.messages));
    for (object, what) in certain(&stage.tale) {
        assert!(received.contains(&(object.clone(), what.to_owned())), "no callback: {object} {what}");
    }
}

/// Ends the server; what the marketplace has then.
pub async fn left_behind(server: &Server) -> Market {
    server.terminate();
    let status = server.ended(STOP).await.expect("SIGTERM ends the server in time");
    assert!(status.success(), "the server ended with {status}\n{}", server.log_tail());
    Market::read(&server.data)
}

/// Each step was told to its end, and a call that was answered twice was answered the same.
fn acknowledged_once(stage: &Stage) {
    let mut answers: BTreeMap<(&str, &str, &str), &str> = BTreeMap::new();
    let writes = stage.acknowledged.iter().filter(|a| is_write(&a.exchange.path) && a.exchange.code == 200);
    for told in writes {
        let exchange = &told.exchange;
        let first = answers.entry((told.step, &exchange.path, &exchange.sent)).or_insert(&exchange.got);
        assert_eq!(*first, exchange.got, "{}: {} answered in two ways", told.step, exchange.path);
    }
    let steps: BTreeSet<&str> = stage.acknowledged.iter().map(|told| told.step).collect();
    let silent = STEPS.iter().map(|step| step.name).filter(|name| !steps.contains(name));
    // Steps that only wait for a callback call nobody.
    assert_eq!(silent.collect::<Vec<_>>(), ["the seller agrees; the callback arrives"]);
}

fn is_write(path: &str) -> bool {
    const WRITES: [&str; 9] = [
        "/developer/callback/set",
        "/developer/callback/verify",
        "/alibaba/order/create",
        "/alibaba/order/pay/url",
        "/alibaba/order/receivegoods",
        "/alibaba/refund/voucher/upload",
        "/alibaba/refund/detail/create",
        "/alibaba/refund/goods/return",
        "/alibaba/ka/refund/cancel",
    ];
    WRITES.contains(&path)
}

/// The story's four orders are those of the marketplace, one for each number that the platform sent, in the same state.
fn bought_once(tale: &Tale, platform: &Platform, market: &Market) {
    let told: BTreeSet<i64> = bought(tale).iter().map(|b| b.order).collect();
    assert_eq!(told.len(), 4, "{told:?}");
    assert_eq!(market.orders.keys().copied().collect::<BTreeSet<_>>(), told, "orders at the marketplace");
    for (number, orders) in market.by_own_number() {
        assert_eq!(orders.len(), 1, "{number} bought {orders:?}");
    }
    let id = |order: &Value| order["baseInfo"]["id"].as_i64();
    let mirrored: Vec<i64> = platform.orders.iter().filter_map(id).filter(|id| told.contains(id)).collect();
    assert_eq!(mirrored.len(), 4, "orders of the platform: {mirrored:?}");
    let ends = ["terminated", "success", "waitsellersend", "terminated"];
    for (Bought { order, .. }, status) in bought(tale).into_iter().zip(ends) {
        let shown = platform.orders.iter().find(|o| id(o) == Some(order)).expect("the order is listed");
        assert_eq!(shown["baseInfo"]["status"], status, "order {order}");
        let record = &market.orders[&order];
        assert_eq!(record["order"]["status"].as_str().map(str::to_lowercase).as_deref(), Some(status));
        assert!(record["payment_id"].is_string(), "order {order} is paid");
    }
}

/// One refund for each order, in the same state on both sides; no money came back twice.
fn refunded_once(tale: &Tale, platform: &Platform, market: &Market) {
    let told: BTreeSet<i64> = bought(tale).iter().map(|b| digits(&b.refund)).collect();
    let at_market: BTreeSet<i64> = market.refunds.keys().copied().collect();
    assert_eq!(at_market, told, "refunds at the marketplace");
    let ends = ["refundsuccess", "refundsuccess", "refundclose", "refundsuccess"];
    for (bought, status) in bought(tale).into_iter().zip(ends) {
        assert_eq!(platform.refunds[&bought.refund]["status"], status, "refund {}", bought.refund);
        let (refund, order) = (&market.refunds[&digits(&bought.refund)], &market.orders[&bought.order]);
        assert_eq!(refund["refund"]["order_id"], bought.order);
        let word = if status == "refundclose" { "Close" } else { "Success" };
        assert_eq!(refund["refund"]["status"], word, "refund {}", bought.refund);
        assert_eq!(order["refunds"], 1, "refunds that order {} ever had", bought.order);
    }
}

/// Every message is acknowledged and was received, its repeats alike; each object's messages count from 1 without a gap.
/// Answers them by id.
pub fn every_callback_arrived(inbox: &Inbox, messages: &[Value]) -> BTreeMap<i64, Message> {
    let mut received: BTreeMap<i64, Message> = BTreeMap::new();
    for message in inbox.received().into_iter().filter(|m| !m.is_verification()) {
        let message = Message { sent_at: domain::Timestamp(0), retry_count: 0, ..message };
        let first = received.entry(message.id).or_insert_with(|| message.clone());
        assert_eq!(*first, message, "a repeat differs from its first");
    }
    assert_eq!(inbox.refused(), 0, "callbacks that nobody can prove");
    let mut sequences: BTreeMap<&str, BTreeSet<i64>> = BTreeMap::new();
    for row in messages {
        let id: i64 = row["id"].as_str().and_then(|id| id.parse().ok()).expect("messages have ids");
        assert_eq!(row["state"], "done", "{row}");
        assert!(received.contains_key(&id), "message {id} is acknowledged and never came: {row}");
        let object = row["objectId"].as_str().expect("messages have objects");
        let sequence = row["sequence"].as_i64().expect("messages have sequence numbers");
        assert!(sequences.entry(object).or_default().insert(sequence), "{object} has two messages {sequence}");
    }
    assert_eq!(received.len(), messages.len(), "messages that the platform does not know");
    for (object, numbers) in &sequences {
        let whole: BTreeSet<i64> = (1..).take(numbers.len()).collect();
        assert_eq!(*numbers, whole, "the sequence of {object}");
    }
    received
}

/// Object and message type, or refund status, that no telling can do without.
fn certain(tale: &Tale) -> Vec<(String, &'static str)> {
    let mut certain = Vec::new();
    for bought in bought(tale) {
        certain.push((bought.order.to_string(), "ORDER_BUYER_VIEW_BUYER_MAKE"));
        certain.push((bought.order.to_string(), "ORDER_BUYER_VIEW_ORDER_PAY"));
    }
    let facts = &tale.facts;
    certain.push((facts.second.order.to_string(), "ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS"));
    certain.push((facts.second.order.to_string(), "ORDER_BUYER_VIEW_ORDER_SUCCESS"));
    certain.push((facts.first.refund.clone(), "refundsuccess"));
    certain.push((facts.second.refund.clone(), "waitbuyersend"));
    certain.push((facts.second.refund.clone(), "refundsuccess"));
    certain.push((facts.third.refund.clone(), "refundclose"));
    certain.push((facts.fourth.refund.clone(), "waitselleragree"));
    certain.push((facts.fourth.refund.clone(), "refundsuccess"));
    certain
}

/// What was told: object and message type, of a refund object and status.
pub fn news(received: &BTreeMap<i64, Message>) -> BTreeSet<(String, String)> {
    let news = received.values().map(|message| {
        let body: Value = serde_json::from_str(&message.body).expect("bodies are JSON");
        match (body["baseInfo"]["id"].as_i64(), body["refundId"].as_str(), body["status"].as_str()) {
            (_, Some(refund), Some(status)) => (refund.to_owned(), status.to_owned()),
            (Some(order), ..) => (order.to_string(), message.message_type.clone()),
            (None, ..) => (String::new(), message.message_type.clone()),
        }
    });
    news.collect()
}

/// All messages, once none is on its way any more.
pub async fn settled_messages(client: &Client, server: &Server) -> Vec<Value> {
    let deadline = Instant::now() + QUIET_WITHIN;
    loop {
        let messages = page(client, "/developer/message/page", json!({})).await;
        if messages.iter().all(|row| row["state"] != "pending") {
            return messages;
        }
        assert!(Instant::now() < deadline, "messages stay on their way: {messages:#?}\n{}", server.log_tail());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// All rows of a list.
pub async fn page(client: &Client, path: &str, mut body: Value) -> Vec<Value> {
    let mut rows = Vec::new();
    for number in 1.. {
        body["page"] = json!(number);
        body["pageSize"] = json!(50);
        let answer = ask(client, path, body.clone()).await;
        let records = answer["records"].as_array().expect("a page has records").clone();
        let more = !records.is_empty();
        rows.extend(records);
        if !more || answer["total"] == rows.len() {
            return rows;
        }
    }
    rows
}

pub async fn ask(client: &Client, path: &str, body: Value) -> Value {
    let request = Request::new(Method::POST, path).json(body.to_string()).reading();
    let reply = client.send(&request).await.and_then(client::Reply::accepted);
    reply.and_then(|reply| reply.data()).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The story's orders, each with its refund.
fn bought(tale: &Tale) -> [Bought; 4] {
    let facts = &tale.facts;
    [&facts.first, &facts.second, &facts.third, &facts.fourth]
        .map(|b| Bought { order: b.order, refund: b.refund.clone() })
}

pub fn digits(refund: &str) -> i64 {
    refund.trim_start_matches("TQ").parse().expect("a refund id")
}
