//! What a marketplace tells us by itself.

use crate::Result;
use domain::{OrderId, RefundId, Timestamp};

/// What a push is about. Pushes are hints: the object is re-read, the push itself changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    Order(OrderId),
    Refund { refund: RefundId, order: OrderId },
}

/// A push whose signature holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pushed {
    /// The marketplace's message number; a repeat has the same.
    pub message_id: String,
    pub topic: String,
    pub born_at: Timestamp,
    /// `None` for topics that concern no object of ours.
    pub subject: Option<Subject>,
    /// The message as received.
    pub raw: String,
}

pub trait Push: Send + Sync {
    /// Checks the signature of a posted body and reads it.
    ///
    /// - `Unauthorized` when the signature does not hold, `InvalidParameter` when the body is not a push.
    fn decode(&self, content_type: &str, body: &[u8]) -> Result<Pushed>;
}
