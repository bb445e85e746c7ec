//! Headers and bodies as strange as they can be; the same functions are the bodies of the fuzz targets.

#[path = "../../../fuzz/bodies/body.rs"]
mod body;
#[path = "../../../fuzz/bodies/headers.rs"]
mod headers;

use proptest::{collection::vec, prelude::*};
use serde_json::{Map, Value, json};

/// JSON of any shape, some levels deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(70, 120, 4, |inner| {
        let name = "[a-z\"\\\\]{0,4}";
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((name, inner), 0..4).prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

proptest! {
    #[test]
    fn any_bytes_are_a_body_or_not(data in vec(any::<u8>(), 0..400)) {
        body::run(&data);
    }

    #[test]
    fn any_json_is_read_as_it_was_written(value in any_json(), cut in 0_usize..40) {
        let text = value.to_string();
        body::run(text.as_bytes());
        body::run(&text.as_bytes()[..text.len().saturating_sub(cut)]);
    }

    #[test]
    fn brackets_of_any_depth(levels in 0_usize..3000, open in "[\\[{]", inside in "[\\[\\]{}\":,0-9]{0,30}") {
        body::run(format!("{{\"a\":{}{inside}", open.repeat(levels)).as_bytes());
        body::run(format!("{{\"a\":{}{}}}", "[".repeat(levels), "]".repeat(levels)).as_bytes());
    }

    #[test]
    fn envelopes_that_nearly_fit(code in any::<i64>(), data in any_json()) {
        body::run(json!({"requestId": null, "code": code, "developId": "1", "msg": "x", "data": data}).to_string().as_bytes());
    }

    #[test]
    fn any_bytes_are_headers_or_not(data in vec(any::<u8>(), 0..300)) {
        headers::run(&data);
    }

    #[test]
    fn headers_that_nearly_fit(data in "([0-9a-f]{32})?\n[0-9]{0,14}\n[ -~]{0,70}\n([0-9A-F]{32})?\n(21000[0-9]{8})?(\n[ -~]{0,9}){0,6}") {
        headers::run(data.as_bytes());
    }
}
