//! What can happen to an order or refund that a developer is told of.

use crate::order::Closer;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OrderEvent {
    Created,
    PriceModified,
    Paid,
    StagePaid,
    BatchPay,
    PartShipped,
    Shipped,
    ReceiptConfirmed,
    Succeeded,
    ClosedByBuyer,
    ClosedBySeller,
    ClosedByPlatform,
}

impl OrderEvent {
    pub fn closed(by: Closer) -> Self {
        match by {
            Closer::Buyer => Self::ClosedByBuyer,
            Closer::Seller => Self::ClosedBySeller,
            Closer::Platform | Closer::Timeout => Self::ClosedByPlatform,
        }
    }
}

/// What happened to an object of a developer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Event {
    Order(OrderEvent),
    /// A refund changed: one kind of message tells every step, its record says which.
    Refund,
}
