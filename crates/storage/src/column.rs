//! How the vocabulary of the house lies in columns: ids and times as BIGINT, words as TEXT.

use crate::{
    Secret,
    value::{Column, Value},
};
use domain::{
    AccountId, CartRowId, DeveloperId, Marketplace, MessageId, OfferId, OrderId, RefundId, Timestamp, UserId,
};

impl Column for i64 {
    fn value(&self) -> Value {
        Value::Int(*self)
    }

    fn read(value: Value) -> Result<Self, &'static str> {
        if let Value::Int(n) = value { Ok(n) } else { Err("a number") }
    }
}

impl Column for bool {
    fn value(&self) -> Value {
        Value::Int(i64::from(*self))
    }

    fn read(value: Value) -> Result<Self, &'static str> {
        i64::read(value).map(|n| n != 0)
    }
}

impl Column for String {
    fn value(&self) -> Value {
        Value::text(self)
    }

    fn read(value: Value) -> Result<Self, &'static str> {
        if let Value::Text(text) = value { Ok(text) } else { Err("a text") }
    }
}

impl Column for Secret {
    fn value(&self) -> Value {
        Value::Blob(self.expose().to_vec())
    }

    fn read(value: Value) -> Result<Self, &'static str> {
        if let Value::Blob(bytes) = value { Ok(Self::new(bytes)) } else { Err("bytes") }
    }
}

impl<T: Column> Column for Option<T> {
    fn value(&self) -> Value {
        self.as_ref().map_or(Value::Null, Column::value)
    }

    fn read(value: Value) -> Result<Self, &'static str> {
        if value == Value::Null { Ok(None) } else { T::read(value).map(Some) }
    }
}

impl Column for Timestamp {
    fn value(&self) -> Value {
        Value::Int(self.0)
    }

    fn read(value: Value) -> Result<Self, &'static str> {
        i64::read(value).map(Timestamp)
    }
}

impl Column for Marketplace {
    fn value(&self) -> Value {
        Value::text(self.name())
    }

    fn read(value: Value) -> Result<Self, &'static str> {
        String::read(value)?.parse().map_err(|_| "a marketplace")
    }
}

macro_rules! id_columns {
    ($($id:ident)*) => {$(
        impl Column for $id {
            fn value(&self) -> Value {
                Value::Int(self.get())
            }

            fn read(value: Value) -> Result<Self, &'static str> {
                i64::read(value).and_then(|n| $id::new(n).map_err(|e| e.expected))
            }
        }
    )*};
}

id_columns! { AccountId CartRowId DeveloperId MessageId OfferId OrderId RefundId UserId }

/// An enum whose variants are words in a TEXT column.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// `None` for a word that is none of these.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }

        impl $crate::value::Column for $name {
            fn value(&self) -> $crate::value::Value {
                $crate::value::Value::text(self.word())
            }

            fn read(value: $crate::value::Value) -> Result<Self, &'static str> {
                let word = <String as $crate::value::Column>::read(value)?;
                Self::parse(&word).ok_or(concat!("a word of ", stringify!($name)))
            }
        }
    )*};
}

pub(crate) use words;
