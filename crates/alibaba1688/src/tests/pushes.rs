//! Pushes: signature, topics, subjects.

use super::{SECRET, Script};
use crate::sign;
use connector::{
    Kind, Push,
    push::{Pushed, Subject},
};
use domain::{OrderId, Timestamp, order::BatchPay};
use form_urlencoded::Serializer;
use serde_json::{Value, json};

fn decode(message: &str, signature: &str) -> connector::Result<Pushed> {
    let body = Serializer::new(String::new())
        .append_pair("message", message)
        .append_pair("_aop_signature", signature)
        .finish();
    Script::always("{}").connect().decode("application/x-www-form-urlencoded", body.as_bytes())
}

fn subjects(topic: &str, data: Value) -> Vec<Subject> {
    let message = json!({"bizKey": "1", "data": data, "gmtBorn": 1_775_221_032_000_i64, "msgId": 77, "type": topic});
    let message = message.to_string();
    let pushed = decode(&message, &sign::push(SECRET, &message)).expect("a push");
    assert_eq!((pushed.message_id.as_str(), pushed.topic.as_str()), ("77", topic));
    assert_eq!((pushed.born_at, pushed.raw.as_str()), (Timestamp(1_775_221_032_000), message.as_str()));
    pushed.subjects
}

fn subject(topic: &str, data: Value) -> Option<Subject> {
    let all = subjects(topic, data);
    assert!(all.len() <= 1, "{all:?}");
    all.into_iter().next()
}

fn order(id: i64) -> Option<Subject> {
    Some(Subject::Order(OrderId::new(id).unwrap()))
}

#[test]
fn each_topic_names_what_to_read_again() {
    let id = 1_479_266_113_491_823_456_i64;
    assert_eq!(subject("ORDER_BUYER_VIEW_ORDER_PAY", json!({"orderId": id.to_string()})), order(id));
    assert_eq!(subject("ORDER_BATCH_PAY", json!({"orderId": id})), order(id));
    let items = json!([{"orderId": id, "orderEntryId": 1}, {"orderId": 2}]);
    let tracing = json!({"OrderLogisticsTracingModel": {"logisticsId": "LP1", "orderLogsItems": items}});
    assert_eq!(subject("LOGISTICS_BUYER_VIEW_TRACE", tracing), order(id));
    let change = json!({"MailNoChangeModel": {"newMailNo": 1, "orderLogsItems": items}});
    assert_eq!(subject("LOGISTICS_MAIL_NO_CHANGE", change), order(id));
    assert_eq!(subject("LOGISTICS_BUYER_VIEW_TRACE", json!({"orderLogsItems": items})), order(id));
    for (topic, data) in [
        ("PRODUCT_UPDATE", json!({"orderId": id})),
        ("ORDER_BATCH_PAY", json!({})),
        ("LOGISTICS_GLOBAL_1688_PACKAGE_CHANGE", json!({})),
    ] {
        assert_eq!(subject(topic, data), None, "{topic}");
    }
}

#[test]
fn a_batch_payment_tells_of_each_of_its_orders() {
    let told = |order: i64, outcome| Subject::BatchPaid { order: OrderId::new(order).unwrap(), outcome };
    let rows = json!([
        {"orderId": "558880835194545941", "status": "successed"},
        {"orderId": 2, "status": "ACCOUNT_BALANCE_NOT_ENOUGH"},
        {"orderId": 3, "status": "a word of tomorrow"},
        {"orderId": 4},
        {"status": "successed"},
    ]);
    let expected = [
        told(558_880_835_194_545_941, BatchPay::Succeeded),
        told(2, BatchPay::Failed),
        order(3).unwrap(),
        order(4).unwrap(),
    ];
    assert_eq!(subjects("ORDER_BATCH_PAY", json!({ "batchPay": rows })), expected);
    let alone = json!({"orderId": 5, "status": "successed"});
    assert_eq!(subjects("ORDER_BATCH_PAY", alone), [told(5, BatchPay::Succeeded)]);
}

#[tokio::test]
async fn missed_pushes_are_read_back_as_they_were_and_confirmed_by_their_numbers() {
    let rows = json!([
        {"msgId": 7, "type": "ORDER_BUYER_VIEW_ORDER_PAY", "gmtBorn": 5, "data": {"orderId": 9}, "userInfo": "b2b"},
        {"msgId": 8, "type": "SOMETHING"},
        {"type": "NOBODY_CAN_CONFIRM_THIS"},
    ]);
    let script = Script::always(json!({"pushMessagePage": {"totalCount": 3, "datas": rows}}).to_string());
    let missed = script.connect().missed().await.unwrap();
    let [pay, odd] = missed.as_slice() else { panic!("{missed:?}") };
    assert_eq!((pay.message_id.as_str(), pay.subjects.as_slice()), ("7", [order(9).unwrap()].as_slice()));
    assert_eq!((pay.born_at, pay.raw.contains("b2b")), (Timestamp(5), true));
    assert_eq!((odd.message_id.as_str(), odd.subjects.len()), ("8", 0));

    let script = Script::always(r#"{"isSuccess":"true"}"#);
    script.connect().confirm(&["7".to_owned(), "8".to_owned()]).await.unwrap();
    let no = Script::always(r#"{"isSuccess":false}"#);
    no.connect().confirm(&["7".to_owned()]).await.unwrap_err();
}

#[test]
fn refund_pushes_come_without_letters_and_mean_the_same() {
    let data =
        |refund: Value| json!({"orderId": 161_292_821_695_900_310_i64, "refundId": refund, "operator": "seller"});
    let expected = Some(Subject::Refund {
        refund: "TQ1234567".parse().unwrap(),
        order: OrderId::new(161_292_821_695_900_310).unwrap(),
    });
    for topic in crate::push::REFUND_TOPICS {
        assert_eq!(subject(topic, data(json!("1234567"))), expected);
        assert_eq!(subject(topic, data(json!(1_234_567))), expected);
        assert_eq!(subject(topic, data(Value::Null)), order(161_292_821_695_900_310));
    }
}

#[test]
fn a_push_is_believed_only_with_its_signature() {
    let message = r#"{"msgId":1,"type":"ORDER_BUYER_VIEW_ORDER_PAY","gmtBorn":1,"data":{}}"#;
    for bad in ["", "00", &sign::push("other", message)] {
        assert_eq!(decode(message, bad).unwrap_err().kind, Kind::Unauthorized);
    }
    for odd in ["[]", "{}", r#"{"type":"X","gmtBorn":1}"#, "not json"] {
        assert_eq!(decode(odd, &sign::push(SECRET, odd)).unwrap_err().kind, Kind::InvalidParameter, "{odd}");
    }
    let connector = Script::always("{}").connect();
    assert_eq!(connector.decode("text/plain", b"hello").unwrap_err().kind, Kind::InvalidParameter);
}
