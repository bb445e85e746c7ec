//! Each habit of a seller, as the table says it.

use super::kit::{Ask, World, cargo_of};
use crate::catalogue::Habit;
use serde_json::json;

async fn asked(habit: Habit) -> (World, domain::RefundId, domain::OrderId) {
    let world = World::new().await;
    let id = world.paid_order(habit).await;
    let refund = world.refund(&Ask::all(&world.economy, id, "refund", "refundWaitSellerSend")).await;
    (world, refund, id)
}

#[tokio::test]
async fn agrees_at_once() {
    let (world, refund, _) = asked(Habit::AgreesAtOnce).await;
    let done = world.refund_detail(refund).await;
    assert_eq!(done["status"], "refundsuccess");
    assert_eq!(done["refundOperationList"][0]["operatorRoleId"], 2);
    assert_eq!(done["refundOperationList"][0]["discription"], "卖家同意退款协议,退款成功");
    assert_eq!(done["extInfo"]["tod"], json!(null), "no deadline runs any more");
}

#[tokio::test]
async fn agrees_after_an_hour() {
    let (world, refund, _) = asked(Habit::AgreesAfterAnHour).await;
    world.economy.advance(3599).await.unwrap();
    assert_eq!(world.refund_status(refund), "waitselleragree");
    assert_eq!(world.refund_detail(refund).await["extInfo"]["tod"], "86400000");
    world.economy.advance(3600).await.unwrap();
    let done = world.economy.refund(refund).unwrap().refund;
    assert_eq!(done.status.word(), "refundsuccess");
    assert_eq!(done.completed_at, Some(done.applied_at.plus_secs(3600)), "at its own instant");
}

#[tokio::test]
async fn refuses_with_a_reason() {
    let (world, refund, id) = asked(Habit::RefusesWithReason).await;
    let refused = world.refund_detail(refund).await;
    assert_eq!((&refused["status"], &refused["rejectTimes"]), (&json!("waitbuyermodify"), &json!(1)));
    assert!(refused["rejectReason"].is_string());
    assert_eq!(refused["refundOperationList"][0]["operateTypeInt"], 15);
    assert_eq!(world.cancel_refund(refund).await["result"]["success"], true);
    let again = world.refund(&Ask::all(&world.economy, id, "refund", "refundWaitSellerSend")).await;
    assert_eq!(world.refund_status(again), "waitbuyermodify", "a closed one may be applied for again");
}

#[tokio::test]
async fn never_answers_until_the_timeout() {
    let (world, refund, id) = asked(Habit::NeverAnswers).await;
    world.economy.advance(24 * 3600).await.unwrap();
    let done = world.refund_detail(refund).await;
    assert_eq!((&done["status"], &done["extInfo"]["opRole"]), (&json!("refundsuccess"), &json!("timeout")));
    assert_eq!(done["refundOperationList"][0]["operatorLoginId"], "系统");
    assert_eq!(done["gmtCompleted"], done["gmtTimeOut"], "the change carries the deadline's time");
    assert_eq!(world.status(id), "terminated");
}

#[tokio::test]
async fn the_platform_refunds_instantly() {
    let (world, refund, _) = asked(Habit::InstantRefund).await;
    let done = world.refund_detail(refund).await;
    assert_eq!((&done["status"], &done["extInfo"]["opRole"]), (&json!("refundsuccess"), &json!("daemon")));
    assert_eq!(done["refundOperationList"][0]["operatorUserId"], 5);
}

#[tokio::test]
async fn changes_the_price_once_after_the_order() {
    let world = World::new().await;
    let cargo = cargo_of(Habit::ChangesPriceAfterOrder, 2);
    let before = world.preview(&cargo).await["orderPreviewResuslt"][0]["sumPaymentNoCarriage"].as_i64().unwrap();
    let id = world.order(&cargo, "cheaper").await;
    assert_eq!(world.topics(id), ["ORDER_BUYER_VIEW_BUYER_MAKE"]);
    world.economy.advance(1).await.unwrap();
    let order = world.economy.order(id).unwrap().order;
    let expected: i64 = order.lines.iter().map(|l| l.unit_price.times(l.quantity).0 * 95 / 100).sum();
    assert_eq!(order.goods().0, expected);
    assert!(expected < before);
    let postage: i64 = order.lines.iter().filter_map(|l| l.share_postage).map(|p| p.0).sum();
    assert_eq!(postage, order.shipping_fee.0);
    assert_eq!(world.topics(id), ["ORDER_BUYER_VIEW_BUYER_MAKE", "ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY"]);
    let item = &world.detail(id).await["productItems"][0];
    assert!(item["entryDiscount"].as_i64().unwrap() < 0, "{item}");
}

#[tokio::test]
async fn ships_after_payment_and_ships_half() {
    let world = World::new().await;
    let whole = world.paid_order(Habit::ShipsAfterPayment).await;
    assert_eq!(world.status(whole), "waitbuyerreceive");
    assert!(world.topics(whole).contains(&"ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS".to_owned()));
    let half = world.paid_order(Habit::ShipsHalf).await;
    let shipped = world.economy.order(half).unwrap();
    assert_eq!((shipped.travelling().len(), shipped.unshipped().len()), (1, 1));
    assert_eq!(world.status(half), "waitsellersend");
}

#[tokio::test]
async fn sells_out_between_preview_and_create_once() {
    let world = World::new().await;
    let cargo = cargo_of(Habit::OutOfStockAfterPreview, 2);
    assert_eq!(world.preview(&cargo).await["success"], true);
    let gone = world.create(&cargo, "a").await;
    assert_eq!((&gone["success"], &gone["code"]), (&json!(false), &json!("500_004")), "{gone}");
    assert_eq!(gone["result"]["failedOfferList"][0]["errorCode"], "500_004");
    assert_eq!(world.create(&cargo, "a").await["success"], true, "restocked");
    assert_eq!(world.preview(&cargo).await["success"], true);
    assert_eq!(world.create(&cargo, "b").await["success"], true, "once for an account and offer");
}
