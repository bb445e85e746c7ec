//! Deliveries: claimed in turns over the developers, so that one slow or dead receiver never holds up the others.

use crate::{
    CommitError, Error, Storage, What,
    changes::forgive,
    record,
    records::{Attempt, Delivery, DeliveryState, Message},
    step::Step,
    value::{Column, Row, Statement, Value},
};
use domain::{DeveloperId, MessageId, Timestamp};

/// How much one claim may give out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Share {
    /// In turns over the developers.
    pub in_all: i64,
    /// A developer with so many under way gets none in its turn; twice that after an unlucky claim.
    pub each: i64,
    /// Beside the turns: so many more to these.
    pub more: Vec<(DeveloperId, i64)>,
}

/// A delivery that is ours until the lease runs out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedDelivery {
    pub message: Message,
    /// Since it was queued or replayed.
    pub failed_attempts: i64,
    /// Number of the attempt to be made, from 1 over the life of the message.
    pub number: i64,
    pub lease_token: i64,
}

/// What an attempt brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub at: Timestamp,
    /// HTTP status, where an answer came.
    pub status: Option<i64>,
    pub error: Option<String>,
    pub duration_ms: i64,
    /// The first KB of the answer.
    pub answer: String,
    pub receiver: Receiver,
}

/// What follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Done,
    Retry {
        due_at: Timestamp,
    },
    Dead,
    /// There is no verified callback any more.
    Held,
}

/// What an attempt changed of what is known of the receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receiver {
    /// Nothing: it works or fails as before, or was not asked.
    AsBefore,
    /// It fails, from the attempt on.
    Fails,
    /// It takes messages again.
    Works,
}

// For each developer the due time of its last free delivery that could have a turn bounds what is looked at, so that a
// long queue of one receiver costs nothing; then places are given in turns. The claim repeats its conditions outside: where two run
// at once, the second one sees the first one's lease and passes over the row.
const CLAIM: &str = "UPDATE deliveries SET lease_until = $1, holder = $2, lease_token = lease_token + 1 \
    WHERE state = 'pending' AND lease_until <= $3 AND due_at <= $4 AND (developer_id, message_id) IN ( \
      SELECT turn.developer_id, turn.message_id FROM ( \
        SELECT c.developer_id, c.message_id, c.due_at, \
          row_number() OVER (PARTITION BY c.developer_id ORDER BY c.due_at, c.message_id) AS place \
        FROM ( \
          SELECT d.id, coalesce(( \
            SELECT x.due_at FROM deliveries x \
            WHERE x.developer_id = d.id AND x.state = 'pending' AND x.due_at <= $4 AND x.lease_until <= $3 \
            ORDER BY x.due_at LIMIT 1 OFFSET $5), $4) AS bound \
          FROM developers d \
          WHERE (SELECT count(*) FROM deliveries y \
            WHERE y.developer_id = d.id AND y.state = 'pending' AND y.lease_until > 0 AND y.lease_until > $3) < $6 \
          LIMIT 1000000 \
        ) free \
        CROSS JOIN deliveries c \
        WHERE c.developer_id = free.id AND c.due_at <= free.bound AND c.state = 'pending' AND c.lease_until <= $3 \
      ) turn \
      WHERE turn.place <= $6 ORDER BY turn.place, turn.due_at LIMIT $7) \
    RETURNING developer_id, message_id, failed_attempts, attempts, lease_token";

const CLAIM_OF: &str = "UPDATE deliveries SET lease_until = $1, holder = $2, lease_token = lease_token + 1 \
    WHERE state = 'pending' AND lease_until <= $3 AND due_at <= $4 AND (developer_id, message_id) IN ( \
      SELECT x.developer_id, x.message_id FROM deliveries x \
      WHERE x.developer_id = $5 AND x.state = 'pending' AND x.due_at <= $4 AND x.lease_until <= $3 \
      ORDER BY x.due_at, x.message_id LIMIT $6) \
    RETURNING developer_id, message_id, failed_attempts, attempts, lease_token";

struct Lease {
    developer: DeveloperId,
    message: MessageId,
    failed_attempts: i64,
    attempts: i64,
    token: i64,
}

impl Lease {
    fn from_row(row: Row) -> Result<Self, Error> {
        let mut cells = row.cells("deliveries");
        Ok(Self {
            developer: cells.next("developer_id")?,
            message: cells.next("message_id")?,
            failed_attempts: cells.next("failed_attempts")?,
            attempts: cells.next("attempts")?,
            token: cells.next("lease_token")?,
        })
    }

    fn of(self, message: Message) -> ClaimedDelivery {
        ClaimedDelivery {
            message,
            failed_attempts: self.failed_attempts,
            number: self.attempts + 1,
            lease_token: self.token,
        }
    }
}

impl Storage {
    /// Leases deliveries that are due at `world`, until `wall` + `lease_ms`. In turns over the developers, the longest due
    /// first; a developer with enough under way gets none, but for what its [`Share`] has more.
    pub async fn claim_deliveries(
        &self,
        world: Timestamp,
        wall: Timestamp,
        lease_ms: i64,
        share: &Share,
    ) -> Result<Vec<ClaimedDelivery>, CommitError> {
        let until = wall.plus_ms(lease_ms).value();
        let ours = [until, Value::Int(self.instance), wall.value(), world.value()];
        let each = share.each.max(1);
        let turns = [Value::Int(each - 1), Value::Int(each), Value::Int(share.in_all)];
        let turns = Statement::new(CLAIM, [ours.as_slice(), &turns].concat());
        let more = share.more.iter().map(|(developer, count)| {
            let of = [developer.value(), Value::Int(*count)];
            Step::any(Statement::new(CLAIM_OF, [ours.as_slice(), &of].concat()))
        });
        let steps = std::iter::once(Step::any(turns)).chain(more).collect();
        let answers = self.backend.write(steps).await?;
        let leases: Vec<Lease> = answers.into_iter().flatten().map(Lease::from_row).collect::<Result<_, _>>()?;
        Ok(self.with_messages(leases).await?)
    }

    async fn with_messages(&self, leases: Vec<Lease>) -> Result<Vec<ClaimedDelivery>, Error> {
        let reads: Vec<Statement> = leases
            .iter()
            .map(|lease| record::by_key::<Message>(vec![lease.developer.value(), lease.message.value()]))
            .collect();
        if reads.is_empty() {
            return Ok(Vec::new());
        }
        let answers = self.backend.read(reads).await?;
        let mut claimed = Vec::with_capacity(leases.len());
        for (lease, row) in leases.into_iter().zip(answers).filter_map(|(l, rows)| Some((l, rows.into_iter().next()?)))
        {
            claimed.push(lease.of(record::Record::from_row(row)?));
        }
        claimed.sort_by_key(|c: &ClaimedDelivery| c.message.id);
        Ok(claimed)
    }

    /// Writes what an attempt brought, what follows, and what it says of the receiver. `Conflict(Delivery)` where the lease was lost: somebody else
    /// delivers, or the message was replayed; nothing is written then.
    pub async fn record_attempt(
        &self,
        claim: &ClaimedDelivery,
        report: Report,
        outcome: Outcome,
    ) -> Result<(), CommitError> {
        let Report { at, status, error, duration_ms, answer, receiver } = report;
        let (developer_id, message_id) = (claim.message.developer_id, claim.message.id);
        let attempt =
            Attempt { developer_id, message_id, number: claim.number, at, status, error, duration_ms, answer };
        let mut steps =
            vec![Step::one(What::Delivery, finish(claim, outcome)), Step::one(What::Attempt, record::insert(&attempt))];
        match receiver {
            Receiver::AsBefore => {}
            Receiver::Fails => steps.push(Step::any(fails(developer_id, at))),
            Receiver::Works => steps.push(Step::any(forgive(developer_id))),
        }
        self.backend.write(steps).await.map(drop)
    }

    /// Gives a delivery back without an attempt, e.g. when the callback is gone. `Conflict` where the lease was lost.
    pub async fn hold_delivery(&self, claim: &ClaimedDelivery) -> Result<(), CommitError> {
        const SQL: &str = "UPDATE deliveries SET state = $1, lease_until = 0 \
            WHERE developer_id = $2 AND message_id = $3 AND lease_token = $4";
        let params = vec![
            DeliveryState::Held.value(),
            claim.message.developer_id.value(),
            claim.message.id.value(),
            claim.lease_token.value(),
        ];
        self.backend.write(vec![Step::one(What::Delivery, Statement::new(SQL, params))]).await.map(drop)
    }

    /// When the next delivery is due at the earliest (world time); `None` when none waits.
    pub async fn next_delivery_due(&self) -> Result<Option<Timestamp>, Error> {
        let sql = "SELECT min(due_at) FROM deliveries WHERE state = 'pending'";
        match self.rows(Statement::new(sql, Vec::new())).await?.into_iter().next() {
            Some(row) => row.cells(<Delivery as record::Record>::TABLE).next("due_at"),
            None => Ok(None),
        }
    }
}

/// A date that lies ahead was written before the clock was set back.
fn fails(developer: DeveloperId, since: Timestamp) -> Statement {
    const SQL: &str = "INSERT INTO failing_receivers (developer_id, since) VALUES ($1, $2) \
        ON CONFLICT (developer_id) DO UPDATE SET since = excluded.since WHERE failing_receivers.since > excluded.since";
    Statement::new(SQL, vec![developer.value(), since.value()])
}

fn finish(claim: &ClaimedDelivery, outcome: Outcome) -> Statement {
    const SQL: &str = "UPDATE deliveries SET state = $1, failed_attempts = failed_attempts + $2, \
        due_at = coalesce($3, due_at), attempts = $4, lease_until = 0 \
        WHERE developer_id = $5 AND message_id = $6 AND lease_token = $7";
    let (state, failed, due_at) = match outcome {
        Outcome::Done => (DeliveryState::Done, 0, None),
        Outcome::Retry { due_at } => (DeliveryState::Pending, 1, Some(due_at)),
        Outcome::Dead => (DeliveryState::Dead, 1, None),
        Outcome::Held => (DeliveryState::Held, 1, None),
    };
    let params = vec![
        state.value(),
        Value::Int(failed),
        due_at.value(),
        claim.number.value(),
        claim.message.developer_id.value(),
        claim.message.id.value(),
        claim.lease_token.value(),
    ];
    Statement::new(SQL, params)
}
