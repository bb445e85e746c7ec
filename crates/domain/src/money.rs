//! Money: an integer of fen (1/100 yuan). The public contract mixes yuan and fen; that ends at its edge.

use serde::{Deserialize, Serialize};
use std::{fmt, iter::Sum};

/// An amount in fen of CNY. Arithmetic saturates: an amount is checked against rules before it is stored, so a value at
/// the bound is refused there and can never wrap into a small one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(pub i64);

impl Fen {
    pub const ZERO: Self = Self(0);

    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    pub const fn times(self, quantity: u32) -> Self {
        Self(self.0.saturating_mul(quantity as i64))
    }

    /// `self * part / whole`, rounded down; zero where `whole` is zero.
    pub fn share(self, part: Self, whole: Self) -> Self {
        if whole.0 == 0 {
            return Self::ZERO;
        }
        let exact = i128::from(self.0) * i128::from(part.0) / i128::from(whole.0);
        Self(i64::try_from(exact).unwrap_or(i64::MAX))
    }

    /// Decimal yuan with two decimals, e.g. `58.00`.
    pub fn yuan(self) -> Yuan {
        Yuan(self)
    }

    /// Reads decimal yuan (`633.69`, `19`, `0.5`) exactly; `None` for anything else or more than two decimals.
    pub fn from_yuan(text: &str) -> Option<Self> {
        let (whole, cents) = text.split_once('.').unwrap_or((text, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(cents) || cents.len() > 2 {
            return None;
        }
        let cents: i64 = format!("{cents:0<2}").parse().ok()?;
        whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents).map(Self)
    }
}

impl Sum for Fen {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Self::plus)
    }
}

/// Prints an amount as yuan with two decimals.
pub struct Yuan(Fen);

impl fmt::Display for Yuan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fen(v) = self.0;
        let sign = if v < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:02}", v.unsigned_abs() / 100, v.unsigned_abs() % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuan_is_exact_both_ways() {
        assert_eq!(Fen(5800).yuan().to_string(), "58.00");
        assert_eq!(Fen(-5).yuan().to_string(), "-0.05");
        assert_eq!(Fen::from_yuan("633.69"), Some(Fen(63369)));
        assert_eq!(Fen::from_yuan("19"), Some(Fen(1900)));
        assert_eq!(Fen::from_yuan("0.5"), Some(Fen(50)));
        for bad in ["", ".5", "1.234", "-1", "1e3", "NaN", "92233720368547758.08"] {
            assert_eq!(Fen::from_yuan(bad), None, "{bad}");
        }
    }

    #[test]
    fn shares_round_down() {
        assert_eq!(Fen(1000).share(Fen(1), Fen(3)), Fen(333));
        assert_eq!(Fen(1000).share(Fen(1), Fen(0)), Fen(0));
    }
}
