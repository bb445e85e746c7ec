//! Dates that lie further ahead than anything is ever dated: they were written under a clock that has been set back since.
//! Left alone, what bears them would wait for as long as the clock was set back.
//!
//! Looked for on a reading connection and mended only where one is found. Rejected: a bound in each claim, which would cost
//! every claim what an installation may never need.

use crate::{
    CommitError, Error, Storage,
    step::Step,
    value::{Column, Statement},
};
use domain::Timestamp;

const LATEST_DELIVERY: &str = "SELECT max(due_at), max(lease_until) FROM deliveries WHERE state = 'pending'";
const LATEST_LOOK: &str = "SELECT max(due_at), max(lease_until) FROM observations";
const LATEST_ROUND: &str = "SELECT max(due_at), max(lease_until) FROM rounds";

/// Now, and the latest that something can rightly be dated.
#[derive(Debug, Clone, Copy)]
pub struct Dates {
    /// By the clock that says when work is due.
    pub now: Timestamp,
    pub latest_due: Timestamp,
    /// By the wall.
    pub latest_lease: Timestamp,
}

impl Storage {
    /// Deliveries that are due too late become due, leases that last too long end. True where there were any.
    pub async fn mend_deliveries(&self, dates: Dates) -> Result<bool, CommitError> {
        const DUE: &str = "UPDATE deliveries SET due_at = $1 WHERE state = 'pending' AND due_at > $2";
        const LEASES: &str = "UPDATE deliveries SET lease_until = 0 WHERE state = 'pending' AND lease_until > $1";
        self.mend(LATEST_DELIVERY, [DUE, LEASES], dates).await
    }

    /// As [`Storage::mend_deliveries`], of looks.
    pub async fn mend_observations(&self, dates: Dates) -> Result<bool, CommitError> {
        const DUE: &str = "UPDATE observations SET due_at = $1 WHERE due_at > $2";
        const LEASES: &str = "UPDATE observations SET lease_until = 0 WHERE lease_until > $1";
        self.mend(LATEST_LOOK, [DUE, LEASES], dates).await
    }

    /// As [`Storage::mend_deliveries`], of rounds.
    pub async fn mend_rounds(&self, dates: Dates) -> Result<bool, CommitError> {
        const DUE: &str = "UPDATE rounds SET due_at = $1 WHERE due_at > $2";
        const LEASES: &str = "UPDATE rounds SET lease_until = 0 WHERE lease_until > $1";
        self.mend(LATEST_ROUND, [DUE, LEASES], dates).await
    }

    async fn mend(
        &self,
        latest: &'static str,
        [due, leases]: [&'static str; 2],
        dates: Dates,
    ) -> Result<bool, CommitError> {
        let Dates { now, latest_due, latest_lease } = dates;
        let (due_at, lease_until) = self.latest(latest).await?;
        if due_at <= latest_due && lease_until <= latest_lease {
            return Ok(false);
        }
        let steps = [
            Statement::new(due, vec![now.value(), latest_due.value()]),
            Statement::new(leases, vec![latest_lease.value()]),
        ];
        self.backend.write(steps.map(Step::any).into()).await?;
        Ok(true)
    }

    async fn latest(&self, sql: &'static str) -> Result<(Timestamp, Timestamp), Error> {
        let Some(row) = self.rows(Statement::new(sql, Vec::new())).await?.into_iter().next() else {
            return Ok((Timestamp(0), Timestamp(0)));
        };
        let mut cells = row.cells("queues");
        let (due, lease): (Option<Timestamp>, Option<Timestamp>) = (cells.next("due_at")?, cells.next("lease_until")?);
        Ok((due.unwrap_or(Timestamp(0)), lease.unwrap_or(Timestamp(0))))
    }
}
