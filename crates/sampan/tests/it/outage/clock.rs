//! The clock on the wall set forward and back by an hour under a running installation.

use crate::{
    answer::Answer,
    ask::Ask,
    hand::Hand,
    persona::{Persona, now_ms},
    purchase::{Bought, create_body, goods, line},
    receiver::{Receiver, Reply},
    world::{World, on_each_wired, until},
};
use serde_json::{Value, json};
use std::time::Duration;

const HOUR_MS: i64 = 3_600_000;
const CREATE: &str = "/alibaba/order/create";

/// A developer whose clock is the installation's.
struct Shop<'a> {
    world: &'a World,
    me: Persona,
    hand: &'a Hand,
}

impl Shop<'_> {
    async fn send(&self, ask: Ask) -> Answer {
        self.world.send(&self.me, ask.at(self.hand.now())).await
    }

    async fn order(&self) -> Bought {
        let lines = json!([line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, 1)]);
        Bought::of(&self.send(Ask::post(CREATE, &create_body(lines))).await.accepted()[0])
    }

    async fn message_of(&self, order: &Bought) -> Value {
        let ask = Ask::post(crate::developer::MESSAGES, &json!({"objectId": order.id(), "pageSize": 50}));
        self.send(ask).await.accepted()["records"][0].clone()
    }

    async fn order_whose_message_fails(&self) -> Bought {
        let order = self.order().await;
        until("an attempt fails", async || {
            (!self.message_of(&order).await["attempts"].as_array()?.is_empty()).then_some(())
        })
        .await;
        order
    }

    async fn until_done(&self, order: &Bought) {
        until("the message is delivered", async || (self.message_of(order).await["state"] == "done").then_some(()))
            .await;
    }
}

/// Plays `scenario` for a shop with a receiver, on each database, with the clock set to and fro by so much.
async fn with_clock_set(scenario: impl AsyncFn(&Shop<'_>, &Receiver, i64)) {
    for apart in [-HOUR_MS, HOUR_MS] {
        let hand = Hand::default();
        on_each_wired(
            || hand.wiring(),
            async |world| {
                hand.set(0);
                let me = world.another().await;
                let receiver = Receiver::of(world, &me).await;
                scenario(&Shop { world, me, hand: &hand }, &receiver, apart).await;
            },
        )
        .await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_window_of_signatures_follows_and_no_write_can_be_sent_twice() {
    with_clock_set(async |shop, _, apart| {
        let lines = json!([line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, 1)]);
        let once = Ask::post(CREATE, &create_body(lines)).at(shop.hand.now()).nonce("heard-once");
        shop.world.send(&shop.me, once.clone()).await.accepted();
        shop.hand.set(apart);
        let real = Ask::post("/developer/profile", &json!({})).at(now_ms());
        shop.world.send(&shop.me, real).await.refused(40104);
        shop.order().await;
        shop.world.send(&shop.me, once.clone()).await.refused(40104);
        // What is swept by a clock that is ahead would be missing when it has been set back.
        shop.world.app.platform.sweep().await.expect("a database");
        shop.hand.set(0);
        shop.world.send(&shop.me, once).await.refused(40105);
        shop.order().await;
        let page = shop.send(Ask::post("/alibaba/order/page", &json!({}))).await.accepted();
        assert_eq!(page["total"], 3, "each order once");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_message_waits_for_the_clock_to_come_round() {
    with_clock_set(async |shop, receiver, apart| {
        receiver.answer(Reply::status(503));
        let waiting = shop.order_whose_message_fails().await;
        // What a process left that died just before, under its lease.
        let leased = shop.order_whose_message_fails().await;
        let facts = format!(
            "UPDATE deliveries SET state = 'pending', due_at = 0, lease_until = {} \
             WHERE message_id IN (SELECT id FROM messages WHERE object_id = {})",
            shop.hand.now() + 10_000,
            leased.order
        );
        shop.world.database.run(&facts).await;
        shop.hand.set(apart);
        receiver.answer(Reply::status(200));
        let fresh = shop.order().await;
        shop.until_done(&fresh).await;
        shop.until_done(&leased).await;
        shop.until_done(&waiting).await;
        shop.hand.set(0);
        let last = shop.order().await;
        shop.until_done(&last).await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        let told = |order: &Bought| receiver.arrived().iter().filter(|a| a.is_about_order(order.order)).count();
        for order in [&waiting, &leased, &fresh, &last] {
            assert!(told(order) >= 1, "order {}", order.order);
        }
    })
    .await;
}
