//! What goes into the work queues: messages with their deliveries, pushes, and looks that are due.

use super::Changes;
use crate::{
    What,
    claims::ClaimedObservation,
    record,
    records::{Delivery, DeliveryState, Message, Push},
    step::Step,
    value::{Column, Statement},
};
use domain::{DeveloperId, Marketplace, MessageId, OrderId, Timestamp};

/// A look that is to be queued. Times are wall times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedObservation {
    pub marketplace: Marketplace,
    /// What is to be looked at, as the caller spells it; one row a subject.
    pub subject: String,
    pub order_id: OrderId,
    pub due_at: Timestamp,
    pub now: Timestamp,
}

impl Changes {
    /// A message with where its delivery stands, and its place among what the feed has to take up. Conflicts where the
    /// object has a message of that sequence number.
    pub fn message(self, message: &Message, delivery: &Delivery) -> Self {
        const FEED: &str = "INSERT INTO feed (developer_id, message_id) VALUES ($1, $2)";
        let entry = vec![message.developer_id.value(), message.id.value()];
        self.insert(message).insert(delivery).step(Step::any(Statement::new(FEED, entry)))
    }

    /// Queues a message again, whatever became of it. An attempt under way keeps no say: its lease is withdrawn.
    pub fn replay(self, developer: DeveloperId, message: MessageId, due_at: Timestamp) -> Self {
        const SQL: &str = "UPDATE deliveries SET state = $1, due_at = $2, failed_attempts = 0, lease_until = 0, \
            lease_token = lease_token + 1 WHERE developer_id = $3 AND message_id = $4";
        let params = vec![DeliveryState::Pending.value(), due_at.value(), developer.value(), message.value()];
        self.step(Step::one(What::Delivery, Statement::new(SQL, params)))
    }

    /// Queues what was held while the developer had no verified callback.
    pub fn release_held(self, developer: DeveloperId, due_at: Timestamp) -> Self {
        const SQL: &str = "UPDATE deliveries SET state = 'pending', due_at = $1 \
            WHERE developer_id = $2 AND state = 'held'";
        self.step(Step::any(Statement::new(SQL, vec![due_at.value(), developer.value()])))
    }

    /// Holds whatever of the developer's waits. What is being delivered at this moment is recorded as it ends.
    pub fn hold_pending(self, developer: DeveloperId) -> Self {
        const SQL: &str = "UPDATE deliveries SET state = 'held' WHERE developer_id = $1 AND state = 'pending' \
            AND lease_until = 0";
        self.step(Step::any(Statement::new(SQL, vec![developer.value()])))
    }

    /// The developer's receiver counts as working until it fails.
    pub fn forgive_receiver(self, developer: DeveloperId) -> Self {
        self.step(Step::any(forgive(developer)))
    }

    /// Keeps a push. Conflicts where the same one came before.
    pub fn push(self, push: &Push) -> Self {
        self.insert(push)
    }

    /// Queues a look. A subject that is queued already keeps its row: the earlier time holds and the generation counts up,
    /// so that a look under way does not take this one for done.
    pub fn observe(self, look: &QueuedObservation) -> Self {
        const SQL: &str = "INSERT INTO observations (marketplace, subject, order_id, due_at, attempts, \
            first_queued_at, generation, lease_until, lease_token) VALUES ($1, $2, $3, $4, 0, $5, 1, 0, 0) \
            ON CONFLICT (marketplace, subject) DO UPDATE SET generation = observations.generation + 1, \
            due_at = CASE WHEN excluded.due_at < observations.due_at THEN excluded.due_at \
            ELSE observations.due_at END";
        let params = vec![
            look.marketplace.value(),
            look.subject.value(),
            look.order_id.value(),
            look.due_at.value(),
            look.now.value(),
        ];
        self.step(Step::any(Statement::new(SQL, params)))
    }

    /// The look is done: the row goes, unless it was queued again meanwhile; then it is free for the next claim.
    /// A lease that was lost changes nothing.
    pub fn finish_observation(self, claim: &ClaimedObservation) -> Self {
        const DONE: &str = "DELETE FROM observations \
            WHERE marketplace = $1 AND subject = $2 AND lease_token = $3 AND generation = $4";
        const AGAIN: &str = "UPDATE observations SET lease_until = 0, attempts = 0 \
            WHERE marketplace = $1 AND subject = $2 AND lease_token = $3";
        let held = vec![claim.marketplace.value(), claim.subject.value(), claim.lease_token.value()];
        let mut done = held.clone();
        done.push(claim.generation.value());
        self.step(Step::any(Statement::new(DONE, done))).step(Step::any(Statement::new(AGAIN, held)))
    }

    /// The look failed and is to be tried again at `due_at`, or when it was queued for meanwhile.
    pub fn postpone_observation(self, claim: &ClaimedObservation, due_at: Timestamp) -> Self {
        const SQL: &str = "UPDATE observations SET lease_until = 0, attempts = attempts + 1, \
            due_at = CASE WHEN generation = $1 THEN CAST($2 AS BIGINT) ELSE due_at END \
            WHERE marketplace = $3 AND subject = $4 AND lease_token = $5";
        let params = vec![
            claim.generation.value(),
            due_at.value(),
            claim.marketplace.value(),
            claim.subject.value(),
            claim.lease_token.value(),
        ];
        self.step(Step::any(Statement::new(SQL, params)))
    }

    /// Forgets a look for good, e.g. one for an order that nobody owns. A lease that was lost changes nothing.
    pub fn drop_observation(self, claim: &ClaimedObservation) -> Self {
        let key = vec![claim.marketplace.value(), claim.subject.value()];
        let mut statement = record::delete::<crate::records::Observation>(key);
        statement.params.push(claim.lease_token.value());
        statement.sql = format!("{} AND lease_token = $3", statement.sql).into();
        self.step(Step::any(statement))
    }
}

pub(crate) fn forgive(developer: DeveloperId) -> Statement {
    const SQL: &str = "DELETE FROM failing_receivers WHERE developer_id = $1";
    Statement::new(SQL, vec![developer.value()])
}
