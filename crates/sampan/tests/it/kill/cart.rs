//! Purchases from the cart while the server dies at one moment after another: each merchant has one order, one key finds
//! all of them, and what was bought has left the cart, whoever found out about it.

use super::{
    batch::{OFFERS, bought_under_a_blow, call, each_merchant_once, line},
    server::{Place, Server, credentials},
};
use client::{Client, Request};
use http::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const ADD: &str = "/alibaba/cart/add";
const CREATE: &str = "/alibaba/cart/create/order";
/// From sending to the blow; the first create takes some 30 ms.
const AFTER_MS: [u64; 8] = [2, 4, 7, 11, 16, 23, 33, 50];

/// Ids of the rows of the cart.
async fn rows(client: &Client) -> Vec<Value> {
    let request = Request::new(Method::GET, "/alibaba/cart/list").reading();
    let reply = client.send(&request).await.expect("an answer").accepted().expect("the cart");
    let cart: Value = reply.data().expect("JSON");
    let shops = ["enableList", "disableList"].into_iter().flat_map(|list| cart[list].as_array().expect("a list"));
    shops.flat_map(|shop| shop["cartItemInfos"].as_array().expect("rows")).map(|row| row["id"].clone()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_while_a_cart_is_bought() {
    let server = Server::new(Place::Sqlite);
    server.start().await;
    let client = Client::new(format!("http://{}", server.address), credentials(&server.data)).expect("a client");
    let address = json!({"fullName": "王小明", "mobile": "13800000000", "provinceText": "广东省", "cityText": "广州市",
        "address": "太和镇物流园 8 号"});
    let mut lines = Vec::new();
    for offer in OFFERS {
        lines.push(line(&client, offer).await);
    }
    let mut told = BTreeSet::new();
    for (round, after) in AFTER_MS.into_iter().enumerate() {
        for (at, line) in lines.iter().enumerate() {
            let added = call(&client, ADD, line, Some(&format!("add {round} {at}"))).await;
            assert_eq!(added, Some(json!(true)));
        }
        let filled = rows(&client).await;
        assert_eq!(filled.len(), OFFERS.len());
        let body = json!({"flow": "general", "addressParam": address, "cartIds": filled});
        let key = format!("round {round}");
        told.extend(bought_under_a_blow(&server, &client, (CREATE, &body), &key, after).await);
        assert_eq!(rows(&client).await, Vec::<Value>::new(), "round {round}: what was bought has left the cart");
    }
    each_merchant_once(&server, &told, AFTER_MS.len());
}
