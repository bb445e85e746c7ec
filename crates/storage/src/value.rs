//! What goes into a statement and comes out of it: three types that every database of this house has, and nothing.
//!
//! A statement's parameters are `$1`, `$2` ... in the order in which they first appear, so that one text suits both
//! databases (SQLite numbers named parameters by first appearance).

use crate::Error;
use std::{borrow::Cow, fmt};

#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    Int(i64),
    Text(String),
    Blob(Vec<u8>),
    Null,
}

impl fmt::Debug for Value {
    /// Bytes are secrets on their way to be sealed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(n) => n.fmt(f),
            Self::Text(text) => text.fmt(f),
            Self::Blob(_) => f.write_str("***"),
            Self::Null => f.write_str("null"),
        }
    }
}

impl Value {
    /// A text; NUL, which PostgreSQL cannot hold, becomes U+FFFD on both databases.
    pub fn text(text: &str) -> Self {
        Self::Text(if text.contains('\0') { text.replace('\0', "\u{FFFD}") } else { text.to_owned() })
    }
}

/// One SQL text with its parameters.
#[derive(Debug, Clone)]
pub struct Statement {
    pub sql: Cow<'static, str>,
    pub params: Vec<Value>,
    /// Whether the prepared form is worth keeping: not for texts whose length depends on what is asked.
    pub keep: bool,
    /// Whether it reads a few rows that an index finds, so that it need not leave the caller's thread.
    pub short: bool,
}

impl Statement {
    pub fn new(sql: impl Into<Cow<'static, str>>, params: Vec<Value>) -> Self {
        Self { sql: sql.into(), params, keep: true, short: false }
    }

    /// The prepared form is kept: there are few texts of this kind.
    pub fn kept(self) -> Self {
        Self { keep: true, ..self }
    }

    /// It reads a few rows that an index finds.
    pub fn short(self) -> Self {
        Self { short: true, ..self }
    }
}

/// One row of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row(pub Vec<Value>);

impl Row {
    /// Reads the cells one after the other; `of` names the row in errors.
    pub fn cells(self, of: &'static str) -> Cells {
        Cells { of, values: self.0.into_iter() }
    }
}

/// A row that is being read from left to right.
pub struct Cells {
    of: &'static str,
    values: std::vec::IntoIter<Value>,
}

impl Cells {
    pub fn next<T: Column>(&mut self, name: &'static str) -> Result<T, Error> {
        let value = self.values.next().unwrap_or(Value::Null);
        T::read(value).map_err(|expected| Error::Corrupt { place: format!("{}.{name}", self.of), expected })
    }
}

/// A type that has a place in a column.
pub trait Column: Sized {
    fn value(&self) -> Value;
    /// The error says what was expected.
    fn read(value: Value) -> Result<Self, &'static str>;
}
