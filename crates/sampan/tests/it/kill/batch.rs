//! Orders of several merchants while the server dies at one moment after another: each merchant has one order, and one key
//! finds all of them.

use super::{
    market::Market,
    server::{Place, Server, credentials},
};
use client::{Client, Request};
use http::Method;
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

const CREATE: &str = "/alibaba/order/batch/create";
/// Products of four merchants, each with its first specification's name left to the server's catalogue.
pub(super) const OFFERS: [i64; 4] = [743_470_146_022, 889_512_351_602, 712_233_488_934, 657_905_034_308];
/// From sending to the blow; the first create takes some 30 ms.
const AFTER_MS: [u64; 8] = [3, 6, 10, 15, 20, 28, 38, 60];
const AGAIN_FOR: Duration = Duration::from_secs(60);

pub(super) async fn call(client: &Client, path: &str, body: &Value, key: Option<&str>) -> Option<Value> {
    let request = Request::new(Method::POST, path).json(body.to_string());
    let request = match key {
        Some(key) => request.idempotency_key(key).expect("a key"),
        None => request.reading(),
    };
    let reply = client.send(&request).await.ok()?.accepted().ok()?;
    reply.data().ok()
}

pub(super) async fn line(client: &Client, offer: i64) -> Value {
    let ask = json!({"offerId": offer, "country": "en"});
    let product = call(client, "/alibaba/product/detail/get", &ask, None).await.expect("the product is there");
    let spec = product["productSkuInfos"][0]["specId"].as_str().unwrap_or_default();
    json!({"offerId": offer, "specId": spec, "quantity": 1, "sellerOpenId": product["sellerOpenId"]})
}

/// Asks under the key until the whole is acknowledged.
async fn until_all(client: &Client, path: &str, body: &Value, key: &str, server: &Server) -> BTreeSet<i64> {
    let deadline = Instant::now() + AGAIN_FOR;
    loop {
        if let Some(Value::Array(made)) = call(client, path, body, Some(key)).await
            && made.len() == OFFERS.len()
        {
            return made.iter().filter_map(|order| order["baseInfo"]["id"].as_i64()).collect();
        }
        assert!(Instant::now() < deadline, "the orders are never acknowledged\n{}", server.log_tail());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_while_orders_of_several_merchants_are_made() {
    let server = Server::new(Place::Sqlite);
    server.start().await;
    let client = Client::new(format!("http://{}", server.address), credentials(&server.data)).expect("a client");
    let address = json!({"fullName": "王小明", "mobile": "13800000000", "provinceText": "广东省", "cityText": "广州市",
        "address": "太和镇物流园 8 号"});
    let mut lines = Vec::new();
    for offer in OFFERS {
        lines.push(line(&client, offer).await);
    }
    let body = json!({"flow": "general", "addressParam": address, "cargoParamList": lines});
    let mut told = BTreeSet::new();
    for (round, after) in AFTER_MS.into_iter().enumerate() {
        let key = format!("round {round}");
        told.extend(bought_under_a_blow(&server, &client, (CREATE, &body), &key, after).await);
    }
    each_merchant_once(&server, &told, AFTER_MS.len());
}

/// Kills the server so long after a purchase was sent; the orders that its key tells afterwards, one of each merchant.
pub(super) async fn bought_under_a_blow(
    server: &Server,
    client: &Client,
    (path, body): (&str, &Value),
    key: &str,
    after_ms: u64,
) -> BTreeSet<i64> {
    // Whether it was answered before the blow does not matter: the key tells.
    let first = call(client, path, body, Some(key));
    let blow = async {
        tokio::time::sleep(Duration::from_millis(after_ms)).await;
        server.kill();
    };
    tokio::join!(first, blow);
    server.start().await;
    let orders = until_all(client, path, body, key, server).await;
    assert_eq!(orders.len(), OFFERS.len());
    orders
}

/// The marketplace has the orders that were told in all rounds, one for each number, and no other.
pub(super) fn each_merchant_once(server: &Server, told: &BTreeSet<i64>, rounds: usize) {
    server.kill();
    let market = Market::read(&server.data);
    assert_eq!(told.len(), OFFERS.len() * rounds, "no two rounds have an order in common");
    assert_eq!(market.orders.keys().copied().collect::<BTreeSet<_>>(), *told, "orders at the marketplace");
    for (number, orders) in market.by_own_number() {
        assert_eq!(orders.len(), 1, "{number} bought {orders:?}");
    }
}
