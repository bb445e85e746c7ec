//! Messages of one object are numbered 1, 2, 3 ... and there is one for each event.

use super::about;
use crate::{
    claim::{application, parcel},
    persona::Persona,
    purchase::goods,
    receiver::Receiver,
    world::{World, on_each, until},
};
use serde_json::json;

async fn types(world: &World, me: &Persona, object: &str) -> Vec<String> {
    let rows = about(world, me, object).await;
    let numbers: Vec<i64> = rows.iter().map(|r| r["sequence"].as_i64().unwrap()).collect();
    assert_eq!(numbers, (1..=i64::try_from(rows.len()).unwrap()).collect::<Vec<_>>(), "no gaps");
    rows.iter().map(|r| r["messageType"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_life_of_an_order_is_told_once_each() {
    on_each(async |world| {
        let me = world.another().await;
        let receiver = Receiver::of(world, &me).await;
        for offer in [goods::TOTE_BAG, goods::PUSHES_TWICE, goods::OUT_OF_ORDER] {
            let bought = world.shipped_order(&me, offer, &[1]).await;
            world.receive(&me, &bought).await;
            let expected = [
                "ORDER_BUYER_VIEW_BUYER_MAKE",
                "ORDER_BUYER_VIEW_ORDER_PAY",
                "ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS",
                "ORDER_BUYER_VIEW_ORDER_COMFIRM_RECEIVEGOODS",
                "ORDER_BUYER_VIEW_ORDER_SUCCESS",
            ];
            assert_eq!(types(world, &me, &bought.id()).await, expected, "{offer}");
            let arrived = until("all five arrive", async || {
                let mut mine: Vec<_> =
                    receiver.arrived().into_iter().filter(|a| a.is_about_order(bought.order)).collect();
                mine.sort_by_key(crate::receiver::Arrived::sequence);
                (mine.len() >= 5).then_some(mine)
            })
            .await;
            assert_eq!(arrived.iter().map(|a| a.message_type().to_owned()).collect::<Vec<_>>(), expected);
        }
        // Pushes that come twice, late or overtaken are no events of their own.
        tokio::time::sleep(std::time::Duration::from_millis(6_500)).await;
        assert_eq!(receiver.arrived().len(), 15);
    })
    .await;
}

#[tokio::test]
async fn a_refund_has_a_message_for_each_of_its_steps() {
    on_each(async |world| {
        let me = world.another().await;
        let receiver = Receiver::of(world, &me).await;
        let bought = world.received_order(&me, goods::SILENT, &[1]).await;
        let refund = world.apply(&me, application(&bought, "returnRefund", "aftersaleBuyerReceived")).await;
        let control =
            async |verb: &str| world.control(&format!("/sandbox/control/refunds/{refund}/{verb}"), json!({})).await;
        control("agree").await;
        world.until_refund(&me, &refund, "waitbuyersend").await;
        world.post(&me, crate::claim::RETURN, parcel(&refund)).await.accepted();
        control("receive").await;
        world.until_refund(&me, &refund, "refundsuccess").await;
        assert_eq!(types(world, &me, &refund).await, ["ORDER_BUYER_VIEW_ORDER_BUYER_REFUND"; 4]);
        let told = until("four callbacks about the refund", async || {
            let mut mine: Vec<_> =
                receiver.arrived().into_iter().filter(|a| a.body()["refundId"] == refund.as_str()).collect();
            mine.sort_by_key(crate::receiver::Arrived::sequence);
            (mine.len() >= 4).then_some(mine)
        })
        .await;
        let statuses: Vec<String> = told.iter().map(|a| a.body()["status"].as_str().unwrap().to_owned()).collect();
        assert_eq!(statuses, ["waitselleragree", "waitbuyersend", "waitsellerreceive", "refundsuccess"]);
        let ids: std::collections::BTreeSet<String> = told.iter().map(|a| a.json["id"].to_string()).collect();
        assert_eq!(ids.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn a_full_refund_before_shipment_is_told_by_the_refund_message_alone() {
    on_each(async |world| {
        let me = world.another().await;
        let bought = world.paid_order(&me, goods::JEANS, &[1]).await;
        let refund = world.apply(&me, crate::claim::before_shipment(&bought)).await;
        world.until_refund(&me, &refund, "refundsuccess").await;
        world.until_order(&me, bought.order, "terminated").await;
        assert_eq!(
            types(world, &me, &bought.id()).await,
            ["ORDER_BUYER_VIEW_BUYER_MAKE", "ORDER_BUYER_VIEW_ORDER_PAY"]
        );
    })
    .await;
}

#[tokio::test]
async fn a_cancel_and_a_price_change_are_told() {
    on_each(async |world| {
        let me = world.another().await;
        let cheaper = world.order(&me, goods::CHEAPER, &[1]).await;
        let order = world.order(&me, goods::JEANS, &[1]).await;
        world
            .control(&format!("/sandbox/control/orders/{}/modify-price", order.order), json!({"amounts": [2000]}))
            .await;
        until("the price change is told", async || (about(world, &me, &order.id()).await.len() == 2).then_some(()))
            .await;
        world.advance(11).await;
        let cancel = json!({"webSite": "1688", "orderId": order.order, "cancelReason": "other"});
        world.post(&me, "/alibaba/order/cancel", cancel).await.accepted();
        let expected = [
            "ORDER_BUYER_VIEW_BUYER_MAKE",
            "ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY",
            "ORDER_BUYER_VIEW_ORDER_BUYER_CLOSE",
        ];
        assert_eq!(types(world, &me, &order.id()).await, expected);
        let told = types(world, &me, &cheaper.id()).await;
        assert_eq!(told[0], "ORDER_BUYER_VIEW_BUYER_MAKE");
    })
    .await;
}
