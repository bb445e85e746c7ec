//! Forgetting what has served its time.

use crate::{
    CommitError, Storage,
    step::Step,
    value::{Column, Statement, Value},
};
use domain::{DeveloperId, Timestamp};

/// A push or preview is of no use after a day.
const DAY_MS: i64 = 24 * 3_600_000;
/// So long what was used of a day is kept.
const USES_MS: i64 = 31 * DAY_MS;
/// So long a request is kept in the log.
const REQUESTS_MS: i64 = 7 * DAY_MS;

impl Storage {
    /// Deletes what has expired at the wall time `now`: nonces, idempotency keys, access keys that were exchanged, pushes
    /// and previews of yesterday, requests of last week, and what was used of days last month.
    pub async fn sweep(&self, now: Timestamp) -> Result<(), CommitError> {
        let yesterday = now.plus_ms(-DAY_MS);
        let texts = [
            ("DELETE FROM nonces WHERE expires_at <= $1", now),
            ("DELETE FROM idempotency WHERE expires_at <= $1 AND state = 'done'", now),
            ("DELETE FROM access_keys WHERE expires_at <= $1", yesterday),
            ("DELETE FROM pushes WHERE received_at <= $1", yesterday),
            ("DELETE FROM previews WHERE created_at <= $1", yesterday),
            ("DELETE FROM daily_use WHERE day <= $1", now.plus_ms(-USES_MS)),
        ];
        // One commit each: nothing has to vanish together, and a short one holds nobody up.
        for (sql, at) in texts {
            self.backend.write(vec![Step::any(Statement::new(sql, vec![at.value()]))]).await?;
        }
        let old = "SELECT developer_id, request_id FROM requests WHERE at <= $1 ORDER BY at LIMIT 500";
        self.forget_requests(old, vec![now.plus_ms(-REQUESTS_MS).value()]).await
    }

    /// Keeps the newest `keep` requests of a developer, or a few less where many came in one millisecond.
    pub async fn trim_requests(&self, developer: DeveloperId, keep: i64) -> Result<(), CommitError> {
        let cut = "SELECT at FROM requests WHERE developer_id = $1 ORDER BY at DESC LIMIT 1 OFFSET $2";
        let Some(row) = self.rows(Statement::new(cut, vec![developer.value(), keep.value()])).await?.pop() else {
            return Ok(());
        };
        let cut: Timestamp = row.cells("requests").next("at")?;
        let old =
            "SELECT developer_id, request_id FROM requests WHERE developer_id = $1 AND at <= $2 ORDER BY at LIMIT 500";
        self.forget_requests(old, vec![developer.value(), cut.value()]).await
    }

    /// In short commits, so that no writer waits long for one.
    async fn forget_requests(&self, which: &str, params: Vec<Value>) -> Result<(), CommitError> {
        let sql = format!("DELETE FROM requests WHERE (developer_id, request_id) IN ({which}) RETURNING code");
        loop {
            let statement = Statement::new(sql.clone(), params.clone());
            let gone = self.backend.write(vec![Step::any(statement)]).await?;
            if gone.iter().map(Vec::len).sum::<usize>() < 500 {
                return Ok(());
            }
        }
    }
}
