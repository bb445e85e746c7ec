//! The published examples through the whole real path: world, connector, storage, view.

use crate::{receiver::Receiver, world::on_each};
use domain::{AccountId, DeveloperId, Marketplace, OrderId, UserId};
use platform::orders::{Adopted, Adoption};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const KA_DETAIL: &str = include_str!("../../../contract/tests/fixtures/ka_refund_detail_response.json");
const KA_CANCEL: &str = include_str!("../../../contract/tests/fixtures/ka_refund_cancel_response.json");
const WEBHOOK: &str = include_str!("../../../contract/tests/fixtures/webhook_1688_refund.json");
const V1_INFO: &str = include_str!("../../../contract/tests/fixtures/v1_refund_info_response.json");

/// The order of the message example and the account that bought it.
const MESSAGE_ORDER: (i64, i64) = (2_044_420_321_024_880_794, 2);

fn read(fixture: &str) -> Value {
    serde_json::from_str(fixture).expect("a fixture is JSON")
}

/// Takes away what differs from installation to installation.
fn without(mut value: Value, names: &[&str]) -> Value {
    let fields = value.as_object_mut().expect("an object");
    names.iter().for_each(|name| drop(fields.shift_remove(*name)));
    value
}

#[tokio::test]
async fn ka_refund_detail_is_the_published_example() {
    on_each(async |world| {
        let ask = json!({"refundId": "TQ262615407388136042"});
        let answer = world.post(&world.developer, "/alibaba/ka/refund/detail", ask).await;
        let own = ["requestId", "developId"];
        assert_eq!(without(answer.json, &own), without(read(KA_DETAIL), &own));
    })
    .await;
}

#[tokio::test]
async fn ka_refund_cancel_is_the_published_example_and_the_refund_is_closed() {
    on_each(async |world| {
        let ask = json!({"refundId": "TQ260923837649136042"});
        let answer = world.post(&world.developer, "/alibaba/ka/refund/cancel", ask).await;
        let own = ["requestId", "developId"];
        assert_eq!(without(answer.json, &own), without(read(KA_CANCEL), &own));
        assert_eq!(world.refund_status(&world.developer, "TQ260923837649136042").await, "refundclose");
    })
    .await;
}

/// The order is taken over anew and announced, as an operator does who moves in.
#[tokio::test]
async fn the_refund_message_is_the_published_example() {
    on_each(async |world| {
        let receiver = Receiver::of(world, &world.developer).await;
        let (order, account) = MESSAGE_ORDER;
        let forget =
            format!("DELETE FROM refunds WHERE order_id = {order}; DELETE FROM orders WHERE order_id = {order}");
        world.database.run(&forget).await;
        let adoption = Adoption {
            marketplace: Marketplace::Alibaba1688,
            developer: world.developer.develop_id.parse::<DeveloperId>().unwrap(),
            user: world.developer.user_id.as_deref().unwrap().parse::<UserId>().unwrap(),
            account: AccountId::new(account).unwrap(),
            order: OrderId::new(order).unwrap(),
            rows: Vec::new(),
            announce: true,
        };
        assert_eq!(world.app.platform.adopt(&adoption).await.unwrap(), Adopted::Now);
        let arrived = receiver.wait_for(1).await.remove(0);

        let own = ["id", "developId", "timestamp"];
        let (mut sent, mut published) = (without(arrived.json.clone(), &own), without(read(WEBHOOK), &own));
        for message in [&mut sent, &mut published] {
            message["messageBody"] = without(message["messageBody"].take(), &["createTime"]);
        }
        assert_eq!(sent, published);
        let keys: Vec<&String> = arrived.json.as_object().unwrap().keys().collect();
        let order = ["messageType", "messageBody", "messagePlatform", "timestamp", "retryCount", "developId", "id"];
        assert_eq!(keys, order);
        assert!(arrived.json["messageBody"]["createTime"].is_i64());
        let in_order: Vec<&String> = published["messageBody"].as_object().unwrap().keys().collect();
        let sent_order = sent["messageBody"].as_object().unwrap().keys().filter(|k| in_order.contains(k));
        assert_eq!(sent_order.collect::<Vec<_>>(), in_order, "the example fixes the order of its own fields");
    })
    .await;
}

#[tokio::test]
async fn v1_refund_info_has_the_names_and_types_of_the_published_example() {
    on_each(async |world| {
        for refund in ["TQ262615407388136042", "TQ142969441872889407", "TQ260923837649136042"] {
            let info = world.refund_info(&world.developer, refund).await;
            let published = read(V1_INFO);
            let (info, published) = (info.as_object().unwrap(), published["data"].as_object().unwrap());
            assert_eq!(info.keys().collect::<BTreeSet<_>>(), published.keys().collect::<BTreeSet<_>>());
            for (name, sample) in published {
                let (given, wanted) = (kind(&info[name]), kind(sample));
                assert!(given == wanted || given == "null", "{refund} {name}: {given} for {wanted}");
            }
            for text in ["extInfo", "orderEntryCountMap", "orderEntryIdList", "refundOperationList"] {
                let inner = info[text].as_str().unwrap_or_else(|| panic!("{text} is a text"));
                assert!(serde_json::from_str::<Value>(inner).is_ok(), "{text} is JSON text: {inner}");
            }
        }
    })
    .await;
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(n) if n.is_f64() => "decimal",
        Value::Number(_) => "integer",
        Value::String(_) => "text",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
