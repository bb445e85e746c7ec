//! `/metrics` and `/sandbox/control`: this machine, or the operator's signature.

use crate::{
    ask::Ask,
    persona::{Persona, now_s},
    world::{World, on_each},
};
use axum::{body::Body, extract::ConnectInfo};
use http::{HeaderValue, Request};
use std::net::SocketAddr;

const GUARDED: [&str; 3] = ["/metrics", "/sandbox/control/clock", "/sandbox/control/habits"];

fn from(peer: Option<[u8; 4]>, path: &str, headers: &[(&'static str, &str)]) -> Request<Body> {
    let mut request = Request::get(path).body(Body::empty()).unwrap();
    if let Some(ip) = peer {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((ip, 40_000))));
    }
    for (name, value) in headers {
        request.headers_mut().insert(*name, HeaderValue::from_str(value).unwrap());
    }
    request
}

async fn status(world: &World, request: Request<Body>) -> u16 {
    world.page(request).await.0
}

#[tokio::test]
async fn only_this_machine_is_let_in_without_a_signature() {
    on_each(async |world| {
        for path in GUARDED {
            assert_eq!(status(world, from(Some([127, 0, 0, 1]), path, &[])).await, 200, "{path}");
            assert_eq!(status(world, from(None, path, &[])).await, 403, "{path}");
            assert_eq!(status(world, from(Some([192, 0, 2, 7]), path, &[])).await, 403, "{path}");
            for forwarded in
                [("x-forwarded-for", "127.0.0.1"), ("forwarded", "for=127.0.0.1"), ("x-real-ip", "127.0.0.1")]
            {
                assert_eq!(
                    status(world, from(Some([127, 0, 0, 1]), path, &[forwarded])).await,
                    403,
                    "{path} {forwarded:?}"
                );
            }
            let page = [("origin", "https://evil.example"), ("host", "127.0.0.1:8080")];
            assert_eq!(status(world, from(Some([127, 0, 0, 1]), path, &page)).await, 403, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_operator_s_signature_is_let_in_and_no_other() {
    on_each(async |world| {
        let ask = |path: &str| Ask::get(path, &[]);
        let forger = Persona { access_secret: "0".repeat(32), ..world.operator.clone() };
        let stranger = Persona { access_key: "0".repeat(32), ..world.operator.clone() };
        for path in GUARDED {
            assert_eq!(status(world, world.operator.request(&ask(path))).await, 200, "{path}");
            for other in [&world.developer, &forger, &stranger] {
                assert_eq!(status(world, other.request(&ask(path))).await, 403, "{path}");
            }
            let old = ask(path).at(now_s() - 660);
            assert_eq!(status(world, world.operator.request(&old)).await, 403, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_is_refused_moves_no_clock() {
    on_each(async |world| {
        let offset = async || {
            let (_, text) = world.page(world.operator.request(&Ask::get("/sandbox/control/clock", &[]))).await;
            serde_json::from_str::<serde_json::Value>(&text).unwrap()["offsetMs"].as_i64().unwrap()
        };
        let advance = Ask::raw("/sandbox/control/clock/advance", r#"{"seconds": 3600}"#);
        assert_eq!(status(world, world.developer.request(&advance)).await, 403);
        assert_eq!(offset().await, 0);
        assert_eq!(status(world, world.operator.request(&advance)).await, 200);
        assert_eq!(offset().await, 3_600_000);
        // The wall's time goes on ruling signatures.
        world.post(&world.developer, "/developer/profile", serde_json::json!({})).await.accepted();
    })
    .await;
}

#[tokio::test]
async fn metrics_are_prometheus_text_that_counts_requests() {
    on_each(async |world| {
        world.post(&world.developer, "/developer/profile", serde_json::json!({})).await.accepted();
        let (status, text) = world.page(world.operator.request(&Ask::get("/metrics", &[]))).await;
        assert_eq!(status, 200);
        assert!(text.contains("# TYPE sampan_") && text.contains("developer_profile"), "{text}");
    })
    .await;
}
