//! Limits of a key and quotas of a day: reached, told, healed by time, and each caller's own.

use super::READ;
use crate::{
    answer::Answer,
    ask::Ask,
    hand::Hand,
    persona::Persona,
    world::{World, on_each, on_each_set},
};
use axum::extract::ConnectInfo;
use sampan::config::{
    Config,
    limits::{Limits, Window},
};
use serde_json::{Value, json};
use std::net::SocketAddr;

const WRITE: &str = super::WRITE;
const SEARCH: &str = "/alibaba/product/keywords/query";
const QUOTA: &str = "/developer/quota/get";
/// 2026-04-20 12:00:00 UTC+8, twelve hours before midnight.
const NOON: i64 = 1_776_657_600_000;
const HALF_DAY_MS: i64 = 43_200_000;

fn window(requests: u32, seconds: u32) -> Option<Window> {
    Some(Window { requests, seconds })
}

fn rates() -> Limits {
    Limits { reads: window(4, 60), searches: window(1, 60), writes: window(2, 60), ..Limits::default() }
}

fn limited(limits: Limits) -> impl Fn(&mut Config) {
    move |config| config.limits = limits.clone()
}

/// A caller by the hand's time.
struct At<'a> {
    world: &'a World,
    hand: &'a Hand,
}

impl At<'_> {
    async fn send(&self, me: &Persona, ask: Ask) -> Answer {
        self.world.send(me, ask.at(self.hand.now())).await
    }

    async fn read(&self, me: &Persona) -> Answer {
        self.send(me, Ask::post(READ, &json!({}))).await
    }

    async fn write(&self, me: &Persona) -> Answer {
        self.send(me, Ask::post(WRITE, &super::setting("rawBody"))).await
    }

    async fn quota(&self, me: &Persona) -> Answer {
        self.send(me, Ask::post(QUOTA, &json!({}))).await
    }

    /// Another developer; what it takes to make one is the operator's, who has no limits.
    async fn another(&self) -> Persona {
        let body = json!({"name": "x", "editions": ["v1"]});
        Persona::of(&self.send(&self.world.operator, Ask::post("/operator/developer/create", &body)).await.accepted())
    }
}

fn header(answer: &Answer, name: &str) -> String {
    answer.headers.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

fn retry_after(answer: &Answer) -> i64 {
    header(answer, "retry-after").parse().unwrap()
}

/// What `quota/get` says of a class as `RateLimit` says it.
fn as_header(quota: &Value, class: &str) -> String {
    let found = quota["classes"].as_array().unwrap().iter().find(|row| row["class"] == class).unwrap();
    format!("\"{class}\";r={};t={}", found["remaining"], found["resetSeconds"])
}

#[tokio::test]
async fn a_limit_is_told_reached_and_healed_by_time() {
    let hand = Hand::standing_at(NOON);
    on_each_set(
        limited(rates()),
        || hand.wiring(),
        async |world| {
            let at = At { world, hand: &hand };
            let me = &world.developer;
            for (left, reset) in [(3, 15), (2, 30), (1, 45)] {
                let answer = at.read(me).await;
                assert_eq!(header(&answer, "RateLimit-Policy"), r#""reads";q=4;w=60"#);
                assert_eq!(header(&answer, "RateLimit"), format!("\"reads\";r={left};t={reset}"));
                answer.accepted();
            }
            let last = at.read(me).await;
            assert_eq!(header(&last, "RateLimit"), r#""reads";r=0;t=15"#);
            last.accepted();
            let refused = at.read(me).await.refused_for(42901, "reads");
            assert_eq!((refused.status, retry_after(&refused)), (429, 15));
            assert_eq!(header(&refused, "RateLimit"), r#""reads";r=0;t=15"#);
            assert_eq!(refused.json["developId"], me.develop_id.as_str(), "{}", refused.text);
            hand.forward(15_000);
            at.read(me).await.accepted();
            at.read(me).await.refused(42901);
            // A clock that is set back holds nobody off, and one that is set forward makes the limit whole.
            hand.forward(-3_600_000);
            at.read(me).await.refused(42901);
            hand.forward(15_000);
            at.read(me).await.accepted();
            hand.forward(7_200_000);
            assert_eq!(header(&at.read(me).await, "RateLimit"), r#""reads";r=3;t=15"#);
        },
    )
    .await;
}

#[tokio::test]
async fn classes_and_keys_have_limits_of_their_own() {
    let hand = Hand::standing_at(NOON);
    on_each_set(
        limited(rates()),
        || hand.wiring(),
        async |world| {
            let at = At { world, hand: &hand };
            let (me, other) = (at.another().await, at.another().await);
            for _ in 0..4 {
                at.read(&me).await.accepted();
            }
            at.read(&me).await.refused(42901);
            at.read(&other).await.accepted();
            let written = at.write(&me).await;
            assert_eq!(header(&written, "RateLimit"), r#""writes";r=1;t=30"#);
            written.accepted();
            at.write(&me).await.accepted();
            at.write(&me).await.refused_for(42901, "writes");
            let search =
                || Ask::post(SEARCH, &json!({"keyword": "bag", "beginPage": 1, "pageSize": 1, "country": "en"}));
            let found = at.send(&me, search()).await;
            assert!(header(&found, "RateLimit").starts_with(r#""searches";r=0;"#), "{found:?}");
            at.send(&me, search()).await.refused_for(42901, "searches");
            // A new key has limits of its own, and the old one none back.
            hand.forward(30_000);
            let reset = Ask::post("/developer/secret/reset", &json!({"overlapSeconds": 3600}));
            let key = at.send(&me, reset).await.accepted();
            let renewed = Persona {
                access_key: key["accessKey"].as_str().unwrap().to_owned(),
                access_secret: key["accessSecret"].as_str().unwrap().to_owned(),
                ..me.clone()
            };
            assert_eq!(header(&at.read(&renewed).await, "RateLimit"), r#""reads";r=3;t=15"#);
            assert_eq!(header(&at.read(&me).await, "RateLimit"), r#""reads";r=1;t=45"#);
            // The operator has none.
            for _ in 0..6 {
                let answer = at.send(&world.operator, Ask::post("/operator/developer/list", &json!({}))).await;
                assert_eq!(header(&answer, "RateLimit"), "");
                answer.accepted();
            }
        },
    )
    .await;
}

#[tokio::test]
async fn a_stranger_cannot_use_up_another_s_limit() {
    let hand = Hand::standing_at(NOON);
    on_each_set(
        limited(rates()),
        || hand.wiring(),
        async |world| {
            let at = At { world, hand: &hand };
            let me = &world.developer;
            let forger = Persona { access_secret: "0".repeat(32), ..me.clone() };
            for _ in 0..10 {
                let answer = at.read(&forger).await.refused(40103);
                assert_eq!(header(&answer, "RateLimit"), "");
            }
            assert_eq!(header(&at.read(me).await, "RateLimit"), r#""reads";r=3;t=15"#);
            // A refusal after that costs like any other request, and says what is left.
            let answer = at.send(me, Ask::raw(READ, "[")).await.refused(40001);
            assert_eq!(header(&answer, "RateLimit"), r#""reads";r=2;t=30"#);
        },
    )
    .await;
}

#[tokio::test]
async fn what_is_left_is_told_as_the_headers_tell_it() {
    let hand = Hand::standing_at(NOON);
    let limits = Limits { daily: Some(1000), searches: None, ..rates() };
    on_each_set(limited(limits), || hand.wiring(), async |world| {
        let at = At { world, hand: &hand };
        let me = &at.another().await;
        let written = at.write(me).await;
        let read = at.read(me).await;
        assert_eq!(header(&read, "RateLimit-Policy"), r#""reads";q=4;w=60, "day";q=1000;w=86400"#);
        let answer = at.quota(me).await;
        let told = header(&answer, "RateLimit");
        let quota = answer.accepted();
        let day = format!("\"day\";r={};t={}", quota["day"]["remaining"], quota["day"]["resetSeconds"]);
        assert!(told.starts_with(&as_header(&quota, "reads")), "{told} {quota}");
        let without_seconds = |text: &str| text.rsplit_once(";t=").unwrap().0.to_owned();
        assert!(told.contains(&without_seconds(&day)), "{told} {day}");
        assert!(header(&written, "RateLimit").starts_with(&as_header(&quota, "writes")), "{written:?} {quota}");
        let none = json!({"class": "searches", "limit": null, "windowSeconds": null, "remaining": null, "resetSeconds": null});
        assert_eq!(quota["classes"][1], none);
        let reads = json!({"class": "reads", "limit": 4, "windowSeconds": 60, "remaining": 2, "resetSeconds": 30});
        assert_eq!(quota["classes"][0], reads);
        assert_eq!((&quota["day"]["limit"], &quota["day"]["used"]), (&json!(1000), &json!(2)));
        assert_eq!(quota["day"]["resetAt"], "2026-04-21T00:00:00.000+08:00");
        let seconds = quota["day"]["resetSeconds"].as_i64().unwrap();
        assert!((HALF_DAY_MS / 1000 - 60..=HALF_DAY_MS / 1000).contains(&seconds), "{seconds}");
    })
    .await;
}

#[tokio::test]
async fn a_day_s_quota_is_the_developer_s_and_outlives_a_restart() {
    let hand = Hand::standing_at(NOON);
    let limits = Limits { daily: Some(5), ..Limits::default() };
    crate::world::on_each_set_changing(
        limited(limits),
        || hand.wiring(),
        async |world| {
            let me = {
                let at = At { world: &world, hand: &hand };
                let me = at.another().await;
                for left in [4, 3, 2] {
                    let answer = at.read(&me).await;
                    assert!(header(&answer, "RateLimit").starts_with(&format!("\"day\";r={left};t=4")), "{answer:?}");
                    answer.accepted();
                }
                me
            };
            let world = world.restart_wired(hand.wiring()).await;
            let at = At { world: &world, hand: &hand };
            at.read(&me).await.accepted();
            at.write(&me).await.accepted();
            let refused = at.write(&me).await.refused_for(42902, "day");
            let seconds = retry_after(&refused);
            assert!((HALF_DAY_MS / 1000 - 120..=HALF_DAY_MS / 1000).contains(&seconds), "{seconds}");
            assert!(header(&refused, "RateLimit").starts_with("\"day\";r=0;t="), "{refused:?}");
            at.read(&me).await.refused(42902);
            let quota = at.quota(&me).await.accepted();
            assert_eq!((&quota["day"]["used"], &quota["day"]["remaining"]), (&json!(5), &json!(0)));
            at.read(&at.another().await).await.accepted();
            hand.forward(HALF_DAY_MS);
            at.read(&me).await.accepted();
            hand.forward(-HALF_DAY_MS);
            world
        },
    )
    .await;
}

#[tokio::test]
async fn nothing_is_limited_where_nothing_is_said() {
    on_each(async |world| {
        for _ in 0..200 {
            let answer = world.post(&world.developer, READ, json!({})).await;
            assert!(!answer.headers.contains_key("RateLimit") && !answer.headers.contains_key("RateLimit-Policy"));
            answer.accepted();
        }
        let quota = world.post(&world.developer, QUOTA, json!({})).await.accepted();
        assert!(
            quota["day"].is_null() && quota["classes"].as_array().unwrap().iter().all(|row| row["limit"].is_null())
        );
    })
    .await;
}

#[tokio::test]
async fn an_address_that_guesses_is_held_off() {
    let hand = Hand::standing_at(NOON);
    let limits = Limits { failures: window(3, 60), ..Limits::default() };
    on_each_set(
        limited(limits),
        || hand.wiring(),
        async |world| {
            let me = &world.developer;
            let forger = Persona { access_secret: "0".repeat(32), ..me.clone() };
            let from = async |persona: &Persona, ip: [u8; 4], ask: Ask| {
                let mut request = persona.request(&ask.at(hand.now()));
                request.extensions_mut().insert(ConnectInfo(SocketAddr::from((ip, 40_000))));
                Answer::read(world.fetch(request).await).await
            };
            let read = || Ask::post(READ, &json!({}));
            let (bad, good) = ([192, 0, 2, 1], [192, 0, 2, 2]);
            from(&forger, bad, read()).await.refused(40103);
            from(&forger, bad, read().strongly()).await.refused(40103);
            from(&Persona { access_key: "0".repeat(32), ..me.clone() }, bad, read()).await.refused(40102);
            let refused = from(me, bad, read()).await.refused_for(42901, "address");
            assert_eq!(retry_after(&refused), 20);
            assert!(refused.json["developId"].is_null());
            from(me, good, read()).await.accepted();
            hand.forward(20_000);
            from(me, bad, read()).await.accepted();
        },
    )
    .await;
}
