//! Amounts that travel as a number of yuan. Inside they are fen; the way there and back is exact: the shortest decimal of
//! the number is read digit by digit, never multiplied.

use domain::Fen;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An amount printed as a number of yuan: `19`, `13.21`. Reading also takes decimal text; more than two decimals is an error.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Yuan(pub Fen);

impl From<Fen> for Yuan {
    fn from(value: Fen) -> Self {
        Self(value)
    }
}

impl Yuan {
    fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix('-') {
            Some(rest) => Fen::from_yuan(rest).map(|fen| Self(Fen(-fen.0))),
            None => Fen::from_yuan(text).map(Self),
        }
    }
}

impl Serialize for Yuan {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Fen(fen) = self.0;
        if fen % 100 == 0 { to.serialize_i64(fen / 100) } else { to.serialize_f64(fen as f64 / 100.0) }
    }
}

impl<'de> Deserialize<'de> for Yuan {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Amount {
            Number(serde_json::Number),
            Text(String),
        }
        let text = match Amount::deserialize(from)? {
            Amount::Number(number) => shortest(&number),
            Amount::Text(text) => text,
        };
        Self::parse(&text)
            .ok_or_else(|| de::Error::custom(format!("expected yuan with at most two decimals, not {text}")))
    }
}

/// The shortest decimal that means this number. A double holds an amount of up to 15 digits without loss, and its
/// `Display` never uses an exponent.
fn shortest(number: &serde_json::Number) -> String {
    match number.as_f64() {
        Some(double) if number.is_f64() => double.to_string(),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuan_are_exact_both_ways() {
        for (wire, fen) in [("19", 1900), ("13.21", 1321), ("633.69", 63369), ("0.05", 5), ("0", 0), ("-4.5", -450)] {
            assert_eq!(serde_json::from_str::<Yuan>(wire).unwrap(), Yuan(Fen(fen)), "{wire}");
            assert_eq!(serde_json::to_string(&Yuan(Fen(fen))).unwrap(), wire);
        }
        assert_eq!(serde_json::from_str::<Yuan>("\"58.00\"").unwrap(), Yuan(Fen(5800)));
        assert_eq!(serde_json::from_str::<Yuan>("19.0").unwrap(), Yuan(Fen(1900)));
    }

    #[test]
    fn every_amount_of_a_million_yuan_survives() {
        for fen in (0..100_000_000_i64).step_by(7_919) {
            let text = serde_json::to_string(&Yuan(Fen(fen))).unwrap();
            assert_eq!(serde_json::from_str::<Yuan>(&text).unwrap(), Yuan(Fen(fen)), "{text}");
        }
    }

    #[test]
    fn a_third_decimal_is_refused_not_rounded() {
        assert!(serde_json::from_str::<Yuan>("1.005").is_err());
        assert!(serde_json::from_str::<Yuan>("1e30").is_err());
        assert!(serde_json::from_str::<Yuan>("true").is_err());
    }
}
