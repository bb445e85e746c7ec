//! What machines ask: health, readiness, the API document.

use crate::world::{World, on_each};
use axum::body::Body;
use contract::OPERATIONS;
use http::Request;
use serde_json::Value;

async fn get(world: &World, path: &str) -> (u16, String) {
    world.page(Request::get(path).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn it_is_healthy_and_ready() {
    on_each(async |world| {
        assert_eq!(get(world, "/healthz").await.0, 200);
        let (status, text) = get(world, "/readyz").await;
        let told: Value = serde_json::from_str(&text).unwrap();
        assert_eq!((status, &told["ready"]), (200, &Value::Bool(true)));
        // Made beside the first requests: a test may see either word.
        assert!(["building", "ready"].contains(&told["indexes"].as_str().unwrap()), "{text}");
    })
    .await;
}

#[tokio::test]
async fn the_api_document_lists_every_operation_with_its_types_and_codes() {
    on_each(async |world| {
        let (status, text) = get(world, "/openapi.json").await;
        assert_eq!(status, 200);
        let document: Value = serde_json::from_str(&text).unwrap();
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
        for entry in OPERATIONS {
            let operation = &document["paths"][entry.path][entry.method.name().to_lowercase()];
            assert_eq!(operation["operationId"], entry.id);
            assert_eq!(operation["summary"], entry.title);
            let success = &operation["responses"]["200"]["content"]["application/json"];
            assert!(success["schema"].is_object(), "{}", entry.id);
            for code in entry.errors {
                assert!(operation["responses"][code.http().to_string()].is_object(), "{} {code}", entry.id);
            }
        }
    })
    .await;
}
