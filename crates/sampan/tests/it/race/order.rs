//! Cancelling, paying and receiving.

use super::{RUNS, at_once, one_wins};
use crate::{
    ask::Ask,
    kill::draw::Draw,
    persona::Persona,
    purchase::{Bought, goods},
    world::{World, on_each},
};
use serde_json::json;

fn cancel(bought: &Bought) -> Ask {
    let body = json!({"webSite": "1688", "orderId": bought.order, "cancelReason": "buyerCancel"});
    Ask::post("/alibaba/order/cancel", &body)
}

fn pay(bought: &Bought) -> Ask {
    Ask::get("/alibaba/order/pay/url", &[("orderId", &bought.id())])
}

/// An unpaid order that may be cancelled.
async fn unpaid(world: &World, me: &Persona) -> Bought {
    let bought = world.order(me, goods::JEANS, &[1]).await;
    world.advance(11).await;
    bought
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_cancel_and_pay_one_wins() {
    on_each(async |world| {
        let (me, mut draw) = (world.another().await, Draw(1));
        for _ in 0..RUNS {
            let bought = unpaid(world, &me).await;
            let (cancelled, paid) =
                at_once(&mut draw, world.send(&me, cancel(&bought)), world.send(&me, pay(&bought))).await;
            one_wins(&cancelled, &paid, &[40901]);
            let expected = if paid.code() == 200 { "waitsellersend" } else { "cancel" };
            assert_eq!(world.order_status(&me, bought.order).await, expected);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_cancels_one_wins() {
    on_each(async |world| {
        let (me, mut draw) = (world.another().await, Draw(2));
        for _ in 0..RUNS {
            let bought = unpaid(world, &me).await;
            let (one, other) =
                at_once(&mut draw, world.send(&me, cancel(&bought)), world.send(&me, cancel(&bought).key("k2"))).await;
            one_wins(&one, &other, &[40901]);
            assert_eq!(world.order_status(&me, bought.order).await, "cancel");
            // The key is of the last order; another one is another content.
            if other.code() == 200 || other.code() == 40901 {
                let again = world.send(&me, cancel(&bought).key("k2")).await;
                assert!(again.replayed() && again.code() == other.code(), "{} and {}", other.text, again.text);
            }
            forget_key(world, &me).await;
        }
    })
    .await;
}

/// So that the next run may use it too.
async fn forget_key(world: &World, me: &Persona) {
    world.database.run(&format!("DELETE FROM idempotency WHERE developer_id = {}", me.develop_id)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_payments_one_wins_and_one_debit_is_made() {
    on_each(async |world| {
        let (me, mut draw) = (world.another().await, Draw(3));
        for _ in 0..RUNS {
            let bought = world.order(&me, goods::JEANS, &[1]).await;
            // Once and a half is not twice.
            world.set_balance((bought.goods() + bought.freight) * 3 / 2).await;
            let (one, other) = at_once(&mut draw, world.send(&me, pay(&bought)), world.send(&me, pay(&bought))).await;
            one_wins(&one, &other, &[40901]);
            assert_eq!(world.order_status(&me, bought.order).await, "waitsellersend");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_payment_and_one_in_bulk_one_wins() {
    on_each(async |world| {
        let (me, mut draw) = (world.another().await, Draw(4));
        for _ in 0..RUNS {
            let bought = world.order(&me, goods::JEANS, &[1]).await;
            let bulk = world.post(&me, "/alibaba/order/batch/submit/to/pay", json!({"orderIds": [bought.id()]}));
            let (paid, bulk) = at_once(&mut draw, world.send(&me, pay(&bought)), bulk).await;
            let bulk = bulk.accepted();
            let left_out = bulk["cantPayOrderList"] == json!([bought.order]);
            assert_eq!(left_out, paid.code() == 200, "{} and {bulk}", paid.text);
            assert!(left_out || (paid.code() == 40901 && bulk["protocolPaySuccess"] == true), "{} {bulk}", paid.text);
            assert_eq!(world.order_status(&me, bought.order).await, "waitsellersend");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_receipts_one_wins() {
    on_each(async |world| {
        let (me, mut draw) = (world.another().await, Draw(5));
        for _ in 0..RUNS {
            let bought = world.shipped_order(&me, goods::TOTE_BAG, &[1]).await;
            let body = json!({"orderId": bought.order, "orderEntryIds": bought.entries});
            let receive = || world.post(&me, "/alibaba/order/receivegoods", body.clone());
            let (one, other) = at_once(&mut draw, receive(), receive()).await;
            let won = [&one, &other].map(|answer| answer.code() == 200 && answer.data()["success"] == true);
            assert!(won[0] != won[1], "{} and {}", one.text, other.text);
            let loser = if won[0] { &other } else { &one };
            // What the marketplace itself refuses is told inside data.
            let told = loser.code() == 40901 || !loser.data()["errorCode"].as_str().unwrap_or_default().is_empty();
            assert!(told, "{}", loser.text);
            assert_eq!(world.order_status(&me, bought.order).await, "success");
        }
    })
    .await;
}
