//! World time: what is due happens once, at its own instant, in order; and lives do not depend on who else lives.

use super::kit::{Ask, World, cargo_of};
use crate::catalogue::Habit;
use domain::order::Closer;

const DAY: i64 = 86_400;

#[tokio::test]
async fn an_unpaid_order_closes_after_three_days_and_its_pieces_return() {
    let world = World::new().await;
    let cargo = cargo_of(Habit::AgreesAtOnce, 1);
    let id = world.order(&cargo, "unpaid").await;
    let line = world.economy.order(id).unwrap().order.lines[0].clone();
    let during = world.economy.stock(line.offer_id, line.sku_id);
    world.economy.advance(30 * DAY).await.unwrap();
    let order = world.economy.order(id).unwrap().order;
    assert_eq!((order.status.word(), order.closed_by), ("cancel", Some(Closer::Timeout)));
    assert_eq!(order.modified_at, order.created_at.plus_secs(3 * DAY));
    assert_eq!(world.economy.stock(line.offer_id, line.sku_id), during + i64::from(line.quantity));
    assert_eq!(world.detail(id).await["baseInfo"]["closeOperateType"], "CLOSE_TRADE_BY_SYSTEM");
    assert_eq!(world.topics(id), ["ORDER_BUYER_VIEW_BUYER_MAKE", "ORDER_BUYER_VIEW_ORDER_BOPS_CLOSE"]);
    world.economy.advance(30 * DAY).await.unwrap();
    assert_eq!(world.topics(id).len(), 2, "once");
}

#[tokio::test]
async fn a_shipped_order_is_received_after_ten_days() {
    let world = World::new().await;
    let id = world.paid_order(Habit::ShipsAfterPayment).await;
    world.economy.advance(10 * DAY - 1).await.unwrap();
    assert_eq!(world.status(id), "waitbuyerreceive");
    world.economy.advance(100 * DAY).await.unwrap();
    let order = world.economy.order(id).unwrap().order;
    assert_eq!(order.status.word(), "success");
    assert_eq!(order.completed_at, order.shipped_at.map(|t| t.plus_secs(10 * DAY)));
    let received = world.topics(id).iter().filter(|t| t.ends_with("COMFIRM_RECEIVEGOODS")).count();
    assert_eq!(received, 1);
}

#[tokio::test]
async fn time_that_passes_on_the_wall_counts_as_well_and_a_restart_catches_up() {
    let world = World::new().await;
    let id = world.order(&cargo_of(Habit::AgreesAtOnce, 1), "slow").await;
    world.wait_ms(4 * DAY * 1000);
    let world = world.restart().await;
    let order = world.economy.order(id).unwrap().order;
    assert_eq!(order.status.word(), "cancel");
    assert_eq!(order.modified_at, order.created_at.plus_secs(3 * DAY));
}

#[tokio::test]
async fn the_return_deadlines_follow_one_another_in_one_jump() {
    let world = World::new().await;
    let id = world.paid_order(Habit::NeverAnswers).await;
    world.economy.ship(id, None).await.unwrap();
    world.receive(id).await;
    let refund = world.refund(&Ask::all(&world.economy, id, "returnRefund", "aftersaleBuyerReceived")).await;
    world.economy.advance(40 * DAY).await.unwrap();
    let closed = world.economy.refund(refund).unwrap();
    assert_eq!(closed.refund.status.word(), "refundclose");
    // Agreed by the system after five days, closed seven days later because nothing came back.
    assert_eq!(closed.refund.completed_at, Some(closed.refund.applied_at.plus_secs(12 * DAY)));
    let types: Vec<i64> = closed.operations.iter().map(|o| o.operate_type).collect();
    assert_eq!(types, [1, 19, 9]);
}

#[tokio::test]
async fn the_clock_refuses_to_go_back() {
    let world = World::new().await;
    assert!(world.economy.advance(-1).await.is_err());
    assert!(world.economy.advance(i64::MAX).await.is_err());
    assert_eq!(world.economy.offset_ms(), 0);
}

/// The same calls on each order, interleaved in two ways.
#[tokio::test]
async fn lives_do_not_depend_on_how_calls_interleave() {
    let habits = [Habit::AgreesAtOnce, Habit::NeverAnswers, Habit::InstantRefund];
    let one_by_one = World::new().await;
    let mut first = Vec::new();
    for habit in habits {
        let id = one_by_one.paid_order(habit).await;
        let ask = Ask::all(&one_by_one.economy, id, "refund", "refundWaitSellerSend");
        let refund = one_by_one.refund(&ask).await;
        first.push((one_by_one.detail(id).await, one_by_one.refund_detail(refund).await));
    }
    let woven = World::new().await;
    let mut ids = Vec::new();
    for habit in habits.into_iter().rev() {
        ids.insert(0, woven.paid_order(habit).await);
    }
    let mut second = Vec::new();
    for id in ids {
        let refund = woven.refund(&Ask::all(&woven.economy, id, "refund", "refundWaitSellerSend")).await;
        second.push((woven.detail(id).await, woven.refund_detail(refund).await));
    }
    assert_eq!(first, second);
    let other = World::seeded(8).await;
    let id = other.paid_order(Habit::AgreesAtOnce).await;
    assert_ne!(id.to_string(), first[0].0["baseInfo"]["idOfStr"], "another seed, another world");
}
