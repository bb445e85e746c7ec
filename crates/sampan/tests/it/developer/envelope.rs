//! The form of a callback, by edition.

use super::SET;
use crate::{
    claim::before_shipment,
    purchase::goods,
    receiver::{Arrived, Receiver},
    world::on_each,
};
use contract::callback::Base;
use serde_json::{Value, json};

const KEYS: [&str; 7] = ["messageType", "messageBody", "messagePlatform", "timestamp", "retryCount", "developId", "id"];

fn check(arrived: &Arrived, develop_id: &str) {
    let keys: Vec<&String> = arrived.json.as_object().unwrap().keys().collect();
    assert_eq!(keys, KEYS);
    let timestamp = arrived.json["timestamp"].as_str().unwrap();
    assert!(timestamp.len() == 13 && timestamp.parse::<i64>().is_ok(), "{timestamp}");
    assert_eq!((&arrived.json["messagePlatform"], &arrived.json["retryCount"]), (&json!(1), &json!(0)));
    assert_eq!(arrived.json["developId"].to_string(), develop_id);
    assert_eq!(arrived.header("webhook-id"), arrived.json["id"].to_string());
    assert_eq!(arrived.header("webhook-timestamp"), &timestamp[..10]);
    assert_eq!(arrived.header("content-type").to_ascii_lowercase(), "application/json; charset=utf-8");
}

fn nulls(value: &Value) -> usize {
    match value {
        Value::Null => 1,
        Value::Array(items) => items.iter().map(nulls).sum(),
        Value::Object(fields) => fields.values().map(nulls).sum(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

#[tokio::test]
async fn v1_messages_are_objects_without_nulls() {
    on_each(async |world| {
        let me = world.another().await;
        let receiver = Receiver::of(world, &me).await;
        let bought = world.paid_order(&me, goods::SILENT, &[1]).await;
        let refund = world.apply(&me, before_shipment(&bought)).await;
        let arrived = receiver.wait_for(3).await;
        for message in &arrived {
            message.prove(&me, Base::RawBody);
            check(message, &me.develop_id);
            assert!(message.json["messageBody"].is_object());
            assert_eq!(nulls(&message.json), 0, "{}", message.raw);
        }
        let find =
            |kind: &str| arrived.iter().find(|a| a.message_type() == kind).unwrap_or_else(|| panic!("no {kind}"));
        assert_eq!(find("ORDER_BUYER_VIEW_BUYER_MAKE").json["messageBody"]["baseInfo"]["id"], bought.order);
        let paid = &find("ORDER_BUYER_VIEW_ORDER_PAY").json["messageBody"]["baseInfo"];
        assert_eq!(paid["status"], "waitsellersend");
        assert!(paid["payTime"].as_str().unwrap().ends_with("+0800"), "{paid}");
        let body = &find("ORDER_BUYER_VIEW_ORDER_BUYER_REFUND").json["messageBody"];
        assert_eq!(
            (&body["refundId"], &body["status"], &body["orderId"]),
            (&json!(refund), &json!("waitselleragree"), &json!(bought.order))
        );
        assert!(
            body["gmtApply"].is_i64() && body["extInfo"].is_object() && body["refundOperationList"].is_array(),
            "{body}"
        );
        for absent in ["createBy", "createById", "updateBy", "updateTime", "remark"] {
            assert!(body.get(absent).is_none(), "{absent}");
        }
    })
    .await;
}

#[tokio::test]
async fn ka_messages_are_json_text_with_nulls_and_words_of_their_own() {
    on_each(async |world| {
        let me = world.another_with(json!({"messageEdition": "ka"})).await;
        let receiver = Receiver::of(world, &me).await;
        let bought = world.paid_order(&me, goods::SILENT, &[1]).await;
        let refund = world.apply(&me, before_shipment(&bought)).await;
        let arrived = receiver.wait_for(3).await;
        for message in &arrived {
            message.prove(&me, Base::RawBody);
            check(message, &me.develop_id);
            assert!(message.json["messageBody"].is_string());
        }
        let find = |kind: &str| {
            arrived.iter().find(|a| a.message_type() == kind).unwrap_or_else(|| panic!("no {kind}")).body()
        };
        let made = find("ORDER_CREATE");
        let mut order = world.ka(&me, "order/detail", json!({"orderId": bought.id()})).await;
        for field in ["orderStatus", "payStatus", "payTime", "refundStatus"] {
            order[field] = made[field].clone();
        }
        for (name, value) in made.as_object().unwrap() {
            assert_eq!(order[name], *value, "{name}");
        }
        assert!(
            made.get("outOrderId").is_none() && made["refundStatus"].is_null() && made["payTime"].is_null(),
            "{made}"
        );
        assert_eq!((&made["orderStatus"], &made["payStatus"]), (&json!("WAITING_FOR_PAYMENT"), &json!(1)));
        assert_eq!(find("ORDER_PAY_SUCCESS")["orderStatus"], "WAITING_FOR_SENT");
        let body = find("ORDER_BUYER_VIEW_ORDER_BUYER_REFUND");
        let keys: Vec<&String> = body.as_object().unwrap().keys().collect();
        let expected = [
            "refundId",
            "orderId",
            "orderNo",
            "status",
            "refundPayment",
            "refundCarriage",
            "applyPayment",
            "applyCarriage",
            "gmtModified",
        ];
        assert_eq!(keys, expected);
        assert_eq!(
            (&body["refundId"], &body["orderId"], &body["orderNo"]),
            (&json!(refund), &json!(bought.id()), &made["orderNo"])
        );
    })
    .await;
}

#[tokio::test]
async fn a_developer_may_have_the_body_alone_signed() {
    on_each(async |world| {
        for edition in ["v1", "ka"] {
            let me = world.another_with(json!({"messageEdition": edition})).await;
            world.post(&me, SET, json!({"signatureBase": "messageBody"})).await.accepted();
            let receiver = Receiver::of(world, &me).await;
            world.order(&me, goods::JEANS, &[1]).await;
            receiver.wait_for(1).await[0].prove(&me, Base::MessageBody);
        }
    })
    .await;
}

#[tokio::test]
async fn the_edition_of_messages_is_a_setting_and_not_the_path() {
    on_each(async |world| {
        let me = world.another_with(json!({"messageEdition": "v2"})).await;
        let receiver = Receiver::of(world, &me).await;
        let body =
            crate::purchase::create_body(json!([crate::purchase::line(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, 1)]));
        world.ka(&me, "order/create/preview", body.clone()).await;
        world.ka(&me, "order/create", body).await;
        let arrived = receiver.wait_for(1).await.remove(0);
        assert_eq!(arrived.message_type(), "ORDER_BUYER_VIEW_BUYER_MAKE");
        assert!(arrived.json["messageBody"].is_object());
    })
    .await;
}
