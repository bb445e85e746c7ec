//! Sending messages again: one, a range, or all since a time.

use super::{REPLAY, about, rows};
use crate::{
    purchase::goods,
    receiver::Receiver,
    world::{on_each, until},
};
use serde_json::json;

#[tokio::test]
async fn one_a_range_or_all_since_a_time_arrive_again_with_their_ids() {
    on_each(async |world| {
        let me = world.another().await;
        let receiver = Receiver::of(world, &me).await;
        let mut orders = Vec::new();
        for _ in 0..3 {
            orders.push(world.order(&me, goods::JEANS, &[1]).await);
        }
        receiver.wait_for(3).await;
        until("all are done", async || (rows(world, &me, json!({"state": "done"})).await.len() == 3).then_some(()))
            .await;
        let mut ids = Vec::new();
        for order in &orders {
            ids.push(about(world, &me, &order.id()).await[0]["id"].as_str().unwrap().to_owned());
        }
        let since = about(world, &me, &orders[0].id()).await[0]["createdAt"].clone();
        let mut total = 3;
        for (ask, count) in [
            (json!({"id": ids[1]}), 1),
            (json!({"id": ids[1].parse::<i64>().unwrap()}), 1),
            (json!({"fromId": ids[1], "toId": ids[2]}), 2),
            (json!({"fromId": "1", "toId": i64::MAX}), 3),
            (json!({"since": since}), 3),
            (json!({"since": "2099-01-01 00:00:00"}), 0),
            (json!({"fromId": "1", "toId": "2"}), 0),
        ] {
            let replayed = world.post(&me, REPLAY, ask.clone()).await.accepted();
            assert_eq!(replayed["replayed"], count, "{ask}");
            total += count;
            let arrived = receiver.wait_for(total).await;
            assert_eq!(arrived.len(), total, "{ask}");
            until("all are done again", async || {
                (rows(world, &me, json!({"state": "done"})).await.len() == 3).then_some(())
            })
            .await;
        }
        let again: Vec<String> = receiver.arrived().iter().map(|a| a.json["id"].to_string()).collect();
        assert!(again.iter().all(|id| ids.contains(id)), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn only_one_s_own_and_exactly_one_choice() {
    on_each(async |world| {
        let (me, other) = (world.another().await, world.another().await);
        let order = world.order(&me, goods::JEANS, &[1]).await;
        let id = about(world, &me, &order.id()).await[0]["id"].clone();
        world.post(&other, REPLAY, json!({"id": id})).await.refused_for(40406, "id");
        world.post(&me, REPLAY, json!({"id": "5"})).await.refused_for(40406, "id");
        let all = json!({"fromId": "1", "toId": i64::MAX});
        assert_eq!(world.post(&other, REPLAY, all).await.accepted()["replayed"], 0);
        for (ask, code, field) in [
            (json!({}), 40002, "id"),
            (json!({"fromId": "1"}), 40002, "toId"),
            (json!({"toId": "1"}), 40002, "fromId"),
            (json!({"fromId": "2", "toId": "1"}), 40003, "toId"),
            (json!({"id": id, "since": "2026-01-01 00:00:00"}), 40003, "id"),
            (json!({"id": "x"}), 40003, "id"),
            (json!({"since": "x"}), 40003, "since"),
        ] {
            world.post(&me, REPLAY, ask).await.refused_for(code, field);
        }
        assert_eq!(about(world, &me, &order.id()).await[0]["state"], "held", "there is no receiver yet");
    })
    .await;
}
