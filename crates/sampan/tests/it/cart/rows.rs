//! Adding, changing and taking out.

use super::{addition, bag, items};
use crate::{
    ask::Ask,
    purchase::goods,
    world::{World, on_each},
};
use futures::future::join_all;
use serde_json::{Value, json};

#[tokio::test]
async fn a_row_is_added_added_up_changed_and_taken_out() {
    on_each(async |world| {
        let me = world.another().await;
        assert_eq!(world.cart(&me).await, json!({"disableList": [], "enableList": []}));
        assert_eq!(world.add_to_cart(&me, bag(2)).await.accepted(), true);
        let rows = world.cart_rows(&me).await;
        let &[(bag_row, 2)] = rows.as_slice() else { panic!("{rows:?}") };
        world.add_to_cart(&me, bag(3)).await.accepted();
        assert_eq!(world.cart_rows(&me).await, [(bag_row, 5)]);
        let jeans = world.specs(goods::JEANS).await;
        for spec in &jeans[..2] {
            world.add_to_cart(&me, addition(goods::JEANS, spec, 1)).await.accepted();
        }
        assert_eq!(world.cart_rows(&me).await.len(), 3, "another specification is another row");

        let edit = json!({"id": bag_row, "quantity": 4, "updateTime": {"firstDayOfWeek": "SUNDAY", "mutable": true},
            "productNo": "P 1", "container": null});
        assert_eq!(world.post(&me, "/alibaba/cart/edit-quantity", edit).await.accepted(), true);
        let rows = world.cart_rows(&me).await;
        assert_eq!(rows[0], (bag_row, 4));

        let gone = json!({"ids": [bag_row, rows[2].0.to_string(), 999_999_999]});
        for _ in 0..2 {
            assert_eq!(world.post(&me, "/alibaba/cart/delete", gone.clone()).await.accepted(), true);
            assert_eq!(world.cart_rows(&me).await, [rows[1]]);
        }
        world
            .post(&me, "/alibaba/cart/edit-quantity", json!({"id": bag_row, "quantity": 1}))
            .await
            .refused_for(40406, "id");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_ordered_is_not_added() {
    on_each(async |world| {
        let me = world.another().await;
        let jeans = world.specs(goods::JEANS).await;
        let with = |field: &str, value: Value| {
            let mut body = bag(1);
            body[field] = value;
            body
        };
        for (body, code, field) in [
            (addition(1, "", 1), 40402, ""),
            (addition(goods::JEANS, goods::TOTE_BAG_SPEC, 1), 40402, "specId"),
            (addition(goods::JEANS, "", 1), 40402, "specId"),
            (addition(goods::PENS, &jeans[0], 1), 40402, "specId"),
            (with("sellerOpenId", json!(world.seller(goods::JEANS).await)), 40004, "sellerOpenId"),
            (with("quantity", json!(0)), 40003, "quantity"),
            (with("quantity", json!(-3)), 40003, "quantity"),
            (with("quantity", json!(1.5)), 40003, "quantity"),
            (with("quantity", json!(1_000_001)), 40003, "quantity"),
            (with("specId", json!("not a spec!")), 40003, "specId"),
            (with("itemTitle", json!("字".repeat(501))), 40003, "itemTitle"),
            (with("sellerOpenId", json!(null)), 40002, "sellerOpenId"),
        ] {
            world.add_to_cart(&me, body).await.refused_for(code, field);
        }
        assert_eq!(world.cart_rows(&me).await, []);
        world.add_to_cart(&me, with("sellerOpenId", json!(world.seller(goods::TOTE_BAG).await))).await.accepted();
        world.add_to_cart(&me, addition(goods::PENS, "", 2)).await.accepted();
        assert_eq!(world.cart_rows(&me).await.len(), 2, "a product without specifications too");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_added_at_the_same_moment_is_added_up() {
    on_each(async |world| {
        let me = world.another().await;
        let answers = join_all((0..8).map(|_| world.add_to_cart(&me, bag(2)))).await;
        assert!(answers.iter().all(|answer| answer.code() == 200));
        let rows = world.cart_rows(&me).await;
        assert_eq!(rows.iter().map(|row| row.1).collect::<Vec<_>>(), [16]);
    })
    .await;
}

#[tokio::test]
async fn one_key_adds_once() {
    on_each(async |world| {
        let me = world.another().await;
        let ask = |pieces| Ask::post("/alibaba/cart/add", &bag(pieces)).key("K");
        world.send(&me, ask(2)).await.accepted();
        let again = world.send(&me, ask(2)).await;
        assert!(again.replayed());
        assert_eq!(again.accepted(), true);
        world.send(&me, ask(3)).await.refused_for(40903, "Idempotency-Key");
        assert_eq!(world.cart_rows(&me).await[0].1, 2);
        let refused = || Ask::post("/alibaba/cart/add", &addition(1, "", 1)).key("L");
        world.send(&me, refused()).await.refused(40402);
        assert!(world.send(&me, refused()).await.replayed());
        let nonce = crate::persona::fresh_nonce();
        world.send(&me, Ask::post("/alibaba/cart/add", &bag(1)).nonce(&nonce)).await.accepted();
        world.send(&me, Ask::post("/alibaba/cart/add", &bag(1)).nonce(&nonce)).await.refused(40105);
        assert_eq!(world.cart_rows(&me).await[0].1, 3);
    })
    .await;
}

#[tokio::test]
async fn a_cart_outlives_a_restart() {
    crate::world::on_each_changing(async |world| {
        let me = world.another().await;
        world.fill_cart(&me, &[(goods::TOTE_BAG, 2), (goods::JEANS, 1)]).await;
        let named = async |world: &World| -> Vec<(Value, Value)> {
            let rows = items(&world.cart(&me).await);
            rows.iter().map(|row| (row["offerId"].clone(), row["quantity"].clone())).collect()
        };
        let before = (world.cart_rows(&me).await, named(&world).await);
        assert_eq!(before.1, [(json!(goods::TOTE_BAG), json!(2)), (json!(goods::JEANS), json!(1))]);
        let world = world.restart().await;
        assert_eq!((world.cart_rows(&me).await, named(&world).await), before);
        world
    })
    .await;
}
