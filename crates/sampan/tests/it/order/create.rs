//! Creating an order in v1: the marketplace's own record.

use super::CREATE;
use crate::{
    purchase::{Bought, create_body, fen, goods, line},
    world::{on_each, until},
};
use serde_json::json;

#[tokio::test]
async fn the_order_has_its_lines_amounts_and_receiver_and_is_the_one_that_detail_shows() {
    on_each(async |world| {
        let me = &world.developer;
        let specs = world.specs(goods::JEANS).await;
        let stock = world.stock(goods::JEANS, &specs[0]).await;
        let mut body = create_body(json!([line(goods::JEANS, &specs[0], 2), line(goods::JEANS, &specs[1], 1)]));
        body["message"] = json!("请尽快");
        body["outOrderId"] = json!("mine-7");
        let created = world.post(me, CREATE, body).await.accepted();
        let order = &created[0];
        let base = &order["baseInfo"];
        let bought = Bought::of(order);
        assert_eq!(base["status"], "waitbuyerpay");
        assert_eq!(base["idOfStr"], bought.id());
        assert_eq!((bought.amounts.clone(), bought.freight), (vec![5800, 2900], 600));
        assert_eq!(fen(&base["totalAmount"]), 9300);
        assert_eq!(fen(&base["sumProductPayment"]), 8700);
        assert_eq!(base["outOrderId"], "mine-7", "the caller's own number, not ours");
        assert_eq!(order["nativeLogistics"]["contactPerson"], "王小明");
        assert_eq!(order["productItems"][0]["specId"], specs[0].as_str());
        assert_eq!(order["productItems"][0]["quantity"].to_string(), "2");
        let created_at = base["createTime"].as_str().unwrap();
        assert!(created_at.len() == 22 && created_at.ends_with("+0800"), "{created_at}");
        assert_eq!(world.order_detail(me, bought.order).await, *order);
        assert_eq!(world.stock(goods::JEANS, &specs[0]).await, stock - 2);
        // Order and sub-order ids end in the buyer's last digits, with the last two pairs exchanged.
        let buyer = base["buyerUserId"].as_i64().map(|id| format!("{:06}", id % 1_000_000));
        if let Some(buyer) = buyer {
            let tail = format!("{}{}{}", &buyer[0..2], &buyer[4..6], &buyer[2..4]);
            assert!(bought.id().ends_with(&tail), "{} of {buyer}", bought.id());
        }
    })
    .await;
}

#[tokio::test]
async fn a_seller_may_lower_the_price_after_the_order() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.order(me, goods::CHEAPER, &[1]).await;
        let detail = until("the price is lower", async || {
            let detail = world.order_detail(me, bought.order).await;
            (fen(&detail["productItems"][0]["itemAmount"]) == 8455).then_some(detail)
        })
        .await;
        assert_eq!(fen(&detail["productItems"][0]["price"]), 8900);
        world.pay(me, bought.order).await;
    })
    .await;
}

#[tokio::test]
async fn a_seller_may_ship_half() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.paid_order(me, goods::HALF, &[1, 1]).await;
        let statuses = until("half is shipped", async || {
            let detail = world.order_detail(me, bought.order).await;
            let items = detail["productItems"].as_array().unwrap().clone();
            let shipped = items.iter().filter(|i| i["status"] == "waitbuyerreceive").count();
            (shipped == 1).then(|| (detail["baseInfo"]["status"].clone(), items[1]["status"].clone()))
        })
        .await;
        assert_eq!(statuses, (json!("waitsellersend"), json!("waitsellersend")));
        world.ship(bought.order).await;
        world.until_order(me, bought.order, "waitbuyerreceive").await;
    })
    .await;
}
