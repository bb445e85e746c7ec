//! What waits, over all developers: for those who watch an installation.

use crate::{
    Error, Storage,
    value::{Cells, Column, Statement},
};
use domain::Timestamp;

/// What waits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Queues {
    pub pending: i64,
    pub dead: i64,
    pub held: i64,
    /// Receivers that do not take what they are sent.
    pub failing: i64,
    /// Receivers that nothing is sent to any more, since they had failed for days.
    pub paused: i64,
    /// World time at which the oldest pending message was made.
    pub oldest_pending: Option<Timestamp>,
    /// World time at which the next attempt is, or was, due.
    pub next_attempt: Option<Timestamp>,
    /// Looks that are due.
    pub observations: i64,
    /// Wall time at which the oldest of them was queued.
    pub oldest_observation: Option<Timestamp>,
    /// Intents without an outcome.
    pub intents: i64,
    pub oldest_intent: Option<Timestamp>,
}

// States are written out, so that the partial indexes serve.
const PENDING: &str = "SELECT count(*), min(d.due_at), min(m.created_at) FROM deliveries d \
    JOIN messages m ON m.developer_id = d.developer_id AND m.id = d.message_id WHERE d.state = 'pending'";
const DEAD: &str = "SELECT count(*) FROM deliveries WHERE state = 'dead'";
const HELD: &str = "SELECT count(*) FROM deliveries WHERE state = 'held'";
const LOOKS: &str = "SELECT count(*), min(first_queued_at) FROM observations WHERE due_at <= $1";
const PAUSED: &str = "SELECT count(*) FROM developers WHERE callback_paused_at IS NOT NULL";
const FAILING: &str = "SELECT count(*) FROM failing_receivers";
const INTENTS: &str = "SELECT count(*), min(created_at) FROM intents WHERE state = 'running'";

impl Storage {
    /// What waits at the wall time `now`, in one snapshot.
    pub async fn queues(&self, now: Timestamp) -> Result<Queues, Error> {
        let plain = |sql| Statement::new(sql, Vec::new());
        let looks = Statement::new(LOOKS, vec![now.value()]);
        let asked =
            vec![plain(PENDING), plain(DEAD), plain(HELD), plain(FAILING), plain(PAUSED), looks, plain(INTENTS)];
        let mut answers = self.backend.read(asked).await?.into_iter();
        let mut next = || answers.next().and_then(|rows| rows.into_iter().next()).map(|row| row.cells("queues"));
        let mut found = Queues::default();
        if let Some(mut cells) = next() {
            found.pending = cells.next("count")?;
            (found.next_attempt, found.oldest_pending) = (cells.next("due_at")?, cells.next("created_at")?);
        }
        found.dead = count(next())?;
        found.held = count(next())?;
        found.failing = count(next())?;
        found.paused = count(next())?;
        if let Some(mut cells) = next() {
            (found.observations, found.oldest_observation) = (cells.next("count")?, cells.next("first_queued_at")?);
        }
        if let Some(mut cells) = next() {
            (found.intents, found.oldest_intent) = (cells.next("count")?, cells.next("created_at")?);
        }
        Ok(found)
    }
}

fn count(cells: Option<Cells>) -> Result<i64, Error> {
    cells.map_or(Ok(0), |mut cells| cells.next("count"))
}
