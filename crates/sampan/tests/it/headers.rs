//! What answers tell a browser.

use crate::{
    ask::Ask,
    purchase::goods,
    world::{World, on_each},
};
use axum::body::Body;
use http::{HeaderMap, Request};
use serde_json::json;

fn text<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Paths of all kinds that a browser may be led to.
async fn places(world: &World) -> Vec<String> {
    let me = &world.developer;
    let bought = world.order(me, goods::JEANS, &[1]).await;
    let seller = world.seller(goods::JEANS).await;
    [
        "/",
        "/healthz",
        "/readyz",
        "/openapi.json",
        "/sandbox/cashier",
        "/oauth/authorize",
        "/oauth/authorize?client_id=1688001&redirect_uri=https%3A%2F%2Fapp.example%2F",
        "/sandbox/vouchers/none.jpg",
        "/sandbox/control/habits",
        "/metrics",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain([
        format!("/sandbox/cashier?orderIds={}", bought.order),
        format!("/sandbox/chat/{seller}"),
        format!("/sandbox/pictures/{}/1.png", goods::JEANS),
    ])
    .collect()
}

#[tokio::test]
async fn what_a_browser_opens_is_neither_framed_nor_guessed_nor_passed_on() {
    on_each(async |world| {
        for path in places(world).await {
            let response = world.fetch(Request::get(&path).body(Body::empty()).unwrap()).await;
            let headers = response.headers();
            assert_eq!(text(headers, "x-content-type-options"), "nosniff", "{path}");
            assert_eq!(text(headers, "x-frame-options"), "DENY", "{path}");
            assert_eq!(text(headers, "referrer-policy"), "no-referrer", "{path}");
            let policy = text(headers, "content-security-policy");
            assert!(
                policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
                "{path}: {policy}"
            );
            assert!(!policy.contains("unsafe"), "{path}: {policy}");
            let kept = text(headers, "cache-control");
            assert!(kept == "no-store" || path.contains("/pictures/"), "{path}: {kept}");
            assert!(!headers.contains_key("strict-transport-security"), "{path}: without TLS it would lock people out");
            assert_eq!(headers.get_all("content-security-policy").iter().count(), 1, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn answers_of_the_api_are_not_kept_on_their_way() {
    on_each(async |world| {
        let me = &world.developer;
        for ask in [
            Ask::post("/developer/profile", &json!({})),
            Ask::post("/developer/profile", &json!({})).without("signature"),
            Ask::get("/alibaba/order/pay/url", &[("orderId", "5")]),
            Ask::get("/nowhere", &[]),
        ] {
            let path = ask.path.clone();
            let answer = world.send(me, ask).await;
            assert_eq!(text(&answer.headers, "x-content-type-options"), "nosniff", "{path}");
            assert_eq!(text(&answer.headers, "cache-control"), "no-store", "{path}");
        }
    })
    .await;
}
