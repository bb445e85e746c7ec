//! The records of the contract's examples, field by field, printed by the code that prints all others.

use super::kit::{World, account};
use crate::economy::{seeded, state::State, story};
use domain::{RefundId, Timestamp};
use serde_json::{Map, Value, json};

const KA: &str = include_str!("../../../../contract/tests/fixtures/ka_refund_detail_response.json");
const WEBHOOK: &str = include_str!("../../../../contract/tests/fixtures/webhook_1688_refund.json");

/// The upstream's form of an example: its times in the upstream's writing.
fn upstream(mut object: Map<String, Value>) -> Map<String, Value> {
    for (name, value) in &mut object {
        let at = match value {
            Value::String(text) => Timestamp::from_iso(text),
            Value::Number(ms) if name.starts_with("gmt") => ms.as_i64().map(Timestamp),
            _ => None,
        };
        if let Some(at) = at.filter(|_| name.starts_with("gmt")) {
            *value = json!(at.compact());
        }
    }
    object
}

fn assert_follows(printed: &Value, expected: &Map<String, Value>) {
    for (name, value) in expected {
        assert_eq!(printed.get(name).unwrap_or(&Value::Null), value, "{name}");
    }
}

#[tokio::test]
async fn the_ka_refund_detail() {
    let world = World::new().await;
    let id: RefundId = "TQ262615407388136042".parse().unwrap();
    let printed = world.refund_detail_of(account(1), id).await;
    let fixture: Value = serde_json::from_str(KA).unwrap();
    let mut expected = upstream(fixture["data"]["refundDetail"].as_object().unwrap().clone());
    let steps = expected.remove("refundOperationList").unwrap();
    assert_follows(&printed, &expected);
    let count = steps.as_array().unwrap().len();
    assert_eq!(printed["refundOperationList"].as_array().unwrap().len(), count);
    for (i, step) in steps.as_array().unwrap().iter().enumerate() {
        assert_follows(&printed["refundOperationList"][i], &upstream(step.as_object().unwrap().clone()));
    }
    let not_printed: Vec<&String> =
        printed.as_object().unwrap().keys().filter(|k| !expected.contains_key(*k)).collect();
    assert_eq!(not_printed, ["refundOperationList"], "nothing beyond the example");
}

#[tokio::test]
async fn the_refund_message_of_the_second_account() {
    let world = World::new().await;
    let id: RefundId = "TQ142969441872889407".parse().unwrap();
    let printed = world.refund_detail_of(account(2), id).await;
    let fixture: Value = serde_json::from_str(WEBHOOK).unwrap();
    let mut expected = upstream(fixture["messageBody"].as_object().unwrap().clone());
    expected.remove("createTime");
    let steps = expected.remove("refundOperationList").unwrap();
    let intercept = &mut expected["extInfo"]["interceptItemListResult"];
    *intercept = json!(intercept.to_string());
    assert_follows(&printed, &expected);
    for (i, step) in steps.as_array().unwrap().iter().enumerate() {
        assert_follows(&printed["refundOperationList"][i], &upstream(step.as_object().unwrap().clone()));
    }
    // The message leaves nulls out: all that it does not have is null.
    for (name, value) in printed.as_object().unwrap() {
        assert!(expected.contains_key(name) || value.is_null() || OURS.contains(&name.as_str()), "{name}: {value}");
    }
}

/// Printed by the call, not part of the message.
const OURS: [&str; 3] = ["refundOperationList", "aftersaleAgreeTimeout", "aftersaleAutoDisburse"];

#[tokio::test]
async fn the_lines_of_the_ka_example_and_the_open_refund_are_there() {
    let world = World::new().await;
    let fixture: Value = serde_json::from_str(KA).unwrap();
    let order = world.economy.order("3296622397215134260".parse().unwrap()).unwrap();
    assert_eq!(order.order.status.word(), "terminated");
    for (line, row) in order.order.lines.iter().zip(fixture["data"]["productList"].as_array().unwrap()) {
        assert_eq!(line.id.to_string(), row["subTbOrderId"]);
        assert_eq!(line.sku_id.unwrap().to_string(), row["skuId"]);
        assert_eq!(line.name, row["productName"]);
        let view = json!(line.attributes.iter().map(|(n, v)| json!({"name": n, "value": v})).collect::<Vec<_>>());
        assert_eq!(view, serde_json::from_str::<Value>(row["skuInfos"].as_str().unwrap()).unwrap());
    }
    assert_eq!(order.goods[0].thumbnail, fixture["data"]["productList"][0]["skuImage"]);
    let open: RefundId = "TQ260923837649136042".parse().unwrap();
    world.economy.advance(400 * 86_400).await.unwrap();
    assert_eq!(world.refund_status(open), "waitselleragree", "there whenever somebody tries the example");
    assert_eq!(world.cancel_refund(open).await["result"]["success"], true);
    assert_eq!(world.refund_status(open), "refundclose");
}

#[test]
fn our_texts_are_those_of_the_recorded_steps() {
    let mut state = State::default();
    seeded::enter(&mut state);
    let mut seen = 0;
    for record in state.refunds() {
        let asked = &record.operations[0];
        let description = asked.text.rsplit_once("退款说明:").unwrap().1;
        assert_eq!(asked.text, story::application(&record.refund, record.goods_status, &record.reason, description));
        if let Some(done) = record.operations.get(1) {
            assert_eq!(done.text, story::step(&record.refund, domain::refund::Action::SellerAgreeRefund));
            seen += 1;
        }
    }
    assert_eq!(seen, 2);
}
