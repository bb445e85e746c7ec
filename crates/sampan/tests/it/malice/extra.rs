//! API3: fields that an operation does not have, and those that only answers have, are neither taken nor shown.

use super::{Callers, places, watch::Watch};
use crate::{
    operations::{ask, example},
    persona::Persona,
    purchase::{create_body, goods, line},
    world::{World, on_each},
};
use contract::{
    OPERATIONS,
    operation::{Edition, Entry, Method},
};
use serde_json::{Value, json};

/// What somebody would like to be believed.
const WISHES: &str = r##"{
  "status": "success", "orderStatus": "success", "payStatus": 2, "refundStatus": "refundsuccess", "isAdmin": true,
  "role": "operator", "editions": ["v1", "v2", "ka", "bigmajor", "operator"], "edition": "operator", "developId": "1",
  "developerId": 1, "userId": "1", "accountId": "1", "version": 0, "verified": true, "callbackVerifiedAt": "2026-01-01 00:00:00",
  "nonceRule": "off", "includeUpstream": true, "settings": {}, "accessKey": "00000000000000000000000000000000",
  "accessSecret": "00000000000000000000000000000000", "secret": "x", "price": 0.01, "unitPrice": 0.01, "amount": 1,
  "totalAmount": 1, "sumPayment": 1, "sumProductPayment": 1, "discount": 99999, "carriage": 0, "postFee": 0,
  "refundPayment": 999999, "canRefund": 999999, "createdAt": 0, "modifiedAt": 0, "expiresAt": 9e15, "code": 200,
  "data": {"ok": true}, "requestId": "00000000000000000000000000000000", "msg": "成功", "ticket": {}, "caller": {},
  "__proto__": {"isAdmin": true}, "constructor": {"prototype": {"isAdmin": true}}, "$ref": "#/definitions/x",
  "_method": "DELETE", "": "x", "\u0000": "x", "order_id": 1, "OrderId": 1, "ORDERID": 1
}"##;

fn wishes() -> Value {
    serde_json::from_str(WISHES).expect("JSON")
}

/// The body with all wishes that are no fields of its own.
fn wishing(entry: &Entry, body: &Value) -> Value {
    let own: Vec<String> = places::of(entry).iter().map(|place| place.name().to_owned()).collect();
    let mut body = body.clone();
    for (name, value) in wishes().as_object().expect("fields") {
        if !own.contains(name) {
            body[name] = value.clone();
        }
    }
    body
}

async fn standing(world: &World, who: &Persona) -> Value {
    let shown = json!({"developId": who.develop_id});
    world.post(&world.operator, "/operator/developer/show", shown).await.accepted()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_operation_does_not_take_changes_no_answer_of_it() {
    on_each(async |world| {
        let (callers, watch) = (Callers::of(world).await, Watch::over(world));
        for entry in OPERATIONS.iter().filter(|entry| !entry.writes) {
            let who = callers.of_entry(world, entry).await;
            let plain = world.send(&who, ask(entry, &example(entry))).await;
            let wished = world.send(&who, ask(entry, &wishing(entry, &example(entry)))).await;
            watch.judge(entry, &wished);
            assert_eq!((wished.code(), wished.msg()), (plain.code(), plain.msg()), "{}", entry.id);
            // What is measured while it is told (health) differs by itself.
            if entry.edition != Edition::Operator {
                assert_eq!(wished.data(), plain.data(), "{}", entry.id);
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_makes_more_of_himself_by_a_field() {
    on_each(async |world| {
        let (callers, watch) = (Callers::of(world).await, Watch::over(world));
        let me = world.another_with(json!({"editions": ["v1"]})).await;
        let (mine, all) = (standing(world, &me).await, standing(world, &callers.developer).await);
        for entry in OPERATIONS.iter().filter(|entry| entry.writes && entry.id != "developer_secret_reset") {
            for who in [&me, &callers.developer] {
                let answer = world.send(who, ask(entry, &wishing(entry, &example(entry)))).await;
                watch.judge(entry, &answer);
                let granted = entry.edition != Edition::Operator
                    && (who.develop_id == callers.developer.develop_id
                        || matches!(entry.edition, Edition::V1 | Edition::Developer));
                assert_eq!(answer.code() == 40301, !granted, "{}: {}", entry.id, answer.text);
            }
        }
        // The example of a callback has an address, which then stands there; nothing else has changed.
        let but_callback = |mut standing: Value| {
            for name in ["callback", "callbackUrl"] {
                standing.as_object_mut().expect("fields").shift_remove(name);
            }
            standing
        };
        for (who, before) in [(&me, mine), (&callers.developer, all)] {
            assert_eq!(but_callback(standing(world, who).await), but_callback(before));
            let callback = world.post(who, "/developer/callback/get", json!({})).await.accepted();
            assert_eq!(callback["verified"], false);
        }
    })
    .await;
}

#[tokio::test]
async fn a_price_of_the_caller_s_own_buys_nothing_cheaper() {
    on_each(async |world| {
        let me = world.another().await;
        let amount = async |changes: &Value| {
            let mut body = create_body(json!([line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, 2)]));
            for (name, value) in changes.as_object().expect("fields") {
                body[name] = value.clone();
                body["cargoParamList"][0][name] = if name == "quantity" { json!(2) } else { value.clone() };
            }
            let made = world.post(&me, "/alibaba/order/create", body).await.accepted();
            (made[0]["baseInfo"]["totalAmount"].clone(), made[0]["baseInfo"]["shippingFee"].clone())
        };
        let mut cheap = wishes();
        cheap.as_object_mut().expect("fields").retain(|name, _| !["", "\u{0}"].contains(&name.as_str()));
        let plain = amount(&json!({})).await;
        assert!(plain.0.is_number(), "{plain:?}");
        assert_eq!(amount(&cheap).await, plain);
        // A row of the cart takes a price by its contract, and passes over it.
        let mut row = crate::cart::bag(1);
        (row["price"], row["amountOnSale"]) = (json!(0.01), json!(1_000_000));
        world.add_to_cart(&me, row).await.accepted();
        let items = crate::cart::items(&world.cart(&me).await);
        assert_ne!(items[0]["price"], json!(0.01), "{}", items[0]);
    })
    .await;
}

/// Fields of the body do not count where the query is asked for, nor the other way round.
#[tokio::test]
async fn a_query_is_no_body_and_a_body_no_query() {
    on_each(async |world| {
        let callers = Callers::of(world).await;
        for entry in OPERATIONS {
            let who = callers.of_entry(world, entry).await;
            let schema = entry.request_document();
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            let from_body = |name: &&Value| !entry.query.iter().any(|field| field.name == name.as_str().unwrap_or(""));
            let moved = match entry.method {
                Method::Post => {
                    if required.iter().filter(from_body).count() == 0 {
                        continue;
                    }
                    let texts: Vec<(String, String)> = example(entry)
                        .as_object()
                        .expect("fields")
                        .iter()
                        .map(|(name, value)| (name.clone(), value.to_string()))
                        .collect();
                    let pairs: Vec<(&str, &str)> = texts.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
                    crate::ask::Ask::get(entry.path, &pairs).method(http::Method::POST)
                }
                Method::Get => {
                    if required.is_empty() {
                        continue;
                    }
                    crate::ask::Ask::post(entry.path, &example(entry)).method(http::Method::GET)
                }
            };
            world.send(&who, moved).await.refused(40002);
        }
    })
    .await;
}
