//! Counters, and the ids of this installation that are drawn from one.
//!
//! A number that was handed out is never handed out again; numbers that nobody used are gaps.

use crate::{
    CommitError, Error, Storage,
    step::Step,
    value::{Column, Statement},
};
use domain::DeveloperId;
use tokio::sync::Mutex;

/// So many ids are reserved by one commit.
const BLOCK: i64 = 1000;
const IDS: &str = "ids";

/// The reserved ids that are left: the next one, and the first that is not ours.
#[derive(Default)]
pub struct Ids {
    left: Mutex<(i64, i64)>,
}

impl Storage {
    /// Adds `n` to a counter (of a developer, or of the installation) and answers the first of the `n` numbers, from 1.
    pub async fn next(&self, developer: Option<DeveloperId>, name: &str, n: i64) -> Result<i64, CommitError> {
        let mut statement = add(developer, name, n);
        statement.sql = format!("{} RETURNING value", statement.sql).into();
        let answers = self.backend.write(vec![Step::any(statement)]).await?;
        let row = answers.into_iter().flatten().next().ok_or_else(|| missing("counters.value"))?;
        let last: i64 = row.cells("counters").next("value")?;
        Ok(last - n + 1)
    }

    /// The first of `n` fresh ids in a row: positive, unique over the installation, rising within a process.
    pub async fn ids(&self, n: u32) -> Result<i64, CommitError> {
        let n = i64::from(n);
        let mut left = self.ids.left.lock().await;
        if left.1 - left.0 < n {
            let block = n.max(BLOCK);
            let first = self.next(None, IDS, block).await?;
            *left = (first, first + block);
        }
        left.0 += n;
        Ok(left.0 - n)
    }
}

fn missing(place: &str) -> Error {
    Error::Corrupt { place: place.to_owned(), expected: "a row" }
}

pub fn add(developer: Option<DeveloperId>, name: &str, n: i64) -> Statement {
    const SQL: &str = "INSERT INTO counters (developer_id, name, value) VALUES ($1, $2, $3) \
        ON CONFLICT (developer_id, name) DO UPDATE SET value = counters.value + excluded.value";
    let developer = developer.map_or(0, DeveloperId::get);
    Statement::new(SQL, vec![developer.value(), name.to_owned().value(), n.value()])
}
