//! What the marketplace refuses, by the upstream's codes.

use super::kit::{Ask, World, account, body, cargo, cargo_of, entries, jpg, params};
use crate::{
    calls::{order, refund},
    catalogue::{Catalogue, Habit, Product},
};
use serde_json::{Value, json};

fn product(fits: impl Fn(&Product) -> bool) -> &'static Product {
    let catalogue: &'static Catalogue = Box::leak(Box::new(Catalogue::embedded()));
    catalogue.written().iter().find(|p| fits(p)).unwrap()
}

fn mixed_seller(p: &Product) -> bool {
    Catalogue::embedded().seller(&p.seller).is_some_and(|s| s.mix.enabled)
}

async fn preview_code(world: &World, cargo: &Value) -> Value {
    let answer = world.preview(cargo).await;
    let made = world.create(cargo, "refused").await;
    assert_eq!(made["success"], false);
    assert_eq!(made["code"], answer["errorCode"], "create refuses as preview does");
    answer["errorCode"].clone()
}

#[tokio::test]
async fn lines_that_cannot_be_bought() {
    let world = World::new().await;
    let one = product(|p| p.habit == Habit::AgreesAtOnce && p.skus.len() > 1 && p.min_order == 1);
    let other = product(|p| p.seller != one.seller && !p.skus.is_empty());
    let line = |p: &Product, spec: &str, n: u32| json!({"offerId": p.offer_id, "specId": spec, "quantity": n});
    let spec = one.skus[0].spec_id.as_str();
    let foreign = other.skus[0].spec_id.as_str();
    assert_eq!(preview_code(&world, &json!([{"offerId": 1, "quantity": 1}])).await, "500_001");
    assert_eq!(preview_code(&world, &json!([{"offerId": one.offer_id, "quantity": 1}])).await, "500_002");
    assert_eq!(preview_code(&world, &json!([line(one, spec, 1), line(other, foreign, 50)])).await, "500_002");
    assert_eq!(preview_code(&world, &json!([line(one, foreign, 1)])).await, "500_003");
    assert_eq!(preview_code(&world, &json!([line(one, spec, 1_000_000)])).await, "500_004");
    let least = product(|p| p.min_order > 1 && !p.skus.is_empty() && !mixed_seller(p));
    assert_eq!(preview_code(&world, &cargo(least, 1, 1)).await, "500_005");
    let mixed = product(|p| p.min_order > 1 && !p.skus.is_empty() && mixed_seller(p));
    assert_eq!(preview_code(&world, &cargo(mixed, 1, 1)).await, "500_006");
    let bad = [
        ("addressParam", json!({"addressId": 7}).to_string()),
        ("cargoParamList", json!([line(one, spec, 1)]).to_string()),
    ];
    let bad = body(order::preview(&world.economy, &account(3), &params(&bad)).await);
    assert_eq!(bad["errorCode"], "AddressId invalid");
}

#[tokio::test]
async fn a_cancel_too_early_too_late_and_by_another() {
    let world = World::new().await;
    let id = world.order(&cargo_of(Habit::AgreesAtOnce, 1), "c").await;
    assert_eq!(world.cancel(id).await["errorCode"], "CLOSE_ORDER_TOO_FAST");
    world.wait_ms(10_000);
    let fields = params(&[("tradeID", id.to_string()), ("cancelReason", "other".to_owned())]);
    assert_eq!(body(order::cancel(&world.economy, &account(1), &fields).await)["errorCode"], "400_3");
    assert_eq!(world.cancel("1".parse().unwrap()).await["errorCode"], "ORDER_NOT_EXIST");
    assert_eq!(world.cancel(id).await["success"], true);
    assert_eq!(world.cancel(id).await["errorCode"], "ORDER_STATUS_ERROR");
    let view = params(&[("orderId", id.to_string()), ("webSite", "1688".to_owned())]);
    assert_eq!(body(order::get_buyer_view(&world.economy, &account(1), &view).await)["errorCode"], "ORDER_NOT_EXIST");
    let trace = body(order::get_logistics_trace_info(&world.economy, &account(3), &view).await);
    assert_eq!(trace["errorCode"], "404");
    let trace = body(order::get_logistics_trace_info(&world.economy, &account(1), &view).await);
    assert_eq!(trace["errorCode"], "order.nopermission.buyer");
    let infos = body(order::get_logistics_infos(&world.economy, &account(3), &view).await);
    assert_eq!(infos["errorCode"], "500_2");
    assert_eq!(world.receive(id).await["result"]["errorCode"], "ORDER_STATUS_ERROR");
}

async fn code(world: &World, ask: &Ask) -> Value {
    let answer = world.apply(ask).await;
    assert_eq!(answer["result"]["success"], false, "{answer}");
    answer["result"]["code"].clone()
}

#[tokio::test]
async fn applications_that_are_refused() {
    let world = World::new().await;
    let id = world.paid_order(Habit::NeverAnswers).await;
    let good = Ask::all(&world.economy, id, "refund", "refundWaitSellerSend");
    let with = |change: &dyn Fn(&mut Ask)| {
        let mut ask = good.clone();
        change(&mut ask);
        ask
    };
    assert_eq!(code(&world, &with(&|a| a.order = "5".parse().unwrap())).await, "5001");
    let theirs = with(&|a| a.order = "3296622397215134260".parse().unwrap());
    assert_eq!(code(&world, &theirs).await, "5002");
    assert_eq!(code(&world, &with(&|a| a.goods = "somewhere")).await, "5003");
    assert_eq!(code(&world, &with(&|a| a.reason = 20021)).await, "5004");
    assert_eq!(code(&world, &with(&|a| a.request = "returnRefund")).await, "5010");
    assert_eq!(code(&world, &with(&|a| a.goods = "refundBuyerReceived")).await, "5010");
    assert_eq!(code(&world, &with(&|a| a.entries = json!([1]))).await, "5010");
    assert_eq!(code(&world, &with(&|a| a.payment -= 1)).await, "5011");
    assert_eq!(code(&world, &with(&|a| a.carriage += 1)).await, "5011");
    assert_eq!(code(&world, &with(&|a| a.description = "x".to_owned())).await, "5012");
    let first = entries(&world.economy, id)[0];
    assert_eq!(code(&world, &with(&|a| a.counts = Some(json!([{"id": first, "count": 1}])))).await, "5013");
    assert_eq!(code(&world, &with(&|a| a.vouchers = json!(["https://elsewhere.test/a.jpg"]))).await, "5100");
    world.refund(&good).await;
    assert_eq!(code(&world, &good).await, "5010", "one is open");
}

#[tokio::test]
async fn vouchers_are_jpgs_that_were_uploaded() {
    let world = World::new().await;
    let id = world.paid_order(Habit::ShipsAfterPayment).await;
    let mut ask = Ask::all(&world.economy, id, "refund", "refundBuyerReceived");
    ask.reason = 20021;
    assert_eq!(code(&world, &ask).await, "5005");
    for bad in [b"not a jpg".to_vec(), Vec::new(), [jpg(), vec![0; 1_048_576]].concat()] {
        assert_eq!(world.upload(bad).await["result"]["code"], "4000");
    }
    let up = world.upload(jpg()).await["result"]["result"].take();
    let url = format!("{}/{}", up["imageDomain"].as_str().unwrap(), up["imageRelativeUrl"].as_str().unwrap());
    ask.vouchers = json!([url]);
    let made = world.apply(&ask).await;
    assert_eq!(made["result"]["result"]["isVoucher"], "1", "{made}");
    let refund = made["result"]["result"]["refundId"].as_str().unwrap().parse().unwrap();
    let steps = world.refund_detail(refund).await["refundOperationList"].take();
    assert_eq!(steps.as_array().unwrap().last().unwrap()["vouchers"], json!([url]));
}

#[tokio::test]
async fn a_reason_without_freight_and_its_list() {
    let world = World::new().await;
    let id = world.paid_order(Habit::ShipsAfterPayment).await;
    let mut ask = Ask::all(&world.economy, id, "returnRefund", "refundBuyerReceived");
    ask.reason = 20903;
    assert_eq!(code(&world, &ask).await, "5006");
    let list = |goods: &str| {
        params(&[
            ("orderId", id.to_string()),
            ("orderEntryIds", ask.entries.to_string()),
            ("goodsStatus", goods.to_owned()),
        ])
    };
    let rows = refund::get_refund_reason_list(&world.economy, &account(3), &list("refundBuyerReceived")).await.unwrap();
    let reasons = rows["result"]["result"]["reasons"].as_array().unwrap().clone();
    assert_eq!(reasons.iter().map(|r| r["id"].as_i64().unwrap()).collect::<Vec<_>>(), [20028, 20021, 20903]);
    assert_eq!((&reasons[1]["needVoucher"], &reasons[2]["noRefundCarriage"]), (&json!(true), &json!(true)));
    let rows = body(refund::get_refund_reason_list(&world.economy, &account(3), &list("refundWaitSellerSend")).await);
    assert_eq!(rows["result"]["code"], "5010");
}

#[tokio::test]
async fn part_of_the_pieces_goes_back_and_the_rest_may_follow() {
    let world = World::new().await;
    let offer =
        product(|p| p.habit == Habit::ShipsAfterPayment && !p.skus.is_empty() && p.min_order <= 3 && p.batch == 1);
    let id = world.order(&cargo(offer, 1, 3), "three").await;
    world.economy.pay(id).await.unwrap();
    let entry = entries(&world.economy, id)[0];
    let mut ask = Ask::all(&world.economy, id, "returnRefund", "refundBuyerReceived");
    let (amount, freight) = (ask.payment, ask.carriage);
    ask.counts = Some(json!([{"id": entry, "count": 4}]));
    assert_eq!(code(&world, &ask).await, "5013");
    ask.counts = Some(json!([{"id": entry, "count": 1}]));
    (ask.payment, ask.carriage) = (amount / 3, 0);
    let first = world.refund(&ask).await;
    world.send_back(first, "ZTO", "3110044550034338").await;
    assert_eq!(world.refund_status(first), "refundsuccess");
    assert_eq!(world.status(id), "waitbuyerreceive", "a part leaves the order's state");
    ask.counts = Some(json!([{"id": entry, "count": 3}]));
    assert_eq!(code(&world, &ask).await, "5013", "two are left");
    ask.counts = Some(json!([{"id": entry, "count": 2}]));
    (ask.payment, ask.carriage) = (amount - amount / 3, freight);
    let second = world.refund(&ask).await;
    world.send_back(second, "ZTO", "3110044550034339").await;
    assert_eq!(world.status(id), "terminated");
    assert_eq!(world.economy.order(id).unwrap().order.refunded.0, amount + freight);
}

#[tokio::test]
async fn returns_and_cancels_that_are_refused() {
    let world = World::new().await;
    let id = world.paid_order(Habit::NeverAnswers).await;
    world.economy.ship(id, None).await.unwrap();
    let refund = world.refund(&Ask::all(&world.economy, id, "returnRefund", "refundBuyerReceived")).await;
    assert_eq!(world.send_back(refund, "ZTO", "3110044550034338").await["result"]["errorCode"], "4007");
    world.economy.seller_steps(refund, domain::refund::Command::SellerAgree).await.unwrap();
    assert_eq!(world.send_back(refund, "", "3110044550034338").await["result"]["errorCode"], "4002");
    assert_eq!(world.send_back(refund, "NOBODY", "3110044550034338").await["result"]["errorCode"], "4004");
    assert_eq!(world.send_back(refund, "ZTO", "??").await["result"]["errorCode"], "4004");
    assert_eq!(world.send_back("TQ1".parse().unwrap(), "ZTO", "3110044550034338").await["result"]["errorCode"], "4005");
    let theirs = params(&[
        ("refundId", refund.to_string()),
        ("logisticsCompanyNo", "ZTO".to_owned()),
        ("freightBill", "3110044550034338".to_owned()),
    ]);
    let theirs = body(refund::return_goods(&world.economy, &account(1), &theirs).await);
    assert_eq!(theirs["result"]["errorCode"], "4006");
    let malformed = params(&[
        ("refundId", "XX".to_owned()),
        ("logisticsCompanyNo", "ZTO".to_owned()),
        ("freightBill", "3110044550034338".to_owned()),
    ]);
    let malformed = body(refund::return_goods(&world.economy, &account(3), &malformed).await);
    assert_eq!(malformed["result"]["errorCode"], "4008");
    assert_eq!(world.cancel_refund(refund).await["result"]["success"], true);
    assert_eq!(world.cancel_refund(refund).await["result"]["success"], false);
    let detail = params(&[("refundId", refund.to_string())]);
    let foreign = body(refund::op_query_order_refund(&world.economy, &account(1), &detail).await);
    assert_eq!(foreign["errorCode"], "500");
    let plain = body(refund::op_query_order_refund(&world.economy, &account(3), &detail).await);
    let plain = &plain["result"]["opOrderRefundModelDetail"];
    assert_eq!((&plain["refundOperationList"], &plain["gmtTimeOut"]), (&json!([]), &json!(null)), "only on demand");
}
