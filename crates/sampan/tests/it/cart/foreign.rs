//! A cart belongs to one user of one developer.

use super::{EDITIONS, bag, create_body, preview_body};
use crate::{purchase::goods, world::on_each};
use serde_json::json;

#[tokio::test]
async fn another_s_rows_are_not_found_and_not_touched() {
    on_each(async |world| {
        let me = world.another().await;
        let rows = world.fill_cart(&me, &[(goods::TOTE_BAG, 2)]).await;
        let kept = world.cart_rows(&me).await;
        for other in [world.another().await, world.second_user(&me).await] {
            world.add_to_cart(&other, bag(1)).await.accepted();
            let own = world.cart_rows(&other).await;
            for edition in EDITIONS {
                let call = async |tail: &str, body| world.post(&other, &format!("{edition}/{tail}"), body).await;
                call("edit-quantity", json!({"id": rows[0], "quantity": 9})).await.refused_for(40406, "id");
                for foreign in [vec![rows[0]], vec![own[0].0, rows[0]]] {
                    call("preview/order", preview_body(&foreign)).await.refused_for(40406, "cartIds");
                    call("create/order", create_body(&foreign)).await.refused_for(40406, "cartIds");
                }
                assert_eq!(call("delete", json!({"ids": rows})).await.accepted(), true);
            }
            assert_eq!(world.cart_rows(&other).await, own);
            assert_eq!(world.order_count(&other).await, 0);
        }
        assert_eq!(world.cart_rows(&me).await, kept);
        // The header decides, not the body.
        let mut body = bag(1);
        body["userId"] = json!(world.second_user(&me).await.user_id);
        world.add_to_cart(&me, body).await.accepted();
        assert_eq!(world.cart_rows(&me).await, [(kept[0].0, 3)]);
    })
    .await;
}
