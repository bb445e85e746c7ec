//! Rows are bought once, however often and at whatever moment they are asked for.

use super::{CREATE, create_body};
use crate::{ask::Ask, purchase::goods, world::on_each};
use futures::future::join_all;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_that_are_asked_for_at_the_same_moment_are_bought_once() {
    on_each(async |world| {
        let me = world.another().await;
        let rows = world.fill_cart(&me, &[(goods::TOTE_BAG, 1), (goods::JEANS, 1)]).await;
        let stock = world.stock(goods::TOTE_BAG, goods::TOTE_BAG_SPEC).await;
        let turned = [rows[1], rows[0]];
        let asking = (0..8).map(|n| world.buy_cart(&me, if n % 2 == 0 { &rows } else { &turned }));
        let answers = join_all(asking).await;
        let codes: Vec<u32> = answers.iter().map(crate::answer::Answer::code).collect();
        assert_eq!(codes.iter().filter(|code| **code == 200).count(), 1, "{codes:?}");
        assert!(codes.iter().all(|code| [200, 40406, 40910].contains(code)), "{codes:?}");
        assert_eq!(world.order_count(&me).await, 2);
        assert_eq!(world.stock(goods::TOTE_BAG, goods::TOTE_BAG_SPEC).await, stock - 1);
        assert_eq!(world.cart_rows(&me).await, []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_key_at_the_same_moment_is_one_purchase() {
    on_each(async |world| {
        let me = world.another().await;
        let rows = world.fill_cart(&me, &[(goods::TOTE_BAG, 1), (goods::JEANS, 1)]).await;
        let answers = join_all((0..8).map(|_| world.buy_cart_under(&me, &rows, "K"))).await;
        let made: Vec<Value> = answers.iter().filter(|a| a.code() == 200).map(|a| a.data().clone()).collect();
        assert!(!made.is_empty() && made.iter().all(|orders| *orders == made[0]));
        assert!(answers.iter().all(|answer| [200, 40910].contains(&answer.code())));
        let again = world.buy_cart_under(&me, &rows, "K").await;
        assert!(again.replayed());
        assert_eq!(again.accepted(), made[0]);
        assert_eq!(world.order_count(&me).await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_key_gives_the_first_answer_again_though_the_rows_are_gone() {
    crate::world::on_each_changing(async |world| {
        let me = world.another().await;
        let rows = world.fill_cart(&me, &[(goods::TOTE_BAG, 1), (goods::FLOWER_POTS, 1)]).await;
        let first = world.buy_cart_under(&me, &rows, "K").await;
        assert!(!first.replayed() && first.msg().ends_with(": 40905"));
        let world = world.restart().await;
        let again = world.buy_cart_under(&me, &rows, "K").await;
        assert!(again.replayed());
        assert_eq!((again.msg(), again.data()), (first.msg(), first.data()));
        world.buy_cart_under(&me, &rows[1..], "K").await.refused_for(40903, "Idempotency-Key");
        assert_eq!(world.order_count(&me).await, 1);
        assert_eq!(world.cart_rows(&me).await, [(rows[1], 1)]);
        world
    })
    .await;
}

#[tokio::test]
async fn a_refusal_is_kept_and_frees_the_rows() {
    on_each(async |world| {
        let me = world.another().await;
        let rows = world.fill_cart(&me, &[(goods::FLOWER_POTS, 1)]).await;
        world.buy_cart_under(&me, &rows, "K").await.refused(40905);
        let edit = json!({"id": rows[0], "quantity": 10});
        world.post(&me, "/alibaba/cart/edit-quantity", edit).await.accepted();
        let again = world.buy_cart_under(&me, &rows, "K").await;
        assert!(again.replayed());
        again.refused(40905);
        world.buy_cart_under(&me, &rows, "L").await.accepted();
        assert_eq!(world.cart_rows(&me).await, []);
        let nonce = crate::persona::fresh_nonce();
        let ask = || Ask::post(CREATE, &create_body(&rows)).nonce(&nonce);
        world.send(&me, ask()).await.refused(40406);
        world.send(&me, ask()).await.refused(40105);
    })
    .await;
}
