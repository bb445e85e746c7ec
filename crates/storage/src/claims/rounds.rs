//! Work that comes round, e.g. comparing the orders of an account with its marketplace. A row by name, made when it is
//! claimed for the first time; of several processes one has it.

use crate::{
    Changes, CommitError, Error, Storage,
    step::Step,
    value::{Column, Row, Statement, Value},
};
use domain::Timestamp;

/// A round that is ours until the lease runs out. Ended by [`Changes::finish_round`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedRound {
    pub name: String,
    /// How far it had come, as its owner measures it; `None` before the first time.
    pub position: Option<Timestamp>,
    pub(super) lease_token: i64,
}

/// By the wall: until when it is leased, now, and the latest that it may be due.
#[derive(Debug, Clone, Copy)]
pub struct RoundClaim {
    pub now: Timestamp,
    pub lease_ms: i64,
    /// [`RoundClaim::now`], or the end of time for one that is wanted whether it is due or not.
    pub due_by: Timestamp,
}

const NOWHERE: i64 = 0;
const CLAIM: &str = "INSERT INTO rounds (name, position, due_at, holder, lease_until, lease_token) \
    VALUES ($1, 0, $2, $3, $4, 1) ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, \
    lease_until = excluded.lease_until, lease_token = rounds.lease_token + 1 \
    WHERE rounds.lease_until <= $5 AND rounds.due_at <= $6 RETURNING name, position, lease_token";

impl ClaimedRound {
    fn from_row(row: Row) -> Result<Self, Error> {
        let mut cells = row.cells("rounds");
        let name = cells.next("name")?;
        let position: i64 = cells.next("position")?;
        let position = (position != NOWHERE).then_some(Timestamp(position));
        Ok(Self { name, position, lease_token: cells.next("lease_token")? })
    }
}

impl Storage {
    /// Leases the round; `None` while somebody else has it, or before it is due.
    pub async fn claim_round(&self, name: &str, claim: RoundClaim) -> Result<Option<ClaimedRound>, CommitError> {
        let RoundClaim { now, lease_ms, due_by } = claim;
        let params = vec![
            name.to_owned().value(),
            now.value(),
            Value::Int(self.instance),
            now.plus_ms(lease_ms).value(),
            now.value(),
            due_by.value(),
        ];
        let answers = self.backend.write(vec![Step::any(Statement::new(CLAIM, params))]).await?;
        Ok(answers.into_iter().flatten().next().map(ClaimedRound::from_row).transpose()?)
    }

    /// When each round is due again, of those that were made.
    pub async fn rounds_due(&self) -> Result<Vec<(String, Timestamp)>, Error> {
        let rows = self.rows(Statement::new("SELECT name, due_at FROM rounds", Vec::new())).await?;
        let read = |row: Row| {
            let mut cells = row.cells("rounds");
            Ok((cells.next("name")?, cells.next("due_at")?))
        };
        rows.into_iter().map(read).collect()
    }
}

impl Changes {
    /// The round has come to `position` and is due again at `due_at`. A lease that was lost changes nothing.
    pub fn finish_round(self, claim: &ClaimedRound, position: Option<Timestamp>, due_at: Timestamp) -> Self {
        const SQL: &str = "UPDATE rounds SET position = $1, due_at = $2, lease_until = 0 \
            WHERE name = $3 AND lease_token = $4";
        let position = position.map_or(NOWHERE, |at| at.0);
        let params = vec![Value::Int(position), due_at.value(), claim.name.value(), Value::Int(claim.lease_token)];
        self.step(Step::any(Statement::new(SQL, params)))
    }
}
