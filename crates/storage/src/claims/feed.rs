//! The stamper of the feed: messages that are committed get their positions, one batch after the other.
//!
//! - Who stamps holds a lease. Each batch begins by writing the lease's row, which another stamper has to wait for or finds
//!   taken from it. So positions become visible in their order, and a reader who has seen one has seen all before it.
//! - A batch is the oldest entries, so the messages of an object are stamped in their order.
//! - Positions that a batch leaves unused are gaps.

use super::ClaimedRound;
use crate::{
    CommitError, Error, RoundClaim, Storage, What,
    step::Step,
    value::{Column, Statement, Value},
};
use domain::Timestamp;

/// The round whose position is the last one that was given out.
pub(crate) const FEED: &str = "feed";

const ADVANCE: &str = "UPDATE rounds SET position = position + $1, lease_until = $2 \
    WHERE name = 'feed' AND lease_token = $3";
const STAMP: &str = "UPDATE feed SET position = (SELECT r.position FROM rounds r WHERE r.name = 'feed') - $1 + batch.place \
    FROM (SELECT number, row_number() OVER (ORDER BY number) AS place FROM ( \
      SELECT entry AS number FROM feed WHERE position IS NULL ORDER BY entry LIMIT $2) AS oldest) AS batch \
    WHERE entry = batch.number AND position IS NULL RETURNING entry";

impl Storage {
    /// Whether a message waits for its position.
    pub async fn is_unstamped(&self) -> Result<bool, Error> {
        let sql = "SELECT entry FROM feed WHERE position IS NULL LIMIT 1";
        Ok(!self.rows(Statement::new(sql, Vec::new())).await?.is_empty())
    }

    /// The lease of the stamper; `None` while somebody else has it.
    pub async fn claim_stamper(&self, now: Timestamp, lease_ms: i64) -> Result<Option<ClaimedRound>, CommitError> {
        self.claim_round(FEED, RoundClaim { now, lease_ms, due_by: Timestamp(i64::MAX) }).await
    }

    /// Gives positions to the oldest `limit` messages without one, and holds the lease until `lease_until`. Answers how
    /// many got one. `Conflict(Round)` where the lease was lost: nothing was stamped.
    pub async fn stamp(&self, claim: &ClaimedRound, lease_until: Timestamp, limit: i64) -> Result<usize, CommitError> {
        let lease = vec![limit.value(), lease_until.value(), Value::Int(claim.lease_token)];
        let advance = Step::one(What::Round, Statement::new(ADVANCE, lease));
        let stamp = Step::any(Statement::new(STAMP, vec![limit.value(), limit.value()]));
        let answers = self.backend.write(vec![advance, stamp]).await?;
        Ok(answers.last().map_or(0, Vec::len))
    }

    /// Gives the lease back, so that another stamper need not wait for its end.
    pub async fn leave_stamper(&self, claim: &ClaimedRound) -> Result<(), CommitError> {
        const SQL: &str = "UPDATE rounds SET lease_until = 0 WHERE name = 'feed' AND lease_token = $1";
        let leave = Statement::new(SQL, vec![Value::Int(claim.lease_token)]);
        self.backend.write(vec![Step::any(leave)]).await.map(drop)
    }
}
