//! Setting the callback and having it pass.

use super::{GET, SET, VERIFY};
use crate::{
    receiver::{Receiver, Reply},
    world::on_each,
};
use contract::callback::Base;
use serde_json::{Value, json};

#[tokio::test]
async fn a_url_counts_once_it_has_answered_200() {
    on_each(async |world| {
        let me = world.another().await;
        let receiver = Receiver::open().await;
        let callback = world.post(&me, GET, json!({})).await.accepted();
        assert_eq!(
            (&callback["url"], &callback["verified"], &callback["messageEdition"]),
            (&json!(null), &json!(false), &json!("v1"))
        );
        world.post(&me, VERIFY, json!({})).await.refused_for(40406, "url");

        let set = world.post(&me, SET, json!({"url": receiver.url})).await.accepted();
        assert_eq!((&set["url"], &set["verified"]), (&json!(receiver.url), &json!(false)));
        receiver.answer(Reply::status(500));
        let failed = world.post(&me, VERIFY, json!({})).await.accepted();
        assert_eq!((&failed["passed"], &failed["status"]), (&json!(false), &json!(500)));
        assert_eq!(world.post(&me, GET, json!({})).await.accepted()["verified"], false);
        for status in [201, 204, 302, 404] {
            receiver.answer(Reply::status(status));
            assert_eq!(world.post(&me, VERIFY, json!({})).await.accepted()["passed"], false, "{status}");
        }
        receiver.answer(Reply::status(200));
        assert_eq!(world.post(&me, VERIFY, json!({})).await.accepted()["passed"], true);
        let callback = world.post(&me, GET, json!({})).await.accepted();
        assert_eq!(callback["verified"], true);
        assert!(callback["verifiedAt"].as_str().unwrap().ends_with("+08:00"), "{callback}");
    })
    .await;
}

#[tokio::test]
async fn the_verification_is_a_signed_message_without_an_id() {
    on_each(async |world| {
        let me = world.another().await;
        let receiver = Receiver::open().await;
        for (edition, body) in [("v1", json!({})), ("ka", json!("{}"))] {
            world.post(&me, SET, json!({"url": receiver.url, "messageEdition": edition})).await.accepted();
            world.post(&me, VERIFY, json!({})).await.accepted();
            let arrived = receiver.arrived().pop().unwrap();
            arrived.prove(&me, Base::RawBody);
            let develop_id: i64 = me.develop_id.parse().unwrap();
            for (name, value) in [
                ("messageType", json!("VERIFY")),
                ("messageBody", body),
                ("messagePlatform", json!(1)),
                ("retryCount", json!(0)),
                ("developId", json!(develop_id)),
                ("id", json!(0)),
            ] {
                assert_eq!(arrived.json[name], value, "{edition} {name}");
            }
        }
        assert_eq!(super::rows(world, &me, json!({})).await, Vec::<Value>::new(), "never part of the message list");
    })
    .await;
}

#[tokio::test]
async fn a_changed_url_has_to_pass_again_and_an_empty_one_removes_it() {
    on_each(async |world| {
        let me = world.another().await;
        let receiver = Receiver::of(world, &me).await;
        let verified = async || world.post(&me, GET, json!({})).await.accepted()["verified"].clone();
        for kept in [
            json!({"url": receiver.url}),
            json!({}),
            json!({"messageEdition": "ka"}),
            json!({"signatureBase": "messageBody"}),
        ] {
            world.post(&me, SET, kept).await.accepted();
            assert_eq!(verified().await, true);
        }
        world.post(&me, SET, json!({"url": format!("{}?x", receiver.url)})).await.accepted();
        assert_eq!(verified().await, false);
        let removed = world.post(&me, SET, json!({"url": ""})).await.accepted();
        assert_eq!(
            (&removed["url"], &removed["messageEdition"], &removed["signatureBase"]),
            (&json!(null), &json!("ka"), &json!("messageBody"))
        );
    })
    .await;
}

#[tokio::test]
async fn addresses_that_must_not_be_called_and_wrong_words_are_refused() {
    on_each(async |world| {
        let me = &world.developer;
        for url in [
            "x",
            "ftp://example.com/",
            "http://",
            "https://user:secret@example.com/",
            "http://10.0.0.1/",
            "http://192.168.1.1/x",
            "http://169.254.169.254/latest",
            "http://[::ffff:10.0.0.1]/",
            "http://0x0a000001/",
            "http://100.64.0.1/",
            "http://[fe80::1]/",
            "http://0.0.0.0/",
            "http://224.0.0.1/",
            "javascript:alert(1)",
        ] {
            world.post(me, SET, json!({"url": url})).await.refused_for(40003, "url");
        }
        world
            .post(me, SET, json!({"url": format!("https://example.com/{}", "x".repeat(2100))}))
            .await
            .refused_for(40003, "url");
        world.post(me, SET, json!({"messageEdition": "v3"})).await.refused_for(40003, "messageEdition");
        world.post(me, SET, json!({"signatureBase": "none"})).await.refused_for(40003, "signatureBase");
        assert_eq!(world.post(me, GET, json!({})).await.accepted()["url"], Value::Null, "nothing was set");
    })
    .await;
}
