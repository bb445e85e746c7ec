//! Writing once: the caller's own number and the Idempotency-Key.

use super::{CANCEL, CREATE, KA_CREATE, PAY};
use crate::{
    ask::Ask,
    purchase::{create_body, goods, line},
    world::on_each,
};
use futures::future::join_all;
use serde_json::{Value, json};

fn body(quantity: i64) -> Value {
    create_body(json!([line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, quantity)]))
}

fn numbered(quantity: i64, number: &str) -> Value {
    let mut body = body(quantity);
    body["outOrderId"] = json!(number);
    body
}

#[tokio::test]
async fn the_same_own_number_gives_the_first_answer_again() {
    on_each(async |world| {
        let me = world.another().await;
        let first = world.post(&me, CREATE, numbered(1, "N-1")).await;
        assert!(!first.replayed());
        let again = world.post(&me, CREATE, numbered(1, "N-1")).await;
        assert!(again.replayed());
        assert_ne!(first.request_id(), again.request_id());
        assert_eq!(first.accepted(), again.accepted());
        world.post(&me, CREATE, numbered(2, "N-1")).await.refused_for(40903, "outOrderId");
        assert_eq!(world.order_count(&me).await, 1);
        // White space, the order of keys and nulls are not content.
        let mut same = numbered(1, "N-1");
        let address = same["addressParam"].as_object().unwrap().clone();
        same["addressParam"] = address.into_iter().rev().collect();
        same["message"] = Value::Null;
        let pretty = Ask::raw(CREATE, serde_json::to_string_pretty(&same).unwrap());
        assert!(world.send(&me, pretty).await.replayed());
        assert_eq!(world.order_count(&me).await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_own_number_belongs_to_its_developer_and_user() {
    on_each(async |world| {
        let (me, other) = (world.another().await, world.another().await);
        let second = world.second_user(&me).await;
        for persona in [&me, &other, &second] {
            let answer = world.post(persona, CREATE, numbered(1, "N-1")).await;
            assert!(!answer.replayed());
            answer.accepted();
            assert_eq!(world.order_count(persona).await, 1);
        }
    })
    .await;
}

#[tokio::test]
async fn the_same_key_gives_the_first_answer_again_with_a_new_request_id() {
    on_each(async |world| {
        let me = world.another().await;
        let ask = |quantity| Ask::post(CREATE, &body(quantity)).key("order 1");
        let first = world.send(&me, ask(1)).await;
        let again = world.send(&me, ask(1)).await;
        assert!(!first.replayed() && again.replayed());
        assert_ne!(first.request_id(), again.request_id());
        assert_eq!((first.code(), first.msg(), first.data()), (again.code(), again.msg(), again.data()));
        world.send(&me, ask(2)).await.refused_for(40903, "Idempotency-Key");
        assert_eq!(world.order_count(&me).await, 1);
        // Under /api it is the same operation.
        let elsewhere = Ask::post(&format!("/api{CREATE}"), &body(1)).key("order 1");
        let answer = world.send(&me, elsewhere).await;
        assert!(answer.replayed() || answer.code() == 40903, "{}", answer.text);
        assert_eq!(world.order_count(&me).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_key_belongs_to_its_developer_and_operation() {
    on_each(async |world| {
        let (me, other) = (world.another().await, world.another().await);
        let first = world.send(&me, Ask::post(CREATE, &body(1)).key("k")).await.accepted();
        assert!(!world.send(&other, Ask::post(CREATE, &body(1)).key("k")).await.replayed());
        let order = first[0]["baseInfo"]["idOfStr"].as_str().unwrap();
        let pay = || Ask::get(PAY, &[("orderId", order)]).key("k");
        let paid = world.send(&me, pay()).await;
        assert!(!paid.replayed());
        paid.accepted();
        // A second payment would be 40901; under the key it is the first answer.
        let again = world.send(&me, pay()).await;
        assert!(again.replayed());
        assert_eq!(again.accepted()["protocolPaySuccess"], true);
    })
    .await;
}

#[tokio::test]
async fn a_replay_needs_a_fresh_nonce_too() {
    on_each(async |world| {
        let me = world.another().await;
        let nonce = crate::persona::fresh_nonce();
        let ask = || Ask::post(CREATE, &body(1)).key("k").nonce(&nonce);
        world.send(&me, ask()).await.accepted();
        world.send(&me, ask()).await.refused(40105);
        let fresh = crate::persona::fresh_nonce();
        world.send(&me, ask().nonce(&fresh)).await.accepted();
        world.send(&me, ask().nonce(&fresh)).await.refused(40105);
    })
    .await;
}

#[tokio::test]
async fn the_operation_s_own_refusal_is_kept_and_one_before_it_is_not() {
    on_each(async |world| {
        let me = world.another().await;
        let cancel = |order: &str| {
            let body = json!({"webSite": "1688", "orderId": order, "cancelReason": "buyerCancel"});
            Ask::post(CANCEL, &body).key("k")
        };
        world.send(&me, cancel("3296622397216134999")).await.refused(40403);
        let again = world.send(&me, cancel("3296622397216134999")).await;
        assert!(again.replayed());
        again.refused(40403);
        world.send(&me, cancel("3296622397216134998")).await.refused(40903);
        // Fields are checked before the operation.
        let ask = |body: &Value| Ask::post(CREATE, body).key("k2");
        let mut wrong = body(1);
        wrong["flow"] = json!(5);
        world.send(&me, ask(&wrong)).await.refused(40003);
        let right = world.send(&me, ask(&body(1))).await;
        assert!(!right.replayed());
        right.accepted();
    })
    .await;
}

#[tokio::test]
async fn a_key_is_1_to_64_printable_characters() {
    on_each(async |world| {
        let me = world.another().await;
        for bad in ["", &"x".repeat(65), "käse", "订单"] {
            let answer = world.send(&me, Ask::post(CREATE, &body(1)).key(bad)).await;
            answer.refused_for(40003, "Idempotency-Key");
        }
        assert_eq!(world.order_count(&me).await, 0);
        world.send(&me, Ask::post(CREATE, &body(1)).key(&"x".repeat(64))).await.accepted();
        // A read takes any and gives a fresh answer.
        let read = world.send(&me, Ask::post("/alibaba/order/page", &json!({})).key("k")).await;
        assert!(!read.replayed());
        read.accepted();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn copies_at_the_same_moment_make_one_order_at_the_marketplace() {
    on_each(async |world| {
        let me = world.another().await;
        let stock = world.stock(goods::TOTE_BAG, goods::TOTE_BAG_SPEC).await;
        let ask = || Ask::post(CREATE, &numbered(1, "N-9")).key("together");
        let answers = join_all((0..8).map(|_| world.send(&me, ask()))).await;
        let made: Vec<Value> = answers.iter().filter(|a| a.code() == 200).map(|a| a.data().clone()).collect();
        assert!(!made.is_empty());
        for answer in &answers {
            match answer.code() {
                200 => assert_eq!(*answer.data(), made[0]),
                code => assert_eq!(code, 40910, "{}", answer.text),
            }
        }
        let after = world.send(&me, ask()).await;
        assert!(after.replayed());
        assert_eq!(after.accepted(), made[0]);
        assert_eq!(world.order_count(&me).await, 1);
        assert_eq!(world.stock(goods::TOTE_BAG, goods::TOTE_BAG_SPEC).await, stock - 1, "sold once");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_nonce_at_the_same_moment_is_one_write() {
    on_each(async |world| {
        let me = world.another().await;
        let nonce = crate::persona::fresh_nonce();
        let ask = || Ask::post(CREATE, &body(1)).nonce(&nonce);
        let answers = join_all((0..8).map(|_| world.send(&me, ask()))).await;
        let codes: Vec<u32> = answers.iter().map(crate::answer::Answer::code).collect();
        assert_eq!(codes.iter().filter(|c| **c == 200).count(), 1, "{codes:?}");
        assert_eq!(codes.iter().filter(|c| **c == 40105).count(), 7, "{codes:?}");
        assert_eq!(world.order_count(&me).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_kept_answer_outlives_a_restart() {
    crate::world::on_each_changing(async |world| {
        let me = world.another().await;
        let first = world.send(&me, Ask::post(CREATE, &numbered(1, "N-1")).key("k")).await.accepted();
        let world = world.restart().await;
        let again = world.send(&me, Ask::post(CREATE, &numbered(1, "N-1")).key("k")).await;
        assert!(again.replayed());
        assert_eq!(again.accepted(), first);
        assert!(world.post(&me, CREATE, numbered(1, "N-1")).await.replayed());
        world.post(&me, KA_CREATE, numbered(1, "N-1")).await.refused(40903);
        world
    })
    .await;
}
