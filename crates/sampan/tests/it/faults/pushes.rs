//! Pushes that go wrong: what nobody signed is not believed, what comes twice is told once, what is nobody's is nobody's.

use crate::{
    ask::Ask,
    developer::about,
    persona::Persona,
    purchase::{Bought, goods},
    world::{World, on_each, until},
};
use serde_json::{Value, json};

const SHIPPED: &str = "ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS";

/// A paid order whose purchase is told, and nothing else to be told.
async fn paid(world: &World, me: &Persona) -> Bought {
    let bought = world.paid_order(me, goods::JEANS, &[1]).await;
    quiet(world).await;
    bought
}

/// Every push has been acknowledged, and every look that they asked for was taken but those at orders of nobody.
async fn quiet(world: &World) {
    until("no push waits", async || {
        let (_, text) = world.page(world.operator.request(&Ask::get("/sandbox/control/pushes", &[]))).await;
        let told: Value = serde_json::from_str(&text).expect("JSON");
        (told["waiting"] == 0).then_some(())
    })
    .await;
    let looks = "SELECT CAST(COUNT(*) AS TEXT) FROM observations WHERE order_id IN (SELECT order_id FROM orders)";
    until("no look waits", async || (world.database.text(looks).await == "0").then_some(())).await;
}

async fn used_up(world: &World) {
    until("the fault has struck", async || world.faults().await.is_empty().then_some(())).await;
}

/// Types of the messages about an order, oldest first.
async fn told(world: &World, me: &Persona, bought: &Bought) -> Vec<String> {
    let rows = about(world, me, &bought.id()).await;
    rows.iter().map(|row| row["messageType"].as_str().expect("a text").to_owned()).collect()
}

async fn pushes_of(world: &World, order: &str) -> String {
    world.database.text(&format!("SELECT CAST(COUNT(*) AS TEXT) FROM pushes WHERE raw LIKE '%{order}%'")).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_push_with_a_bad_signature_changes_nothing_and_its_repeat_does() {
    on_each(async |world| {
        let me = &world.another().await;
        let bought = paid(world, me).await;
        let kept = pushes_of(world, &bought.id()).await;
        // That it was shipped, and that its parcel has left.
        world.fault(json!({"fault": "bad_signature", "order": bought.id(), "times": 2})).await;
        world.ship(bought.order).await;
        used_up(world).await;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert_eq!(world.order_status(me, bought.order).await, "waitsellersend", "nobody has told so");
        assert_eq!(pushes_of(world, &bought.id()).await, kept, "it is not kept");
        assert!(!told(world, me, &bought).await.contains(&SHIPPED.to_owned()));
        world.advance(61).await;
        world.until_order(me, bought.order, "waitbuyerreceive").await;
        quiet(world).await;
        assert_eq!(told(world, me, &bought).await.iter().filter(|kind| *kind == SHIPPED).count(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_push_that_comes_twice_is_told_once() {
    on_each(async |world| {
        let me = &world.another().await;
        let bought = paid(world, me).await;
        let before: u32 = pushes_of(world, &bought.id()).await.parse().expect("a number");
        world.fault(json!({"fault": "duplicate", "order": bought.id(), "times": 1})).await;
        world.ship(bought.order).await;
        used_up(world).await;
        world.until_order(me, bought.order, "waitbuyerreceive").await;
        quiet(world).await;
        assert_eq!(told(world, me, &bought).await.iter().filter(|kind| *kind == SHIPPED).count(), 1);
        let after: u32 = pushes_of(world, &bought.id()).await.parse().expect("a number");
        assert_eq!(after, before + 2, "shipped and left, each kept once");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_push_about_an_order_of_nobody_is_acknowledged_and_told_to_nobody() {
    on_each(async |world| {
        let me = &world.another().await;
        let bought = paid(world, me).await;
        let all = async || world.database.text("SELECT CAST(COUNT(*) AS TEXT) FROM pushes").await;
        let before: u32 = all().await.parse().expect("a number");
        world.fault(json!({"fault": "foreign", "topic": SHIPPED, "order": bought.id(), "times": 1})).await;
        world.ship(bought.order).await;
        used_up(world).await;
        world.until_order(me, bought.order, "waitbuyerreceive").await;
        quiet(world).await;
        let after: u32 = all().await.parse().expect("a number");
        assert_eq!(after, before + 3, "the foreign one and the order's own two");
        assert_eq!(world.order_count(me).await, 1);
        let kinds = told(world, me, &bought).await;
        assert_eq!((kinds.len(), kinds.last().map(String::as_str)), (3, Some(SHIPPED)));
        let rows = crate::developer::rows(world, me, json!({"pageSize": 50})).await;
        assert!(rows.iter().all(|row| row["objectId"] == bought.id()), "about nothing else");
    })
    .await;
}
