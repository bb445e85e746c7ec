//! Payment in stages and of several orders at once, and orders that others than the buyer close.

use super::kit::{World, body, buyer, cargo_of, params};
use crate::{
    calls::order,
    catalogue::{Catalogue, Habit},
    economy::{Economy, Travel},
};
use domain::{OrderId, order::Closer};
use serde_json::{Value, json};

/// Enough of a product to be paid in stages.
fn plenty() -> Value {
    let catalogue = Catalogue::embedded();
    let fits = |p: &&crate::catalogue::Product| p.habit == Habit::AgreesAtOnce && p.batch == 1 && !p.skus.is_empty();
    let product = catalogue.written().iter().find(fits).unwrap();
    // A hundred thousand fen of anything that costs a yuan or more.
    let pieces = (100_000 / product.skus[0].price_fen.0 + 1).max(i64::from(product.min_order));
    json!([{"offerId": product.offer_id, "specId": product.skus[0].spec_id.as_str(), "quantity": pieces}])
}

async fn staged(world: &World, word: &str) -> Value {
    let address = json!({"fullName": "test", "mobile": "13800000000", "cityText": "崇左市", "provinceText": "凭祥市区",
        "areaText": "凭祥市区", "address": "测试"});
    let fields = [
        ("addressParam", address.to_string()),
        ("cargoParamList", plenty().to_string()),
        ("flow", "general".to_owned()),
        ("tradeType", word.to_owned()),
    ];
    body(order::create_cross_order(&world.economy, &buyer(), &params(&fields)).await)
}

async fn staged_order(world: &World, word: &str) -> OrderId {
    let made = staged(world, word).await;
    made["result"]["orderId"].as_str().unwrap_or_else(|| panic!("{made}")).parse().unwrap()
}

fn pay_statuses(detail: &Value) -> Vec<i64> {
    let stages = detail["baseInfo"]["newStepOrderList"].as_array().unwrap();
    stages.iter().map(|s| s["payStatus"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn a_large_order_may_be_paid_in_stages() {
    let world = World::new().await;
    let modes = |preview: &Value| preview["orderPreviewResuslt"][0]["tradeModeNameList"].clone();
    let small = world.preview(&cargo_of(Habit::AgreesAtOnce, 1)).await;
    assert_eq!(modes(&small), json!(["assureTrade", "alipay"]));
    let large = world.preview(&plenty()).await;
    assert_eq!(modes(&large), json!(["assureTrade", "alipay", "37staged", "631staged"]));

    let id = staged_order(&world, "37staged").await;
    let total = world.economy.order(id).unwrap().order.total();
    assert_eq!(pay_statuses(&world.detail(id).await), [1, 1]);
    assert_eq!(world.debit(id).await["result"]["result"]["paySuccess"], false, "debits take no stages");
    let first = world.economy.order(id).unwrap().due();
    world.economy.pay(id).await.unwrap();
    assert_eq!((world.status(id).as_str(), pay_statuses(&world.detail(id).await)), ("waitbuyerpay", vec![2, 1]));
    assert_eq!(world.economy.order(id).unwrap().due(), total.minus(first));
    let order = world.economy.order(id).unwrap().order;
    let amounts = order.lines.iter().map(|l| l.amount).collect();
    world.economy.modify_price(id, amounts, order.shipping_fee).await.unwrap_err();
    world.economy.pay(id).await.unwrap();
    assert_eq!((world.status(id).as_str(), pay_statuses(&world.detail(id).await)), ("waitsellersend", vec![2, 2]));
    world.economy.pay(id).await.unwrap_err();
    let stage = "ORDER_BUYER_VIEW_ORDER_STEP_PAY";
    assert_eq!(world.topics(id), ["ORDER_BUYER_VIEW_BUYER_MAKE", stage, stage, "ORDER_BUYER_VIEW_ORDER_PAY"]);
}

#[tokio::test]
async fn each_stage_has_three_days_from_the_one_before_it() {
    const DAY: i64 = 86_400;
    let world = World::new().await;
    let id = staged_order(&world, "631staged").await;
    world.economy.advance(2 * DAY).await.unwrap();
    world.economy.pay(id).await.unwrap();
    world.economy.advance(2 * DAY).await.unwrap();
    assert_eq!(world.status(id), "waitbuyerpay");
    world.economy.advance(DAY).await.unwrap();
    assert_eq!(world.status(id), "cancel");
}

async fn together(economy: &Economy, ids: &[OrderId]) -> Vec<bool> {
    economy.pay_together(ids).await.unwrap().into_iter().map(|(_, outcome)| outcome.is_ok()).collect()
}

#[tokio::test]
async fn one_message_tells_of_all_that_were_paid_together() {
    let world = World::new().await;
    let cargo = cargo_of(Habit::AgreesAtOnce, 1);
    let (a, b) = (world.order(&cargo, "a").await, world.order(&cargo, "b").await);
    let closed = world.order(&cargo, "c").await;
    world.economy.close_order(closed, Closer::Seller, None).await.unwrap();
    assert_eq!(together(&world.economy, &[a, b, closed]).await, [true, true, false]);
    let of_batch = |p: &crate::economy::Push| p.topic == "ORDER_BATCH_PAY";
    let told: Vec<_> = world.economy.undelivered().into_iter().filter(of_batch).collect();
    assert_eq!(told.len(), 1);
    let message: Value = serde_json::from_str(&told[0].body).unwrap();
    let row = |id: OrderId, status: &str| json!({"orderId": id.to_string(), "status": status});
    let rows = json!([row(a, "successed"), row(b, "successed"), row(closed, "PARAM_ILLEGAL")]);
    assert_eq!(message["data"], json!({ "batchPay": rows }));

    let alone = world.order(&cargo, "d").await;
    assert_eq!(together(&world.economy, &[alone]).await, [true]);
    assert_eq!(world.economy.undelivered().into_iter().filter(of_batch).count(), 1, "one order is no batch");
}

#[tokio::test]
async fn seller_and_back_office_close_what_is_not_paid() {
    let world = World::new().await;
    let cargo = cargo_of(Habit::AgreesAtOnce, 1);
    for (by, number, topic, word) in [
        (Closer::Seller, "s", "ORDER_BUYER_VIEW_ORDER_SELLER_CLOSE", "CLOSE_TRADE_BY_SELLER"),
        (Closer::Platform, "p", "ORDER_BUYER_VIEW_ORDER_BOPS_CLOSE", "CLOSE_TRADE_BY_BOPS"),
    ] {
        let id = world.order(&cargo, number).await;
        world.economy.close_order(id, by, Some("缺货".to_owned())).await.unwrap();
        assert_eq!(world.topics(id), ["ORDER_BUYER_VIEW_BUYER_MAKE", topic]);
        let base = &world.detail(id).await["baseInfo"];
        assert_eq!((&base["closeOperateType"], &base["closeRemark"]), (&json!(word), &json!("缺货")));
        world.economy.close_order(id, by, None).await.unwrap_err();
    }
}

#[tokio::test]
async fn messages_are_kept_from_travelling_and_let_go_again() {
    let world = World::new().await;
    let id = world.order(&cargo_of(Habit::AgreesAtOnce, 1), "t").await;
    world.economy.let_travel(Travel::Withheld).await.unwrap();
    assert!(world.topics(id).is_empty());
    let world = world.restart().await;
    assert_eq!(world.economy.travel(), Travel::Withheld, "a restart changes nothing of it");
    world.economy.let_travel(Travel::ReadBack).await.unwrap();
    assert_eq!(world.topics(id), ["ORDER_BUYER_VIEW_BUYER_MAKE"]);
    assert_eq!(world.economy.deliver_due().await.unwrap(), 0);
}
