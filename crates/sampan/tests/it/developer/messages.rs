//! The message list.

use super::{MESSAGES, rows};
use crate::{
    claim::before_shipment,
    persona::Persona,
    purchase::{Bought, goods},
    receiver::Receiver,
    world::{World, on_each, until},
};
use serde_json::{Value, json};

/// A paid order with an open refund: three messages.
async fn three(world: &World, me: &Persona) -> (Bought, String) {
    let bought = world.paid_order(me, goods::SILENT, &[1]).await;
    let refund = world.apply(me, before_shipment(&bought)).await;
    (bought, refund)
}

#[tokio::test]
async fn the_list_filters_and_pages_newest_first() {
    on_each(async |world| {
        let me = world.another().await;
        let (bought, refund) = three(world, &me).await;
        let all = rows(world, &me, json!({})).await;
        let ids: Vec<i64> = all.iter().map(|r| r["id"].as_str().unwrap().parse().unwrap()).collect();
        assert!(ids.len() == 3 && ids.is_sorted_by(|a, b| a > b), "{ids:?}");
        let last = &all[2];
        for (name, value) in [
            ("messageType", json!("ORDER_BUYER_VIEW_BUYER_MAKE")),
            ("messagePlatform", json!(1)),
            ("objectKind", json!("order")),
            ("objectId", json!(bought.id())),
            ("sequence", json!(1)),
            ("state", json!("held")),
            ("attempts", json!([])),
        ] {
            assert_eq!(last[name], value, "{name}");
        }
        assert_eq!((&all[0]["objectKind"], &all[0]["objectId"]), (&json!("refund"), &json!(refund)));
        let created = last["createdAt"].as_str().unwrap();
        for (filter, expected) in [
            (json!({"objectId": bought.id()}), 2),
            (json!({"objectId": bought.order}), 2),
            (json!({"objectId": refund}), 1),
            (json!({"objectId": refund.trim_start_matches("TQ")}), 1),
            (json!({"messageType": "ORDER_BUYER_VIEW_ORDER_PAY"}), 1),
            (json!({"state": "held"}), 3),
            (json!({"state": "done"}), 0),
            (json!({"since": created}), 3),
            (json!({"until": "2020-01-01 00:00:00"}), 0),
            (json!({"since": "2099-01-01T00:00:00+08:00"}), 0),
            (json!({"pageSize": 2}), 2),
            (json!({"pageSize": 2, "page": 2}), 1),
            (json!({"pageSize": 2, "page": 3}), 0),
        ] {
            assert_eq!(rows(world, &me, filter.clone()).await.len(), expected, "{filter}");
        }
        let page = world.post(&me, MESSAGES, json!({"pageSize": 2})).await.accepted();
        assert_eq!((&page["total"], &page["size"], &page["current"]), (&json!(3), &json!(2), &json!(1)));
        assert!(rows(world, &world.another().await, json!({"objectId": refund})).await.is_empty(), "another's");
    })
    .await;
}

#[tokio::test]
async fn attempts_are_recorded_and_the_body_is_the_one_that_was_sent() {
    on_each(async |world| {
        let me = world.another().await;
        let receiver = Receiver::of(world, &me).await;
        let (bought, _) = three(world, &me).await;
        let arrived = receiver.wait_for(3).await;
        let done = until("all are done", async || {
            let done = rows(world, &me, json!({"state": "done"})).await;
            (done.len() == 3).then_some(done)
        })
        .await;
        for row in &done {
            let sent =
                arrived.iter().find(|a| a.header("webhook-id") == row["id"].as_str().unwrap()).expect("it arrived");
            let body: Value = serde_json::from_str(row["messageBody"].as_str().unwrap()).unwrap();
            assert_eq!(body, sent.json["messageBody"]);
            assert_eq!(row["sequence"], sent.sequence());
            let attempt = &row["attempts"][0];
            assert_eq!(
                (&attempt["number"], &attempt["status"], &attempt["error"]),
                (&json!(1), &json!(200), &Value::Null)
            );
        }
        assert_eq!(done.iter().filter(|r| r["objectId"] == bought.id()).count(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_looked_for_is_named() {
    on_each(async |world| {
        for (ask, field) in [
            (json!({"state": "lost"}), "state"),
            (json!({"objectId": "x"}), "objectId"),
            (json!({"since": "yesterday"}), "since"),
            (json!({"until": "x"}), "until"),
            (json!({"since": "2026-02-01 00:00:00", "until": "2026-01-01 00:00:00"}), "until"),
            (json!({"page": 0}), "page"),
            (json!({"pageSize": 51}), "pageSize"),
        ] {
            world.post(&world.developer, MESSAGES, ask).await.refused_for(40003, field);
        }
    })
    .await;
}
