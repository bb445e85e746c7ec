//! How much a developer has used of a day. Several processes add to the same row.

use crate::{
    CommitError, Error, Storage,
    step::Step,
    value::{Column, Statement},
};
use domain::{DeveloperId, Timestamp};

const TABLE: &str = "daily_use";

impl Storage {
    /// What is counted of the day that began at `day`.
    pub async fn daily_use(&self, developer: DeveloperId, day: Timestamp) -> Result<i64, Error> {
        const SQL: &str = "SELECT used FROM daily_use WHERE developer_id = $1 AND day = $2";
        let found = self.rows(Statement::new(SQL, vec![developer.value(), day.value()])).await?;
        found.into_iter().next().map_or(Ok(0), |row| row.cells(TABLE).next("used"))
    }

    /// Counts `n` more; answers what is counted now, by all.
    pub async fn add_daily_use(&self, developer: DeveloperId, day: Timestamp, n: i64) -> Result<i64, CommitError> {
        const SQL: &str = "INSERT INTO daily_use (developer_id, day, used) VALUES ($1, $2, $3) \
            ON CONFLICT (developer_id, day) DO UPDATE SET used = daily_use.used + excluded.used RETURNING used";
        let statement = Statement::new(SQL, vec![developer.value(), day.value(), n.value()]);
        let answers = self.backend.write(vec![Step::any(statement)]).await?;
        let missing = || Error::Corrupt { place: "daily_use.used".to_owned(), expected: "a row" };
        let row = answers.into_iter().flatten().next().ok_or_else(missing)?;
        Ok(row.cells(TABLE).next("used")?)
    }
}
