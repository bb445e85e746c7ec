//! Confirming receipt.

use super::RECEIVE;
use crate::{
    purchase::goods,
    world::{on_each, until},
};
use serde_json::json;

#[tokio::test]
async fn receipt_completes_the_order_and_is_confirmed_once() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.shipped_order(me, goods::TOTE_BAG, &[2]).await;
        let ask = json!({"orderId": bought.order, "orderEntryIds": bought.entries});
        let received = world.post(me, RECEIVE, ask.clone()).await.accepted();
        assert_eq!(received["success"], true);
        for name in ["errorInfo", "errorCode"] {
            assert!(received[name] == "" || received[name].is_null(), "{received}");
        }
        let base = world.order_detail(me, bought.order).await["baseInfo"].clone();
        assert_eq!(base["status"], "success");
        assert!(base["completeTime"].is_string() && base["receivingTime"].is_string(), "{base}");
        world.post(me, RECEIVE, ask).await.refused(40901);
    })
    .await;
}

#[tokio::test]
async fn what_was_not_shipped_cannot_be_received() {
    on_each(async |world| {
        let me = &world.developer;
        for bought in [world.order(me, goods::JEANS, &[1]).await, world.paid_order(me, goods::JEANS, &[1]).await] {
            let ask = json!({"orderId": bought.order, "orderEntryIds": bought.entries});
            world.post(me, RECEIVE, ask).await.refused(40901);
        }
        let shipped = world.shipped_order(me, goods::TOTE_BAG, &[1]).await;
        for entries in [json!([5]), json!(["x"]), json!([])] {
            let ask = json!({"orderId": shipped.order, "orderEntryIds": entries});
            world.post(me, RECEIVE, ask).await.refused_for(40003, "orderEntryIds");
        }
        world.post(me, RECEIVE, json!({"orderId": 5, "orderEntryIds": [5]})).await.refused_for(40403, "orderId");
        assert_eq!(world.order_status(me, shipped.order).await, "waitbuyerreceive");
    })
    .await;
}

#[tokio::test]
async fn a_part_may_be_received_while_the_rest_travels_or_waits() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.paid_order(me, goods::HALF, &[1, 1]).await;
        let part = |at: usize| json!({"orderId": bought.order, "orderEntryIds": [bought.entries[at]]});
        until("the first line is shipped", async || {
            let detail = world.order_detail(me, bought.order).await;
            (detail["productItems"][0]["status"] == "waitbuyerreceive").then_some(())
        })
        .await;
        world.post(me, RECEIVE, part(1)).await.refused(40901);
        assert_eq!(world.post(me, RECEIVE, part(0)).await.accepted()["success"], true);
        world.post(me, RECEIVE, part(0)).await.refused(40901);
        world.ship(bought.order).await;
        world.until_order(me, bought.order, "waitbuyerreceive").await;
        assert_eq!(world.post(me, RECEIVE, part(1)).await.accepted()["success"], true);
        world.until_order(me, bought.order, "success").await;
    })
    .await;
}

#[tokio::test]
async fn ten_days_after_shipping_receipt_comes_by_itself() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.shipped_order(me, goods::TOTE_BAG, &[1]).await;
        world.advance(10 * 86_400 + 1).await;
        world.until_order(me, bought.order, "success").await;
    })
    .await;
}
