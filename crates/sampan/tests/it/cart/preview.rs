//! What rows would cost, a preview for each merchant.

use super::{addition, preview_body};
use crate::{purchase::goods, world::on_each};
use serde_json::{Value, json};

const PREVIEW: &str = "/alibaba/cart/preview/order";

#[tokio::test]
async fn each_merchant_has_a_preview_that_leaves_nothing_behind() {
    on_each(async |world| {
        let me = world.another().await;
        let rows = world.fill_cart(&me, &[(goods::JEANS, 2), (goods::TOTE_BAG, 2)]).await;
        let asked = [rows[0], rows[1], rows[0]];
        let previews = world.post(&me, PREVIEW, preview_body(&asked)).await.accepted();
        let sums: Vec<&Value> =
            previews.as_array().unwrap().iter().map(|p| &p["orderPreviewResuslt"][0]["sumPayment"]).collect();
        assert_eq!(sums, [6400, 4300], "a row that stands there twice counts once");
        assert_eq!(world.cart_rows(&me).await, [(rows[0], 2), (rows[1], 2)]);
        assert_eq!(world.order_count(&me).await, 0);
    })
    .await;
}

#[tokio::test]
async fn rows_of_one_merchant_stand_together_and_a_failure_stays_with_its_own() {
    on_each(async |world| {
        let me = world.another().await;
        let specs = world.specs(goods::JEANS).await;
        for spec in &specs[..2] {
            world.add_to_cart(&me, addition(goods::JEANS, spec, 1)).await.accepted();
        }
        let pots = world.fill_cart(&me, &[(goods::FLOWER_POTS, 1), (goods::TOTE_BAG, 100_000)]).await;
        let rows: Vec<i64> = world.cart_rows(&me).await.iter().map(|row| row.0).collect();
        let previews = world.post(&me, PREVIEW, preview_body(&rows)).await.accepted();
        let told: Vec<_> = previews.as_array().unwrap().iter().map(|p| (&p["success"], &p["errorCode"])).collect();
        let (yes, no) = (json!(true), json!(false));
        assert_eq!(told, [(&yes, &json!(null)), (&no, &json!("500_005")), (&no, &json!("500_004"))]);
        assert_eq!(previews[0]["orderPreviewResuslt"][0]["cargoList"].as_array().map(Vec::len), Some(2));
        assert_eq!(previews[1]["orderPreviewResuslt"], json!([]));
        world.post(&me, PREVIEW, preview_body(&[pots[0], 999_999])).await.refused_for(40406, "999999");
    })
    .await;
}

#[tokio::test]
async fn rows_and_receiver_are_checked() {
    on_each(async |world| {
        let me = world.another().await;
        let rows = world.fill_cart(&me, &[(goods::TOTE_BAG, 1)]).await;
        let mut body = preview_body(&rows);
        body["addressParam"]["mobile"] = json!("");
        world.post(&me, PREVIEW, body).await.refused_for(40002, "addressParam.mobile");
        for (rows, code, field) in [
            (json!([]), 40003, "cartIds"),
            (json!([0]), 40003, "cartIds[0]"),
            (json!([rows[0], "x"]), 40003, "cartIds[1]"),
            (json!(null), 40002, "cartIds"),
        ] {
            let mut body = preview_body(&[]);
            body["cartIds"] = rows;
            world.post(&me, PREVIEW, body).await.refused_for(code, field);
        }
    })
    .await;
}
