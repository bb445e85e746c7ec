//! The tracking text of a product, which holds the id of the product.

use crate::{
    dialect::{Absent, Dialect},
    offer::HideIds,
};
use domain::IdCipher;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize, Serializer, ser};
use std::{borrow::Cow, marker::PhantomData, ops::Range};

/// `object_id@<id>^object_type@offer`, as text or encoded for a URL; report it back with the order. Where the dialect hides
/// ids, the opaque id stands in the place of the real one, and a real one does not print.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent, bound = "")]
pub struct TraceInfo<D> {
    text: String,
    #[serde(skip)]
    dialect: PhantomData<D>,
}

/// What stands before the id.
const MARKS: [&str; 3] = ["object_id@", "object_id%40", "object_id%2540"];

/// Place and value of a real id in a tracking text.
fn real_id(text: &str) -> Option<(Range<usize>, i64)> {
    MARKS.iter().find_map(|mark| {
        let start = text.find(mark)? + mark.len();
        let ends = |c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_');
        let end = text[start..].find(ends).map_or(text.len(), |length| start + length);
        Some((start..end, text[start..end].parse().ok()?))
    })
}

impl<D: Dialect> HideIds for TraceInfo<D> {
    fn hide_ids(&mut self, ids: &IdCipher) {
        if let (true, Some((place, id))) = (D::HIDES_IDS, real_id(&self.text)) {
            self.text.replace_range(place, ids.seal(id).as_str());
        }
    }
}

impl<D: Dialect> Serialize for TraceInfo<D> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if D::HIDES_IDS && real_id(&self.text).is_some() {
            return Err(ser::Error::custom("a real id in an edition that hides ids"));
        }
        serializer.serialize_str(&self.text)
    }
}

impl<D: Dialect> JsonSchema for TraceInfo<D> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "TraceInfo".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string"})
    }
}

impl<D> Absent for TraceInfo<D> {
    fn is_absent(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::{V1Info, V2};
    use domain::{DeveloperId, IdKey};

    fn ids() -> IdCipher {
        IdKey::new([7; 32]).of(DeveloperId::new(1_110_890_638_347_337_996).unwrap())
    }

    #[test]
    fn the_id_inside_is_hidden_with_the_others() {
        for (real, opaque) in [
            ("object_id@706627393257^object_type@offer", "object_id@R-aUoSC327iDB9FRRbQ_IA^object_type@offer"),
            (
                "object_id%40706627393257%5Eobject_type%40offer",
                "object_id%40R-aUoSC327iDB9FRRbQ_IA%5Eobject_type%40offer",
            ),
        ] {
            let text = serde_json::to_string(real).unwrap();
            let plain: TraceInfo<V1Info> = serde_json::from_str(&text).unwrap();
            assert_eq!(serde_json::to_string(&plain.hidden(&ids())).unwrap(), text);
            let v2: TraceInfo<V2> = serde_json::from_str(&text).unwrap();
            assert!(serde_json::to_string(&v2).is_err());
            assert_eq!(serde_json::to_string(&v2.hidden(&ids())).unwrap(), format!("\"{opaque}\""));
        }
    }
}
