//! Pieces of a sub-order go back, then the rest; never more than was bought or paid.

use super::{CREATES, RETURNS};
use crate::{
    claim::{application, parcel, with},
    purchase::{Bought, fen, goods},
    world::{World, on_each},
};
use serde_json::{Value, json};

fn pieces(bought: &Bought, count: i64, payment: i64, carriage: i64) -> Value {
    let counts = json!([{"id": bought.entries[0], "count": count}]);
    with(
        &application(bought, "returnRefund", "refundBuyerReceived"),
        json!({"orderEntryCountList": counts, "applyPayment": payment, "applyCarriage": carriage}),
    )
}

async fn return_of(world: &World, body: Value) -> String {
    let me = &world.developer;
    let id = world.apply(me, body).await;
    world.until_refund(me, &id, "waitbuyersend").await;
    world.post(me, RETURNS[0], parcel(&id)).await.accepted();
    world.until_refund(me, &id, "refundsuccess").await;
    id
}

#[tokio::test]
async fn one_piece_goes_back_then_the_rest() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.shipped_order(me, goods::TOTE_BAG, &[3]).await;
        let first = return_of(world, pieces(&bought, 1, 1900, 0)).await;
        let info = world.refund_info(me, &first).await;
        assert_eq!(info["orderEntryCountMap"], format!("{{\"{}\":1}}", bought.entries[0]));
        assert_eq!(info["refundPayment"], 1900);
        let detail = world.order_detail(me, bought.order).await;
        assert_eq!(detail["baseInfo"]["status"], "waitbuyerreceive", "a part leaves the state");
        assert_eq!(fen(&detail["baseInfo"]["refund"]), 1900);

        world.post(me, CREATES[0], pieces(&bought, 3, 3800, 0)).await.refused_for(40005, "orderEntryCountList");
        world.post(me, CREATES[0], pieces(&bought, 2, 3801, 0)).await.refused_for(40005, "applyPayment");
        world
            .post(me, CREATES[0], pieces(&bought, 2, 3800, bought.freight + 1))
            .await
            .refused_for(40005, "applyCarriage");
        return_of(world, pieces(&bought, 2, 3800, bought.freight)).await;
        let detail = world.until_order(me, bought.order, "terminated").await;
        assert_eq!(fen(&detail["baseInfo"]["refund"]), bought.goods() + bought.freight);
        world.post(me, CREATES[0], pieces(&bought, 1, 1, 0)).await.refused(40901);
    })
    .await;
}

#[tokio::test]
async fn money_after_money_until_nothing_is_left() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.received_order(me, goods::TOTE_BAG, &[1]).await;
        let ask = |payment: i64, carriage: i64| {
            with(
                &application(&bought, "refund", "aftersaleBuyerReceived"),
                json!({"applyPayment": payment, "applyCarriage": carriage}),
            )
        };
        for (payment, carriage) in [(1000, 200), (900, 300)] {
            let id = world.apply(me, ask(payment, carriage)).await;
            world.until_refund(me, &id, "refundsuccess").await;
            world.post(me, CREATES[0], ask(1900, 0)).await.refused_for(40005, "applyPayment");
        }
        world.post(me, CREATES[0], ask(1, 0)).await.refused_for(40005, "applyPayment");
        world.post(me, CREATES[0], ask(0, 1)).await.refused_for(40005, "applyCarriage");
        let detail = world.order_detail(me, bought.order).await;
        assert_eq!(fen(&detail["baseInfo"]["refund"]), bought.goods() + bought.freight);
        assert_eq!(detail["baseInfo"]["status"], "success");
        assert_eq!(detail["baseInfo"]["refundStatusForAs"], "refundsuccess");
        assert!(detail["productItems"][0]["refundIdForAs"].is_string());
    })
    .await;
}

#[tokio::test]
async fn one_of_two_sub_orders_is_refunded_and_the_other_goes_on() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.paid_order(me, goods::JEANS, &[1, 1]).await;
        let share = bought.freight / 2;
        let one = with(
            &application(&bought, "refund", "refundWaitSellerSend"),
            json!({"orderEntryIds": [bought.entries[0]], "applyPayment": bought.amounts[0], "applyCarriage": share}),
        );
        world
            .post(me, CREATES[0], with(&one, json!({"applyCarriage": share + 1})))
            .await
            .refused_for(40005, "applyCarriage");
        let id = world.apply(me, one.clone()).await;
        world.until_refund(me, &id, "refundsuccess").await;
        let detail = world.order_detail(me, bought.order).await;
        let words: Vec<&Value> = detail["productItems"].as_array().unwrap().iter().map(|i| &i["status"]).collect();
        assert_eq!(
            (&detail["baseInfo"]["status"], words),
            (&json!("waitsellersend"), vec![&json!("terminated"), &json!("waitsellersend")])
        );
        let ka = world.ka(me, "order/detail", json!({"orderId": bought.id()})).await;
        assert_eq!((&ka["refundAmount"], &ka["payStatus"]), (&json!(bought.amounts[0] + share), &json!(2)));
        world.post(me, CREATES[0], one).await.refused(40901);
        world.ship(bought.order).await;
        world.until_order(me, bought.order, "waitbuyerreceive").await;
    })
    .await;
}
