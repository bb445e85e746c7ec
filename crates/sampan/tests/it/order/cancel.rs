//! Cancelling before payment.

use super::CANCEL;
use crate::{
    purchase::{Bought, goods},
    world::on_each,
};
use serde_json::{Value, json};

fn body(bought: &Bought) -> Value {
    json!({"webSite": "1688", "orderId": bought.order, "cancelReason": "buyerCancel"})
}

#[tokio::test]
async fn not_in_the_first_ten_seconds_then_once() {
    on_each(async |world| {
        let me = &world.developer;
        let spec = world.specs(goods::JEANS).await.remove(0);
        let stock = world.stock(goods::JEANS, &spec).await;
        let bought = world.order(me, goods::JEANS, &[2]).await;
        world.post(me, CANCEL, body(&bought)).await.refused(40901);
        assert_eq!(world.order_status(me, bought.order).await, "waitbuyerpay");
        world.advance(11).await;
        assert_eq!(world.post(me, CANCEL, body(&bought)).await.accepted(), true);
        let base = world.order_detail(me, bought.order).await["baseInfo"].clone();
        assert_eq!((&base["status"], &base["closeReason"]), (&json!("cancel"), &json!("buyerCancel")));
        assert_eq!(world.stock(goods::JEANS, &spec).await, stock, "the pieces are back");
        let ka = world.ka(me, "order/detail", json!({"orderId": bought.id()})).await;
        assert_eq!((&ka["orderStatus"], &ka["closeReason"]), (&json!("CANCEL"), &json!("buyer_cancel")));
        world.post(me, CANCEL, body(&bought)).await.refused(40901);
    })
    .await;
}

#[tokio::test]
async fn any_reason_is_taken_and_a_paid_order_is_not_cancelled() {
    on_each(async |world| {
        let me = &world.developer;
        let free = world.order(me, goods::JEANS, &[1]).await;
        let paid = world.paid_order(me, goods::JEANS, &[1]).await;
        world.advance(11).await;
        let mut ask = body(&free);
        ask["cancelReason"] = json!("不想要了");
        ask["remark"] = json!("下次再买");
        assert_eq!(world.post(me, CANCEL, ask).await.accepted(), true);
        world.post(me, CANCEL, body(&paid)).await.refused(40901);
        assert_eq!(world.order_status(me, paid.order).await, "waitsellersend");
    })
    .await;
}

#[tokio::test]
async fn wrong_fields_are_named() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.order(me, goods::JEANS, &[1]).await;
        let with = |field: &str, value: Value| {
            let mut ask = body(&bought);
            ask[field] = value;
            ask
        };
        world.post(me, CANCEL, with("webSite", json!("taobao"))).await.refused_for(40003, "webSite");
        world.post(me, CANCEL, with("orderId", json!(5))).await.refused_for(40403, "orderId");
        world.post(me, CANCEL, with("cancelReason", json!(""))).await.refused_for(40002, "cancelReason");
    })
    .await;
}

#[tokio::test]
async fn an_order_that_nobody_pays_closes_after_three_days() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.order(me, goods::JEANS, &[1]).await;
        world.advance(3 * 86_400 + 1).await;
        world.until_order(me, bought.order, "cancel").await;
        let ka = world.ka(me, "order/detail", json!({"orderId": bought.id()})).await;
        assert_eq!(ka["closeReason"], "timeout");
    })
    .await;
}
