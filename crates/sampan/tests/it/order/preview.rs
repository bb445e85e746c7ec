//! Previews: two units in v1, fen alone in ka.

use super::{KA_PREVIEW, PREVIEW};
use crate::{
    purchase::{address, goods, line},
    world::on_each,
};
use serde_json::{Value, json};

#[tokio::test]
async fn sums_are_fen_and_lines_are_yuan_in_v1() {
    on_each(async |world| {
        let lines = json!([line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, 2)]);
        let ask = json!({"addressParam": address(), "cargoParamList": lines});
        let preview = world.post(&world.developer, PREVIEW, ask).await.accepted();
        assert_eq!(preview["success"], true);
        let part = &preview["orderPreviewResuslt"][0];
        let sums = ["sumPaymentNoCarriage", "sumCarriage", "sumPayment"].map(|name| part[name].as_i64().unwrap());
        assert_eq!(sums, [3800, 500, 4300]);
        assert_eq!(part["status"], true);
        let cargo = &part["cargoList"][0];
        assert_eq!((cargo["amount"].to_string(), cargo["finalUnitPrice"].to_string()), ("38".into(), "19".into()));
        assert_eq!(cargo["offerId"], goods::TOTE_BAG);
        assert!(part["tradeModeNameList"].as_array().unwrap().contains(&json!("assureTrade")), "{part}");
        assert_eq!(world.order_count(&world.another().await).await, 0, "a preview orders nothing");
    })
    .await;
}

/// The whole published example.
#[tokio::test]
async fn the_ka_preview_is_the_published_example() {
    on_each(async |world| {
        let ask = json!({
            "flow": "fenxiaonew",
            "addressParam": {"fullName": "test", "mobile": "13800000000", "phone": "", "postCode": "532600",
                "cityText": "崇左市", "provinceText": "凭祥市区", "areaText": "凭祥市区", "townText": "广西壮族自治区省",
                "address": "测试", "districtCode": "451481"},
            "cargoParamList": [{"offerId": 889_512_351_602_i64, "specId": "530ad00177264564503ec3b848650652", "quantity": 2.0}],
        });
        let preview = world.post(&world.developer, KA_PREVIEW, ask).await.accepted();
        let published = json!([{
            "sumCarriage": 600, "sumPayment": 6400, "sumTotalPayment": 6561, "sumPaymentNoCarriage": 5800,
            "orderItemTOList": [{"amount": 5800, "message": null, "finalUnitPrice": 2900,
                "specId": "530ad00177264564503ec3b848650652", "skuId": 5_736_673_805_656_i64,
                "offerId": 889_512_351_602_i64, "openOfferId": "+vIWvlcT2JMpWVABRdm+WQ=="}],
        }]);
        assert_eq!(preview, published);
    })
    .await;
}

#[tokio::test]
async fn the_same_specification_twice_is_added_up_and_products_without_any_need_none() {
    on_each(async |world| {
        let cases: [(Value, i64); 2] = [
            (
                json!([line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, 1), line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, 2)]),
                5700,
            ),
            (json!([line(goods::PENS, "", 3)]), 2880),
        ];
        for (lines, expected) in cases {
            let ask = json!({"addressParam": address(), "cargoParamList": lines});
            let preview = world.post(&world.developer, KA_PREVIEW, ask).await.accepted();
            assert_eq!(preview[0]["sumPaymentNoCarriage"], expected);
            assert_eq!(preview[0]["orderItemTOList"].as_array().map(Vec::len), Some(1));
        }
    })
    .await;
}
