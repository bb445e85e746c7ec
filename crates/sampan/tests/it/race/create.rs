//! Ordering twice under one number, or under one key.

use super::{RUNS, at_once};
use crate::{
    answer::Answer,
    ask::Ask,
    kill::draw::Draw,
    purchase::{create_body, goods, line},
    world::on_each,
};
use serde_json::{Value, json};

const CREATE: &str = "/alibaba/order/create";

fn body(quantity: i64) -> Value {
    create_body(json!([line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, quantity)]))
}

fn numbered(quantity: i64, number: &str) -> Ask {
    let mut body = body(quantity);
    body["outOrderId"] = json!(number);
    Ask::post(CREATE, &body)
}

/// Both have the same answer, or one of them is told that the other is still running.
fn both_are_one(one: &Answer, other: &Answer) {
    match (one.code(), other.code()) {
        (200, 200) => {
            assert_eq!(one.data(), other.data());
            assert!(one.replayed() != other.replayed());
        }
        (200, 40910) | (40910, 200) => {}
        _ => panic!("{} and {}", one.text, other.text),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn under_one_number_with_the_same_lines_one_order_is_made() {
    on_each(async |world| {
        let (me, mut draw) = (world.another().await, Draw(6));
        for run in 1..=RUNS {
            let ask = || world.send(&me, numbered(1, &format!("N-{run}")));
            let (one, other) = at_once(&mut draw, ask(), ask()).await;
            both_are_one(&one, &other);
            assert!(ask().await.replayed());
            assert_eq!(usize::try_from(world.order_count(&me).await).unwrap(), run);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn under_one_number_with_other_lines_one_is_made() {
    on_each(async |world| {
        let (me, mut draw) = (world.another().await, Draw(7));
        for run in 1..=RUNS {
            let ask = |quantity| world.send(&me, numbered(quantity, &format!("N-{run}")));
            let (one, other) = at_once(&mut draw, ask(1), ask(2)).await;
            super::one_wins(&one, &other, &[40903, 40910]);
            assert_eq!(usize::try_from(world.order_count(&me).await).unwrap(), run);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn under_one_key_one_order_is_made() {
    on_each(async |world| {
        let (me, mut draw) = (world.another().await, Draw(8));
        for run in 1..=RUNS {
            let ask = || world.send(&me, Ask::post(CREATE, &body(1)).key(&format!("k-{run}")));
            let (one, other) = at_once(&mut draw, ask(), ask()).await;
            both_are_one(&one, &other);
            assert_eq!(usize::try_from(world.order_count(&me).await).unwrap(), run);
        }
    })
    .await;
}
