//! Withdrawing a refund (ka).

use super::CANCEL;
use crate::{
    claim::{application, before_shipment},
    purchase::goods,
    world::on_each,
};
use serde_json::json;

#[tokio::test]
async fn an_open_refund_is_withdrawn_once_and_may_be_asked_for_again() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.paid_order(me, goods::SILENT, &[1]).await;
        let id = world.apply(me, before_shipment(&bought)).await;
        assert_eq!(world.post(me, CANCEL, json!({"refundId": id})).await.accepted(), "售后订单取消成功");
        let refund = world.refund(me, &id).await;
        assert_eq!((&refund["status"], &refund["refundPayment"]), (&json!("refundclose"), &json!(0)));
        let steps = &refund["refundOperationList"];
        assert_eq!((&steps[0]["operateTypeInt"], &steps[0]["operatorRoleId"]), (&json!(2), &json!(1)));
        assert_eq!(steps.as_array().map(Vec::len), Some(2));
        world.post(me, CANCEL, json!({"refundId": id})).await.refused(40902);
        let again = world.apply(me, before_shipment(&bought)).await;
        assert_ne!(again, id);
        assert_eq!(world.order_status(me, bought.order).await, "waitsellersend");
    })
    .await;
}

#[tokio::test]
async fn what_is_final_or_unknown_cannot_be_withdrawn() {
    on_each(async |world| {
        let me = &world.developer;
        world.post(me, CANCEL, json!({"refundId": "TQ262615407388136042"})).await.refused(40902);
        for id in ["TQ5", "5", "lost", "TQ", "TQTQ5", ""] {
            world.post(me, CANCEL, json!({"refundId": id})).await.refused_for(40404, "refundId");
        }
        let other = world.another().await;
        world.post(&other, CANCEL, json!({"refundId": "TQ260923837649136042"})).await.refused_for(40404, "refundId");
        assert_eq!(world.refund_status(me, "TQ260923837649136042").await, "waitselleragree");
    })
    .await;
}

#[tokio::test]
async fn a_return_is_withdrawn_even_when_its_parcel_is_on_the_way() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.received_order(me, goods::SILENT, &[1]).await;
        let id = world.apply(me, application(&bought, "returnRefund", "aftersaleBuyerReceived")).await;
        world.control(&format!("/sandbox/control/refunds/{id}/agree"), json!({})).await;
        world.until_refund(me, &id, "waitbuyersend").await;
        world.post(me, super::RETURNS[0], crate::claim::parcel(&id)).await.accepted();
        assert_eq!(world.refund_status(me, &id).await, "waitsellerreceive");
        world.post(me, CANCEL, json!({"refundId": id})).await.accepted();
        assert_eq!(world.refund_status(me, &id).await, "refundclose");
    })
    .await;
}
