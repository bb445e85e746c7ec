//! Several merchants in one call: each has an order, and a failure, of its own.

use super::{BATCHES, CREATE};
use crate::{
    ask::Ask,
    purchase::{Bought, address, create_body, goods, line, line_of},
    world::on_each,
};
use serde_json::{Value, json};

#[tokio::test]
async fn each_merchant_gets_an_order_and_the_same_specification_is_added_up() {
    on_each(async |world| {
        let me = world.another().await;
        let (jeans, bag) = (world.line(goods::JEANS, 1).await, world.line(goods::TOTE_BAG, 2).await);
        for [preview, create, _] in BATCHES {
            let body = create_body(json!([jeans, bag, jeans]));
            let previews = world.post(&me, preview, body.clone()).await.accepted();
            let sums: Vec<&Value> =
                previews.as_array().unwrap().iter().map(|p| &p["orderPreviewResuslt"][0]["sumPayment"]).collect();
            assert_eq!(sums, [6400, 4300], "{preview}");
            let answer = world.post(&me, create, body).await;
            assert_eq!(answer.msg(), "成功");
            let made = answer.accepted();
            let made: Vec<Bought> = made.as_array().unwrap().iter().map(Bought::of).collect();
            let amounts: Vec<&[i64]> = made.iter().map(|b| b.amounts.as_slice()).collect();
            assert_eq!(amounts, [&[5800][..], &[3800]], "{create}");
            assert_eq!(world.order_status(&me, made[1].order).await, "waitbuyerpay");
        }
        assert_eq!(world.order_count(&me).await, 4);
    })
    .await;
}

#[tokio::test]
async fn a_merchant_that_fails_is_named_with_its_code_and_harms_no_other() {
    on_each(async |world| {
        let me = world.another().await;
        let (bag, pots) = (world.line(goods::TOTE_BAG, 1).await, world.line(goods::FLOWER_POTS, 1).await);
        let jeans = world.line(goods::JEANS, 100_000).await;
        let gone = line_of("BBBnobodyKnowsThisSeller", 1, "", 1);
        let seller = |line: &Value| line["sellerOpenId"].as_str().unwrap().to_owned();
        for (at, [preview, create, _]) in BATCHES.into_iter().enumerate() {
            let body = create_body(json!([pots, bag, jeans, gone]));
            let previews = world.post(&me, preview, body.clone()).await.accepted();
            let told = |p: &Value| {
                (p["success"].clone(), p["errorCode"].clone(), p["orderPreviewResuslt"].as_array().unwrap().len())
            };
            let told: Vec<_> = previews.as_array().unwrap().iter().map(told).collect();
            let no = |code: &str| (json!(false), json!(code), 0);
            assert_eq!(told, [no("500_005"), (json!(true), json!(null), 1), no("500_004"), no("500_001")], "{preview}");
            assert!(previews[0]["errorMsg"].as_str().is_some_and(|text| !text.is_empty()));

            let ask = || Ask::post(create, &body).key("k");
            let answer = world.send(&me, ask()).await;
            let expected =
                format!("成功; {}: 40905; {}: 40904; {}: 40402", seller(&pots), seller(&jeans), seller(&gone));
            assert_eq!(answer.msg(), expected);
            assert_eq!(answer.data().as_array().map(Vec::len), Some(1));
            let again = world.send(&me, ask()).await;
            assert!(again.replayed());
            assert_eq!((again.msg(), again.data()), (answer.msg(), answer.data()));
            assert_eq!(world.order_count(&me).await, at as i64 + 1);

            world.post(&me, create, create_body(json!([pots, jeans]))).await.refused(40905);
            world.post(&me, create, create_body(json!([jeans, pots]))).await.refused(40904);
        }
        assert_eq!(world.order_count(&me).await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_seller_that_is_not_the_offer_s_is_refused_and_one_left_out_is_found() {
    on_each(async |world| {
        let me = world.another().await;
        let (bag, jeans) = (world.line(goods::TOTE_BAG, 1).await, world.line(goods::JEANS, 1).await);
        let mut wrong = jeans.clone();
        wrong["sellerOpenId"] = bag["sellerOpenId"].clone();
        for [preview, create, _] in BATCHES {
            for call in [preview, create] {
                let body = create_body(json!([bag, wrong]));
                world.post(&me, call, body).await.refused_for(40004, "cargoParamList[1].sellerOpenId");
            }
            let mut open = jeans.clone();
            open["sellerOpenId"] = json!("");
            let made = world.post(&me, create, create_body(json!([bag, open]))).await.accepted();
            assert_eq!(made.as_array().map(Vec::len), Some(2), "{create}");
        }
        assert_eq!(world.order_count(&me).await, 4);
    })
    .await;
}

#[tokio::test]
async fn an_own_number_stands_for_all_orders_of_its_call() {
    on_each(async |world| {
        let me = world.another().await;
        let lines = json!([world.line(goods::TOTE_BAG, 1).await, world.line(goods::JEANS, 1).await]);
        for (number, [_, create, _]) in ["N-1", "N-2"].into_iter().zip(BATCHES) {
            let mut body = create_body(lines.clone());
            body["outOrderId"] = json!(number);
            let first = world.post(&me, create, body.clone()).await;
            let again = world.post(&me, create, body.clone()).await;
            assert!(!first.replayed() && again.replayed());
            assert_eq!(first.accepted(), again.accepted());
            body["flow"] = json!("fenxiao");
            world.post(&me, create, body).await.refused_for(40903, "outOrderId");
            let page = world.post(&me, super::PAGE, json!({"outOrderId": number})).await.accepted();
            assert_eq!(page["total"], 2);
        }
    })
    .await;
}

#[tokio::test]
async fn v2_goes_by_opaque_ids_and_v1_may_leave_out_the_flow() {
    on_each(async |world| {
        let (me, other) = (world.another().await, world.another().await);
        let spec = goods::TOTE_BAG_SPEC;
        let ask = json!({"addressParam": address(), "cargoParamList": [line(goods::TOTE_BAG, spec, 1)]});
        let preview = world.post(&me, "/v2/alibaba/order/create/preview", ask.clone()).await.accepted();
        let cargo = &preview["orderPreviewResuslt"][0]["cargoList"][0];
        assert_eq!(cargo["offerId"], goods::TOTE_BAG);
        let opaque = cargo["offerMapId"].as_str().expect("a text");
        assert_eq!(opaque.len(), 22);

        let lines = json!([{"offerMapId": opaque, "specId": spec, "quantity": 1, "productNo": "P 1"}]);
        let mut body = create_body(lines);
        body["staffName"] = json!("李");
        for create in ["/v2/alibaba/order/create", BATCHES[1][1]] {
            let made = world.post(&me, create, body.clone()).await.accepted();
            assert_eq!(made[0]["productItems"][0]["productID"], goods::TOTE_BAG, "{create}");
            world.post(&other, create, body.clone()).await.refused_for(40406, "cargoParamList[0].offerMapId");
            let mut flowless = body.clone();
            flowless.as_object_mut().unwrap().shift_remove("flow");
            world.post(&me, create, flowless).await.refused_for(40002, "flow");
        }
        let v1 = json!({"addressParam": address(), "cargoParamList": [world.line(goods::TOTE_BAG, 1).await]});
        world.post(&me, BATCHES[0][1], v1).await.accepted();
        world.post(&me, CREATE, ask).await.refused_for(40002, "flow");
    })
    .await;
}
