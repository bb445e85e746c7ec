//! What marketplaces push: stored with the look that it asks for, before it is acknowledged. A repeat is acknowledged and
//! does nothing more.

use crate::{Platform, Result};
use connector::push::{Pushed, Subject};
use domain::{Marketplace, OrderId, RefundId, order::BatchPay};
use storage::{Changes, CommitError, QueuedObservation, What, records};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    New,
    Repeated,
}

/// How a look is spelled in its queue.
pub(crate) fn subject_text(subject: Subject) -> (String, OrderId) {
    match subject {
        Subject::Order(order) => (format!("order:{order}"), order),
        Subject::Refund { refund, order } => (format!("refund:{refund}"), order),
        Subject::BatchPaid { order, outcome: BatchPay::Succeeded } => (format!("{PAID_IN_BATCH}{order}"), order),
        Subject::BatchPaid { order, outcome: BatchPay::Failed } => (format!("{UNPAID_IN_BATCH}{order}"), order),
    }
}

const PAID_IN_BATCH: &str = "batch-paid:";
const UNPAID_IN_BATCH: &str = "batch-unpaid:";

/// What a queued look has heard of a payment of several orders.
pub(crate) fn batch_of(subject: &str) -> Option<BatchPay> {
    if subject.starts_with(PAID_IN_BATCH) {
        Some(BatchPay::Succeeded)
    } else if subject.starts_with(UNPAID_IN_BATCH) {
        Some(BatchPay::Failed)
    } else {
        None
    }
}

/// The refund that a queued look is about, if it is about one.
pub(crate) fn refund_of(subject: &str) -> Option<RefundId> {
    subject.strip_prefix("refund:").and_then(|id| id.parse().ok())
}

impl Platform {
    pub async fn receive(&self, marketplace: Marketplace, content_type: &str, body: &[u8]) -> Result<Received> {
        let pushed = self.push(marketplace)?.decode(content_type, body)?;
        self.take_in(marketplace, pushed).await
    }

    /// Keeps a push, however it came, with the looks that it asks for.
    pub(crate) async fn take_in(&self, marketplace: Marketplace, pushed: Pushed) -> Result<Received> {
        let now = self.clocks.wall();
        let push = records::Push {
            marketplace,
            message_id: pushed.message_id,
            topic: pushed.topic,
            raw: pushed.raw,
            received_at: now,
        };
        let mut changes = Changes::new().push(&push);
        for subject in &pushed.subjects {
            let (subject, order_id) = subject_text(*subject);
            changes = changes.observe(&QueuedObservation { marketplace, subject, order_id, due_at: now, now });
        }
        match self.storage.commit(changes).await {
            Ok(()) => {
                pushed.subjects.iter().for_each(|subject| self.sights.outdate(subject_text(*subject).1));
                self.to_observe.notify_one();
                Ok(Received::New)
            }
            Err(CommitError::Conflict(What::Push)) => Ok(Received::Repeated),
            Err(error) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_read_as_it_was_written() {
        let (order, refund) = (OrderId::new(5).unwrap(), RefundId::new(7).unwrap());
        let (text, id) = subject_text(Subject::Refund { refund, order });
        assert_eq!((text.as_str(), id, refund_of(&text)), ("refund:TQ7", order, Some(refund)));
        assert_eq!(refund_of(&subject_text(Subject::Order(order)).0), None);
        for outcome in [BatchPay::Succeeded, BatchPay::Failed] {
            let (text, id) = subject_text(Subject::BatchPaid { order, outcome });
            assert_eq!((id, refund_of(&text), batch_of(&text)), (order, None, Some(outcome)));
        }
    }
}
