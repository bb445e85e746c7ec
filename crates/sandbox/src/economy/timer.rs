//! What happens by itself at an instant of world time.
//!
//! A timer that finds its object in another state than it was set for does nothing; so nothing has to be taken back when
//! an object moves on.

use domain::{OrderId, RefundId};
use serde::{Deserialize, Serialize};

/// Due together, timers fire in the order of this enumeration, then of ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Timer {
    /// The deadline of the refund's step number.
    RefundDeadline(RefundId, u32),
    /// The seller acts on the refund while it is at this step.
    SellerAnswers(RefundId, u32),
    /// An unpaid order closes.
    PaymentDeadline(OrderId),
    /// Everything that travels counts as received.
    ReceiptDeadline(OrderId),
    /// A parcel (by its place in the order) reaches its next stop.
    ParcelMoves(OrderId, u32, u32),
    /// The seller lowers the price of an unpaid order.
    PriceFalls(OrderId),
}
