//! Arguments as form fields: text as it is, a number or truth value in its JSON form, an object or array as its JSON text;
//! what has no value is left out, at every depth.

use serde::Serialize;
use serde_json::{Map, Value};

/// The fields of `ask`, a struct of arguments, in the struct's order.
pub fn fields<T: Serialize>(ask: &T) -> serde_json::Result<Vec<(String, String)>> {
    let Value::Object(object) = bare(serde_json::to_value(ask)?) else {
        return Ok(Vec::new());
    };
    Ok(object.into_iter().map(|(name, value)| (name, text(value))).collect())
}

fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

fn bare(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let kept: Map<_, _> = object.into_iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (k, bare(v))).collect();
            Value::Object(kept)
        }
        Value::Array(items) => Value::Array(items.into_iter().map(bare).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_kind_of_argument_has_its_form() {
        let ask = json!({"orderId": 3296622397215134260_i64, "flow": "general", "gone": null, "custom": true,
            "ids": [1, 2], "address": {"fullName": "a", "phone": null}});
        let expected = [
            ("orderId", "3296622397215134260"),
            ("flow", "general"),
            ("custom", "true"),
            ("ids", "[1,2]"),
            ("address", "{\"fullName\":\"a\"}"),
        ];
        let expected: Vec<_> = expected.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        assert_eq!(fields(&ask).unwrap(), expected);
    }
}
