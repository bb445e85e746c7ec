//! Key accounts: a preview of the same lines must come first.

use super::{KA_CREATE, KA_PREVIEW};
use crate::{
    purchase::{address, create_body, goods, line},
    world::on_each,
};
use serde_json::{Value, json};

fn body(quantity: i64) -> Value {
    create_body(json!([line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, quantity)]))
}

#[tokio::test]
async fn without_a_preview_of_the_same_lines_nothing_is_ordered() {
    on_each(async |world| {
        let me = world.another().await;
        world.post(&me, KA_CREATE, body(1)).await.refused(40908);
        world.post(&me, KA_PREVIEW, body(2)).await.accepted();
        world.post(&me, KA_CREATE, body(1)).await.refused(40908);
        // Another's preview is not mine, nor is that of another user.
        world.post(&world.developer, KA_CREATE, body(2)).await.refused(40908);
        let second = world.second_user(&me).await;
        world.post(&second, KA_CREATE, body(2)).await.refused(40908);
        assert_eq!(world.order_count(&me).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_preview_serves_several_creates_with_any_address_and_order_of_lines() {
    on_each(async |world| {
        let me = world.another().await;
        let specs = world.specs(goods::JEANS).await;
        let (a, b) = (line(goods::JEANS, &specs[0], 2), line(goods::JEANS, &specs[1], 1));
        world.post(&me, KA_PREVIEW, create_body(json!([a, b]))).await.accepted();
        let created = world.post(&me, KA_CREATE, create_body(json!([b, a]))).await.accepted();
        let order = &created[0];
        let amounts =
            ["productAmount", "shippingFee", "totalAmount", "refundAmount", "payStatus"].map(|n| order[n].as_i64());
        assert_eq!(amounts, [Some(8700), Some(600), Some(9300), Some(0), Some(1)]);
        assert_eq!(order["orderStatus"], "WAITING_FOR_PAYMENT");
        let number = order["orderNo"].as_str().unwrap();
        assert!(number.starts_with("PO20") && number.len() >= 14, "{number}");

        let one = line(goods::JEANS, &specs[0], 1);
        let mut elsewhere = create_body(json!([one, b, one]));
        elsewhere["addressParam"]["fullName"] = json!("李小红");
        elsewhere["flow"] = Value::Null;
        let again = world.post(&me, KA_CREATE, elsewhere).await.accepted();
        assert_ne!(again[0]["orderId"], order["orderId"]);
        assert_eq!(world.order_count(&me).await, 2);
        let next: i64 = again[0]["orderNo"].as_str().unwrap()[10..].parse().unwrap();
        assert_eq!(next, number[10..].parse::<i64>().unwrap() + 1, "a running number");
    })
    .await;
}

#[tokio::test]
async fn a_price_that_moved_since_the_preview_is_not_paid() {
    on_each(async |world| {
        let me = world.another().await;
        world.post(&me, KA_PREVIEW, body(1)).await.accepted();
        // As if goods had cost 19.01 yuan when the preview was made.
        let moved = format!(
            "UPDATE previews SET amounts = REPLACE(amounts, '1900', '1901') WHERE developer_id = {}",
            me.develop_id
        );
        world.database.run(&moved).await;
        world.post(&me, KA_CREATE, body(1)).await.refused(40906);
        assert_eq!(world.order_count(&me).await, 0);
        world.post(&me, KA_PREVIEW, body(1)).await.accepted();
        world.post(&me, KA_CREATE, body(1)).await.accepted();
    })
    .await;
}

#[tokio::test]
async fn a_preview_is_good_for_thirty_minutes() {
    on_each(async |world| {
        let me = world.another().await;
        world.post(&me, KA_PREVIEW, body(1)).await.accepted();
        let older = |minutes: i64| {
            format!(
                "UPDATE previews SET created_at = created_at - {} WHERE developer_id = {}",
                minutes * 60_000,
                me.develop_id
            )
        };
        world.database.run(&older(29)).await;
        world.post(&me, KA_CREATE, body(1)).await.accepted();
        world.database.run(&older(2)).await;
        world.post(&me, KA_CREATE, body(1)).await.refused(40908);
    })
    .await;
}

#[tokio::test]
async fn an_order_is_found_by_both_of_its_names_with_receiver_lines_and_parcels() {
    on_each(async |world| {
        let me = world.another().await;
        world.post(&me, KA_PREVIEW, body(2)).await.accepted();
        let mut ask = body(2);
        ask["outOrderId"] = json!("mine-8");
        let created = world.post(&me, KA_CREATE, ask).await.accepted();
        let (id, number) = (created[0]["orderId"].clone(), created[0]["orderNo"].clone());
        let detail = world.ka(&me, "order/detail", json!({"orderId": number})).await;
        assert_eq!(detail, world.ka(&me, "order/detail", json!({"orderId": id})).await);
        assert_eq!(detail["outOrderId"], "mine-8");
        assert_eq!(detail["addressParam"]["address"], address()["address"]);
        let row = &detail["productList"][0];
        let fields =
            ["quantity", "subPrice", "subTotalPrice", "subOrderStatus", "refundStatus"].map(|n| row[n].as_i64());
        assert_eq!(fields, [Some(2), Some(1900), Some(3800), Some(1), Some(0)]);
        assert_eq!(detail["logisticsList"], json!([]));

        let paid = world.ka(&me, "order/pay", json!({"orderId": number})).await;
        assert_eq!(paid["protocolPaySuccess"], true, "{paid}");
        let shipped = crate::world::until("a parcel", async || {
            let detail = world.ka(&me, "order/detail", json!({"orderId": number})).await;
            (detail["orderStatus"] == "WAITING_FOR_RECEIVE").then_some(detail)
        })
        .await;
        assert_eq!(
            (shipped["payStatus"].as_i64(), shipped["productList"][0]["subOrderStatus"].as_i64()),
            (Some(2), Some(3))
        );
        assert_eq!(shipped["logisticsList"].as_array().map(Vec::len), Some(1), "{shipped}");
        for bad in ["PO1", "POx", "x"] {
            world.post(&me, "/alibaba/ka/order/detail", json!({"orderId": bad})).await.refused_for(40003, "orderId");
        }
        world
            .post(&me, "/alibaba/ka/order/detail", json!({"orderId": "PO209901010001"}))
            .await
            .refused_for(40403, "orderId");
    })
    .await;
}
