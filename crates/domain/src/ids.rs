//! Ids: one type for each kind of thing, parsed once at the edge and never mixed up afterwards.
//!
//! Marketplace ids are positive 64-bit numbers of up to 19 digits; they never pass through a double.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Why a text or number is not an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}")]
pub struct InvalidId {
    pub expected: &'static str,
}

macro_rules! number_id {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(i64);

        impl $name {
            /// Accepts positive numbers.
            pub fn new(value: i64) -> Result<Self, InvalidId> {
                if value > 0 { Ok(Self(value)) } else { Err(InvalidId { expected: "a positive 64-bit number" }) }
            }

            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                number(text).and_then(Self::new)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

number_id! {
    /// A developer (tenant) of this installation.
    DeveloperId
    /// A sub-account of a developer: 13 digits beginning 21000.
    UserId
    /// A purchasing account at a marketplace, held by the operator.
    AccountId
    /// A main order at the marketplace.
    OrderId
    /// A sub-order (order line) at the marketplace.
    EntryId
    /// A product at the marketplace.
    OfferId
    /// A stock keeping unit of a product.
    SkuId
    /// A callback message; receivers drop duplicates by it.
    MessageId
    /// A row of this installation that clients can see (order lines of key accounts).
    RowId
    /// A row of a user's shopping cart.
    CartRowId
}

fn number(text: &str) -> Result<i64, InvalidId> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| digits).ok_or(InvalidId { expected: "a positive 64-bit number" })
}

/// An after-sales order. Written `TQ` + digits; read with or without the letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RefundId(i64);

impl RefundId {
    pub fn new(value: i64) -> Result<Self, InvalidId> {
        if value > 0 { Ok(Self(value)) } else { Err(InvalidId { expected: "TQ followed by digits" }) }
    }

    pub const fn get(self) -> i64 {
        self.0
    }
}

impl FromStr for RefundId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        number(text.strip_prefix("TQ").unwrap_or(text))
            .and_then(Self::new)
            .map_err(|_| InvalidId { expected: "TQ followed by digits" })
    }
}

impl fmt::Display for RefundId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TQ{}", self.0)
    }
}

/// A specification of a product: 32 hex digits at 1688.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SpecId(String);

impl SpecId {
    /// 1 to 64 letters and digits.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        let ok = (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
        if ok { Ok(Self(text.to_owned())) } else { Err(InvalidId { expected: "a spec id of letters and digits" }) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SpecId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The marketplaces that can be connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Marketplace {
    Alibaba1688,
}

impl Marketplace {
    pub const ALL: [Self; 1] = [Self::Alibaba1688];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Alibaba1688 => "alibaba1688",
        }
    }
}

impl FromStr for Marketplace {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        Self::ALL.into_iter().find(|m| m.name() == text).ok_or(InvalidId { expected: "alibaba1688" })
    }
}

impl fmt::Display for Marketplace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_keep_nineteen_digits_and_refuse_signs_and_spaces() {
        assert_eq!("3296622397216134260".parse::<OrderId>().unwrap().get(), 3_296_622_397_216_134_260);
        for bad in ["", "+1", "-1", " 1", "1.0", "9223372036854775808", "0"] {
            assert!(bad.parse::<OrderId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn refund_ids_are_read_with_and_without_letters() {
        let id: RefundId = "TQ262615407388136042".parse().unwrap();
        assert_eq!(id, "262615407388136042".parse().unwrap());
        assert_eq!(id.to_string(), "TQ262615407388136042");
        assert!("TQ".parse::<RefundId>().is_err());
        assert!("TQTQ1".parse::<RefundId>().is_err());
    }
}
