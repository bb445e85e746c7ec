//! Single values of views: what they print is fixed, what they read is wider.
//!
//! Marketplaces send the same column as number or as text from call to call. A view takes either and always prints the
//! contract's type; 64-bit numbers never pass through a double.

use crate::ids;
use domain::Fen;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};
use std::{borrow::Cow, fmt, marker::PhantomData, ops::Deref};

/// What a scalar can be read from.
trait Scalar: Sized {
    const EXPECTED: &'static str;
    fn of_text(text: &str) -> Option<Self>;
    fn of_whole(number: i64) -> Option<Self>;
    fn of_decimal(number: f64) -> Option<Self>;
    fn of_flag(flag: bool) -> Option<Self>;
}

struct ScalarVisitor<T>(PhantomData<T>);

impl<T: Scalar> Visitor<'_> for ScalarVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        T::of_text(text).ok_or_else(|| E::custom(format_args!("expected {}", T::EXPECTED)))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        T::of_whole(number).ok_or_else(|| E::custom(format_args!("expected {}", T::EXPECTED)))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        let whole = i64::try_from(number).map_err(|_| E::custom("a number beyond 64 bits"))?;
        self.visit_i64(whole)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        T::of_decimal(number).ok_or_else(|| E::custom(format_args!("expected {}", T::EXPECTED)))
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<T, E> {
        T::of_flag(flag).ok_or_else(|| E::custom(format_args!("expected {}", T::EXPECTED)))
    }
}

macro_rules! scalar {
    ($name:ident, $schema:ty) => {
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(ScalarVisitor(PhantomData))
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                <$schema>::json_schema(generator)
            }
        }
    };
}

/// A text; numbers and flags are read as their text.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Text(pub String);

scalar!(Text, String);

impl Scalar for Text {
    const EXPECTED: &'static str = "a text";

    fn of_text(text: &str) -> Option<Self> {
        Some(Self(text.to_owned()))
    }

    fn of_whole(number: i64) -> Option<Self> {
        Some(Self(number.to_string()))
    }

    fn of_decimal(number: f64) -> Option<Self> {
        Some(Self(number.to_string()))
    }

    fn of_flag(flag: bool) -> Option<Self> {
        Some(Self(flag.to_string()))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// A whole 64-bit number; digits in a text are read as one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Whole(pub i64);

scalar!(Whole, i64);

impl Scalar for Whole {
    const EXPECTED: &'static str = "a whole number";

    fn of_text(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }

    fn of_whole(number: i64) -> Option<Self> {
        Some(Self(number))
    }

    /// Doubles stand for whole numbers only as far as they are exact.
    fn of_decimal(number: f64) -> Option<Self> {
        let exact = number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0;
        exact.then_some(Self(number as i64))
    }

    fn of_flag(_: bool) -> Option<Self> {
        None
    }
}

impl From<Fen> for Whole {
    fn from(amount: Fen) -> Self {
        Self(amount.0)
    }
}

/// An id that the contract prints as a number; as text where the request asked for it ([`crate::ids`]).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct IdNumber(pub i64);

impl Scalar for IdNumber {
    const EXPECTED: &'static str = Whole::EXPECTED;

    fn of_text(text: &str) -> Option<Self> {
        Whole::of_text(text).map(|Whole(id)| Self(id))
    }

    fn of_whole(number: i64) -> Option<Self> {
        Some(Self(number))
    }

    fn of_decimal(number: f64) -> Option<Self> {
        Whole::of_decimal(number).map(|Whole(id)| Self(id))
    }

    fn of_flag(_: bool) -> Option<Self> {
        None
    }
}

impl<'de> Deserialize<'de> for IdNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor(PhantomData))
    }
}

impl JsonSchema for IdNumber {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "IdNumber".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        ids::schema()
    }
}

impl Serialize for IdNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ids::print(self.0, serializer)
    }
}

/// A number carried as it came: 19 stays 19, 1.5 stays 1.5.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Decimal(pub serde_json::Number);

scalar!(Decimal, serde_json::Number);

impl Scalar for Decimal {
    const EXPECTED: &'static str = "a number";

    fn of_text(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }

    fn of_whole(number: i64) -> Option<Self> {
        Some(Self(number.into()))
    }

    fn of_decimal(number: f64) -> Option<Self> {
        serde_json::Number::from_f64(number).map(Self)
    }

    fn of_flag(_: bool) -> Option<Self> {
        None
    }
}

impl From<u32> for Decimal {
    fn from(number: u32) -> Self {
        Self(number.into())
    }
}

/// An amount that the contract prints as a number of yuan: 19, 13.21.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct YuanNumber(pub Fen);

scalar!(YuanNumber, serde_json::Number);

impl Scalar for YuanNumber {
    const EXPECTED: &'static str = "an amount in yuan";

    fn of_text(text: &str) -> Option<Self> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let amount = Fen::from_yuan(digits)?;
        Some(Self(if negative { Fen::ZERO.minus(amount) } else { amount }))
    }

    fn of_whole(number: i64) -> Option<Self> {
        number.checked_mul(100).map(|fen| Self(Fen(fen)))
    }

    /// The shortest decimal of a double is what was written; only amounts below a fen have to be rounded.
    fn of_decimal(number: f64) -> Option<Self> {
        let rounded = (number.abs() < 9e13).then(|| Self(Fen((number * 100.0).round() as i64)));
        Self::of_text(&number.to_string()).or(rounded)
    }

    fn of_flag(_: bool) -> Option<Self> {
        None
    }
}

impl Serialize for YuanNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Fen(fen) = self.0;
        if fen % 100 == 0 { serializer.serialize_i64(fen / 100) } else { serializer.serialize_f64(fen as f64 / 100.0) }
    }
}

impl From<Fen> for YuanNumber {
    fn from(amount: Fen) -> Self {
        Self(amount)
    }
}

/// A flag; the words `true` and `false` are read as one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Flag(pub bool);

scalar!(Flag, bool);

impl Scalar for Flag {
    const EXPECTED: &'static str = "true or false";

    fn of_text(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }

    fn of_whole(_: i64) -> Option<Self> {
        None
    }

    fn of_decimal(_: f64) -> Option<Self> {
        None
    }

    fn of_flag(flag: bool) -> Option<Self> {
        Some(Self(flag))
    }
}

/// A field that must be there and may be null.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TextOrNull(pub Option<String>);

impl JsonSchema for TextOrNull {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "TextOrNull".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["string", "null"]})
    }
}

/// A list that is `[]` where the marketplace gives none.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct List<T>(pub Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(rows: Vec<T>) -> Self {
        Self(rows)
    }
}

impl<T> Deref for List<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::<Vec<T>>::deserialize(deserializer).map(|rows| Self(rows.unwrap_or_default()))
    }
}

impl<T: JsonSchema> JsonSchema for List<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("List_of_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "array", "items": generator.subschema_for::<T>()})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuan_prints_the_digits_it_read() {
        for (text, fen) in [("19", 1900), ("13.21", 1321), ("0.5", 50), ("-0.05", -5), ("0", 0), ("1317.7", 131_770)] {
            let amount: YuanNumber = serde_json::from_str(text).unwrap();
            assert_eq!(amount.0, Fen(fen), "{text}");
            assert_eq!(serde_json::to_string(&amount).unwrap(), text);
        }
        assert_eq!(serde_json::from_str::<YuanNumber>("\"633.69\"").unwrap().0, Fen(63_369));
        assert_eq!(serde_json::from_str::<YuanNumber>("19.00").unwrap().0, Fen(1900));
    }

    #[test]
    fn numbers_and_texts_stand_for_each_other() {
        let id = 3_296_622_397_216_134_260_i64;
        assert_eq!(serde_json::from_str::<Whole>(&format!("\"{id}\"")).unwrap().0, id);
        assert_eq!(serde_json::from_str::<Text>(&id.to_string()).unwrap().0, id.to_string());
        assert!(serde_json::from_str::<Whole>("1e300").is_err());
        assert!(serde_json::from_str::<Whole>("\"x\"").is_err());
        assert!(serde_json::from_str::<List<Whole>>("null").unwrap().is_empty());
    }
}
