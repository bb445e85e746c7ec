//! Times of this upstream: `yyyyMMddHHmmssSSSZ`, e.g. `20180614101942000+0800`.
//!
//! Only times that a rule reads have this type; the others are carried as the text that they are.

use domain::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An instant, printed `yyyyMMddHHmmssSSS+0800`; reading takes any numeric offset.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time(pub Timestamp);

impl From<Timestamp> for Time {
    fn from(value: Timestamp) -> Self {
        Self(value)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0.compact())
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Timestamp::from_compact(&text)
            .map(Self)
            .ok_or_else(|| de::Error::custom(format!("expected yyyyMMddHHmmssSSSZ, not {text}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_contract_reads_and_prints_the_same() {
        let text = "\"20180614101942000+0800\"";
        let time: Time = serde_json::from_str(text).unwrap();
        assert_eq!(time.0.text(), "2018-06-14 10:19:42");
        assert_eq!(serde_json::to_string(&time).unwrap(), text);
        assert!(serde_json::from_str::<Time>("\"2018-06-14\"").is_err());
    }
}
