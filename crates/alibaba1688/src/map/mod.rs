//! From wire to `domain`. What a rule needs must be there and be of a known meaning; otherwise the answer cannot be used,
//! which is an error with a reason, never a guess.

mod listing;
mod offering;
mod order;
mod preview;
mod refund;

pub(crate) use listing::listing;
pub(crate) use offering::{Detail, offering};
pub(crate) use order::order;
pub(crate) use preview::preview;
pub(crate) use refund::refund;

use crate::wire::{Int, Text, Yuan};
use domain::Fen;
use serde_json::Number;

/// Why a record cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Odd(pub String);

type Mapped<T> = Result<T, Odd>;

fn odd(field: &str, seen: impl std::fmt::Debug) -> Odd {
    Odd(format!("{field} is {seen:?}"))
}

fn needed<T>(field: &str, value: Option<T>) -> Mapped<T> {
    value.ok_or_else(|| Odd(format!("{field} is missing")))
}

/// An amount that rules reckon with: there, and not below zero.
fn amount(field: &str, value: Option<Yuan>) -> Mapped<Fen> {
    not_negative(field, needed(field, value)?.0)
}

/// An amount in fen that is nothing where it is left out.
fn fen_or_zero(field: &str, value: Option<Int>) -> Mapped<Fen> {
    not_negative(field, Fen(value.map_or(0, |v| v.0)))
}

fn fen(field: &str, value: Option<Int>) -> Mapped<Fen> {
    not_negative(field, Fen(needed(field, value)?.0))
}

fn not_negative(field: &str, value: Fen) -> Mapped<Fen> {
    if value >= Fen::ZERO { Ok(value) } else { Err(odd(field, value)) }
}

/// A count of pieces: whole, also where it is written `2.0`.
fn pieces(field: &str, value: Option<&Number>) -> Mapped<u32> {
    let number = needed(field, value)?;
    let whole = number.as_u64().or_else(|| number.as_f64().and_then(exact));
    whole.and_then(|n| u32::try_from(n).ok()).ok_or_else(|| odd(field, number))
}

/// The whole number that a double stands for.
fn exact(double: f64) -> Option<u64> {
    let fits = double.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&double);
    fits.then(|| double.to_string().parse().ok()).flatten()
}

/// Text that says something.
fn filled(value: Option<&Text>) -> Option<&str> {
    value.map(Text::as_str).map(str::trim).filter(|text| !text.is_empty())
}

/// Counts a word of the upstream that we do not know.
pub(crate) fn unknown_word(field: &'static str, word: &str) {
    metrics::counter!("upstream_unknown_words_total", "marketplace" => "alibaba1688", "field" => field).increment(1);
    tracing::warn!(field, word, "unknown word of the marketplace");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_whole_or_refused() {
        let read = |text: &str| pieces("quantity", Some(&serde_json::from_str(text).unwrap()));
        assert_eq!(read("2"), Ok(2));
        assert_eq!(read("2.0"), Ok(2));
        for bad in ["2.5", "-1", "-1.0", "4294967296", "1e300"] {
            assert!(read(bad).is_err(), "{bad}");
        }
        assert!(pieces("quantity", None).is_err());
    }
}
