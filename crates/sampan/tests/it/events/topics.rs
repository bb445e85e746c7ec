//! One test for each topic; in each, a developer of every edition hears of it in the form of the edition.
//!
//! Where the contract lets somebody else cause a topic, somebody else does, so that only the push can tell of it.

use crate::{
    claim::before_shipment,
    developer::about,
    persona::Persona,
    purchase::{Bought, create_body, goods, line},
    receiver::{Arrived, Receiver},
    world::{World, on_each, until},
};
use axum::body::Body;
use contract::callback::Base;
use http::Request;
use serde_json::{Value, json};

const EDITIONS: [&str; 3] = ["v1", "v2", "ka"];

/// A topic, and how the order stands in its message: in the words of v1 and v2, and of ka.
struct Topic {
    name: &'static str,
    status: &'static str,
    ka_status: &'static str,
}

/// What an edition calls a topic; the table of the contract.
fn message_type<'a>(topic: &'a str, edition: &str) -> Option<&'a str> {
    match (topic, edition) {
        ("ORDER_BUYER_VIEW_BUYER_MAKE", "ka") => Some("ORDER_CREATE"),
        ("ORDER_BUYER_VIEW_ORDER_PAY", "ka") => Some("ORDER_PAY_SUCCESS"),
        ("ORDER_BUYER_VIEW_ORDER_BUYER_CLOSE", "ka") => Some("ORDER_CANCEL"),
        ("ORDER_BATCH_PAY", "ka") => None,
        _ => Some(topic),
    }
}

/// Plays `act` for a developer of each edition; its topic must be told once, in the form of the edition.
async fn each_edition(topic: Topic, act: impl AsyncFn(&World, &Persona) -> Bought) {
    on_each(async |world| {
        for edition in EDITIONS {
            let me = world.another_with(json!({ "messageEdition": edition })).await;
            let receiver = Receiver::of(world, &me).await;
            let bought = act(world, &me).await;
            let Some(name) = message_type(topic.name, edition) else {
                not_told(world, &me, &bought, topic.name).await;
                continue;
            };
            let about_it = |a: &Arrived| a.message_type() == name && a.is_about_order(bought.order);
            let arrived = receiver.wait(&format!("{name} in {edition}"), about_it).await;
            arrived.prove(&me, Base::RawBody);
            check(&arrived, edition, &topic, &bought);
            once(world, &me, &bought.id(), name).await;
        }
    })
    .await;
}

fn check(arrived: &Arrived, edition: &str, topic: &Topic, bought: &Bought) {
    let body = arrived.body();
    assert_eq!(arrived.json["messagePlatform"], 1);
    if edition == "ka" {
        assert!(arrived.json["messageBody"].is_string(), "JSON text in ka");
        assert_eq!((&body["orderId"], &body["orderStatus"]), (&json!(bought.id()), &json!(topic.ka_status)), "{body}");
        assert!(body["orderNo"].is_string() && body["totalAmount"].is_i64() && body.get("outOrderId").is_none());
    } else {
        assert!(arrived.json["messageBody"].is_object(), "an object in v1 and v2");
        let base = &body["baseInfo"];
        assert_eq!((&base["id"], &base["status"]), (&json!(bought.order), &json!(topic.status)), "{base}");
        assert!(base["createTime"].as_str().is_some_and(|t| t.ends_with("+0800")), "{base}");
        assert!(body["productItems"].as_array().is_some_and(|items| items.len() == bought.entries.len()));
        assert!(!arrived.raw.contains(":null"), "nulls are left out");
    }
}

async fn once(world: &World, me: &Persona, object: &str, name: &str) {
    let rows = about(world, me, object).await;
    let told: Vec<&Value> = rows.iter().map(|row| &row["messageType"]).collect();
    assert_eq!(told.iter().filter(|t| **t == name).count(), 1, "{told:?}");
}

/// The edition is told of the payment, and not of the topic.
async fn not_told(world: &World, me: &Persona, bought: &Bought, topic: &str) {
    let types = async || -> Vec<String> {
        let rows = about(world, me, &bought.id()).await;
        rows.iter().map(|row| row["messageType"].as_str().unwrap().to_owned()).collect()
    };
    until("the payment is told", async || types().await.contains(&"ORDER_PAY_SUCCESS".to_owned()).then_some(())).await;
    assert!(!types().await.iter().any(|t| t == topic));
}

async fn control(world: &World, order: i64, verb: &str, body: Value) {
    world.control(&format!("/sandbox/control/orders/{order}/{verb}"), body).await;
}

#[tokio::test]
async fn an_order_that_was_made() {
    let topic = Topic { name: "ORDER_BUYER_VIEW_BUYER_MAKE", status: "waitbuyerpay", ka_status: "WAITING_FOR_PAYMENT" };
    each_edition(topic, async |world, me| world.order(me, goods::JEANS, &[1]).await).await;
}

#[tokio::test]
async fn a_price_that_was_changed_by_hand_and_by_habit() {
    let name = "ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY";
    let topic = || Topic { name, status: "waitbuyerpay", ka_status: "WAITING_FOR_PAYMENT" };
    each_edition(topic(), async |world, me| {
        let bought = world.order(me, goods::JEANS, &[1]).await;
        control(world, bought.order, "modify-price", json!({"percent": 90})).await;
        bought
    })
    .await;
    each_edition(topic(), async |world, me| world.order(me, goods::CHEAPER, &[1]).await).await;
}

#[tokio::test]
async fn an_order_that_was_paid() {
    let topic = Topic { name: "ORDER_BUYER_VIEW_ORDER_PAY", status: "waitsellersend", ka_status: "WAITING_FOR_SENT" };
    each_edition(topic, async |world, me| {
        let bought = world.order(me, goods::JEANS, &[1]).await;
        control(world, bought.order, "pay", json!({})).await;
        bought
    })
    .await;
}

/// An order that is paid in two stages, of which none is paid.
async fn staged(world: &World, me: &Persona) -> Bought {
    let spec = world.specs(goods::JEANS).await.remove(0);
    let mut body = create_body(json!([line(goods::JEANS, &spec, 40)]));
    body["tradeType"] = json!("37staged");
    let created = world.post(me, "/alibaba/order/create", body).await.accepted();
    Bought::of(&created[0])
}

#[tokio::test]
async fn a_stage_that_was_paid() {
    let name = "ORDER_BUYER_VIEW_ORDER_STEP_PAY";
    let topic = Topic { name, status: "waitbuyerpay", ka_status: "WAITING_FOR_PAYMENT" };
    each_edition(topic, async |world, me| {
        let bought = staged(world, me).await;
        control(world, bought.order, "pay", json!({})).await;
        bought
    })
    .await;
    on_each(async |world| {
        let me = world.another().await;
        let bought = staged(world, &me).await;
        for _ in 0..2 {
            control(world, bought.order, "pay", json!({})).await;
        }
        let detail = world.until_order(&me, bought.order, "waitsellersend").await;
        let stages = detail["baseInfo"]["newStepOrderList"].as_array().unwrap();
        assert!(stages.len() == 2 && stages.iter().all(|stage| stage["payStatus"] == 2), "{stages:?}");
        let rows = about(world, &me, &bought.id()).await;
        let told: Vec<&str> = rows.iter().map(|row| row["messageType"].as_str().unwrap()).collect();
        let paid = "ORDER_BUYER_VIEW_ORDER_PAY";
        assert_eq!(told, ["ORDER_BUYER_VIEW_BUYER_MAKE", name, name, paid]);
    })
    .await;
}

#[tokio::test]
async fn orders_that_were_paid_together() {
    let topic = || Topic { name: "ORDER_BATCH_PAY", status: "waitsellersend", ka_status: "WAITING_FOR_SENT" };
    each_edition(topic(), async |world, me| {
        let (first, second) = (world.order(me, goods::JEANS, &[1]).await, world.order(me, goods::JEANS, &[1]).await);
        let form = format!("orderIds={},{}", first.order, second.order);
        let (status, page) = world.page(Request::post("/sandbox/cashier").body(Body::from(form)).unwrap()).await;
        assert_eq!(status, 200, "{page}");
        // The message names both; the one that is not its first is waited for.
        second
    })
    .await;
    // Handed to the paying desk of the platform.
    each_edition(topic(), async |world, me| {
        let bought = world.order(me, goods::JEANS, &[1]).await;
        let ask = json!({"orderIds": [bought.id()]});
        world.post(me, "/alibaba/order/batch/submit/to/pay", ask).await.accepted();
        bought
    })
    .await;
}

#[tokio::test]
async fn an_order_that_waited_at_the_paying_desk_and_was_paid_at_the_cashier() {
    let topic = Topic { name: "ORDER_BATCH_PAY", status: "waitsellersend", ka_status: "WAITING_FOR_SENT" };
    each_edition(topic, async |world, me| {
        world.set_balance(0).await;
        let bought = world.order(me, goods::JEANS, &[1]).await;
        let ask = json!({"orderIds": [bought.id()]});
        world.post(me, "/alibaba/order/batch/submit/to/pay", ask).await.accepted();
        control(world, bought.order, "pay", json!({})).await;
        bought
    })
    .await;
}

#[tokio::test]
async fn an_order_that_was_shipped() {
    let name = "ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS";
    let topic = Topic { name, status: "waitbuyerreceive", ka_status: "WAITING_FOR_RECEIVE" };
    each_edition(topic, async |world, me| {
        let bought = world.paid_order(me, goods::JEANS, &[1]).await;
        control(world, bought.order, "ship", json!({})).await;
        bought
    })
    .await;
}

#[tokio::test]
async fn an_order_of_which_a_part_was_shipped() {
    let name = "ORDER_BUYER_VIEW_PART_PART_SENDGOODS";
    let topic = Topic { name, status: "waitsellersend", ka_status: "WAITING_FOR_SENT" };
    each_edition(topic, async |world, me| {
        let bought = world.paid_order(me, goods::JEANS, &[1, 1]).await;
        control(world, bought.order, "ship", json!({"entryIds": [bought.entries[0]]})).await;
        bought
    })
    .await;
}

/// An order that counts as received because nobody said otherwise.
async fn received(world: &World, me: &Persona) -> Bought {
    let bought = world.shipped_order(me, goods::JEANS, &[1]).await;
    world.advance(10 * 86_400 + 1).await;
    bought
}

#[tokio::test]
async fn a_receipt_that_was_confirmed() {
    let name = "ORDER_BUYER_VIEW_ORDER_COMFIRM_RECEIVEGOODS";
    each_edition(Topic { name, status: "success", ka_status: "SUCCESS" }, received).await;
}

#[tokio::test]
async fn a_trade_that_is_complete() {
    let name = "ORDER_BUYER_VIEW_ORDER_SUCCESS";
    each_edition(Topic { name, status: "success", ka_status: "SUCCESS" }, received).await;
}

#[tokio::test]
async fn an_order_that_its_buyer_closed() {
    let name = "ORDER_BUYER_VIEW_ORDER_BUYER_CLOSE";
    each_edition(Topic { name, status: "cancel", ka_status: "CANCEL" }, async |world, me| {
        let bought = world.order(me, goods::JEANS, &[1]).await;
        world.advance(11).await;
        let cancel = json!({"webSite": "1688", "orderId": bought.order, "cancelReason": "other"});
        world.post(me, "/alibaba/order/cancel", cancel).await.accepted();
        bought
    })
    .await;
}

#[tokio::test]
async fn an_order_that_its_seller_closed() {
    let name = "ORDER_BUYER_VIEW_ORDER_SELLER_CLOSE";
    each_edition(Topic { name, status: "cancel", ka_status: "CANCEL" }, async |world, me| {
        let bought = world.order(me, goods::JEANS, &[1]).await;
        control(world, bought.order, "close", json!({"by": "seller"})).await;
        bought
    })
    .await;
}

#[tokio::test]
async fn an_order_that_the_marketplace_closed_by_hand_and_by_deadline() {
    let name = "ORDER_BUYER_VIEW_ORDER_BOPS_CLOSE";
    let topic = || Topic { name, status: "cancel", ka_status: "CANCEL" };
    each_edition(topic(), async |world, me| {
        let bought = world.order(me, goods::JEANS, &[1]).await;
        control(world, bought.order, "close", json!({"by": "platform", "remark": "违规"})).await;
        bought
    })
    .await;
    each_edition(topic(), async |world, me| {
        let bought = world.order(me, goods::JEANS, &[1]).await;
        world.advance(3 * 86_400 + 1).await;
        bought
    })
    .await;
}

#[tokio::test]
async fn a_refund_that_changed() {
    let name = "ORDER_BUYER_VIEW_ORDER_BUYER_REFUND";
    on_each(async |world| {
        for edition in EDITIONS {
            let me = world.another_with(json!({ "messageEdition": edition })).await;
            let receiver = Receiver::of(world, &me).await;
            let bought = world.paid_order(&me, goods::SILENT, &[1]).await;
            let refund = world.apply(&me, before_shipment(&bought)).await;
            world.control(&format!("/sandbox/control/refunds/{refund}/agree"), json!({})).await;
            for status in ["waitselleragree", "refundsuccess"] {
                let fits = |a: &Arrived| {
                    let body = a.body();
                    a.message_type() == name && body["refundId"] == refund.as_str() && body["status"] == status
                };
                let arrived = receiver.wait(&format!("{status} in {edition}"), fits).await;
                arrived.prove(&me, Base::RawBody);
                assert_eq!(arrived.json["messageBody"].is_string(), edition == "ka");
                let order = &arrived.body()["orderId"];
                let expected = if edition == "ka" { json!(bought.id()) } else { json!(bought.order) };
                assert_eq!(*order, expected);
            }
            assert_eq!(about(world, &me, &refund).await.len(), 2, "once each");
        }
    })
    .await;
}
