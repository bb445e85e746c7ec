//! Dialects: how one record is printed in one place (an answer of v1, a text inside it, a message, an answer of ka).
//!
//! A dialect is a type with policies; a view is generic over it, so what is printed and what the schema says follow from
//! the same constants. Reading is wider than printing: a view takes the marketplace's record as received, and also what
//! it printed itself. Rejected: one view rewritten as a JSON tree for each place.

use domain::Timestamp;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{DeserializeOwned, Error, Visitor},
};
use std::{borrow::Cow, fmt, marker::PhantomData};

/// How a time is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeForm {
    /// `2026-04-20T15:24:07.000+08:00`
    Iso,
    /// `2026-04-20 15:24:07`, UTC+8
    Text,
    /// Milliseconds since the epoch, a number
    EpochMs,
    /// `20260420152407000+0800`
    Compact,
}

/// The policies of one place.
pub trait Dialect: Copy + Default + PartialEq + fmt::Debug + JsonSchema + Send + Sync + 'static {
    const TIME: TimeForm;
    /// Null fields are left out instead of printed.
    const OMITS_NULLS: bool;
    /// Nested values are JSON text instead of real ones.
    const INNER_TEXT: bool;
    /// `interceptItemListResult` of a refund is a real list instead of text.
    const REAL_INTERCEPTS: bool;
    /// Ids of products are opaque ([`crate::offer`]); a real one does not print.
    const HIDES_IDS: bool;
    /// What the id of a product is called in carts and order lines.
    const OFFER_FIELD: &'static str;
    /// What holds inside such JSON text (the dialect itself where nothing is text).
    type Inside: Dialect;

    /// For `skip_serializing_if`.
    fn leaves_out<T: Absent>(value: &T) -> bool {
        Self::OMITS_NULLS && value.is_absent()
    }
}

/// What prints as null.
pub trait Absent {
    fn is_absent(&self) -> bool;
}

impl<T> Absent for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Absent for crate::scalar::List<T> {
    fn is_absent(&self) -> bool {
        false
    }
}

macro_rules! dialect {
    (@ids real) => { false };
    (@ids opaque) => { true };
    (
        $(#[$doc:meta])*
        $name:ident: $time:ident, omits $omits:literal, inner text $text:literal, real intercepts $real:literal,
        $ids:ident ids in $offer:literal, inside $inside:ident
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, JsonSchema)]
        pub struct $name;

        impl Dialect for $name {
            const TIME: TimeForm = TimeForm::$time;
            const OMITS_NULLS: bool = $omits;
            const INNER_TEXT: bool = $text;
            const REAL_INTERCEPTS: bool = $real;
            const HIDES_IDS: bool = dialect!(@ids $ids);
            const OFFER_FIELD: &'static str = $offer;
            type Inside = $inside;
        }
    };
}

dialect! {
    /// Answers of v1, and of ka and bigMajor where they are as in v1: nulls printed, nested values as JSON text in the form
    /// of the v1 message.
    V1Info: Text, omits false, inner text true, real intercepts true, real ids in "offerId", inside V1Message
}
dialect! {
    /// Answers of v2: real objects where v1 has JSON text, products under opaque ids.
    V2: Text, omits false, inner text false, real intercepts true, opaque ids in "offerMapId", inside V2
}
dialect! {
    /// Messages of v1 and v2: real values, epoch milliseconds, nulls left out.
    V1Message: EpochMs, omits true, inner text false, real intercepts true, real ids in "offerId", inside V1Message
}
dialect! {
    /// Answers about refunds in ka, and our own groups: real values, ISO-8601, nulls printed.
    Ka: Iso, omits false, inner text false, real intercepts false, real ids in "offerId", inside Ka
}
dialect! {
    /// Messages and orders of ka: `yyyy-MM-dd HH:mm:ss`, nulls printed.
    KaMessage: Text, omits false, inner text false, real intercepts false, real ids in "offerId", inside KaMessage
}

/// An instant, printed as the dialect prints times and read in any of the forms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time<D> {
    pub at: Timestamp,
    dialect: PhantomData<D>,
}

impl<D> Time<D> {
    pub const fn new(at: Timestamp) -> Self {
        Self { at, dialect: PhantomData }
    }
}

impl<D> From<Timestamp> for Time<D> {
    fn from(at: Timestamp) -> Self {
        Self::new(at)
    }
}

impl<D: Dialect> Serialize for Time<D> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match D::TIME {
            TimeForm::Iso => serializer.serialize_str(&self.at.iso()),
            TimeForm::Text => serializer.serialize_str(&self.at.text()),
            TimeForm::EpochMs => serializer.serialize_i64(self.at.0),
            TimeForm::Compact => serializer.serialize_str(&self.at.compact()),
        }
    }
}

impl<'de, D> Deserialize<'de> for Time<D> {
    fn deserialize<De: Deserializer<'de>>(deserializer: De) -> Result<Self, De::Error> {
        deserializer.deserialize_any(TimeVisitor).map(Self::new)
    }
}

struct TimeVisitor;

impl Visitor<'_> for TimeVisitor {
    type Value = Timestamp;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time")
    }

    fn visit_i64<E: Error>(self, ms: i64) -> Result<Timestamp, E> {
        Ok(Timestamp(ms))
    }

    fn visit_u64<E: Error>(self, ms: u64) -> Result<Timestamp, E> {
        i64::try_from(ms).map(Timestamp).map_err(|_| E::custom("a time beyond 64 bits"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Timestamp, E> {
        read_time(text).ok_or_else(|| E::custom("expected a time"))
    }
}

/// Reads a time in any form of the contract; a text without a zone is UTC+8.
pub fn read_time(text: &str) -> Option<Timestamp> {
    Timestamp::from_compact(text)
        .or_else(|| Timestamp::from_text(text))
        .or_else(|| Timestamp::from_iso(text))
        .or_else(|| text.parse().ok().map(Timestamp))
}

impl<D: Dialect> JsonSchema for Time<D> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Time_{}", D::schema_name()).into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        match D::TIME {
            TimeForm::Iso => json_schema!({"type": "string", "format": "date-time"}),
            TimeForm::Text => json_schema!({"type": "string", "description": "yyyy-MM-dd HH:mm:ss, UTC+8"}),
            TimeForm::EpochMs => json_schema!({"type": "integer", "format": "int64", "description": "epoch ms"}),
            TimeForm::Compact => json_schema!({"type": "string", "description": "yyyyMMddHHmmssSSSZ"}),
        }
    }
}

/// A nested value that some dialects print as JSON text. Reads both.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Inner<D, T> {
    pub value: T,
    dialect: PhantomData<D>,
}

impl<D, T> Inner<D, T> {
    pub const fn new(value: T) -> Self {
        Self { value, dialect: PhantomData }
    }
}

impl<D: Dialect, T: Serialize> Serialize for Inner<D, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !D::INNER_TEXT {
            return self.value.serialize(serializer);
        }
        let text = serde_json::to_string(&self.value).map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(&text)
    }
}

impl<'de, D, T: DeserializeOwned> Deserialize<'de> for Inner<D, T> {
    fn deserialize<De: Deserializer<'de>>(deserializer: De) -> Result<Self, De::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either<T> {
            Text(String),
            Real(T),
        }
        let value = match Either::deserialize(deserializer)? {
            Either::Text(text) => serde_json::from_str(&text).map_err(De::Error::custom)?,
            Either::Real(value) => value,
        };
        Ok(Self::new(value))
    }
}

impl<D: Dialect, T: JsonSchema> JsonSchema for Inner<D, T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Inner_{}_{}", D::schema_name(), T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        if D::INNER_TEXT {
            json_schema!({"type": "string", "contentMediaType": "application/json", "contentSchema": generator.subschema_for::<T>()})
        } else {
            generator.subschema_for::<T>()
        }
    }
}

/// Defines a record that is printed by dialect: every field follows its null policy.
macro_rules! view {
    ($($(#[$meta:meta])* pub struct $name:ident<D> { $($(#[$field_meta:meta])* pub $field:ident: $type:ty,)* })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "camelCase", bound = "")]
        #[schemars(bound = "")]
        pub struct $name<D: $crate::dialect::Dialect> {
            $($(#[$field_meta])* #[serde(skip_serializing_if = "D::leaves_out")] pub $field: $type,)*
            #[serde(skip)]
            #[doc(hidden)]
            pub dialect: std::marker::PhantomData<D>,
        }
    )*};
}
pub(crate) use view;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_one_instant_in_every_dialect() {
        let compact = "\"20260420152407000+0800\"";
        let at: Time<Ka> = serde_json::from_str(compact).unwrap();
        assert_eq!(serde_json::to_string(&at).unwrap(), "\"2026-04-20T15:24:07.000+08:00\"");
        let text = serde_json::to_string(&Time::<V1Info>::new(at.at)).unwrap();
        assert_eq!(text, "\"2026-04-20 15:24:07\"");
        let ms = serde_json::to_string(&Time::<V1Message>::new(at.at)).unwrap();
        assert_eq!(ms, "1776669847000");
        assert_eq!(serde_json::from_str::<Time<Ka>>(&text).unwrap(), at);
        assert_eq!(serde_json::from_str::<Time<Ka>>(&ms).unwrap(), at);
        assert!(serde_json::from_str::<Time<Ka>>("\"yesterday\"").is_err());
    }

    #[test]
    fn inner_values_are_read_from_text_and_from_real_ones() {
        let real: Inner<V1Info, Vec<i64>> = serde_json::from_str("[3296622397216134260]").unwrap();
        let text = serde_json::to_string(&real).unwrap();
        assert_eq!(text, "\"[3296622397216134260]\"");
        assert_eq!(serde_json::from_str::<Inner<V1Info, Vec<i64>>>(&text).unwrap(), real);
    }
}
