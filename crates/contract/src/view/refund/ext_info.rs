//! The open parts of a refund record: the attribute map and the quantities by sub-order. Order is kept as received.

use crate::{
    dialect::Dialect,
    scalar::{IdNumber, Whole},
};
use domain::refund::EntryShare;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
    ser::SerializeMap,
};
use std::{borrow::Cow, fmt, marker::PhantomData};

/// The one attribute that some dialects print as a real list.
const INTERCEPTS: &str = "interceptItemListResult";

/// Open map of text to text. `interceptItemListResult` is JSON text at the marketplace and in ka, a real list in v1.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ExtInfo<D> {
    /// Key and text, in the order in which they came.
    pub entries: Vec<(String, String)>,
    dialect: PhantomData<D>,
}

impl<D> ExtInfo<D> {
    pub fn new(entries: Vec<(String, String)>) -> Self {
        Self { entries, dialect: PhantomData }
    }

    pub fn get(&self, key: &str) -> Option<&str> {
        self.entries.iter().find(|(k, _)| k == key).map(|(_, text)| text.as_str())
    }
}

/// Whether a parcel could be stopped on its way.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Intercept {
    sub_biz_order_id: IdNumber,
    logistic_intercept_enum: Option<String>,
}

impl<D: Dialect> Serialize for ExtInfo<D> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.entries.len()))?;
        for (key, text) in &self.entries {
            match intercepts::<D>(key, text) {
                Some(list) => map.serialize_entry(key, &list)?,
                None => map.serialize_entry(key, text)?,
            }
        }
        map.end()
    }
}

fn intercepts<D: Dialect>(key: &str, text: &str) -> Option<Vec<Intercept>> {
    if !D::REAL_INTERCEPTS || key != INTERCEPTS {
        return None;
    }
    serde_json::from_str(text).ok()
}

impl<'de, D> Deserialize<'de> for ExtInfo<D> {
    fn deserialize<De: Deserializer<'de>>(deserializer: De) -> Result<Self, De::Error> {
        deserializer.deserialize_map(EntriesVisitor).map(Self::new)
    }
}

struct EntriesVisitor;

impl<'de> Visitor<'de> for EntriesVisitor {
    type Value = Vec<(String, String)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map of texts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::with_capacity(map.size_hint().unwrap_or(64));
        while let Some((key, value)) = map.next_entry::<String, serde_json::Value>()? {
            match value {
                serde_json::Value::Null => {}
                serde_json::Value::String(text) => entries.push((key, text)),
                other => entries.push((key, other.to_string())),
            }
        }
        Ok(entries)
    }
}

impl<D: Dialect> JsonSchema for ExtInfo<D> {
    fn schema_name() -> Cow<'static, str> {
        format!("ExtInfo_for_{}", D::schema_name()).into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        if D::REAL_INTERCEPTS {
            json_schema!({"type": "object", "additionalProperties": {"type": ["string", "array"]}})
        } else {
            json_schema!({"type": "object", "additionalProperties": {"type": "string"}})
        }
    }
}

/// Quantities by sub-order id, in the order in which they came.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EntryCounts(pub Vec<(String, Whole)>);

impl EntryCounts {
    pub fn of(shares: &[EntryShare]) -> Self {
        Self(shares.iter().map(|s| (s.entry.to_string(), Whole(i64::from(s.count)))).collect())
    }
}

impl Serialize for EntryCounts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, count)| (id, count)))
    }
}

impl<'de> Deserialize<'de> for EntryCounts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct CountsVisitor;

        impl<'de> Visitor<'de> for CountsVisitor {
            type Value = EntryCounts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map of quantities")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<EntryCounts, A::Error> {
                let mut counts = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    counts.push(entry);
                }
                Ok(EntryCounts(counts))
            }
        }

        deserializer.deserialize_map(CountsVisitor)
    }
}

impl JsonSchema for EntryCounts {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "EntryCounts".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "object", "additionalProperties": {"type": "integer", "format": "int64"}})
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::{Ka, V1Message};

    const DOCUMENT: &str = r#"{"7d":"1","interceptItemListResult":"[{\"subBizOrderId\":2044420321024880794,\"logisticInterceptEnum\":\"INTERCEPT_NOT_APPLY\"}]","a":"b"}"#;

    #[test]
    fn the_intercept_list_is_text_in_ka_and_real_in_v1() {
        let ka: ExtInfo<Ka> = serde_json::from_str(DOCUMENT).unwrap();
        assert_eq!(serde_json::to_string(&ka).unwrap(), DOCUMENT);
        let v1: ExtInfo<V1Message> = serde_json::from_str(DOCUMENT).unwrap();
        let printed = serde_json::to_string(&v1).unwrap();
        let real = r#"{"7d":"1","interceptItemListResult":[{"subBizOrderId":2044420321024880794,"logisticInterceptEnum":"INTERCEPT_NOT_APPLY"}],"a":"b"}"#;
        assert_eq!(printed, real);
        assert_eq!(serde_json::from_str::<ExtInfo<V1Message>>(&printed).unwrap(), v1);
    }
}
