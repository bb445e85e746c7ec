//! What sellers do by themselves, and what the clock does for them.

use super::CANCEL;
use crate::{
    claim::{application, before_shipment},
    purchase::goods,
    world::on_each,
};
use serde_json::json;

const DAY_S: i64 = 86_400;

#[tokio::test]
async fn a_seller_who_agrees_at_once_ends_the_order() {
    on_each(async |world| {
        let me = &world.developer;
        let spec = world.specs(goods::JEANS).await.remove(0);
        let stock = world.stock(goods::JEANS, &spec).await;
        let bought = world.paid_order(me, goods::JEANS, &[2]).await;
        let id = world.apply(me, before_shipment(&bought)).await;
        let refund = world.until_refund(me, &id, "refundsuccess").await;
        assert_eq!(
            (&refund["refundPayment"], &refund["refundCarriage"]),
            (&json!(bought.goods()), &json!(bought.freight))
        );
        let step = &refund["refundOperationList"][0];
        assert_eq!(
            (&step["operateTypeInt"], &step["operatorRoleId"], &step["operateRemark"]),
            (&json!(8), &json!(2), &json!("退款成功"))
        );
        assert_eq!(
            (&step["beforeOperateStatus"], &step["afterOperateStatus"]),
            (&json!("waitselleragree"), &json!("waitselleragree"))
        );
        assert_eq!(step["discription"], "卖家同意退款协议,退款成功");
        let order = world.until_order(me, bought.order, "terminated").await;
        assert_eq!(crate::purchase::fen(&order["baseInfo"]["refund"]), bought.goods() + bought.freight);
        assert_eq!(
            (&order["productItems"][0]["refundId"], &order["baseInfo"]["refundStatus"]),
            (&json!(id), &json!("refundsuccess"))
        );
        assert_eq!(world.stock(goods::JEANS, &spec).await, stock, "what never left is on the shelf again");
        // Nothing is left to ask for.
        world.post(me, super::CREATES[0], before_shipment(&bought)).await.refused(40901);
    })
    .await;
}

#[tokio::test]
async fn a_seller_who_refuses_says_why_and_the_buyer_asks_again() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.paid_order(me, goods::REFUSING, &[1]).await;
        let id = world.apply(me, before_shipment(&bought)).await;
        let refund = world.until_refund(me, &id, "waitbuyermodify").await;
        assert!(!refund["rejectReason"].as_str().unwrap().is_empty());
        assert_eq!(refund["rejectTimes"], 1);
        let step = &refund["refundOperationList"][0];
        assert_eq!(
            (&step["operateTypeInt"], &step["operateRemark"]),
            (&json!(15), &json!("卖家拒绝协议，等待买家修改"))
        );
        world.post(me, super::CREATES[0], before_shipment(&bought)).await.refused(40907);
        world.post(me, CANCEL, json!({"refundId": id})).await.accepted();
        assert_eq!(world.refund_status(me, &id).await, "refundclose");
        let second = world.apply(me, before_shipment(&bought)).await;
        world.until_refund(me, &second, "waitbuyermodify").await;
        world.advance(7 * DAY_S + 1).await;
        world.until_refund(me, &second, "refundclose").await;
    })
    .await;
}

#[tokio::test]
async fn a_slow_seller_agrees_after_an_hour() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.paid_order(me, goods::SLOW, &[1]).await;
        let id = world.apply(me, before_shipment(&bought)).await;
        world.advance(3500).await;
        assert_eq!(world.refund_status(me, &id).await, "waitselleragree");
        world.advance(200).await;
        let refund = world.until_refund(me, &id, "refundsuccess").await;
        assert_eq!(refund["refundOperationList"][0]["operatorRoleId"], 2, "the seller");
    })
    .await;
}

#[tokio::test]
async fn for_a_silent_seller_the_system_agrees_after_24_hours() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.paid_order(me, goods::SILENT, &[1]).await;
        let id = world.apply(me, before_shipment(&bought)).await;
        world.advance(DAY_S - 60).await;
        assert_eq!(world.refund_status(me, &id).await, "waitselleragree");
        world.advance(120).await;
        let refund = world.until_refund(me, &id, "refundsuccess").await;
        let step = &refund["refundOperationList"][0];
        assert_eq!(
            (&step["operatorRoleId"], &step["operatorLoginId"], &step["operatorUserId"]),
            (&json!(4), &json!("系统"), &json!(5))
        );
        let info = world.refund_info(me, &id).await;
        assert_eq!((&info["updateBy"], &info["updateById"]), (&json!("system"), &json!(0)), "a message changed it");
        assert_eq!(info["createBy"], json!(me.user_id));
    })
    .await;
}

#[tokio::test]
async fn after_shipment_a_silent_seller_has_five_days() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.shipped_order(me, goods::SILENT, &[1]).await;
        let id = world.apply(me, application(&bought, "refund", "refundWaitBuyerReceive")).await;
        world.advance(5 * DAY_S - 60).await;
        assert_eq!(world.refund_status(me, &id).await, "waitselleragree");
        world.advance(120).await;
        world.until_refund(me, &id, "refundsuccess").await;
        world.until_order(me, bought.order, "terminated").await;
    })
    .await;
}

#[tokio::test]
async fn an_instant_refund_is_paid_by_the_system_at_once() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.paid_order(me, goods::INSTANT, &[1]).await;
        let id = world.apply(me, before_shipment(&bought)).await;
        let refund = world.until_refund(me, &id, "refundsuccess").await;
        assert_eq!(refund["refundOperationList"][0]["operatorRoleId"], 4);
        assert_eq!(refund["refundOperationList"].as_array().map(Vec::len), Some(2));
    })
    .await;
}

#[tokio::test]
async fn a_silent_seller_s_return_goes_its_way_by_timeouts() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.received_order(me, goods::SILENT, &[1]).await;
        let id = world.apply(me, application(&bought, "returnRefund", "aftersaleBuyerReceived")).await;
        world.advance(5 * DAY_S + 1).await;
        let agreed = world.until_refund(me, &id, "waitbuyersend").await;
        assert_eq!(agreed["refundOperationList"][0]["operateTypeInt"], 19);
        world.post(me, super::RETURNS[0], crate::claim::parcel(&id)).await.accepted();
        world.advance(10 * DAY_S - 60).await;
        assert_eq!(world.refund_status(me, &id).await, "waitsellerreceive");
        world.advance(120).await;
        world.until_refund(me, &id, "refundsuccess").await;
    })
    .await;
}

#[tokio::test]
async fn a_seller_may_refuse_the_parcel_that_came_back() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.received_order(me, goods::SILENT, &[1]).await;
        let id = world.apply(me, application(&bought, "returnRefund", "aftersaleBuyerReceived")).await;
        let control =
            async |verb: &str, body| world.control(&format!("/sandbox/control/refunds/{id}/{verb}"), body).await;
        control("agree", json!({})).await;
        world.until_refund(me, &id, "waitbuyersend").await;
        world.post(me, super::RETURNS[0], crate::claim::parcel(&id)).await.accepted();
        control("refuse", json!({"reason": "包装破损"})).await;
        let refund = world.until_refund(me, &id, "waitbuyermodify").await;
        assert_eq!((&refund["rejectReason"], &refund["rejectTimes"]), (&json!("包装破损"), &json!(1)));
        // No arrow leads on from there: the seller's hand is refused too.
        let (status, _) = world.control_answer(&format!("/sandbox/control/refunds/{id}/receive"), json!({})).await;
        assert_eq!(status, 409);
    })
    .await;
}
