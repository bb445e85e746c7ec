//! Exchanging the secret.

use crate::{persona::Persona, purchase::goods, receiver::Receiver, world::on_each};
use contract::callback::Base;
use serde_json::{Value, json};
use std::time::Duration;

const RESET: &str = "/developer/secret/reset";
const PROFILE: &str = "/developer/profile";

fn renewed(persona: &Persona, key: &Value) -> Persona {
    Persona {
        access_key: key["accessKey"].as_str().unwrap().to_owned(),
        access_secret: key["accessSecret"].as_str().unwrap().to_owned(),
        ..persona.clone()
    }
}

#[tokio::test]
async fn without_an_overlap_the_old_key_ends_at_once() {
    on_each(async |world| {
        let me = world.another().await;
        let key = world.post(&me, RESET, json!({})).await.accepted();
        assert_eq!(key["previousKeyUntil"], Value::Null);
        let new = renewed(&me, &key);
        assert!(new.access_key.len() == 32 && new.access_key != me.access_key && new.access_secret != me.access_secret);
        world.post(&me, PROFILE, json!({})).await.refused_for(40102, "access-key");
        assert_eq!(world.post(&new, PROFILE, json!({})).await.accepted()["accessKey"], new.access_key.as_str());
        let mixed = Persona { access_secret: me.access_secret.clone(), ..new };
        world.post(&mixed, PROFILE, json!({})).await.refused(40103);
    })
    .await;
}

#[tokio::test]
async fn the_old_key_works_until_the_overlap_ends() {
    on_each(async |world| {
        let me = world.another().await;
        let key = world.post(&me, RESET, json!({"overlapSeconds": 2})).await.accepted();
        assert!(key["previousKeyUntil"].as_str().unwrap().ends_with("+08:00"), "{key}");
        let new = renewed(&me, &key);
        for persona in [&me, &new] {
            world.post(persona, PROFILE, json!({})).await.accepted();
        }
        tokio::time::sleep(Duration::from_millis(2200)).await;
        world.post(&me, PROFILE, json!({})).await.refused_for(40102, "access-key");
        world.post(&new, PROFILE, json!({})).await.accepted();
    })
    .await;
}

#[tokio::test]
async fn callbacks_are_signed_with_the_newest_key() {
    on_each(async |world| {
        let me = world.another().await;
        let receiver = Receiver::of(world, &me).await;
        let new = renewed(&me, &world.post(&me, RESET, json!({"overlapSeconds": 600})).await.accepted());
        world.order(&me, goods::JEANS, &[1]).await;
        receiver.wait_for(1).await[0].prove(&new, Base::RawBody);
    })
    .await;
}

#[tokio::test]
async fn an_overlap_is_at_most_a_week() {
    on_each(async |world| {
        for seconds in [-1, 604_801] {
            world
                .post(&world.developer, RESET, json!({"overlapSeconds": seconds}))
                .await
                .refused_for(40003, "overlapSeconds");
        }
        world.post(&world.developer, PROFILE, json!({})).await.accepted();
    })
    .await;
}
