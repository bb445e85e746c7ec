//! The tables, version by version. A version that was released is never edited; a change is a new one.

use crate::Error;

pub const MIGRATIONS: &[(i64, &str)] = &[
    (1, include_str!("../migrations/0001_first.sql")),
    (2, include_str!("../migrations/0002_requests.sql")),
    (3, include_str!("../migrations/0003_instance.sql")),
    (4, include_str!("../migrations/0004_secrets.sql")),
    (5, include_str!("../migrations/0005_payments.sql")),
    (6, include_str!("../migrations/0006_carts.sql")),
    (7, include_str!("../migrations/0007_order_counts.sql")),
    (8, include_str!("../migrations/0008_rounds.sql")),
    (9, include_str!("../migrations/0009_daily_use.sql")),
    (10, include_str!("../migrations/0010_feed.sql")),
];

pub const TABLE: &str = "CREATE TABLE IF NOT EXISTS versions (version BIGINT NOT NULL PRIMARY KEY)";
pub const CURRENT: &str = "SELECT coalesce(max(version), 0) FROM versions";
pub const RECORD: &str = "INSERT INTO versions (version) VALUES ($1)";

/// What databases spell differently.
pub struct Spelling {
    pub blob: &'static str,
    /// A table that is its own primary key.
    pub rowless: &'static str,
    /// A key that the database counts up by itself, with each row that comes.
    pub counted: &'static str,
}

impl Spelling {
    pub fn text(&self, sql: &str) -> String {
        sql.replace("{blob}", self.blob).replace("{rowless}", self.rowless).replace("{counted}", self.counted)
    }
}

/// Refuses tables that a newer program has made: it may rely on what this one would break.
pub fn check(found: i64) -> Result<(), Error> {
    let known = MIGRATIONS.last().map_or(0, |(version, _)| *version);
    if found > known { Err(Error::TooNew { found, known }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_rise_by_one() {
        for (i, (version, _)) in MIGRATIONS.iter().enumerate() {
            assert_eq!(*version, i as i64 + 1);
        }
        check(1).unwrap();
        check(99).unwrap_err();
    }
}
