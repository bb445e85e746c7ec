//! Neither pushed nor read back: what the marketplace's lists show, and looks at what is open, bring it all the same.

use super::{NEVER, on_each_with};
use crate::{
    claim::before_shipment,
    developer::about,
    persona::Persona,
    purchase::goods,
    receiver::Receiver,
    world::{World, until},
};
use sampan::config::Events;
use serde_json::json;
use std::time::Duration;
use tokio::sync::Mutex;

/// Metrics are the process's: tests that count drift follow one another.
static COUNTING: Mutex<()> = Mutex::const_new(());

const DRIFT: &str = "sampan_drift_total";
const ROUND: Duration = Duration::from_millis(2500);

/// Found so far: orders, refunds.
async fn drift(world: &World) -> (i64, i64) {
    (world.counted(DRIFT, "kind=\"order\"").await, world.counted(DRIFT, "kind=\"refund\"").await)
}

/// A change is counted right after it was told.
async fn until_drift(world: &World, expected: (i64, i64)) {
    until(&format!("{expected:?} are counted"), async || (drift(world).await == expected).then_some(())).await;
}

async fn count(world: &World, me: &Persona, object: &str) -> usize {
    about(world, me, object).await.len()
}

#[tokio::test]
async fn what_was_shipped_and_agreed_without_a_word_is_told_once_and_counted() {
    let _one = COUNTING.lock().await;
    let events = Events { read_back_seconds: 1, compare_seconds: 1, late_seconds: 0, ..Events::default() };
    on_each_with(events, async |world| {
        let me = world.another().await;
        let receiver = Receiver::of(&world, &me).await;
        let shipped = world.paid_order(&me, goods::JEANS, &[1]).await;
        let refunded = world.paid_order(&me, goods::SILENT, &[1]).await;
        let refund = world.apply(&me, before_shipment(&refunded)).await;
        until("all pushes are taken in", async || world.is_calm().await.then_some(())).await;
        world.let_pushes("withheld").await;
        tokio::time::sleep(ROUND).await;
        let (orders, refunds) = drift(&world).await;

        world.ship(shipped.order).await;
        world.control(&format!("/sandbox/control/refunds/{refund}/agree"), json!({})).await;
        let fits = |a: &crate::receiver::Arrived| {
            a.message_type() == "ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS" && a.is_about_order(shipped.order)
        };
        receiver.wait("the shipment is told", fits).await;
        let fits = |a: &crate::receiver::Arrived| {
            let body = a.body();
            body["refundId"] == refund.as_str() && body["status"] == "refundsuccess"
        };
        receiver.wait("the agreement is told", fits).await;
        until_drift(&world, (orders + 1, refunds + 1)).await;
        assert_eq!(world.order_status(&me, shipped.order).await, "waitbuyerreceive");
        assert_eq!(world.order_status(&me, refunded.order).await, "terminated");

        tokio::time::sleep(ROUND).await;
        assert_eq!(drift(&world).await, (orders + 1, refunds + 1), "a second round finds nothing");

        assert!(world.pushes_waiting().await > 0);
        world.let_pushes("posted").await;
        until("the late pushes arrive", async || (world.pushes_waiting().await == 0).then_some(())).await;
        tokio::time::sleep(ROUND).await;
        assert_eq!(drift(&world).await, (orders + 1, refunds + 1));
        assert_eq!(count(&world, &me, &shipped.id()).await, 3, "made, paid, shipped");
        assert_eq!(count(&world, &me, &refund).await, 2, "asked for, agreed to");
        assert_eq!(receiver.arrived().iter().filter(|a| a.body()["refundId"] == refund.as_str()).count(), 2);
        world
    })
    .await;
}

#[tokio::test]
async fn several_steps_without_a_word_are_each_told() {
    let _one = COUNTING.lock().await;
    let events = Events { read_back_seconds: NEVER, compare_seconds: 1, late_seconds: 0, ..Events::default() };
    on_each_with(events, async |world| {
        let me = world.another().await;
        let bought = world.paid_order(&me, goods::SILENT, &[1]).await;
        until("all pushes are taken in", async || world.is_calm().await.then_some(())).await;
        world.let_pushes("withheld").await;
        tokio::time::sleep(ROUND).await;
        let (orders, refunds) = drift(&world).await;
        // The marketplace's own deadline ends the order without a word.
        world.ship(bought.order).await;
        world.advance(11 * 86_400).await;
        until("the end of the trade is told", async || {
            let rows = about(&world, &me, &bought.id()).await;
            rows.iter().any(|row| row["messageType"] == "ORDER_BUYER_VIEW_ORDER_SUCCESS").then_some(())
        })
        .await;
        tokio::time::sleep(ROUND).await;
        let (orders_now, refunds_now) = drift(&world).await;
        assert!((1..=2).contains(&(orders_now - orders)) && refunds_now == refunds, "one look or two");
        assert_eq!(count(&world, &me, &bought.id()).await, 5, "each step has its message");
        world
    })
    .await;
}

#[tokio::test]
async fn what_the_lists_never_show_is_found_by_looking_over_what_is_open() {
    let _one = COUNTING.lock().await;
    let events = Events { read_back_seconds: NEVER, compare_seconds: NEVER, look_seconds: 1, ..Events::default() };
    on_each_with(events, async |world| {
        let me = world.another().await;
        let bought = world.paid_order(&me, goods::JEANS, &[1]).await;
        until("all pushes are taken in", async || world.is_calm().await.then_some(())).await;
        world.let_pushes("withheld").await;
        let (orders, refunds) = drift(&world).await;
        world.ship(bought.order).await;
        until("the shipment is told", async || (count(&world, &me, &bought.id()).await == 3).then_some(())).await;
        // The counter is the process's: in a world of another test, whose clock leaps, something may be looked over too.
        let counted = async || {
            let (now, of_refunds) = drift(&world).await;
            (now > orders && of_refunds >= refunds).then_some(())
        };
        until("the shipment is counted", counted).await;
        world
    })
    .await;
}
