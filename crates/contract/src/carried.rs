//! A part of a marketplace's record that has no type here and is carried as it came.

use crate::ids::IdForm;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize, Serializer, ser::Error};
use serde_json::{Value, value::RawValue};
use std::borrow::Cow;

/// Whole numbers beyond this lose digits in a double.
const EXACT: u64 = 1 << 53;

/// Nobody knows what is an id in it. So where ids are asked for as text, every whole number that a double would bend is text.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Carried(pub Value);

impl Serialize for Carried {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match IdForm::of_scope() {
            IdForm::Number => self.0.serialize(serializer),
            IdForm::Text => Exact(&self.0).serialize(serializer),
        }
    }
}

/// As [`Carried`], with JSON that is printed to the letter where ids are numbers.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CarriedText(#[serde(serialize_with = "letters")] pub Box<RawValue>);

fn letters<S: Serializer>(text: &RawValue, serializer: S) -> Result<S::Ok, S::Error> {
    match IdForm::of_scope() {
        IdForm::Number => text.serialize(serializer),
        IdForm::Text => {
            let value: Value = serde_json::from_str(text.get()).map_err(S::Error::custom)?;
            Exact(&value).serialize(serializer)
        }
    }
}

impl JsonSchema for CarriedText {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "CarriedText".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Value::json_schema(generator)
    }
}

struct Exact<'a>(&'a Value);

impl Serialize for Exact<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Object(map) => serializer.collect_map(map.iter().map(|(name, value)| (name, Exact(value)))),
            Value::Array(items) => serializer.collect_seq(items.iter().map(Exact)),
            Value::Number(number) if bends(number) => serializer.collect_str(number),
            plain => plain.serialize(serializer),
        }
    }
}

fn bends(number: &serde_json::Number) -> bool {
    let size = number.as_u64().or_else(|| number.as_i64().map(i64::unsigned_abs));
    size.is_some_and(|size| size > EXACT)
}

impl JsonSchema for Carried {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Carried".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Value::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_double_would_bend_becomes_text() {
        let text = r#"{"a":[9007199254740992,9007199254740993,-9007199254740993,1.5],"b":{"c":3296622397216134260}}"#;
        let carried: Carried = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&carried).unwrap(), text);
        let printed = IdForm::Text.print(&carried).unwrap();
        let expected =
            r#"{"a":[9007199254740992,"9007199254740993","-9007199254740993",1.5],"b":{"c":"3296622397216134260"}}"#;
        assert_eq!(printed.get(), expected);
        let odd = r#"{ "n": 3296622397216134260123, "x": 1.50 }"#;
        let told = CarriedText(RawValue::from_string(odd.to_owned()).unwrap());
        assert_eq!(serde_json::to_string(&told).unwrap(), odd);
        let told = CarriedText(RawValue::from_string(text.to_owned()).unwrap());
        assert_eq!(IdForm::Text.print(&told).unwrap().get(), expected);
    }
}
