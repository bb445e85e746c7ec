//! API2: one signed write, many times at once: exactly one wins.

use super::{Callers, watch::Watch};
use crate::{
    answer::Answer,
    ask::Ask,
    operations::{ask, example},
    persona::{Persona, fresh_nonce, now_s},
    purchase::{create_body, goods, line},
    world::{World, on_each},
};
use contract::OPERATIONS;
use futures::future::join_all;
use serde_json::json;

const COPIES: usize = 100;

async fn at_once(world: &World, who: &Persona, ask: &Ask, copies: usize) -> Vec<Answer> {
    join_all((0..copies).map(|_| world.send(who, ask.clone()))).await
}

/// Of all copies one was heard, and the others were told that their nonce was used.
#[track_caller]
fn one_was_heard<'a>(what: &str, answers: &'a [Answer]) -> &'a Answer {
    let heard: Vec<&Answer> = answers.iter().filter(|answer| answer.code() != 40105).collect();
    assert_eq!(heard.len(), 1, "{what}: {:?}", heard.iter().map(|answer| &answer.text).collect::<Vec<_>>());
    heard[0]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_hundred_copies_of_one_order_one_is_made() {
    on_each(async |world| {
        let me = world.another().await;
        let body = create_body(json!([line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, 1)]));
        let stock = world.stock(goods::TOTE_BAG, goods::TOTE_BAG_SPEC).await;
        let plain = Ask::post("/alibaba/order/create", &body).nonce(&fresh_nonce());
        // Without a nonce the signature is what counts.
        let at = now_s() + 30;
        let bare = Ask::post("/alibaba/order/create", &body).nonce("").without("nonce-str").at(at);
        for (made, ask) in [(1, plain), (2, bare)] {
            let answers = at_once(world, &me, &ask, COPIES).await;
            assert_eq!(one_was_heard("create", &answers).code(), 200);
            assert_eq!(world.order_count(&me).await, made);
            assert_eq!(world.stock(goods::TOTE_BAG, goods::TOTE_BAG_SPEC).await, stock - made);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_hundred_copies_of_one_payment_one_debits() {
    on_each(async |world| {
        let me = world.another().await;
        let bought = world.order(&me, goods::JEANS, &[1]).await;
        let price = bought.goods() + bought.freight;
        world.set_balance(3 * price).await;
        let pay = Ask::get("/alibaba/order/pay/url", &[("orderId", &bought.id())]).nonce(&fresh_nonce());
        let answers = at_once(world, &me, &pay, COPIES).await;
        assert_eq!(one_was_heard("pay", &answers).data()["protocolPaySuccess"], true);
        let account = world.control("/sandbox/control/accounts/3", json!({})).await;
        assert_eq!(account["balance"], 2 * price);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_the_copies_of_any_write_one_is_heard() {
    on_each(async |world| {
        let (callers, watch) = (Callers::of(world).await, Watch::over(world));
        for entry in OPERATIONS.iter().filter(|entry| entry.writes) {
            let who = callers.of_entry(world, entry).await;
            let copy = ask(entry, &example(entry)).nonce(&fresh_nonce());
            let answers = at_once(world, &who, &copy, 16).await;
            answers.iter().for_each(|answer| watch.judge(entry, answer));
            // An exchanged key is gone before the last copies are looked at.
            if entry.id == "developer_secret_reset" {
                let reset = answers.iter().filter(|answer| answer.code() == 200).count();
                assert!(reset == 1 && answers.iter().all(|a| [200, 40105, 40102].contains(&a.code())), "{answers:?}");
                continue;
            }
            one_was_heard(entry.id, &answers);
            // Signed for one operation, sent to another.
            for other in OPERATIONS.iter().filter(|other| other.writes && other.edition == entry.edition).take(3) {
                let moved =
                    Ask { path: other.path.to_owned(), ..copy.clone() }.method(other.method.name().parse().unwrap());
                world.send(&who, moved.at(now_s() + 1)).await.refused(40105);
            }
        }
    })
    .await;
}
