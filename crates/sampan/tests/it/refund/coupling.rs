//! What the order does to its refunds.

use crate::{
    claim::{application, before_shipment},
    purchase::goods,
    world::on_each,
};
use serde_json::json;

#[tokio::test]
async fn shipping_closes_a_pending_refund_that_was_asked_before() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.paid_order(me, goods::SILENT, &[1]).await;
        let id = world.apply(me, before_shipment(&bought)).await;
        world.ship(bought.order).await;
        let refund = world.until_refund(me, &id, "refundclose").await;
        let step = &refund["refundOperationList"][0];
        assert_eq!((&step["operateTypeInt"], &step["operatorRoleId"]), (&json!(9), &json!(2)));
        world.until_order(me, bought.order, "waitbuyerreceive").await;
        world.apply(me, application(&bought, "refund", "refundWaitBuyerReceive")).await;
    })
    .await;
}

#[tokio::test]
async fn confirming_receipt_closes_a_pending_in_sale_refund() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.shipped_order(me, goods::SILENT, &[1]).await;
        let id = world.apply(me, application(&bought, "refund", "refundWaitBuyerReceive")).await;
        world.receive(me, &bought).await;
        let refund = world.until_refund(me, &id, "refundclose").await;
        let step = &refund["refundOperationList"][0];
        assert_eq!((&step["operateTypeInt"], &step["operatorRoleId"]), (&json!(9), &json!(1)));
        let order = world.order_detail(me, bought.order).await;
        assert_eq!(
            (&order["baseInfo"]["status"], &order["baseInfo"]["refundStatus"]),
            (&json!("success"), &json!("refundclose"))
        );
        world.apply(me, application(&bought, "refund", "aftersaleBuyerReceived")).await;
    })
    .await;
}

#[tokio::test]
async fn an_open_refund_shows_on_the_order_and_its_line() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.paid_order(me, goods::SILENT, &[1]).await;
        let id = world.apply(me, before_shipment(&bought)).await;
        let order = world.order_detail(me, bought.order).await;
        let (base, item) = (&order["baseInfo"], &order["productItems"][0]);
        assert_eq!((&base["refundStatus"], &base["status"]), (&json!("waitselleragree"), &json!("waitsellersend")));
        assert_eq!((&item["refundStatus"], &item["refundId"]), (&json!("WAIT_SELLER_AGREE"), &json!(id)));
        let ka = world.ka(me, "order/detail", json!({"orderId": bought.id()})).await;
        assert_eq!(
            (&ka["refundStatus"], &ka["productList"][0]["refundStatus"]),
            (&json!("waitselleragree"), &json!(1))
        );
        let detail = world.ka(me, "refund/detail", json!({"refundId": id})).await;
        assert_eq!(detail["productList"], ka["productList"]);
    })
    .await;
}
