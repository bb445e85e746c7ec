//! The nonce rule: a write needs a new one, a read may repeat it.

use super::{READ, WRITE, setting};
use crate::{
    ask::Ask,
    persona::{Persona, fresh_nonce, now_s},
    world::{World, on_each, on_each_changing},
};
use serde_json::json;

fn read() -> Ask {
    Ask::post(READ, &json!({}))
}

fn write(base: &str) -> Ask {
    Ask::post(WRITE, &setting(base))
}

async fn base(world: &World, persona: &Persona) -> String {
    let callback = world.post(persona, "/developer/callback/get", json!({})).await.accepted();
    callback["signatureBase"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_replayed_write_is_refused_and_changes_nothing() {
    on_each(async |world| {
        let me = &world.developer;
        let nonce = fresh_nonce();
        world.send(me, write("messageBody").nonce(&nonce)).await.accepted();
        world.send(me, write("rawBody").nonce(&nonce)).await.refused_for(40105, "nonce-str");
        assert_eq!(base(world, me).await, "messageBody");
        // In any request: another write, another time.
        let other = Ask::post("/developer/callback/verify", &json!({})).nonce(&nonce).at(now_s() + 5);
        world.send(me, other).await.refused(40105);
        // It is the developer's own: another's key may use the same text.
        world.send(&world.another().await, write("messageBody").nonce(&nonce)).await.accepted();
    })
    .await;
}

#[tokio::test]
async fn a_read_may_be_repeated_but_its_nonce_is_no_good_for_a_write() {
    on_each(async |world| {
        let me = &world.developer;
        let nonce = fresh_nonce();
        world.send(me, read().nonce(&nonce)).await.accepted();
        world.send(me, read().nonce(&nonce)).await.accepted();
        world.send(me, write("messageBody").nonce(&nonce)).await.refused(40105);
        assert_eq!(base(world, me).await, "rawBody");
        // And the other way round a read takes anything.
        let nonce = fresh_nonce();
        world.send(me, write("rawBody").nonce(&nonce)).await.accepted();
        world.send(me, read().nonce(&nonce)).await.accepted();
    })
    .await;
}

#[tokio::test]
async fn an_absent_nonce_is_signed_as_the_empty_text() {
    on_each(async |world| {
        let me = &world.developer;
        for ask in [read().nonce(""), read().nonce("").without("nonce-str")] {
            world.send(me, ask.clone()).await.accepted();
            world.send(me, ask).await.accepted();
        }
        // The signature counts as the nonce then, in either case.
        let at = now_s() + 30;
        let signature = me.sign(&at.to_string(), "");
        let absent = |base| write(base).nonce("").at(at).without("nonce-str");
        world.send(me, absent("messageBody")).await.accepted();
        world.send(me, absent("rawBody").signature(&signature.to_lowercase())).await.refused(40105);
        world.send(me, absent("rawBody").header("nonce-str", "")).await.refused(40105);
        assert_eq!(base(world, me).await, "messageBody");
        world.send(me, absent("rawBody").at(at + 1)).await.accepted();
    })
    .await;
}

#[tokio::test]
async fn a_nonce_has_at_most_64_characters() {
    on_each(async |world| {
        let me = &world.developer;
        for (text, code) in
            [("x".to_owned(), 200), ("y".repeat(64), 200), ("z".repeat(65), 40003), ("w".repeat(500), 40003)]
        {
            let answer = world.send(me, read().nonce(&text)).await;
            assert_eq!(answer.code(), code, "{}", answer.text);
            if code != 200 {
                answer.refused_for(40003, "nonce-str");
            }
        }
    })
    .await;
}

/// The signature covers no body: a nonce that a refused request has shown must not open another.
#[tokio::test]
async fn the_nonce_of_a_refused_write_is_used_up() {
    on_each(async |world| {
        let me = &world.developer;
        let nonce = fresh_nonce();
        world.send(me, write("neither").nonce(&nonce)).await.refused(40003);
        world.send(me, write("messageBody").nonce(&nonce)).await.refused(40105);
        assert_eq!(base(world, me).await, "rawBody");
    })
    .await;
}

#[tokio::test]
async fn nonces_of_writes_outlive_a_restart() {
    on_each_changing(async |world| {
        let ahead = now_s() + 500;
        let (kept, refused) = (fresh_nonce(), fresh_nonce());
        world.send(&world.developer, write("messageBody").nonce(&kept).at(ahead)).await.accepted();
        world.send(&world.developer, write("neither").nonce(&refused).at(ahead)).await.refused(40003);
        let before = now_s() - 2;
        let world = world.restart().await;
        let me = &world.developer;
        world.send(me, write("rawBody").nonce(&kept).at(ahead)).await.refused(40105);
        world.send(me, write("rawBody").nonce(&refused).at(ahead)).await.refused(40105);
        // What lies before the start cannot be known: a write is refused, a read is not.
        world.send(me, write("rawBody").at(before)).await.refused_for(40105, "timestamp");
        assert_eq!(base(&world, me).await, "messageBody");
        world.send(me, read().at(before)).await.accepted();
        world.send(me, write("rawBody").at(ahead)).await.accepted();
        world
    })
    .await;
}

#[tokio::test]
async fn a_developer_s_rule_may_be_strict_or_off() {
    on_each(async |world| {
        let me = world.another().await;
        world.set_developer(&me, json!({"nonceRule": "strict"})).await;
        world.send(&me, read()).await.accepted();
        world.send(&me, read().nonce("").without("nonce-str")).await.refused_for(40101, "nonce-str");
        world.send(&me, read().nonce("")).await.refused_for(40101, "nonce-str");
        let nonce = fresh_nonce();
        world.send(&me, read().nonce(&nonce)).await.accepted();
        world.send(&me, read().nonce(&nonce)).await.refused_for(40105, "nonce-str");
        world.set_developer(&me, json!({"nonceRule": "off"})).await;
        world.send(&me, write("messageBody").nonce(&nonce)).await.accepted();
        world.send(&me, write("rawBody").nonce(&nonce)).await.accepted();
        assert_eq!(base(world, &me).await, "rawBody");
    })
    .await;
}
