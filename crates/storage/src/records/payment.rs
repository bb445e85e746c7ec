//! Payments that wait for the operator: what a bulk payment could not debit.

use crate::{column::words, record::record};
use domain::{DeveloperId, OrderId, Timestamp, UserId};

words! {
    /// What the operator has said. Whether the order is paid is the order's business.
    PaymentState { Waiting = "waiting", Approved = "approved", Refused = "refused" }
}

record! {
    Payment in "payments" as Payment by [developer_id, id] {
        developer_id: DeveloperId,
        id: i64,
        order_id: OrderId,
        /// Who submitted it last.
        user_id: UserId,
        state: PaymentState,
        submitted_at: Timestamp,
        decided_at: Option<Timestamp>,
        /// Why it was refused.
        reason: Option<String>,
        /// As read; an update expects it and counts it up.
        version: i64,
    }
}
