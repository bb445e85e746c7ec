//! A record: a plain struct whose fields are the columns of one table, and the SQL texts that follow from that.
//!
//! The texts are made once for each record from its list of columns, so a column is named in two places only: the struct
//! and the migration. Rejected: texts by hand, which drift from the struct with each new column.

use crate::{
    Error, What,
    value::{Row, Statement, Value},
};

pub trait Record: Sized {
    const TABLE: &'static str;
    const WHAT: What;
    /// Columns of the primary key.
    const KEY: &'static [&'static str];
    /// All columns, in the order of the fields.
    const COLUMNS: &'static [&'static str];

    fn texts() -> &'static Texts;
    fn values(&self) -> Vec<Value>;
    fn from_row(row: Row) -> Result<Self, Error>;
}

/// The SQL texts of a record.
pub struct Texts {
    select: String,
    insert: String,
    replace: String,
    update: String,
    delete: String,
    by_key: String,
}

const VERSION: &str = "version";

impl Texts {
    pub fn of<R: Record>() -> Self {
        let columns = R::COLUMNS.join(", ");
        let places: Vec<String> = (1..=R::COLUMNS.len()).map(|n| format!("${n}")).collect();
        let select = format!("SELECT {columns} FROM {}", R::TABLE);
        let into = format!("INSERT INTO {} ({columns}) VALUES ({})", R::TABLE, places.join(", "));
        let taken: Vec<String> = rest::<R>().map(|(_, c)| format!("{c} = excluded.{c}")).collect();
        Self {
            insert: format!("{into} ON CONFLICT DO NOTHING"),
            replace: format!("{into} ON CONFLICT ({}) DO UPDATE SET {}", R::KEY.join(", "), taken.join(", ")),
            update: update_text::<R>(),
            delete: format!("DELETE FROM {} WHERE {}", R::TABLE, condition(R::KEY, 1)),
            by_key: format!("{select} WHERE {}", condition(R::KEY, 1)),
            select,
        }
    }
}

fn update_text<R: Record>() -> String {
    let set: Vec<String> =
        rest::<R>().filter(|(_, c)| *c != VERSION).enumerate().map(|(i, (_, c))| format!("{c} = ${}", i + 1)).collect();
    let version = format!("{VERSION} = {VERSION} + 1");
    let key = condition(R::KEY, set.len() + 1);
    let expected = set.len() + R::KEY.len() + 1;
    format!("UPDATE {} SET {}, {version} WHERE {key} AND {VERSION} = ${expected}", R::TABLE, set.join(", "))
}

fn condition(columns: &[&str], first: usize) -> String {
    let parts: Vec<String> = columns.iter().enumerate().map(|(i, c)| format!("{c} = ${}", first + i)).collect();
    parts.join(" AND ")
}

/// Columns beside the key, with their places.
fn rest<R: Record>() -> impl Iterator<Item = (usize, &'static str)> {
    R::COLUMNS.iter().copied().enumerate().filter(|(_, c)| !R::KEY.contains(c))
}

fn take(values: &[Value], columns: &[&str], wanted: &str) -> Value {
    columns.iter().position(|c| *c == wanted).and_then(|i| values.get(i)).cloned().unwrap_or(Value::Null)
}

fn key<R: Record>(values: &[Value]) -> Vec<Value> {
    R::KEY.iter().map(|k| take(values, R::COLUMNS, k)).collect()
}

/// Inserts, or does nothing where a unique column is taken. A versioned record begins with version 1.
pub fn insert<R: Record>(record: &R) -> Statement {
    let mut values = record.values();
    if let Some(place) = R::COLUMNS.iter().position(|c| *c == VERSION) {
        values[place] = Value::Int(1);
    }
    Statement::new(R::texts().insert.as_str(), values)
}

/// Inserts, or takes the place of the row with the same key.
pub fn replace<R: Record>(record: &R) -> Statement {
    Statement::new(R::texts().replace.as_str(), record.values())
}

/// Overwrites the row that still has the version that `record` was read with, and counts the version up.
pub fn update<R: Record>(record: &R) -> Statement {
    let values = record.values();
    let mut params: Vec<Value> =
        rest::<R>().filter(|(_, c)| *c != VERSION).filter_map(|(i, _)| values.get(i).cloned()).collect();
    params.extend(key::<R>(&values));
    params.push(take(&values, R::COLUMNS, VERSION));
    Statement::new(R::texts().update.as_str(), params)
}

pub fn delete<R: Record>(key: Vec<Value>) -> Statement {
    Statement::new(R::texts().delete.as_str(), key)
}

pub fn by_key<R: Record>(key: Vec<Value>) -> Statement {
    Statement::new(R::texts().by_key.as_str(), key)
}

/// Rows of a record with a tail of SQL (`WHERE ... ORDER BY ...`).
pub fn select<R: Record>(tail: &str, params: Vec<Value>) -> Statement {
    Statement::new(format!("{} {tail}", R::texts().select), params)
}

macro_rules! record {
    ($(#[$doc:meta])* $name:ident in $table:literal as $what:ident by [$($key:ident),+] {
        $($(#[$fdoc:meta])* $field:ident: $ty:ty),* $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name { $($(#[$fdoc])* pub $field: $ty),* }

        impl $crate::record::Record for $name {
            const TABLE: &'static str = $table;
            const WHAT: $crate::What = $crate::What::$what;
            const KEY: &'static [&'static str] = &[$(stringify!($key)),+];
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),*];

            fn texts() -> &'static $crate::record::Texts {
                static TEXTS: std::sync::LazyLock<$crate::record::Texts> =
                    std::sync::LazyLock::new($crate::record::Texts::of::<$name>);
                &TEXTS
            }

            fn values(&self) -> Vec<$crate::value::Value> {
                vec![$($crate::value::Column::value(&self.$field)),*]
            }

            fn from_row(row: $crate::value::Row) -> Result<Self, $crate::Error> {
                let mut cells = row.cells($table);
                Ok(Self { $($field: cells.next(stringify!($field))?),* })
            }
        }
    };
}

pub(crate) use record;
