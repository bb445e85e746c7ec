//! Base paths, headers, key, time and signature.

use super::READ;
use crate::{
    ask::Ask,
    persona::{Persona, now_ms, now_s},
    world::on_each,
};
use serde_json::json;
use std::collections::HashSet;

fn read() -> Ask {
    Ask::post(READ, &json!({}))
}

#[tokio::test]
async fn routes_are_served_at_the_root_and_under_api() {
    on_each(async |world| {
        for path in [READ.to_owned(), format!("/api{READ}")] {
            let data = world.post(&world.developer, &path, json!({})).await.accepted();
            assert_eq!(data["developId"], world.developer.develop_id.as_str());
        }
        for path in [
            "/",
            "/api",
            "/nowhere",
            "/api/api/developer/profile",
            "/developer/profile/",
            "//developer/profile",
            "/Developer/Profile",
            "/apideveloper/profile",
            "/developer%2Fprofile",
        ] {
            let answer = world.post(&world.developer, path, json!({})).await.refused(40401);
            assert!(answer.json["developId"].is_null(), "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn seconds_milliseconds_and_both_cases_of_hex_are_understood() {
    on_each(async |world| {
        let me = &world.developer;
        for timestamp in [now_s().to_string(), now_ms().to_string()] {
            world.send(me, read().at(&timestamp)).await.accepted();
            let upper = me.sign(&timestamp, "n");
            assert_eq!(upper, upper.to_uppercase());
            world.send(me, read().at(&timestamp).nonce("n").signature(&upper)).await.accepted();
            world.send(me, read().at(&timestamp).nonce("n").signature(&upper.to_lowercase())).await.accepted();
        }
        // The text is signed as sent: the same instant in the other form has another signature.
        let (s, ms) = (now_s().to_string(), (now_s() * 1000).to_string());
        world.send(me, read().at(&ms).nonce("n").signature(&me.sign(&s, "n"))).await.refused(40103);
    })
    .await;
}

#[tokio::test]
async fn a_timestamp_may_lie_600_seconds_away_on_either_side() {
    on_each(async |world| {
        for away in [-595, 595] {
            world.send(&world.developer, read().at(now_s() + away)).await.accepted();
            world.send(&world.developer, read().at(now_ms() + away * 1000)).await.accepted();
        }
        for away in [-602, 605, -86_400] {
            for text in [(now_s() + away).to_string(), (now_ms() + away * 1000).to_string()] {
                let answer = world.send(&world.developer, read().at(text)).await.refused_for(40104, "timestamp");
                assert!(answer.json["developId"].is_null());
            }
        }
        for text in ["soon", "-1", "1.5e9", "0", "99999999999999999999", "+1775221032", "0x10"] {
            world.send(&world.developer, read().at(text)).await.refused_for(40104, "timestamp");
        }
    })
    .await;
}

#[tokio::test]
async fn each_missing_header_is_named() {
    on_each(async |world| {
        for name in ["access-key", "timestamp", "signature"] {
            let answer = world.send(&world.developer, read().without(name)).await.refused_for(40101, name);
            assert!(answer.json["developId"].is_null());
            world.send(&world.developer, read().header(name, "")).await.refused_for(40101, name);
        }
    })
    .await;
}

#[tokio::test]
async fn an_unknown_key_and_a_wrong_secret_are_told_apart() {
    on_each(async |world| {
        let stranger = Persona { access_key: "0".repeat(32), ..world.developer.clone() };
        let answer = world.send(&stranger, read()).await.refused_for(40102, "access-key");
        assert!(answer.json["developId"].is_null());
        let shouting = Persona { access_key: world.developer.access_key.to_uppercase(), ..world.developer.clone() };
        world.send(&shouting, read()).await.refused(40102);

        let forger = Persona { access_secret: "0".repeat(32), ..world.developer.clone() };
        let answer = world.send(&forger, read()).await.refused_for(40103, "signature");
        assert!(answer.json["developId"].is_null());
        for malformed in ["x", "D502", &"Z".repeat(32), &"0".repeat(33), &"0".repeat(64), "签名"] {
            world.send(&world.developer, read().signature(malformed)).await.refused(40103);
        }
    })
    .await;
}

/// Each request has every fault from its own on; the first one answers.
#[tokio::test]
async fn checks_come_in_the_contract_s_order() {
    on_each(async |world| {
        let v1 = world.another_with(json!({"editions": ["v1"]})).await;
        let foreign = world.developer.user_id.clone().unwrap();
        let stranger = Persona { access_key: "0".repeat(32), ..v1.as_user(&foreign) };
        let forger = Persona { access_secret: "0".repeat(32), ..v1.as_user(&foreign) };
        let (ka_write, old) = ("/alibaba/ka/order/create", now_s() - 9999);
        let malformed = || Ask::raw(ka_write, "[".repeat(300 * 1024));

        world
            .send(&stranger, Ask { path: "/nowhere".to_owned(), ..malformed() }.without("signature").at(old))
            .await
            .refused(40401);
        world.send(&stranger, malformed().at(old).without("signature")).await.refused(40101);
        world.send(&stranger, malformed().at(old)).await.refused(40102);
        world.send(&forger, malformed().at(old)).await.refused(40104);
        world.send(&forger, malformed()).await.refused(40103);
        let foreigner = v1.as_user(&foreign);
        world.send(&v1, read().nonce("seen")).await.accepted();
        world.send(&foreigner, malformed().nonce("seen")).await.refused(40105);
        world.send(&foreigner, malformed()).await.refused(40302);
        world.send(&v1, malformed()).await.refused(40301);
        world.send(&world.developer, malformed()).await.refused(41301);
        world.send(&world.developer, Ask::raw(ka_write, "[")).await.refused(40001);
        world.send(&world.developer, Ask::raw(ka_write, r#"{"flow": 5}"#)).await.refused(40002);
        let wrong = json!({"flow": 5, "addressParam": {}, "cargoParamList": []});
        world.send(&world.developer, Ask::post(ka_write, &wrong)).await.refused_for(40003, "flow");
    })
    .await;
}

#[tokio::test]
async fn every_answer_has_an_id_of_its_own() {
    on_each(async |world| {
        let mut seen = HashSet::new();
        for i in 0..50 {
            let path = if i % 2 == 0 { READ } else { "/nowhere" };
            let answer = world.post(&world.developer, path, json!({})).await;
            assert!(seen.insert(answer.request_id().to_owned()), "{} twice", answer.request_id());
        }
    })
    .await;
}
