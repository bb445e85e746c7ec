//! v2 and bigMajor: the same orders under their own paths.

use crate::{
    ask::Ask,
    claim::{self, JPG, application, before_shipment},
    persona::Persona,
    purchase::{Bought, address, create_body, goods, line},
    world::{World, on_each},
};
use serde_json::{Value, json};

fn bag(quantity: i64) -> Value {
    json!([line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, quantity)])
}

async fn v2(world: &World, who: &Persona, tail: &str, body: Value) -> Value {
    world.post(who, &format!("/v2/alibaba/{tail}"), body).await.accepted()
}

#[tokio::test]
async fn an_order_of_v2_lives_as_in_v1_and_is_seen_in_all_editions() {
    on_each(async |world| {
        let me = world.another().await;
        let made = v2(world, &me, "order/create", create_body(bag(1))).await;
        let bought = Bought::of(&made[0]);
        assert_eq!(world.order_detail(&me, bought.order).await, made[0]);
        let page = json!({"orderIds": [bought.order], "orderStatus": "waitbuyerpay"});
        let (here, there) =
            (v2(world, &me, "order/page", page.clone()).await, world.post(&me, super::PAGE, page).await.accepted());
        assert_eq!(here, there);
        assert_eq!(here["records"], made);
        let paid = world.get(&me, "/v2/alibaba/order/pay/url", &[("orderId", &bought.id())]).await.accepted();
        assert_eq!(paid["protocolPaySuccess"], true);
        world.until_order(&me, bought.order, "waitbuyerreceive").await;
        let receipt = json!({"orderId": bought.order, "orderEntryIds": bought.entries});
        assert_eq!(
            v2(world, &me, "order/receivegoods", receipt).await,
            json!({"success": true, "errorInfo": "", "errorCode": ""})
        );
        let seen = world.post(&me, "/alibaba/bigMajor/order/detail", json!({"orderId": bought.id()})).await.accepted();
        assert_eq!(seen["orderStatus"], "SUCCESS");
        assert_eq!(world.ka(&me, "order/detail", json!({"orderId": bought.id()})).await, seen);

        let second = Bought::of(&v2(world, &me, "order/create", create_body(bag(1))).await[0]);
        let cancel = json!({"webSite": "1688", "orderId": second.order, "cancelReason": "不想要了"});
        world.post(&me, "/v2/alibaba/order/cancel", cancel.clone()).await.refused(40901);
        world.advance(11).await;
        assert_eq!(v2(world, &me, "order/cancel", cancel.clone()).await, true);
        world.post(&me, "/v2/alibaba/order/cancel", cancel).await.refused(40901);
    })
    .await;
}

#[tokio::test]
async fn after_sales_of_v2_are_those_of_v1() {
    on_each(async |world| {
        let me = world.another().await;
        let bought = world.paid_order(&me, goods::SILENT, &[1]).await;
        let ask =
            json!({"orderId": bought.order, "orderEntryIds": bought.entries, "goodsStatus": "refundWaitSellerSend"});
        assert_eq!(
            v2(world, &me, "refund/reason/list", ask.clone()).await,
            world.post(&me, claim::REASONS, ask).await.accepted()
        );
        let refund = v2(world, &me, "refund/detail/create", before_shipment(&bought)).await;
        world.post(&me, "/v2/alibaba/refund/detail/create", before_shipment(&bought)).await.refused(40907);
        let info = v2(world, &me, "refund/info", refund.clone()).await;
        assert_eq!(info, world.refund_info(&me, refund["refundId"].as_str().unwrap()).await);
        assert!(info["refundOperationList"].is_string(), "JSON text, as in v1");
        world.post(&me, "/v2/alibaba/refund/info", json!({"refundId": "TQ5"})).await.refused(40404);

        let (_, agreed) = world.agreed_return(&me, goods::TOTE_BAG).await;
        let file = Ask::file("/v2/alibaba/refund/voucher/upload", "imageData", "image/jpeg", JPG);
        let given = world.send(&me, file).await.accepted();
        let url = format!("{}/{}", given["imageDomain"].as_str().unwrap(), given["imageRelativeUrl"].as_str().unwrap());
        let parcel = claim::with(&claim::parcel(&agreed), json!({ "vouchers": [url] }));
        assert_eq!(v2(world, &me, "refund/goods/return", parcel.clone()).await["success"], true);
        world.post(&me, "/v2/alibaba/refund/goods/return", parcel).await.refused(40902);
        let companies = world.get(&me, "/v2/alibaba/logistics/company/list", &[]).await.accepted();
        assert_eq!(companies, world.get(&me, "/alibaba/logistics/company/list", &[]).await.accepted());
    })
    .await;
}

#[tokio::test]
async fn bigmajor_previews_buys_and_lists_as_ka_does() {
    on_each(async |world| {
        let me = world.another().await;
        let big =
            async |tail: &str, body: Value| world.post(&me, &format!("/alibaba/bigMajor/order/{tail}"), body).await;
        let body =
            |quantity: i64| json!({"flow": "general", "addressParam": address(), "cargoParamList": bag(quantity)});
        big("create", body(1)).await.refused(40908);
        let preview = big("create/preview", body(1)).await.accepted();
        assert_eq!(preview, world.ka(&me, "order/create/preview", body(1)).await);
        big("create", body(2)).await.refused(40908);
        let mut numbered = body(1);
        numbered["outOrderId"] = json!("B-1");
        let made = big("create", numbered.clone()).await.accepted();
        assert!(big("create", numbered).await.replayed());
        assert_eq!((&made[0]["orderStatus"], &made[0]["outOrderId"]), (&json!("WAITING_FOR_PAYMENT"), &json!("B-1")));
        assert_eq!(made[0]["totalAmount"], preview[0]["sumPayment"]);
        for name in ["orderId", "orderNo"] {
            let detail = big("detail", json!({"orderId": made[0][name]})).await.accepted();
            assert_eq!(detail["orderId"], made[0]["orderId"]);
            let page = big("page", json!({ name: made[0][name], "payStatus": 1 })).await.accepted();
            assert_eq!((&page["total"], &page["records"]), (&json!(1), &made));
        }
        let other = world.another().await;
        let foreign = json!({"orderId": made[0]["orderId"]});
        world.post(&other, "/alibaba/bigMajor/order/detail", foreign).await.refused_for(40403, "orderId");
    })
    .await;
}

#[tokio::test]
async fn another_s_orders_and_refunds_are_not_found_in_v2() {
    on_each(async |world| {
        let me = world.another().await;
        let bought = world.received_order(&me, goods::SLOW, &[1]).await;
        let refund = world.apply(&me, application(&bought, "refund", "aftersaleBuyerReceived")).await;
        let other = world.another().await;
        let (id, entries) = (bought.order, &bought.entries);
        for (tail, body, code) in [
            ("order/cancel", json!({"webSite": "1688", "orderId": id, "cancelReason": "other"}), 40403),
            ("order/receivegoods", json!({"orderId": id, "orderEntryIds": entries}), 40403),
            (
                "refund/reason/list",
                json!({"orderId": id, "orderEntryIds": entries, "goodsStatus": "aftersaleBuyerReceived"}),
                40403,
            ),
            ("refund/detail/create", before_shipment(&bought), 40403),
            ("refund/info", json!({ "refundId": refund }), 40404),
            ("refund/goods/return", claim::parcel(&refund), 40404),
        ] {
            world.post(&other, &format!("/v2/alibaba/{tail}"), body).await.refused(code);
        }
        world.get(&other, "/v2/alibaba/order/pay/url", &[("orderId", &bought.id())]).await.refused(40403);
        assert_eq!(v2(world, &other, "order/page", json!({"orderIds": [id]})).await["total"], 0);
        let told = v2(world, &other, "order/batch/submit/to/pay", json!({"orderIds": [bought.id()]})).await;
        assert_eq!(told["cantPayOrderList"], json!([id]));
    })
    .await;
}
