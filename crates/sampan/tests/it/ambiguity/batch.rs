//! Several merchants, and the marketplace does not say what became of one of them.

use super::{
    ledger::Ledger,
    mischief::{Mischief, Mishap},
};
use crate::{
    answer::Answer,
    ask::Ask,
    persona::Persona,
    purchase::{create_body, goods},
    world::{World, on_each_wired},
};
use serde_json::json;
use std::collections::BTreeSet;

const CREATE: &str = "/alibaba/order/batch/create";
const CALL: &str = ".createCrossOrder";

/// An order for three merchants.
async fn ask(world: &World) -> Ask {
    let mut lines = Vec::new();
    for offer in [goods::TOTE_BAG, goods::JEANS, goods::CHEAPER] {
        lines.push(world.line(offer, 1).await);
    }
    Ask::post(CREATE, &create_body(json!(lines)))
}

fn orders(answer: &Answer) -> BTreeSet<i64> {
    let made = answer.data().as_array().cloned().unwrap_or_default();
    made.iter().map(|order| order["baseInfo"]["id"].as_i64().expect("an id")).collect()
}

/// The marketplace has one order for each merchant, and the developer sees them.
async fn bought_once(world: &World, me: &Persona, before: &Ledger) {
    let now = Ledger::of(world);
    assert_eq!(now.orders.len() - before.orders.len(), 3, "new orders at the marketplace");
    let numbers: BTreeSet<_> =
        now.orders.values().filter_map(|o| o["order"]["out_order_id"].as_str().map(str::to_owned)).collect();
    assert_eq!(numbers.len(), now.orders.values().filter(|o| o["order"]["out_order_id"].is_string()).count());
    assert_eq!(world.order_count(me).await, 3);
}

async fn each(scenario: impl AsyncFn(&Mischief, &World, Persona, Ask, Ledger)) {
    let mischief = Mischief::default();
    on_each_wired(
        || mischief.wiring(),
        async |world| {
            let (me, ask) = (world.another().await, ask(world).await);
            let before = Ledger::of(world);
            scenario(&mischief, world, me, ask, before).await;
            assert!(mischief.has_struck());
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_merchant_whose_answer_is_lost_is_found_at_once() {
    each(async |mischief, world, me, ask, before| {
        mischief.befall(CALL, Mishap::Late);
        let answer = world.send(&me, ask.clone().key("K")).await;
        assert_eq!((answer.msg(), orders(&answer).len()), ("成功", 3));
        bought_once(world, &me, &before).await;
        assert!(world.send(&me, ask.key("K")).await.replayed());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_merchant_that_was_never_reached_is_named_and_the_same_key_buys_there_too() {
    each(async |mischief, world, me, ask, before| {
        mischief.befall(CALL, Mishap::Lost);
        let answer = world.send(&me, ask.clone().key("K")).await;
        assert!(answer.msg().starts_with("成功; ") && answer.msg().ends_with(": 50401"), "{}", answer.msg());
        let first = orders(&answer);
        assert_eq!(first.len(), 2);
        let answer = world.send(&me, ask.clone().key("K")).await;
        assert!(!answer.replayed(), "what was not known was not kept");
        assert_eq!(answer.msg(), "成功");
        assert!(first.is_subset(&orders(&answer)));
        bought_once(world, &me, &before).await;
        let again = world.send(&me, ask.key("K")).await;
        assert!(again.replayed());
        assert_eq!(orders(&again), orders(&answer));
        bought_once(world, &me, &before).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_arrives_after_its_repeat_buys_nothing_more() {
    each(async |mischief, world, me, ask, before| {
        mischief.befall(CALL, Mishap::Held);
        world.send(&me, ask.clone().key("K")).await.accepted();
        world.send(&me, ask.clone().key("K")).await.accepted();
        mischief.let_arrive().await;
        bought_once(world, &me, &before).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_the_marketplace_falls_silent_the_same_key_finds_what_was_bought() {
    each(async |mischief, world, me, ask, before| {
        mischief.befall_then_silence(CALL, Mishap::Late);
        world.send(&me, ask.clone().key("K")).await.refused(50401);
        world.send(&me, ask.clone().key("K")).await.refused(50401);
        mischief.speak_again();
        let answer = world.send(&me, ask.clone().key("K")).await;
        assert_eq!((answer.msg(), orders(&answer).len()), ("成功", 3));
        bought_once(world, &me, &before).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_key_each_merchant_s_truth_comes_by_itself() {
    each(async |mischief, world, me, ask, before| {
        mischief.befall_then_silence(CALL, Mishap::Late);
        world.send(&me, ask).await.refused(50401);
        mischief.speak_again();
        assert!(super::recover(world).await >= 1);
        let made = Ledger::of(world).orders.len() - before.orders.len();
        assert!(made >= 1);
        assert_eq!(world.order_count(&me).await, i64::try_from(made).unwrap());
    })
    .await;
}
