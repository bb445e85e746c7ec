//! What a marketplace tells us by itself.

use crate::Result;
use async_trait::async_trait;
use domain::{OrderId, RefundId, Timestamp, order::BatchPay};

/// What a push is about. Pushes are hints: the object is re-read, the push itself changes nothing. The one exception is
/// what the object does not show: that it was paid together with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    Order(OrderId),
    Refund { refund: RefundId, order: OrderId },
    BatchPaid { order: OrderId, outcome: BatchPay },
}

/// A push whose signature holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pushed {
    /// The marketplace's message number; a repeat has the same.
    pub message_id: String,
    pub topic: String,
    pub born_at: Timestamp,
    /// None for topics that concern no object of ours, several where one message tells of several orders.
    pub subjects: Vec<Subject>,
    /// The message as received.
    pub raw: String,
}

#[async_trait]
pub trait Push: Send + Sync {
    /// Checks the signature of a posted body and reads it.
    ///
    /// - `Unauthorized` when the signature does not hold, `InvalidParameter` when the body is not a push.
    fn decode(&self, content_type: &str, body: &[u8]) -> Result<Pushed>;

    /// Messages that were never acknowledged, the oldest first; at most a page.
    ///
    /// - reading them acknowledges nothing: the same are there again until [`Push::confirm`].
    /// - what cannot be read as a push is there without subjects, so that it can be kept and confirmed.
    async fn missed(&self) -> Result<Vec<Pushed>>;

    /// Acknowledges messages by their numbers. Numbers that wait no more are no error.
    async fn confirm(&self, message_ids: &[String]) -> Result<()>;
}
