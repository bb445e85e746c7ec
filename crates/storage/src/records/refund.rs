//! The mirror of a refund. Changed only together with its order, see [`crate::OrderChange`].

use crate::record::record;
use domain::{DeveloperId, OrderId, RefundId, Timestamp, UserId};

record! {
    Refund in "refunds" as Refund by [developer_id, refund_id] {
        developer_id: DeveloperId,
        refund_id: RefundId,
        user_id: UserId,
        order_id: OrderId,
        /// The marketplace's status word.
        status: String,
        /// JSON of the core (`domain::refund::Refund`).
        core: String,
        /// The marketplace's record as received.
        document: String,
        /// JSON of the platform's own record of who asked what.
        audit: String,
        modified_at: Timestamp,
        /// When the mirror was last compared with the marketplace.
        observed_at: Timestamp,
        /// Number of the last message about it.
        sequence: i64,
        /// As read; an update expects it and counts it up.
        version: i64,
    }
}
