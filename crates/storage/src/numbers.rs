//! Counters, and the ids of this installation that are drawn from one.
//!
//! A number that was handed out is never handed out again; numbers that nobody used are gaps.

use crate::{
    CommitError, Error, Storage,
    step::Step,
    value::{Column, Statement},
};
use domain::DeveloperId;
use std::{
    collections::HashMap,
    sync::{Arc, PoisonError},
};
use tokio::sync::Mutex;

/// So many ids are reserved by one commit.
const BLOCK: i64 = 1000;
const IDS: &str = "ids";

/// The reserved ids that are left: the next one, and the first that is not ours.
#[derive(Default)]
pub struct Ids {
    left: Mutex<(i64, i64)>,
}

/// So many numbers of a series are reserved by one commit at most.
const RUN: i64 = 64;
/// Series that are remembered; what is reserved of the others becomes gaps.
const SERIES: usize = 1000;

type Series = Arc<Mutex<Reserved>>;

/// What is left of each series of which numbers were reserved.
#[derive(Default)]
pub struct Numbers {
    series: std::sync::Mutex<HashMap<(DeveloperId, String), Series>>,
}

impl Numbers {
    fn of(&self, developer: DeveloperId, series: &str) -> Series {
        let mut all = self.series.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= SERIES {
            all.clear();
        }
        all.entry((developer, series.to_owned())).or_default().clone()
    }
}

#[derive(Default)]
struct Reserved {
    next: i64,
    end: i64,
    run: i64,
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

    /// The next number of a developer's series, from 1. Busy series are reserved in runs, so that not every number costs a
    /// commit: after a crash, or with several processes, there may be gaps and short steps back.
    pub async fn number(&self, developer: DeveloperId, series: &str) -> Result<i64, CommitError> {
        let reserved = self.numbers.of(developer, series);
        let mut left = reserved.lock().await;
        if left.next == left.end {
            let run = (left.run * 2).clamp(1, RUN);
            let first = self.next(Some(developer), series, run).await?;
            *left = Reserved { next: first, end: first + run, run };
        }
        left.next += 1;
        Ok(left.next - 1)
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
