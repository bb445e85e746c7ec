//! Asking for money back, withdrawing, sending goods back, and the seller's answer.

use super::{RUNS, at_once, one_wins};
use crate::{
    claim::{self, before_shipment, parcel},
    kill::draw::Draw,
    purchase::goods,
    world::on_each,
};
use serde_json::json;

const CANCEL: &str = "/alibaba/ka/refund/cancel";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_refunds_of_one_sub_order_one_is_opened() {
    on_each(async |world| {
        let (me, mut draw) = (world.another().await, Draw(9));
        for run in 0..RUNS {
            let bought = world.paid_order(&me, goods::SILENT, &[1]).await;
            // The very same request, or another one for the same.
            let text = if run % 2 == 0 { "不想要了" } else { "买错了" };
            let other = claim::with(&before_shipment(&bought), json!({ "description": text }));
            let asks =
                (world.post(&me, claim::CREATE, before_shipment(&bought)), world.post(&me, claim::CREATE, other));
            let (one, other) = at_once(&mut draw, asks.0, asks.1).await;
            one_wins(&one, &other, &[40907]);
            let loser = if one.code() == 200 { &other } else { &one };
            assert!(loser.msg().contains("orderEntryIds"), "{}", loser.text);
            let page = world.post(&me, "/alibaba/order/page", json!({"refundStatus": "waitselleragree"})).await;
            assert_eq!(page.accepted()["total"], run + 1);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_withdrawal_and_the_seller_s_agreement_one_wins() {
    on_each(async |world| {
        let (me, mut draw) = (world.another().await, Draw(10));
        for _ in 0..RUNS {
            let bought = world.paid_order(&me, goods::SILENT, &[1]).await;
            let refund = world.apply(&me, before_shipment(&bought)).await;
            let path = format!("/sandbox/control/refunds/{refund}/agree");
            let withdraw = world.post(&me, CANCEL, json!({ "refundId": refund }));
            let (withdrawn, (agreed, text)) =
                at_once(&mut draw, withdraw, world.control_answer(&path, json!({}))).await;
            match (withdrawn.code(), agreed) {
                (200, 409) => assert_eq!(world.refund_status(&me, &refund).await, "refundclose"),
                (40902, 200) => drop(world.until_refund(&me, &refund, "refundsuccess").await),
                _ => panic!("{} and {agreed} {text}", withdrawn.text),
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_withdrawals_one_wins() {
    on_each(async |world| {
        let (me, mut draw) = (world.another().await, Draw(11));
        let bought = world.paid_order(&me, goods::SILENT, &[1]).await;
        for _ in 0..RUNS {
            let refund = world.apply(&me, before_shipment(&bought)).await;
            let withdraw = || world.post(&me, CANCEL, json!({ "refundId": refund }));
            let (one, other) = at_once(&mut draw, withdraw(), withdraw()).await;
            one_wins(&one, &other, &[40902]);
            assert_eq!(world.refund_status(&me, &refund).await, "refundclose");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_parcels_that_go_back_one_is_declared() {
    on_each(async |world| {
        let (me, mut draw) = (world.another().await, Draw(12));
        for run in 0..RUNS {
            let bought = world.received_order(&me, goods::TOTE_BAG, &[1]).await;
            let refund = world.apply(&me, claim::application(&bought, "returnRefund", "aftersaleBuyerReceived")).await;
            world.until_refund(&me, &refund, "waitbuyersend").await;
            // The same parcel twice, or two of them.
            let mut second = parcel(&refund);
            if run % 2 == 1 {
                second["freightBill"] = json!("3110044550034339");
            }
            let asks =
                (world.post(&me, claim::RETURN, parcel(&refund)), world.post(&me, claim::RETURN, second.clone()));
            let (one, other) = at_once(&mut draw, asks.0, asks.1).await;
            one_wins(&one, &other, &[40902]);
            let info = world.refund_info(&me, &refund).await;
            let won = if one.code() == 200 { parcel(&refund) } else { second };
            assert_eq!(info["freightBill"], won["freightBill"]);
        }
    })
    .await;
}
