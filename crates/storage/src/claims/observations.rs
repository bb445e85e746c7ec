//! Looks that are due.

use crate::{
    CommitError, Error, Storage,
    step::Step,
    value::{Column, Row, Statement, Value},
};
use domain::{Marketplace, OrderId, Timestamp};

/// A look that is ours until the lease runs out. Ended by [`crate::Changes::finish_observation`] and its siblings, best in
/// the commit that the look leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedObservation {
    pub marketplace: Marketplace,
    pub subject: String,
    pub order_id: OrderId,
    /// Failed looks since it was first queued.
    pub attempts: i64,
    pub first_queued_at: Timestamp,
    pub(crate) generation: i64,
    pub(crate) lease_token: i64,
}

const CLAIM: &str = "UPDATE observations SET lease_until = $1, holder = $2, lease_token = lease_token + 1 \
    WHERE lease_until <= $3 AND due_at <= $4 AND (marketplace, subject) IN ( \
      SELECT due.marketplace, due.subject FROM observations due WHERE due.lease_until <= $3 AND due.due_at <= $4 \
      ORDER BY due.due_at LIMIT $5) \
    RETURNING marketplace, subject, order_id, attempts, first_queued_at, generation, lease_token";

impl ClaimedObservation {
    fn from_row(row: Row) -> Result<Self, Error> {
        let mut cells = row.cells("observations");
        Ok(Self {
            marketplace: cells.next("marketplace")?,
            subject: cells.next("subject")?,
            order_id: cells.next("order_id")?,
            attempts: cells.next("attempts")?,
            first_queued_at: cells.next("first_queued_at")?,
            generation: cells.next("generation")?,
            lease_token: cells.next("lease_token")?,
        })
    }
}

impl Storage {
    /// Leases about `limit` looks that are due at `wall`, until `wall` + `lease_ms`, the longest due first.
    pub async fn claim_observations(
        &self,
        wall: Timestamp,
        lease_ms: i64,
        limit: i64,
    ) -> Result<Vec<ClaimedObservation>, CommitError> {
        let params = vec![
            wall.plus_ms(lease_ms).value(),
            Value::Int(self.instance),
            wall.value(),
            wall.value(),
            Value::Int(limit),
        ];
        let answers = self.backend.write(vec![Step::any(Statement::new(CLAIM, params))]).await?;
        Ok(answers.into_iter().flatten().map(ClaimedObservation::from_row).collect::<Result<_, _>>()?)
    }

    /// Whether a look at an order or at one of its refunds is queued.
    pub async fn observation_pending(&self, marketplace: Marketplace, order: OrderId) -> Result<bool, Error> {
        let sql = "SELECT order_id FROM observations WHERE marketplace = $1 AND order_id = $2 LIMIT 1";
        Ok(!self.rows(Statement::new(sql, vec![marketplace.value(), order.value()])).await?.is_empty())
    }

    /// Gives back every lease, of looks, of deliveries and of rounds. Only for a process that is alone: what is leased then was leased
    /// by one that died.
    pub async fn release_leases(&self) -> Result<(), CommitError> {
        const LOOKS: &str = "UPDATE observations SET lease_until = 0 WHERE lease_until > 0";
        const DELIVERIES: &str = "UPDATE deliveries SET lease_until = 0 WHERE lease_until > 0 AND state = 'pending'";
        const ROUNDS: &str = "UPDATE rounds SET lease_until = 0 WHERE lease_until > 0";
        let release = |sql| Step::any(Statement::new(sql, Vec::new()));
        self.backend.write(vec![release(LOOKS), release(DELIVERIES), release(ROUNDS)]).await.map(drop)
    }

    /// Gives back what this installation has leased. Only for a process that has just begun to own it: what is leased then
    /// was leased by the one before it, whoever else works on the same database.
    pub async fn release_own_leases(&self) -> Result<(), CommitError> {
        const LOOKS: &str = "UPDATE observations SET lease_until = 0 WHERE lease_until > 0 AND holder = $1";
        const DELIVERIES: &str =
            "UPDATE deliveries SET lease_until = 0 WHERE lease_until > 0 AND state = 'pending' AND holder = $1";
        const ROUNDS: &str = "UPDATE rounds SET lease_until = 0 WHERE lease_until > 0 AND holder = $1";
        let release = |sql| Step::any(Statement::new(sql, vec![Value::Int(self.instance)]));
        self.backend.write(vec![release(LOOKS), release(DELIVERIES), release(ROUNDS)]).await.map(drop)
    }
}
