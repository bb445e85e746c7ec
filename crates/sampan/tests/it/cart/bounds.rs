//! How much a cart holds.

use super::{addition, bag};
use crate::{purchase::goods, world::on_each};
use serde_json::json;

#[tokio::test]
async fn a_row_has_at_most_a_million_pieces() {
    on_each(async |world| {
        let me = world.another().await;
        world.add_to_cart(&me, bag(999_999)).await.accepted();
        world.add_to_cart(&me, bag(2)).await.refused_for(40005, "quantity");
        world.add_to_cart(&me, bag(1)).await.accepted();
        let row = world.cart_rows(&me).await[0];
        assert_eq!(row.1, 1_000_000);
        for quantity in [0, -1, 1_000_001] {
            let edit = json!({"id": row.0, "quantity": quantity});
            world.post(&me, "/alibaba/cart/edit-quantity", edit).await.refused_for(40003, "quantity");
        }
        assert_eq!(world.cart_rows(&me).await, [row]);
    })
    .await;
}

#[tokio::test]
async fn a_cart_has_at_most_a_hundred_rows() {
    on_each(async |world| {
        let (me, spec) = (world.another().await, world.specs(goods::JEANS).await.remove(0));
        world.add_to_cart(&me, bag(1)).await.accepted();
        let (developer, user) = (&me.develop_id, me.user_id.as_ref().expect("a user"));
        // So many products would take long to be added one by one.
        let copies: Vec<String> = (1..100)
            .map(|n| {
                let id = 9_000_000 + n;
                format!(
                    "INSERT INTO cart_rows SELECT developer_id, user_id, {id}, marketplace, {n}, spec_id, quantity, seller, \
                     facts, product_no, container, added_at, held_by FROM cart_rows \
                     WHERE developer_id = {developer} AND user_id = {user} AND offer_id = {}",
                    goods::TOTE_BAG
                )
            })
            .collect();
        world.database.run(&copies.join("; ")).await;
        let full = world.cart_rows(&me).await;
        assert_eq!(full.len(), 100, "and all of them are looked at");
        world.add_to_cart(&me, addition(goods::JEANS, &spec, 1)).await.refused_for(40005, "100 rows");
        world.add_to_cart(&me, bag(1)).await.accepted();
        let all: Vec<i64> = full.iter().map(|row| row.0).collect();
        for (path, field) in [("preview/order", "cartIds"), ("create/order", "cartIds")] {
            for rows in [&all[..51], &[]] {
                let body = super::create_body(rows);
                world.post(&me, &format!("/alibaba/cart/{path}"), body).await.refused_for(40003, field);
            }
        }
        world.post(&me, "/alibaba/cart/delete", json!({"ids": []})).await.refused_for(40003, "ids");
        world.post(&me, "/alibaba/cart/delete", json!({"ids": vec![1; 101]})).await.refused_for(40003, "ids");
        world.post(&me, "/alibaba/cart/delete", json!({"ids": all})).await.accepted();
        assert_eq!(world.cart_rows(&me).await, []);
    })
    .await;
}
