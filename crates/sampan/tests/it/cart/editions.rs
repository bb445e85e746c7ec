//! v1 and v2 side by side: one cart, shown with the product's own id and with an opaque one.

use super::{EDITIONS, bag, create_body, items, preview_body};
use crate::{purchase::goods, world::on_each};
use serde_json::{Map, Value, json};

/// The row without what differs.
fn same(row: &Value) -> Map<String, Value> {
    let mut row = row.as_object().expect("a row").clone();
    row.retain(|name, _| !["offerId", "offerMapId"].contains(&name.as_str()));
    row
}

#[tokio::test]
async fn one_cart_has_two_faces() {
    on_each(async |world| {
        let (me, other) = (world.another().await, world.another().await);
        world.add_to_cart(&me, bag(2)).await.accepted();
        let product = world.post(&me, "/v2/alibaba/product/detail/get", json!({"offerId": "x"})).await;
        assert_eq!(product.code(), 40406, "v2 knows products by opaque ids");
        let v2_cart = world.get(&me, "/v2/alibaba/cart/list", &[]).await.accepted();
        let (v1, v2) = (items(&world.cart(&me).await).remove(0), items(&v2_cart).remove(0));
        assert_eq!(same(&v1), same(&v2));
        assert_eq!(v1["offerId"], goods::TOTE_BAG);
        let opaque = v2["offerMapId"].as_str().expect("a text").to_owned();
        assert_eq!((opaque.len(), v2.get("offerId"), v1.get("offerMapId")), (22, None, None));

        let added = |id: &str, quantity: i64| {
            json!({"offerMapId": id, "specId": goods::TOTE_BAG_SPEC, "quantity": quantity, "sellerOpenId": ""})
        };
        let add = async |who, body| world.post(who, "/v2/alibaba/cart/add", body).await;
        add(&me, added(&opaque, 1)).await.accepted();
        add(&me, added(&goods::TOTE_BAG.to_string(), 1)).await.accepted();
        assert_eq!(world.cart_rows(&me).await, [(v1["id"].as_i64().unwrap(), 4)], "the same product by three names");
        add(&other, added(&opaque, 1)).await.refused_for(40406, "offerMapId");
        add(&me, added("L0PTnwSnx_dWNZWCtgK7Gg", 1)).await.refused_for(40406, "offerMapId");
        add(&me, added("1", 1)).await.refused(40402);
        add(&me, json!({"specId": "", "quantity": 1, "sellerOpenId": ""})).await.refused_for(40002, "offerMapId");
        let mut wrong = added(&opaque, 1);
        wrong["sellerOpenId"] = json!(world.seller(goods::JEANS).await);
        add(&me, wrong).await.refused_for(40004, "sellerOpenId");
        add(&me, added(&opaque, 1_000_000)).await.refused_for(40005, "quantity");
    })
    .await;
}

#[tokio::test]
async fn both_editions_do_the_same() {
    on_each(async |world| {
        for edition in EDITIONS {
            let me = world.another().await;
            let call = async |tail: &str, body| world.post(&me, &format!("{edition}/{tail}"), body).await;
            let rows = world.fill_cart(&me, &[(goods::TOTE_BAG, 1), (goods::JEANS, 1), (goods::PENS, 1)]).await;
            call("edit-quantity", json!({"id": rows[0], "quantity": 2})).await.accepted();
            call("edit-quantity", json!({"id": rows[0], "quantity": 0})).await.refused_for(40003, "quantity");
            call("edit-quantity", json!({"id": 999_999, "quantity": 1})).await.refused_for(40406, "id");
            call("delete", json!({"ids": [rows[2]]})).await.accepted();
            let previews = call("preview/order", preview_body(&rows[..2])).await.accepted();
            let line = |at: usize| previews[at]["orderPreviewResuslt"][0]["cargoList"][0].clone();
            assert_eq!((&line(0)["offerId"], &line(1)["offerId"]), (&json!(goods::TOTE_BAG), &json!(goods::JEANS)));
            assert_eq!(line(0).get("offerMapId").is_some(), edition.starts_with("/v2"));
            let made = call("create/order", create_body(&rows[..2])).await.accepted();
            let sold: Vec<&Value> =
                made.as_array().unwrap().iter().map(|order| &order["productItems"][0]["productID"]).collect();
            assert_eq!(sold, [&json!(goods::TOTE_BAG), &json!(goods::JEANS)], "{edition}");
            call("create/order", create_body(&rows[..2])).await.refused_for(40406, "cartIds");
            assert_eq!(world.cart_rows(&me).await, []);
        }
    })
    .await;
}

#[tokio::test]
async fn an_edition_that_is_not_granted_is_refused() {
    on_each(async |world| {
        let v1 = world.another_with(json!({"editions": ["v1"]})).await;
        let v2 = world.another_with(json!({"editions": ["v2"]})).await;
        world.get(&v1, "/v2/alibaba/cart/list", &[]).await.refused(40301);
        world.get(&v2, "/alibaba/cart/list", &[]).await.refused(40301);
        world.get(&v2, "/v2/alibaba/cart/list", &[]).await.accepted();
    })
    .await;
}
