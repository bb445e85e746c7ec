//! A receiver that fails for days is paused; its messages wait until it passes the verification.

use super::{GET, SET, VERIFY, about, rows};
use crate::{
    persona::Persona,
    purchase::goods,
    receiver::{Receiver, Reply},
    world::{World, on_each, until},
};
use serde_json::{Value, json};

const DAY: i64 = 86_400;

async fn until_callback(world: &World, me: &Persona, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
    until(what, async || Some(world.post(me, GET, json!({})).await.accepted()).filter(|callback| fits(callback))).await
}

#[tokio::test]
async fn days_without_a_success_pause_the_callback_and_a_verification_resumes_it() {
    on_each(async |world| {
        let me = world.another().await;
        let receiver = Receiver::of(world, &me).await;
        let callback = world.post(&me, GET, json!({})).await.accepted();
        assert_eq!((&callback["state"], &callback["failingSince"]), (&json!("verified"), &Value::Null));
        receiver.answer(Reply::status(503));
        let first = world.paid_order(&me, goods::JEANS, &[1]).await;
        let failing = until_callback(world, &me, "it fails", |c| c["failingSince"].is_string()).await;
        assert_eq!((&failing["state"], &failing["verified"]), (&json!("verified"), &json!(true)));

        world.advance(3 * DAY + 1).await;
        let paused = until_callback(world, &me, "it is paused", |c| c["state"] == "paused").await;
        assert_eq!((&paused["verified"], &paused["url"]), (&json!(false), &json!(receiver.url)));
        assert_eq!(paused["failingSince"], failing["failingSince"]);
        assert!(paused["pausedAt"].as_str().unwrap() > paused["failingSince"].as_str().unwrap(), "{paused}");
        assert_eq!(world.post(&me, "/developer/profile", json!({})).await.accepted()["callback"]["state"], "paused");
        let second = world.order(&me, goods::JEANS, &[1]).await;
        assert_eq!(about(world, &me, &second.id()).await[0]["state"], "held");
        until("nothing waits", async || rows(world, &me, json!({"state": "pending"})).await.is_empty().then_some(()))
            .await;
        for row in about(world, &me, &first.id()).await {
            assert!(["held", "dead"].contains(&row["state"].as_str().unwrap()), "{row}");
        }

        let shown = world.post(&world.operator, "/operator/developer/show", json!({"developId": me.develop_id})).await;
        assert!(shown.accepted()["callbackPausedAt"].is_string());
        let health = world.post(&world.operator, "/operator/health", json!({})).await.accepted();
        assert_eq!(
            (&health["queues"]["receiversPaused"], &health["queues"]["receiversFailing"]),
            (&json!(1), &json!(1))
        );

        // A verification that fails changes nothing; the same URL set again is still paused.
        assert_eq!(world.post(&me, VERIFY, json!({})).await.accepted()["passed"], false);
        assert_eq!(world.post(&me, SET, json!({"url": receiver.url})).await.accepted()["state"], "paused");
        receiver.answer(Reply::status(200));
        let held: Vec<Value> = rows(world, &me, json!({"state": "held", "pageSize": 50})).await;
        assert_eq!(world.post(&me, VERIFY, json!({})).await.accepted()["passed"], true);
        for message in held {
            let id: i64 = message["id"].as_str().unwrap().parse().unwrap();
            receiver.wait("what was held", |a| a.json["id"] == id && a.json["messageType"] != "VERIFY").await;
        }
        let resumed = world.post(&me, GET, json!({})).await.accepted();
        assert_eq!((&resumed["state"], &resumed["pausedAt"]), (&json!("verified"), &Value::Null));
        assert_eq!(resumed["failingSince"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn one_success_in_the_days_is_enough() {
    on_each(async |world| {
        let me = world.another().await;
        let receiver = Receiver::of(world, &me).await;
        for _ in 0..2 {
            receiver.answer(Reply::status(503));
            world.order(&me, goods::JEANS, &[1]).await;
            until_callback(world, &me, "it fails", |c| c["failingSince"].is_string()).await;
            receiver.answer(Reply::status(200));
            world.advance(2 * DAY).await;
            until_callback(world, &me, "it works", |c| c["failingSince"].is_null()).await;
        }
        assert_eq!(world.post(&me, GET, json!({})).await.accepted()["state"], "verified");
    })
    .await;
}

#[tokio::test]
async fn another_url_begins_anew() {
    on_each(async |world| {
        let me = world.another().await;
        let receiver = Receiver::of(world, &me).await;
        receiver.answer(Reply::status(503));
        world.order(&me, goods::JEANS, &[1]).await;
        until_callback(world, &me, "it fails", |c| c["failingSince"].is_string()).await;
        world.advance(3 * DAY + 1).await;
        until_callback(world, &me, "it is paused", |c| c["state"] == "paused").await;
        let set = world.post(&me, SET, json!({"url": format!("{}?2", receiver.url)})).await.accepted();
        assert_eq!(
            (&set["state"], &set["failingSince"], &set["pausedAt"]),
            (&json!("unverified"), &json!(null), &json!(null))
        );
    })
    .await;
}
