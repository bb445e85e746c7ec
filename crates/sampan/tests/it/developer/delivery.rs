//! Delivery: held until verified, six attempts, dead, and never anybody else's trouble.

use super::{SET, VERIFY, about, rows};
use crate::{
    persona::Persona,
    purchase::goods,
    receiver::{Receiver, Reply},
    world::{World, on_each, until},
};
use serde_json::{Value, json};
use std::time::Duration;

async fn until_state(world: &World, me: &Persona, order: &str, state: &str) -> Value {
    until(&format!("the message is {state}"), async || {
        about(world, me, order).await.into_iter().next().filter(|row| row["state"] == state)
    })
    .await
}

#[tokio::test]
async fn messages_are_held_until_a_url_has_passed() {
    on_each(async |world| {
        let me = world.another().await;
        let receiver = Receiver::open().await;
        let first = world.order(&me, goods::JEANS, &[1]).await;
        assert_eq!(about(world, &me, &first.id()).await[0]["state"], "held");
        world.post(&me, SET, json!({"url": receiver.url})).await.accepted();
        let second = world.order(&me, goods::JEANS, &[1]).await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert_eq!(receiver.arrived().len(), 0, "nothing goes to a URL that has not passed");
        world.post(&me, VERIFY, json!({})).await.accepted();
        let arrived = receiver.wait_for(3).await;
        assert_eq!(arrived[0].message_type(), "VERIFY");
        for order in [&first, &second] {
            let row = until_state(world, &me, &order.id(), "done").await;
            assert_eq!(row["nextAttemptAt"], Value::Null);
        }
        // A changed URL holds them again.
        world.post(&me, SET, json!({"url": format!("{}?2", receiver.url)})).await.accepted();
        let third = world.order(&me, goods::JEANS, &[1]).await;
        assert_eq!(about(world, &me, &third.id()).await[0]["state"], "held");
    })
    .await;
}

#[tokio::test]
async fn a_receiver_that_is_down_six_times_leaves_a_dead_message_that_a_replay_delivers() {
    on_each(async |world| {
        let me = world.another().await;
        let receiver = Receiver::of(world, &me).await;
        receiver.answer(Reply { body: "b".repeat(3000), ..Reply::status(503) });
        let order = world.order(&me, goods::JEANS, &[1]).await;
        for attempt in 1..=6 {
            let arrived = receiver.wait_for(attempt).await;
            assert_eq!(arrived.len(), attempt, "one attempt each half hour");
            assert_eq!(arrived[attempt - 1].json["retryCount"], attempt - 1);
            until("the attempt is recorded", async || {
                (about(world, &me, &order.id()).await[0]["attempts"].as_array().unwrap().len() == attempt).then_some(())
            })
            .await;
            if attempt < 6 {
                world.advance(1790).await;
                tokio::time::sleep(Duration::from_millis(300)).await;
                assert_eq!(receiver.arrived().len(), attempt, "not before its time");
                world.advance(20).await;
            }
        }
        let dead = until_state(world, &me, &order.id(), "dead").await;
        let attempts = dead["attempts"].as_array().unwrap();
        for (number, attempt) in (1..).zip(attempts) {
            assert_eq!((&attempt["number"], &attempt["status"]), (&json!(number), &json!(503)));
            assert_eq!(attempt["answer"].as_str().unwrap().len(), 1024, "the first KB");
            assert!(attempt["durationMs"].is_i64() && attempt["at"].as_str().unwrap().ends_with("+08:00"));
        }
        world.advance(7200).await;
        tokio::time::sleep(Duration::from_millis(400)).await;
        assert_eq!(receiver.arrived().len(), 6, "no seventh");
        let all = receiver.arrived();
        for later in &all[1..] {
            assert_eq!(later.json["id"], all[0].json["id"]);
            assert_eq!(later.json["messageBody"], all[0].json["messageBody"]);
            assert_ne!(later.header("authorization"), all[0].header("authorization"));
            assert_eq!(later.sequence(), all[0].sequence());
        }

        receiver.answer(Reply::status(200));
        let id = dead["id"].clone();
        assert_eq!(world.post(&me, super::REPLAY, json!({"id": id})).await.accepted()["replayed"], 1);
        let replayed = receiver.wait_for(7).await.pop().unwrap();
        assert_eq!(replayed.json["id"].to_string(), id.as_str().unwrap());
        let done = until_state(world, &me, &order.id(), "done").await;
        assert_eq!(done["attempts"].as_array().map(Vec::len), Some(7));
        assert_eq!(done["attempts"][6]["status"], 200);
    })
    .await;
}

#[tokio::test]
async fn only_200_in_time_acknowledges_and_no_redirect_is_followed() {
    on_each(async |world| {
        for reply in [
            Reply::status(201),
            Reply::status(204),
            Reply::status(307),
            Reply::status(500),
            Reply { after: Duration::from_millis(1500), ..Reply::status(200) },
        ] {
            let me = world.another().await;
            let receiver = Receiver::of(world, &me).await;
            receiver.answer(reply.clone());
            let order = world.order(&me, goods::JEANS, &[1]).await;
            let row = until("an attempt", async || {
                about(world, &me, &order.id())
                    .await
                    .into_iter()
                    .next()
                    .filter(|r| r["attempts"].as_array().is_some_and(|a| !a.is_empty()))
            })
            .await;
            assert_eq!(row["state"], "pending", "{reply:?}");
            assert!(row["nextAttemptAt"].is_string());
            let attempt = &row["attempts"][0];
            if reply.after.is_zero() {
                assert_eq!(attempt["status"], reply.status, "{reply:?}");
            } else {
                assert!(attempt["status"].is_null() && attempt["error"].is_string(), "{attempt}");
            }
            receiver.answer(Reply::status(200));
            world.advance(1801).await;
            until_state(world, &me, &order.id(), "done").await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_slow_receiver_holds_up_nobody_else() {
    on_each(async |world| {
        let (slow, quick) = (world.another().await, world.another().await);
        let (slow_one, quick_one) = (Receiver::of(world, &slow).await, Receiver::of(world, &quick).await);
        slow_one.answer(Reply { after: Duration::from_secs(30), ..Reply::status(200) });
        for _ in 0..20 {
            world.order(&slow, goods::JEANS, &[1]).await;
        }
        let began = std::time::Instant::now();
        world.order(&quick, goods::JEANS, &[1]).await;
        quick_one.wait_for(1).await;
        assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
        assert!(rows(world, &slow, json!({"state": "done"})).await.is_empty());
    })
    .await;
}
