//! API5 and API8: what is the operator's, by whatever path, method or header it is asked for.

use super::{Callers, watch::Watch};
use crate::{
    ask::Ask,
    operations::{ask, example},
    persona::Persona,
    world::{World, on_each},
};
use axum::{body::Body, extract::ConnectInfo};
use contract::{OPERATIONS, operation::Edition};
use http::Request;
use serde_json::{Value, json};
use std::net::SocketAddr;

/// Everything behind the guard, with a body that would do something.
const GUARDED: [(&str, &str, &str); 15] = [
    ("GET", "/metrics", ""),
    ("GET", "/sandbox/control/clock", ""),
    ("POST", "/sandbox/control/clock/advance", r#"{"seconds":3600}"#),
    ("POST", "/sandbox/control/accounts/3", r#"{"balance":1}"#),
    ("GET", "/sandbox/control/habits", ""),
    ("POST", "/sandbox/control/offers/743470146022/restock", r#"{"quantity":1}"#),
    ("POST", "/sandbox/control/orders/2019601741959504495/pay", "{}"),
    ("POST", "/sandbox/control/orders/2019601741959504495/ship", "{}"),
    ("POST", "/sandbox/control/orders/2019601741959504495/modify-price", "{}"),
    ("POST", "/sandbox/control/orders/2019601741959504495/close", "{}"),
    ("GET", "/sandbox/control/pushes", ""),
    ("POST", "/sandbox/control/pushes", r#"{"withheld":true}"#),
    ("POST", "/sandbox/control/refunds/262615407388136042/agree", "{}"),
    ("POST", "/sandbox/control/refunds/262615407388136042/refuse", "{}"),
    ("POST", "/sandbox/control/replay", "[]"),
];

fn of(method: &str, path: &str, body: &str) -> Ask {
    Ask { content_type: None, ..Ask::raw(path, body.to_owned()) }.method(method.parse().expect("a method"))
}

async fn clock_and_money(world: &World) -> Value {
    let (_, clock) = world.page(world.operator.request(&Ask::get("/sandbox/control/clock", &[]))).await;
    let clock: Value = serde_json::from_str(&clock).expect("JSON");
    let account = world.control("/sandbox/control/accounts/3", json!({})).await;
    json!([clock["offsetMs"], account])
}

#[tokio::test]
async fn nobody_but_the_operator_plays_the_marketplace() {
    on_each(async |world| {
        let watch = Watch::over(world);
        let before = clock_and_money(world).await;
        let (me, operator) = (&world.developer, &world.operator);
        let forger = Persona { access_secret: "0".repeat(32), ..operator.clone() };
        for (method, path, body) in GUARDED {
            let ask = || of(method, path, body);
            let without = |name| ask().without(name);
            let mut requests = vec![me.request(&ask()), forger.request(&ask()), operator.request(&ask().at(1))];
            requests.extend(["access-key", "signature", "timestamp"].map(|name| operator.request(&without(name))));
            requests.push(operator.request(&ask().header("origin", "https://evil.example")));
            requests.push(operator.request(&ask().header("origin", "null")));
            for request in requests {
                let (status, text) = world.page(request).await;
                assert_eq!(status, 403, "{method} {path}: {text}");
                watch.look(path, &text);
            }
            // Another method is no way round.
            for other in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].into_iter().filter(|m| *m != method) {
                let (status, text) = world.page(me.request(&of(other, path, body))).await;
                assert!(status == 403 || status == 404, "{other} {path}: {status} {text}");
            }
        }
        assert_eq!(clock_and_money(world).await, before);
    })
    .await;
}

#[tokio::test]
async fn no_spelling_of_a_path_goes_round_the_guard() {
    on_each(async |world| {
        let before = clock_and_money(world).await;
        for path in [
            "/metrics/",
            "//metrics",
            "/./metrics",
            "/%6detrics",
            "/Metrics",
            "/metrics%00",
            "/metrics;x=1",
            "/metrics?x",
            "/api/metrics",
            "/x/../metrics",
            "/healthz/../metrics",
            "/sandbox/pictures/../control/clock",
            "/sandbox/control/../control/clock",
            "/sandbox//control/clock",
            "/sandbox/control%2fclock",
            "/sandbox/%63ontrol/clock",
            "/SANDBOX/control/clock",
            "/api/sandbox/control/clock",
            "/sandbox/control/clock/../clock",
            "/sandbox/control/",
            "/sandbox/control",
        ] {
            for ask in [Ask::get(path, &[]), of("POST", path, r#"{"seconds":3600}"#)] {
                let (status, text) = world.page(world.developer.request(&ask)).await;
                assert!(matches!(status, 401 | 403 | 404 | 405), "{path}: {status} {text}");
                assert!(!text.contains("# TYPE") && !text.contains("offsetMs"), "{path}: {text}");
            }
        }
        assert_eq!(clock_and_money(world).await, before);
    })
    .await;
}

/// A name server can point any name at this machine; the browser then says so in `Origin` or `Host`.
#[tokio::test]
async fn a_page_of_elsewhere_is_not_this_machine() {
    on_each(async |world| {
        let from_here = |headers: &[(&'static str, &str)]| {
            let mut request =
                Request::post("/sandbox/control/clock/advance").body(Body::from(r#"{"seconds":60}"#)).unwrap();
            request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 40_000))));
            for (name, value) in headers {
                request.headers_mut().append(*name, value.parse().unwrap());
            }
            request
        };
        let before = clock_and_money(world).await;
        for headers in [
            &[("host", "127.0.0.1:8080"), ("origin", "https://evil.example")][..],
            &[("host", "127.0.0.1:8080"), ("origin", "null")],
            &[("host", "127.0.0.1:8080"), ("origin", "")],
            &[("host", "127.0.0.1:8080"), ("origin", "http://127.0.0.1:8081")],
            &[("host", "127.0.0.1:8080"), ("x-forwarded-for", "192.0.2.1")],
            &[("host", "127.0.0.1:8080"), ("forwarded", "for=192.0.2.1")],
            &[("host", "rebound.evil.example:8080"), ("origin", "http://rebound.evil.example:8080")],
            &[("host", "rebound.evil.example")],
        ] {
            let (status, text) = world.page(from_here(headers)).await;
            assert_eq!(status, 403, "{headers:?}: {text}");
        }
        assert_eq!(clock_and_money(world).await, before);
        for host in ["127.0.0.1:8080", "localhost:8080", "[::1]:8080", "127.0.0.1", "LocalHost"] {
            assert_eq!(world.page(from_here(&[("host", host)])).await.0, 200, "{host}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_operator_s_operations_are_the_operator_s() {
    on_each(async |world| {
        let (callers, watch) = (Callers::of(world).await, Watch::over(world));
        let disabled = world.another().await;
        world.set_developer(&disabled, json!({"status": "disabled"})).await;
        for entry in OPERATIONS.iter().filter(|entry| entry.edition == Edition::Operator) {
            let ask = || ask(entry, &example(entry));
            for (who, code) in [(&callers.developer, 40301), (&disabled, 40303)] {
                let answer = world.send(who, ask()).await;
                watch.judge(entry, &answer);
                answer.refused(code);
            }
            // The operator's key with a developer's user, and the other way round.
            let user = callers.developer.user_id.clone().expect("a user");
            world.send(&world.operator.as_user(&user), ask()).await.refused(40302);
            let mixed = Persona { access_key: world.operator.access_key.clone(), ..callers.developer.as_nobody() };
            world.send(&mixed, ask()).await.refused(40103);
        }
    })
    .await;
}

/// API9: old versions, drafts, debug pages.
#[tokio::test]
async fn nothing_is_served_beside_the_table() {
    on_each(async |world| {
        let watch = Watch::over(world);
        for path in [
            "/debug",
            "/debug/pprof",
            "/admin",
            "/console",
            "/actuator/env",
            "/.env",
            "/.git/config",
            "/config",
            "/status",
            "/swagger.json",
            "/v1",
            "/v3/alibaba/order/page",
            "/operator",
            "/operator/",
            "/internal",
            "/graphql",
            "/rpc",
            "/openapi",
            "/openapi.yaml",
            "/test-developer.json",
            "/operator.json",
            "/sampan.db",
            "/master.key",
            "/sandbox/economy.sqlite",
            "/hooks",
            "/hooks/",
            "/hooks/taobao",
            "/hooks/alibaba1688/x",
            "/sandbox",
            "/sandbox/vouchers/..%2f..%2fmaster.key",
            "/sandbox/pictures/1/..%2f..%2fmaster.key",
        ] {
            for method in ["GET", "POST"] {
                let (status, text) = world.page(world.developer.request(&of(method, path, ""))).await;
                assert!(matches!(status, 404 | 405), "{method} {path}: {status} {text}");
                watch.look(path, &text);
            }
        }
        for path in ["/hooks/alibaba1688", "/sandbox/cashier", "/oauth/authorize", "/openapi/x/y"] {
            let (status, text) =
                world.page(world.developer.request(&of("POST", path, "a=%00&message=%ff&x=[[[["))).await;
            assert!((200..500).contains(&status), "{path}: {status} {text}");
            watch.look(path, &text);
        }
    })
    .await;
}
