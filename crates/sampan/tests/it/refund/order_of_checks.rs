//! The first check that fails answers (1688-aftersale, rules.errors): each application has every later fault too.

use super::{CREATES, EXAMPLE_VOUCHER};
use crate::{
    claim::{application, with},
    purchase::goods,
    world::{World, on_each},
};
use serde_json::{Value, json};

async fn refused(world: &World, body: &Value, code: u32, field: &str) {
    for path in CREATES {
        world.post(&world.developer, path, body.clone()).await.refused_for(code, field);
    }
}

fn foreign_vouchers() -> Value {
    json!([EXAMPLE_VOUCHER, "https://evil.example/a.jpg"])
}

#[tokio::test]
async fn before_shipment_each_fault_hides_those_after_it() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.paid_order(me, goods::SILENT, &[2]).await;
        let entry = bought.entries[0];
        let mut body = with(
            &application(&bought, "barter", "lost"),
            json!({
                "orderId": 5, "orderEntryIds": [7], "applyReasonId": 20021,
                "orderEntryCountList": [{"id": entry, "count": 1}],
                "applyPayment": 1, "applyCarriage": 999_999, "description": "x", "vouchers": foreign_vouchers(),
            }),
        );
        let mut mend = |fields: Value| {
            body = with(&body, fields);
            body.clone()
        };
        refused(
            world,
            &mend(json!({"goodsStatus": "refundBuyerReceived", "disputeRequest": "returnRefund"})),
            40403,
            "orderId",
        )
        .await;
        refused(world, &mend(json!({"orderId": bought.order})), 40003, "orderEntryIds").await;
        refused(world, &mend(json!({"orderEntryIds": [entry], "goodsStatus": "lost"})), 40003, "goodsStatus").await;
        refused(
            world,
            &mend(json!({"goodsStatus": "refundWaitSellerSend", "disputeRequest": "barter"})),
            40003,
            "disputeRequest",
        )
        .await;
        refused(world, &mend(json!({"disputeRequest": "returnRefund"})), 40901, "").await;
        let open = world.apply(me, application(&bought, "refund", "refundWaitSellerSend")).await;
        refused(world, &mend(json!({"disputeRequest": "refund"})), 40907, "orderEntryIds").await;
        world.ka(me, "refund/cancel", json!({"refundId": open})).await;
        refused(world, &mend(json!({})), 40003, "applyReasonId").await;
        refused(world, &mend(json!({"applyReasonId": 20901})), 40005, "orderEntryCountList").await;
        refused(world, &mend(json!({"orderEntryCountList": null})), 40005, "applyPayment").await;
        refused(world, &mend(json!({"applyPayment": bought.goods()})), 40005, "applyCarriage").await;
        refused(world, &mend(json!({"applyCarriage": 0})), 40003, "description").await;
        refused(world, &mend(json!({"description": "x".repeat(151)})), 40003, "description").await;
        refused(world, &mend(json!({"description": "ok"})), 40006, "vouchers").await;
        world.post(me, CREATES[0], mend(json!({"vouchers": [EXAMPLE_VOUCHER]}))).await.accepted();
    })
    .await;
}

/// The order comes before the words about it.
#[tokio::test]
async fn an_unknown_order_or_sub_order_is_told_before_a_wrong_word() {
    on_each(async |world| {
        let bought = world.paid_order(&world.developer, goods::SILENT, &[1]).await;
        let body = application(&bought, "barter", "lost");
        refused(world, &with(&body, json!({"orderId": 5})), 40403, "orderId").await;
        refused(world, &with(&body, json!({"orderEntryIds": [7]})), 40003, "orderEntryIds").await;
    })
    .await;
}

#[tokio::test]
async fn quantities_and_vouchers_of_a_return_in_their_order() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.shipped_order(me, goods::TOTE_BAG, &[3]).await;
        let entry = bought.entries[0];
        let six: Vec<&str> = vec![EXAMPLE_VOUCHER; 6];
        let faulty = json!({"applyReasonId": 20021, "applyPayment": 999_999, "applyCarriage": 0, "description": "x"});
        let body = with(&application(&bought, "returnRefund", "refundBuyerReceived"), faulty);
        let counts = |id: i64, count: i64| json!({"orderEntryCountList": [{"id": id, "count": count}]});
        refused(world, &with(&body, counts(7, 1)), 40003, "orderEntryCountList").await;
        refused(world, &with(&body, counts(entry, 4)), 40005, "orderEntryCountList").await;
        refused(world, &with(&body, counts(entry, 0)), 40005, "orderEntryCountList").await;
        let refund_only = with(&body, json!({"disputeRequest": "refund"}));
        refused(world, &with(&refund_only, counts(entry, 1)), 40005, "orderEntryCountList").await;
        let body = with(&body, counts(entry, 3));
        refused(world, &body, 40005, "applyPayment").await;
        let body = with(&body, json!({"applyPayment": bought.goods()}));
        refused(world, &body, 40003, "description").await;
        let body = with(&body, json!({"description": "颜色不对"}));
        refused(world, &body, 40002, "vouchers").await;
        refused(world, &with(&body, json!({"vouchers": []})), 40002, "vouchers").await;
        refused(world, &with(&body, json!({"vouchers": six})), 40006, "vouchers").await;
        refused(world, &with(&body, json!({"vouchers": foreign_vouchers()})), 40006, "vouchers").await;
        world.apply(me, with(&body, json!({"vouchers": [EXAMPLE_VOUCHER]}))).await;
    })
    .await;
}
