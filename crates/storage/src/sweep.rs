//! Forgetting what has served its time.

use crate::{
    CommitError, Storage,
    step::Step,
    value::{Column, Statement},
};
use domain::Timestamp;

/// A push or preview is of no use after a day.
const DAY_MS: i64 = 24 * 3_600_000;

impl Storage {
    /// Deletes what has expired at the wall time `now`: nonces, idempotency keys, access keys that were exchanged, and pushes
    /// and previews of yesterday.
    pub async fn sweep(&self, now: Timestamp) -> Result<(), CommitError> {
        let yesterday = now.plus_ms(-DAY_MS);
        let texts = [
            ("DELETE FROM nonces WHERE expires_at <= $1", now),
            ("DELETE FROM idempotency WHERE expires_at <= $1 AND state = 'done'", now),
            ("DELETE FROM access_keys WHERE expires_at <= $1", yesterday),
            ("DELETE FROM pushes WHERE received_at <= $1", yesterday),
            ("DELETE FROM previews WHERE created_at <= $1", yesterday),
        ];
        // One commit each: nothing has to vanish together, and a short one holds nobody up.
        for (sql, at) in texts {
            self.backend.write(vec![Step::any(Statement::new(sql, vec![at.value()]))]).await?;
        }
        Ok(())
    }
}
