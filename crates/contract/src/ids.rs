//! Whether ids that the contract prints as numbers are printed as text: a client whose numbers are doubles loses digits
//! beyond 2^53.
//!
//! The form is a scope of the thread round one printing, asked by the types that are ids ([`crate::scalar::IdNumber`],
//! [`crate::offer::Offer`]); printing never waits, so a scope cannot reach into another request. It holds inside JSON text
//! too, which is printed by a serializer of its own. Messages and kept answers are printed outside of any scope and have
//! numbers always. Rejected: another dialect for each dialect, which makes every view twice; a serializer round the
//! serializer, which does the same and ends where text inside text begins; exchanging numbers in the printed answer, which
//! cannot tell an id from an amount.

use schemars::{Schema, json_schema};
use serde::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};
use std::cell::Cell;

/// How ids are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum IdForm {
    /// As the contract says.
    #[default]
    Number,
    Text,
}

thread_local! {
    static FORM: Cell<IdForm> = const { Cell::new(IdForm::Number) };
}

/// Puts back what held before, also when printing panics.
struct Scope(IdForm);

impl Drop for Scope {
    fn drop(&mut self) {
        FORM.set(self.0);
    }
}

impl IdForm {
    /// `None` for a word that is neither.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "string" => Some(Self::Text),
            "number" => Some(Self::Number),
            _ => None,
        }
    }

    /// The form that the printing under way asks for.
    pub(crate) fn of_scope() -> Self {
        FORM.get()
    }

    /// The value with its ids in this form.
    pub fn print<T: Serialize>(self, value: &T) -> serde_json::Result<Box<RawValue>> {
        let _scope = Scope(FORM.replace(self));
        to_raw_value(value)
    }
}

/// Prints an id in the form of the scope.
pub(crate) fn print<S: Serializer>(id: i64, serializer: S) -> Result<S::Ok, S::Error> {
    match IdForm::of_scope() {
        IdForm::Number => serializer.serialize_i64(id),
        IdForm::Text => serializer.collect_str(&id),
    }
}

/// What documents say of such an id; `x-id` marks what the form is about.
pub(crate) fn schema() -> Schema {
    json_schema!({"type": "integer", "format": "int64", "x-id": true})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        dialect::{Inner, V1Info},
        offer::Offer,
        scalar::{IdNumber, Whole},
    };

    const BIG: i64 = 3_296_622_397_216_134_260;

    #[derive(Serialize)]
    struct Row {
        id: IdNumber,
        offer: Offer<V1Info>,
        inside: Inner<V1Info, Vec<IdNumber>>,
        amount: Whole,
    }

    #[test]
    fn ids_are_text_everywhere_and_amounts_nowhere() {
        let row = Row {
            id: IdNumber(BIG),
            offer: Offer::new(7),
            inside: Inner::new(vec![IdNumber(BIG)]),
            amount: Whole(100),
        };
        let numbers = format!("{{\"id\":{BIG},\"offer\":7,\"inside\":\"[{BIG}]\",\"amount\":100}}");
        let texts = format!("{{\"id\":\"{BIG}\",\"offer\":\"7\",\"inside\":\"[\\\"{BIG}\\\"]\",\"amount\":100}}");
        assert_eq!(IdForm::Text.print(&row).unwrap().get(), texts);
        assert_eq!(IdForm::Number.print(&row).unwrap().get(), numbers, "the scope has ended");
        assert_eq!(serde_json::to_string(&row).unwrap(), numbers);
    }

    #[test]
    fn a_scope_ends_with_a_failed_printing() {
        let fails: Offer<crate::dialect::V2> = Offer::new(7);
        assert!(IdForm::Text.print(&fails).is_err());
        assert_eq!(serde_json::to_string(&IdNumber(1)).unwrap(), "1");
    }

    #[test]
    fn the_words_are_two() {
        assert_eq!(IdForm::parse("string"), Some(IdForm::Text));
        assert_eq!(IdForm::parse("number"), Some(IdForm::Number));
        for bad in ["", "String", "text", "1"] {
            assert_eq!(IdForm::parse(bad), None, "{bad}");
        }
    }
}
