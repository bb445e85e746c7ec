//! Paying: the debit without a password, else the cashier.

use super::PAY;
use crate::{
    ask::Ask,
    purchase::goods,
    world::{change_account, on_each, on_each_changing},
};
use axum::body::Body;
use http::Request;
use serde_json::json;

#[tokio::test]
async fn a_debit_pays_and_a_second_one_is_refused() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.order(me, goods::JEANS, &[1]).await;
        let paid = world.get(me, PAY, &[("orderId", &bought.id())]).await.accepted();
        assert_eq!((&paid["protocolPaySuccess"], &paid["payUrl"]), (&json!(true), &json!(null)));
        assert_eq!(paid["orderId"].to_string().trim_matches('"'), bought.id());
        let detail = world.order_detail(me, bought.order).await;
        assert_eq!(detail["baseInfo"]["status"], "waitsellersend");
        assert!(detail["baseInfo"]["payTime"].is_string());
        world.get(me, PAY, &[("orderId", &bought.id())]).await.refused(40901);
        world.post(me, "/alibaba/ka/order/pay", json!({"orderId": bought.id()})).await.refused(40901);
    })
    .await;
}

#[tokio::test]
async fn orders_that_cannot_be_paid_say_why() {
    on_each(async |world| {
        let me = &world.developer;
        world.get(me, PAY, &[("orderId", "5")]).await.refused_for(40403, "orderId");
        world.get(me, PAY, &[("orderId", "x")]).await.refused_for(40003, "orderId");
        world.get(me, PAY, &[]).await.refused_for(40002, "orderId");
        let done = world.received_order(me, goods::TOTE_BAG, &[1]).await;
        world.get(me, PAY, &[("orderId", &done.id())]).await.refused(40901);
    })
    .await;
}

#[tokio::test]
async fn without_an_agreement_there_is_a_cashier_where_one_presses_pay() {
    on_each_changing(async |world| {
        let world = world.restart_after(async |config| change_account(config, false).await).await;
        let me = &world.developer;
        let bought = world.order(me, goods::JEANS, &[1]).await;
        for call in [
            Ask::get(PAY, &[("orderId", &bought.id())]),
            Ask::post("/alibaba/ka/order/pay", &json!({"orderId": bought.id()})),
        ] {
            let asked = world.send(me, call).await.accepted();
            assert_eq!(asked["protocolPaySuccess"], false, "{asked}");
            let url = asked["payUrl"].as_str().expect("a cashier page");
            assert!(url.starts_with(&world.app.base_url), "{url}");
            let (status, page) = world.page(Request::get(url).body(Body::empty()).unwrap()).await;
            assert!(status == 200 && page.contains(&bought.id()) && page.contains("Pay"), "{page}");
        }
        assert_eq!(world.order_status(me, bought.order).await, "waitbuyerpay", "nothing was paid");

        let press = Request::post("/sandbox/cashier").body(Body::from(format!("orderIds={}", bought.order))).unwrap();
        assert_eq!(world.page(press).await.0, 200);
        world.until_order(me, bought.order, "waitsellersend").await;
        world.get(me, PAY, &[("orderId", &bought.id())]).await.refused(40901);
        world
    })
    .await;
}
