//! What a cart shows: price, title and stock of this moment, and what has gone as gone.

use super::{addition, bag, items};
use crate::{
    persona::Persona,
    purchase::goods,
    world::{World, on_each},
};
use serde_json::{Value, json};

/// The marketplace's own record of a product.
async fn product(world: &World, offer: i64) -> Value {
    world.post(&world.developer, "/alibaba/product/detail/get", json!({"offerId": offer})).await.accepted()
}

/// Makes every row of a product one of something else, as if the marketplace had taken it away.
async fn turn(world: &World, me: &Persona, offer: i64, into: &str) {
    let developer = &me.develop_id;
    let sql = format!("UPDATE cart_rows SET {into} WHERE developer_id = {developer} AND offer_id = {offer}");
    world.database.run(&sql).await;
}

#[tokio::test]
async fn a_row_shows_what_the_marketplace_says_now() {
    on_each(async |world| {
        let me = world.another().await;
        let mut body = bag(2);
        let said = json!({"itemTitle": "my bag", "price": 0.01, "amountOnSale": 7, "skuId": "5"});
        body.as_object_mut().unwrap().extend(said.as_object().unwrap().clone());
        world.add_to_cart(&me, body).await.accepted();
        let product = product(world, goods::TOTE_BAG).await;
        let sku = product["productSkuInfos"].as_array().unwrap().iter().find(|s| s["specId"] == goods::TOTE_BAG_SPEC);
        let sku = sku.expect("the specification");
        let cart = world.cart(&me).await;
        let shop = &cart["enableList"][0];
        assert_eq!(
            (&shop["sellerOpenId"], &shop["sellerNickName"]),
            (&product["sellerOpenId"], &product["companyName"])
        );
        let row = &shop["cartItemInfos"][0];
        let names: Vec<&String> = row.as_object().unwrap().keys().collect();
        assert_eq!(
            names,
            [
                "id",
                "offerId",
                "specId",
                "skuId",
                "itemTitle",
                "itemPic",
                "price",
                "quantity",
                "amountOnSale",
                "properties"
            ]
        );
        assert_eq!((&row["offerId"], &row["specId"]), (&json!(goods::TOTE_BAG), &json!(goods::TOTE_BAG_SPEC)));
        assert_eq!((&row["itemTitle"], &row["amountOnSale"]), (&product["subject"], &sku["amountOnSale"]));
        assert_eq!(row["skuId"], sku["skuId"].to_string());
        assert_eq!((&row["price"], &row["quantity"]), (&json!(19), &json!(2)));
        assert!(row["itemPic"].as_str().is_some_and(|url| url.starts_with("http")));
        let properties: Value = serde_json::from_str(row["properties"].as_str().unwrap()).unwrap();
        assert_eq!(properties[0]["value"], sku["skuAttributes"][0]["value"]);

        // What sells elsewhere is gone here at the next look.
        world.order(&world.another().await, goods::TOTE_BAG, &[3]).await;
        let left = items(&world.cart(&me).await)[0]["amountOnSale"].as_i64().unwrap();
        assert_eq!(left, world.stock(goods::TOTE_BAG, goods::TOTE_BAG_SPEC).await);
    })
    .await;
}

#[tokio::test]
async fn the_caller_s_picture_words_and_name_are_shown_as_given() {
    on_each(async |world| {
        let me = world.another().await;
        let mut body = bag(1);
        let own = json!({"itemPic": "https://shop.example/a.jpg", "properties": "[{\"颜色\":\"蓝\"}]", "sellerNickName": "阿里"});
        body.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
        world.add_to_cart(&me, body).await.accepted();
        let cart = world.cart(&me).await;
        let (shop, row) = (&cart["enableList"][0], &cart["enableList"][0]["cartItemInfos"][0]);
        assert_eq!((&row["itemPic"], &row["properties"]), (&own["itemPic"], &own["properties"]));
        assert_eq!(shop["sellerNickName"], own["sellerNickName"]);
    })
    .await;
}

#[tokio::test]
async fn a_price_is_that_of_the_whole_cart() {
    on_each(async |world| {
        let me = world.another().await;
        let product = product(world, goods::HALF).await;
        let tiers = product["productSaleInfo"]["priceRangeList"].as_array().unwrap().clone();
        let specs = world.specs(goods::HALF).await;
        let (few, many) = (&tiers[0], &tiers[1]);
        assert_ne!(few["price"], many["price"], "a product whose price the quantity decides");
        let price = async || {
            let rows = items(&world.cart(&me).await);
            assert!(rows.iter().all(|row| row["price"] == rows[0]["price"]));
            domain::Fen::from_yuan(&rows[0]["price"].to_string())
        };
        let yuan = |tier: &Value| domain::Fen::from_yuan(tier["price"].as_str().unwrap());
        world.add_to_cart(&me, addition(goods::HALF, &specs[0], 1)).await.accepted();
        assert_eq!(price().await, yuan(few));
        let rest = many["startQuantity"].as_i64().unwrap() - 1;
        world.add_to_cart(&me, addition(goods::HALF, &specs[1], rest)).await.accepted();
        assert_eq!(price().await, yuan(many), "pieces count over the specifications");
    })
    .await;
}

#[tokio::test]
async fn what_has_gone_is_shown_apart_and_can_be_taken_out() {
    on_each(async |world| {
        let me = world.another().await;
        let rows = world.fill_cart(&me, &[(goods::TOTE_BAG, 2), (goods::JEANS, 1), (goods::PENS, 3)]).await;
        let whole = items(&world.cart(&me).await);
        turn(world, &me, goods::TOTE_BAG, "offer_id = 1000000000001").await;
        turn(world, &me, goods::JEANS, "spec_id = 'nosuchspecification'").await;
        let cart = world.cart(&me).await;
        let gone: Vec<Value> = items(&json!({"enableList": [], "disableList": cart["disableList"]}));
        assert_eq!(gone.iter().map(|row| row["id"].as_i64().unwrap()).collect::<Vec<_>>(), rows[..2]);
        for (row, before) in gone.iter().zip(&whole) {
            assert_eq!(row["amountOnSale"], 0);
            for kept in ["itemTitle", "price", "quantity", "itemPic", "properties"] {
                assert_eq!(row[kept], before[kept], "{kept} is what it was");
            }
        }
        assert_eq!(items(&cart)[0]["id"], rows[2]);
        world.post(&me, "/alibaba/cart/delete", json!({"ids": rows})).await.accepted();
        assert_eq!(world.cart_rows(&me).await, []);
    })
    .await;
}

#[tokio::test]
async fn what_is_sold_out_cannot_be_bought() {
    on_each(async |world| {
        let me = world.another().await;
        let spec = world.specs(goods::JEANS).await.remove(0);
        world.add_to_cart(&me, addition(goods::JEANS, &spec, 1)).await.accepted();
        let stock = world.stock(goods::JEANS, &spec).await;
        world.order(&world.another().await, goods::JEANS, &[stock]).await;
        let cart = world.cart(&me).await;
        assert_eq!(cart["enableList"], json!([]));
        assert_eq!(cart["disableList"][0]["cartItemInfos"][0]["amountOnSale"], 0);
    })
    .await;
}
