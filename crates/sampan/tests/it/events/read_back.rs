//! Pushes that the marketplace could not deliver are read back.

use super::{NEVER, on_each_with};
use crate::{
    developer::about,
    persona::Persona,
    purchase::goods,
    receiver::Receiver,
    world::{World, marketplace, until},
};
use domain::order::Closer;
use sampan::config::Events;
use serde_json::json;
use std::time::Duration;

const SHIPPED: &str = "ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS";

async fn types(world: &World, me: &Persona, object: &str) -> Vec<String> {
    let rows = about(world, me, object).await;
    rows.iter().map(|row| row["messageType"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_push_that_is_never_delivered_is_read_back_and_told_once() {
    let events = Events { read_back_seconds: 1, compare_seconds: NEVER, ..Events::default() };
    on_each_with(events, async |world| {
        let me = world.another().await;
        let receiver = Receiver::of(&world, &me).await;
        let bought = world.paid_order(&me, goods::JEANS, &[1]).await;
        let before = world.counted("sampan_pushes_read_back_total", "new").await;
        world.let_pushes("read_back").await;
        world.ship(bought.order).await;
        let fits = |a: &crate::receiver::Arrived| a.message_type() == SHIPPED && a.is_about_order(bought.order);
        receiver.wait("the shipment is told", fits).await;
        until("all of them are confirmed", async || (world.pushes_waiting().await == 0).then_some(())).await;
        assert!(world.counted("sampan_pushes_read_back_total", "new").await > before);
        world.let_pushes("posted").await;
        tokio::time::sleep(Duration::from_millis(1500)).await;
        let expected = ["ORDER_BUYER_VIEW_BUYER_MAKE", "ORDER_BUYER_VIEW_ORDER_PAY", SHIPPED];
        assert_eq!(types(&world, &me, &bought.id()).await, expected);
        world
    })
    .await;
}

/// The marketplace goes on while its host does not run: the seller closes an order, and nobody takes the push.
async fn close_meanwhile(config: &sampan::config::Config, order: i64) {
    let sandbox = marketplace(config).await;
    let order = domain::OrderId::new(order).expect("an id");
    sandbox.economy().close_order(order, Closer::Seller, None).await.expect("it waits for payment");
    sandbox.close().await;
}

#[tokio::test]
async fn what_was_pushed_while_nobody_was_here_is_read_back_at_the_start() {
    let events = Events { read_back_seconds: NEVER, compare_seconds: NEVER, ..Events::default() };
    on_each_with(events, async |world| {
        let me = world.another().await;
        let receiver = Receiver::of(&world, &me).await;
        let bought = world.order(&me, goods::JEANS, &[1]).await;
        world.let_pushes("read_back").await;
        let world = world.restart_after(async |config| close_meanwhile(config, bought.order).await).await;
        let closed = "ORDER_BUYER_VIEW_ORDER_SELLER_CLOSE";
        let fits = |a: &crate::receiver::Arrived| a.message_type() == closed && a.is_about_order(bought.order);
        receiver.wait("the close is told", fits).await;
        world
    })
    .await;
}

#[tokio::test]
async fn the_controls_refuse_what_they_do_not_know() {
    on_each_with(Events::default(), async |world| {
        for body in [json!({"travel": "lost"}), json!({}), json!({"travel": "posted", "x": 1})] {
            assert_eq!(world.control_answer("/sandbox/control/pushes", body).await.0, 400);
        }
        let bought = world.order(&world.developer, goods::JEANS, &[1]).await;
        let close = format!("/sandbox/control/orders/{}/close", bought.order);
        for body in [json!({"by": "buyer"}), json!({})] {
            assert_eq!(world.control_answer(&close, body).await.0, 400);
        }
        world.pay(&world.developer, bought.order).await;
        assert_eq!(world.control_answer(&close, json!({"by": "seller"})).await.0, 409);
        world
    })
    .await;
}
