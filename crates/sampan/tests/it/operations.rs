//! What holds for every operation of the table; a new one is covered by being registered.

use crate::{
    ask::Ask,
    persona::Persona,
    world::{World, on_each},
};
use contract::{
    OPERATIONS,
    operation::{Edition, Entry, Method, SHARED_ERRORS},
};
use serde_json::{Map, Value, json};

/// A request of an operation with these fields.
pub fn ask(entry: &Entry, fields: &Value) -> Ask {
    match entry.method {
        Method::Post => Ask::post(entry.path, fields),
        Method::Get => {
            let fields = fields.as_object().cloned().unwrap_or_default();
            let texts: Vec<(String, String)> = fields.into_iter().map(|(name, value)| (name, plain(&value))).collect();
            let pairs: Vec<(&str, &str)> = texts.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            Ask::get(entry.path, &pairs)
        }
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Somebody who may call it, and whom nobody misses afterwards.
pub async fn somebody(world: &World, entry: &Entry) -> Persona {
    match entry.edition {
        Edition::Operator => world.operator.clone(),
        Edition::Developer => world.another().await,
        granted @ (Edition::V1 | Edition::V2 | Edition::Ka | Edition::BigMajor) => {
            world.another_with(json!({"editions": [granted.name()]})).await
        }
    }
}

pub fn example(entry: &Entry) -> Value {
    entry.examples.first().map_or_else(|| json!({}), |text| serde_json::from_str(text).expect("an example is JSON"))
}

#[tokio::test]
async fn without_a_signature_none_is_answered() {
    on_each(async |world| {
        for entry in OPERATIONS {
            let unsigned = ask(entry, &example(entry)).without("signature");
            let answer = world.send(&world.developer, unsigned).await.refused_for(40101, "signature");
            assert!(answer.json["developId"].is_null(), "{}", entry.id);
        }
    })
    .await;
}

#[tokio::test]
async fn with_a_wrong_signature_none_is_answered() {
    on_each(async |world| {
        for entry in OPERATIONS {
            let forged = ask(entry, &example(entry)).signature(&"A".repeat(32));
            let answer = world.send(&world.developer, forged).await.refused_for(40103, "signature");
            assert!(answer.json["developId"].is_null(), "{}", entry.id);
        }
    })
    .await;
}

#[tokio::test]
async fn another_method_is_another_route() {
    on_each(async |world| {
        for entry in OPERATIONS {
            for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] {
                if method != entry.method.name() {
                    let ask = ask(entry, &example(entry)).method(method.parse().unwrap());
                    world.send(&world.developer, ask).await.refused(40401);
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn an_edition_that_is_not_granted_is_refused() {
    on_each(async |world| {
        let v1 = world.another_with(json!({"editions": ["v1"]})).await;
        let others = world.another_with(json!({"editions": ["v2", "ka", "bigmajor"]})).await;
        // A reset would take the key away.
        for entry in OPERATIONS.iter().filter(|e| e.path != "/developer/secret/reset") {
            let without = if entry.edition == Edition::V1 { &others } else { &v1 };
            let answer = world.send(without, ask(entry, &example(entry))).await;
            match entry.edition {
                Edition::Developer => assert_ne!(answer.code(), 40301, "{}", entry.id),
                Edition::V1 | Edition::V2 | Edition::Ka | Edition::BigMajor | Edition::Operator => {
                    drop(answer.refused(40301));
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn every_example_is_understood_and_answered_with_a_declared_code() {
    on_each(async |world| {
        for entry in OPERATIONS {
            for text in entry.examples {
                let persona = somebody(world, entry).await;
                let fields: Value = serde_json::from_str(text).expect("an example is JSON");
                let answer = world.send(&persona, ask(entry, &fields)).await;
                let code = answer.code();
                assert!(code != 40001 && answer.status < 500, "{}: {}", entry.id, answer.text);
                let declared = entry.errors.iter().chain(SHARED_ERRORS).any(|c| c.number() == code);
                assert!(code == 200 || declared, "{} does not declare {}", entry.id, answer.text);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_required_field_that_is_missing_or_null_is_named() {
    on_each(async |world| {
        for entry in OPERATIONS {
            let schema = entry.request_document();
            for field in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                // Null counts as left out: what may be null is asked for by the operation, if at all.
                if types(&schema, field).is_some_and(|types| types.iter().any(|t| t == "null")) {
                    continue;
                }
                let persona = somebody(world, entry).await;
                let mut fields = example(entry);
                fields.as_object_mut().unwrap().shift_remove(field);
                world.send(&persona, ask(entry, &fields)).await.refused_for(40002, field);
                if entry.method == Method::Post {
                    fields[field] = Value::Null;
                    world.send(&persona, ask(entry, &fields)).await.refused_for(40002, field);
                }
            }
        }
    })
    .await;
}

/// JSON types that a top-level field takes, where its schema says so in one word.
fn types(schema: &Value, field: &str) -> Option<Vec<String>> {
    match &schema["properties"][field]["type"] {
        Value::String(one) => Some(vec![one.clone()]),
        Value::Array(several) => Some(several.iter().filter_map(Value::as_str).map(str::to_owned).collect()),
        _ => None,
    }
}

/// A value of each JSON type.
fn of_each_type() -> [(&'static str, Value); 5] {
    [
        ("boolean", json!(true)),
        ("number", json!(1.5)),
        ("string", json!("text")),
        ("array", json!([[]])),
        ("object", json!({"a": {"b": []}})),
    ]
}

#[tokio::test]
async fn a_field_of_another_type_is_named_with_what_was_expected() {
    on_each(async |world| {
        for entry in OPERATIONS.iter().filter(|e| e.method == Method::Post) {
            let schema = entry.request_document();
            let persona = somebody(world, entry).await;
            for (field, _) in example(entry).as_object().cloned().unwrap_or_else(Map::new) {
                let Some(types) = types(&schema, &field) else { continue };
                for (kind, value) in of_each_type() {
                    if types.iter().any(|t| t == kind) {
                        continue;
                    }
                    let mut fields = example(entry);
                    fields[&field] = value;
                    let answer = world.send(&persona, ask(entry, &fields)).await.refused_for(40003, &field);
                    assert!(answer.msg().contains("expected"), "{}: {}", entry.id, answer.msg());
                }
            }
        }
    })
    .await;
}

/// Every place of a value, replaced by each of the strange values.
fn confusions(value: &Value) -> Vec<Value> {
    let strange = || {
        [
            json!(null),
            json!(true),
            json!(-1),
            json!(0),
            json!(1.5),
            json!(1e300),
            json!(u64::MAX),
            json!(i64::MIN),
            json!(""),
            json!(" "),
            json!("x"),
            json!("\u{0}"),
            json!("9".repeat(40)),
            json!([]),
            json!([null]),
            json!({}),
            json!([[[]]]),
            json!("字".repeat(600)),
        ]
    };
    let mut out: Vec<Value> = strange().to_vec();
    match value {
        Value::Object(fields) => {
            for name in fields.keys() {
                for inner in confusions(&fields[name]) {
                    let mut changed = value.clone();
                    changed[name] = inner;
                    out.push(changed);
                }
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                for inner in confusions(item) {
                    let mut changed = value.clone();
                    changed[at] = inner;
                    out.push(changed);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    out
}

#[tokio::test]
async fn confusion_of_types_is_refused_and_breaks_nothing() {
    on_each(async |world| {
        for entry in OPERATIONS {
            let mut persona = somebody(world, entry).await;
            for fields in confusions(&example(entry)) {
                let answer = world.send(&persona, ask(entry, &fields)).await;
                assert!(answer.status < 500, "{} {fields}: {}", entry.id, answer.text);
                if !fields.is_object() && entry.method == Method::Post {
                    assert_eq!(answer.code(), 40001, "{} {fields}: {}", entry.id, answer.text);
                }
                if entry.path == "/developer/secret/reset" && answer.code() == 200 {
                    persona = somebody(world, entry).await;
                }
            }
        }
        let (status, _) = world.page(http::Request::get("/readyz").body(axum::body::Body::empty()).unwrap()).await;
        assert_eq!(status, 200);
    })
    .await;
}
