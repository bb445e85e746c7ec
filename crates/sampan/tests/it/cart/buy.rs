//! From the cart to orders, one for each merchant.

use super::{CREATE, addition, create_body};
use crate::{
    purchase::{Bought, goods},
    world::on_each,
};
use serde_json::json;

#[tokio::test]
async fn each_merchant_gets_an_order_and_its_rows_leave_the_cart() {
    on_each(async |world| {
        let me = world.another().await;
        let rows = world.fill_cart(&me, &[(goods::JEANS, 2), (goods::TOTE_BAG, 2), (goods::PENS, 3)]).await;
        let answer = world.buy_cart(&me, &rows[..2]).await;
        assert_eq!(answer.msg(), "成功");
        let made: Vec<Bought> = answer.accepted().as_array().unwrap().iter().map(Bought::of).collect();
        assert_eq!(made.iter().map(|b| b.amounts.clone()).collect::<Vec<_>>(), [[5800], [3800]]);
        assert_eq!(world.order_status(&me, made[1].order).await, "waitbuyerpay");
        assert_eq!(world.cart_rows(&me).await, [(rows[2], 3)]);
        world.buy_cart(&me, &rows[..1]).await.refused_for(40406, "cartIds");
        world.buy_cart(&me, &[rows[2], rows[1]]).await.refused_for(40406, &rows[1].to_string());
        assert_eq!(world.order_count(&me).await, 2);
        assert_eq!(world.cart_rows(&me).await, [(rows[2], 3)]);
        world.buy_cart(&me, &rows[2..]).await.accepted();
        assert_eq!(world.cart_rows(&me).await, []);
    })
    .await;
}

#[tokio::test]
async fn a_merchant_that_fails_is_named_and_its_rows_stay() {
    on_each(async |world| {
        let me = world.another().await;
        let wanted = [(goods::FLOWER_POTS, 1), (goods::TOTE_BAG, 1), (goods::JEANS, 100_000)];
        let rows = world.fill_cart(&me, &wanted).await;
        let answer = world.buy_cart(&me, &rows).await;
        let (pots, jeans) = (world.seller(goods::FLOWER_POTS).await, world.seller(goods::JEANS).await);
        assert_eq!(answer.msg(), format!("成功; {pots}: 40905; {jeans}: 40904"));
        assert_eq!(answer.accepted().as_array().map(Vec::len), Some(1));
        assert_eq!(world.cart_rows(&me).await, [(rows[0], 1), (rows[2], 100_000)]);
        // They are free to be bought at once.
        world.buy_cart(&me, &[rows[2], rows[0]]).await.refused(40904);
        world.buy_cart(&me, &[rows[0]]).await.refused(40905);
        let edit = json!({"id": rows[2], "quantity": 1});
        world.post(&me, "/alibaba/cart/edit-quantity", edit).await.accepted();
        world.buy_cart(&me, &rows[2..]).await.accepted();
        assert_eq!(world.cart_rows(&me).await, [(rows[0], 1)]);
        assert_eq!(world.order_count(&me).await, 2);
    })
    .await;
}

#[tokio::test]
async fn what_has_gone_fails_with_its_merchant_alone() {
    on_each(async |world| {
        let me = world.another().await;
        let rows = world.fill_cart(&me, &[(goods::PENS, 1), (goods::JEANS, 1), (goods::TOTE_BAG, 1)]).await;
        let developer = &me.develop_id;
        for (row, into) in [(rows[0], "offer_id = 1000000000001"), (rows[1], "spec_id = 'nosuchspecification'")] {
            let sql = format!("UPDATE cart_rows SET {into} WHERE developer_id = {developer} AND id = {row}");
            world.database.run(&sql).await;
        }
        let answer = world.buy_cart(&me, &rows).await;
        let (pens, jeans) = (world.seller(goods::PENS).await, world.seller(goods::JEANS).await);
        assert_eq!(answer.msg(), format!("成功; {pens}: 40402; {jeans}: 40004"));
        assert_eq!(world.cart_rows(&me).await, [(rows[0], 1), (rows[1], 1)]);
        world.buy_cart(&me, &rows[..1]).await.refused(40402);
        world.buy_cart(&me, &rows[1..2]).await.refused(40004);
    })
    .await;
}

#[tokio::test]
async fn words_receiver_and_rows_are_checked_before_anything_is_bought() {
    on_each(async |world| {
        let me = world.another().await;
        let rows = world.fill_cart(&me, &[(goods::TOTE_BAG, 1)]).await;
        let with = |field: &str, value| {
            let mut body = create_body(&rows);
            body[field] = value;
            body
        };
        for (body, code, field) in [
            (with("flow", json!(null)), 40002, "flow"),
            (with("flow", json!("free")), 40003, "flow"),
            (with("tradeType", json!("barter")), 40003, "tradeType"),
            (with("tradeType", json!("creditBuy")), 40003, "tradeType"),
            (with("shopPromotionId", json!("none-such")), 40003, "shopPromotionId"),
            (with("message", json!("x".repeat(501))), 40003, "message"),
            (with("staffName", json!("x".repeat(101))), 40003, "staffName"),
            (with("addressParam", json!({})), 40002, "addressParam.fullName"),
            (with("cartIds", json!(null)), 40002, "cartIds"),
            (with("cartIds", json!([])), 40003, "cartIds"),
            (with("flow", json!("saleproxy")), 40301, ""),
        ] {
            world.post(&me, CREATE, body).await.refused_for(code, field);
        }
        assert_eq!(world.order_count(&me).await, 0);
        world.post(&me, CREATE, with("tradeType", json!("assureTrade"))).await.accepted();
        assert_eq!(world.cart_rows(&me).await, []);
    })
    .await;
}

#[tokio::test]
async fn what_the_caller_notes_of_a_row_goes_with_the_order() {
    on_each(async |world| {
        let me = world.another().await;
        let mut body = addition(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, 1);
        body["productNo"] = json!("P 1");
        world.add_to_cart(&me, body).await.accepted();
        let row = world.cart_rows(&me).await[0].0;
        let edit = json!({"id": row, "quantity": 2, "container": "B 7"});
        world.post(&me, "/alibaba/cart/edit-quantity", edit).await.accepted();
        let mut body = create_body(&[row]);
        body["staffName"] = json!("李");
        let made = world.post(&me, CREATE, body).await.accepted();
        let kept = world
            .database
            .text(&format!("SELECT remarks FROM orders WHERE order_id = {}", Bought::of(&made[0]).order))
            .await;
        let remarks: serde_json::Value = serde_json::from_str(&kept).expect("JSON");
        assert_eq!(remarks["staff_name"], "李");
        let line = &remarks["lines"][0];
        assert_eq!((&line["product_no"], &line["container"]), (&json!("P 1"), &json!("B 7")));
        assert_eq!(
            (&line["offer"], &line["spec"]),
            (&json!(goods::TOTE_BAG.to_string()), &json!(goods::TOTE_BAG_SPEC))
        );
    })
    .await;
}

#[tokio::test]
async fn where_nobody_buys_for_the_user_nothing_is_bought() {
    on_each(async |world| {
        let me = world.another().await;
        let rows = world.fill_cart(&me, &[(goods::TOTE_BAG, 1)]).await;
        world.database.run("UPDATE accounts SET is_default = 0").await;
        world.buy_cart(&me, &rows).await.refused_for(40304, "purchasing account");
        let previews = world.post(&me, "/alibaba/cart/preview/order", super::preview_body(&rows)).await.accepted();
        assert_eq!((&previews[0]["success"], &previews[0]["errorCode"]), (&json!(false), &json!("40304")));
        world.database.run("UPDATE accounts SET is_default = 1 WHERE id = 3").await;
        world.buy_cart(&me, &rows).await.accepted();
    })
    .await;
}
