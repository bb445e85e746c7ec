//! Declaring the parcel that goes back.

use super::{EXAMPLE_VOUCHER, RETURNS};
use crate::{
    claim::{before_shipment, parcel, with},
    purchase::goods,
    world::on_each,
};
use serde_json::{Value, json};

#[tokio::test]
async fn the_goods_go_back_and_the_money_comes() {
    on_each(async |world| {
        let me = &world.developer;
        let (bought, refund) = world.agreed_return(me, goods::TOTE_BAG).await;
        let before = world.refund_info(me, &refund).await;
        assert!(before["sellerReceiveAddress"].is_string() && before["sellerMobile"].is_string(), "{before}");
        let sent =
            world.post(me, RETURNS[1], with(&parcel(&refund), json!({"vouchers": [EXAMPLE_VOUCHER]}))).await.accepted();
        assert_eq!(sent, json!({"errorCode": null, "errorInfo": null, "success": true}));
        let info = world.refund_info(me, &refund).await;
        for (name, value) in [
            ("buyerSendGoods", json!(true)),
            ("freightBill", json!("3110044550034338")),
            ("goodsStatus", json!(3)),
            ("disputeRequest", json!(3)),
            ("disputeType", json!(2)),
        ] {
            assert_eq!(info[name], value, "{name}");
        }
        assert!(info["buyerLogisticsName"].as_str().unwrap().contains("中通"), "{info}");
        world.until_refund(me, &refund, "refundsuccess").await;
        let info = world.refund_info(me, &refund).await;
        assert_eq!((&info["refundPayment"], &info["refundCarriage"]), (&json!(bought.goods()), &json!(bought.freight)));
        assert_eq!(world.order_status(me, bought.order).await, "success", "after completion the order stays");
    })
    .await;
}

#[tokio::test]
async fn each_fault_of_a_parcel_hides_those_after_it() {
    on_each(async |world| {
        let me = &world.developer;
        let (_, refund) = world.agreed_return(me, goods::TOTE_BAG).await;
        let eleven: Vec<&str> = vec![EXAMPLE_VOUCHER; 11];
        let worst = json!({"logisticsCompanyNo": "NOPE", "freightBill": "", "vouchers": eleven, "description": "x"});
        let mut body = with(&parcel(&refund), worst);
        let mut mend = |fields: Value| {
            body = with(&body, fields);
            body.clone()
        };
        let stages = [
            (mend(json!({"refundId": "TQ5"})), 40404, "refundId"),
            (mend(json!({"refundId": "lost"})), 40404, "refundId"),
            (mend(json!({"refundId": refund})), 40003, "logisticsCompanyNo"),
            (mend(json!({"logisticsCompanyNo": ""})), 40003, "logisticsCompanyNo"),
            (mend(json!({"logisticsCompanyNo": "ZTO"})), 40003, "freightBill"),
            (mend(json!({"freightBill": "9".repeat(51)})), 40003, "freightBill"),
            (mend(json!({"freightBill": "3110044550034338"})), 40006, "vouchers"),
            (mend(json!({"vouchers": ["https://evil.example/a.jpg"]})), 40006, "vouchers"),
            (mend(json!({"vouchers": null})), 40003, "description"),
            (mend(json!({"description": "x".repeat(201)})), 40003, "description"),
        ];
        for path in RETURNS {
            for (body, code, field) in &stages {
                world.post(me, path, body.clone()).await.refused_for(*code, field);
            }
        }
        assert_eq!(world.refund_status(me, &refund).await, "waitbuyersend");
        world.post(me, RETURNS[0], mend(json!({"description": null}))).await.accepted();
        world.post(me, RETURNS[0], parcel(&refund)).await.refused(40902);
    })
    .await;
}

#[tokio::test]
async fn only_a_refund_that_waits_for_a_parcel_takes_one() {
    on_each(async |world| {
        let me = &world.developer;
        let bought = world.paid_order(me, goods::SILENT, &[1]).await;
        let waiting = world.apply(me, before_shipment(&bought)).await;
        for refund in [waiting.as_str(), "TQ262615407388136042", "TQ142969441872889407"] {
            // The state is told before the faults of the parcel.
            let body = with(&parcel(refund), json!({"logisticsCompanyNo": "NOPE"}));
            for path in RETURNS {
                world.post(me, path, body.clone()).await.refused(40902);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_parcel_that_is_never_sent_closes_the_refund_after_seven_days() {
    on_each(async |world| {
        let me = &world.developer;
        let (_, refund) = world.agreed_return(me, goods::TOTE_BAG).await;
        world.advance(7 * 86_400 - 60).await;
        assert_eq!(world.refund_status(me, &refund).await, "waitbuyersend");
        world.advance(120).await;
        let closed = world.until_refund(me, &refund, "refundclose").await;
        assert_eq!(closed["refundPayment"], 0);
        world.post(me, RETURNS[0], parcel(&refund)).await.refused(40902);
    })
    .await;
}
