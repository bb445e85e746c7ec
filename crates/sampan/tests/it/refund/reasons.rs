//! The reason list depends on what was asked and how far the goods have travelled.

use super::REASON_LISTS;
use crate::{
    purchase::{Bought, goods},
    world::{World, on_each},
};
use serde_json::{Value, json};

const ALL: [&str; 5] = [
    "refundWaitSellerSend",
    "refundWaitBuyerReceive",
    "refundBuyerReceived",
    "aftersaleBuyerNotReceived",
    "aftersaleBuyerReceived",
];

fn ask(bought: &Bought, goods: &str) -> Value {
    json!({"orderId": bought.order, "orderEntryIds": bought.entries, "goodsStatus": goods})
}

/// Exactly these goods statuses have reasons, and exactly these.
async fn allows(world: &World, bought: &Bought, expected: &[(&str, &[i64])]) {
    for path in REASON_LISTS {
        for goods in ALL {
            let answer = world.post(&world.developer, path, ask(bought, goods)).await;
            match expected.iter().find(|(allowed, _)| *allowed == goods) {
                None => drop(answer.refused(40901)),
                Some((_, ids)) => {
                    let list = answer.accepted();
                    let given: Vec<i64> =
                        list["reasons"].as_array().unwrap().iter().map(|r| r["id"].as_i64().unwrap()).collect();
                    assert_eq!(given, *ids, "{goods}");
                }
            }
        }
    }
}

#[tokio::test]
async fn each_state_has_its_reasons_and_refuses_the_others() {
    on_each(async |world| {
        let me = &world.developer;
        allows(world, &world.order(me, goods::JEANS, &[1]).await, &[]).await;
        let paid = world.paid_order(me, goods::JEANS, &[1]).await;
        allows(world, &paid, &[("refundWaitSellerSend", &[20006, 20028, 20901])]).await;
        let shipped = world.shipped_order(me, goods::TOTE_BAG, &[1]).await;
        let both: &[(&str, &[i64])] =
            &[("refundWaitBuyerReceive", &[20006, 20028, 20902]), ("refundBuyerReceived", &[20028, 20021, 20903])];
        allows(world, &shipped, both).await;
        let done = world.received_order(me, goods::TOTE_BAG, &[1]).await;
        let after: &[(&str, &[i64])] =
            &[("aftersaleBuyerNotReceived", &[20028, 20902]), ("aftersaleBuyerReceived", &[20028, 20021, 20903])];
        allows(world, &done, after).await;
        let cancelled = world.order(me, goods::JEANS, &[1]).await;
        world.advance(11).await;
        let cancel = json!({"webSite": "1688", "orderId": cancelled.order, "cancelReason": "other"});
        world.post(me, "/alibaba/order/cancel", cancel).await.accepted();
        allows(world, &cancelled, &[]).await;
    })
    .await;
}

#[tokio::test]
async fn a_reason_says_what_it_needs() {
    on_each(async |world| {
        let done = world.received_order(&world.developer, goods::TOTE_BAG, &[1]).await;
        let list = world.post(&world.developer, REASON_LISTS[0], ask(&done, "aftersaleBuyerReceived")).await.accepted();
        let row = |id: i64| list["reasons"].as_array().unwrap().iter().find(|r| r["id"] == id).unwrap().clone();
        assert_eq!((&row(20021)["needVoucher"], &row(20021)["noRefundCarriage"]), (&json!(true), &json!(false)));
        assert_eq!((&row(20903)["needVoucher"], &row(20903)["noRefundCarriage"]), (&json!(false), &json!(true)));
        assert_eq!(row(20028)["name"], "不想买了，已与卖家协商一致");
        assert!(row(20028)["tip"].is_string());
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_asked_for_is_named() {
    on_each(async |world| {
        let bought = world.paid_order(&world.developer, goods::JEANS, &[1]).await;
        let with = |field: &str, value: Value| {
            let mut ask = ask(&bought, "refundWaitSellerSend");
            ask[field] = value;
            ask
        };
        for path in REASON_LISTS {
            for (body, code, field) in [
                (with("orderId", json!(5)), 40403, "orderId"),
                (with("orderEntryIds", json!([5])), 40003, "orderEntryIds"),
                (with("orderEntryIds", json!([])), 40003, "orderEntryIds"),
                (with("goodsStatus", json!("lost")), 40003, "goodsStatus"),
            ] {
                world.post(&world.developer, path, body).await.refused_for(code, field);
            }
        }
    })
    .await;
}
