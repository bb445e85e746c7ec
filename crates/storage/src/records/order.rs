//! The mirror of an order. It is the boundary of a change: its refunds change under its version.

use crate::record::record;
use domain::{AccountId, DeveloperId, Marketplace, OrderId, Timestamp, UserId};

record! {
    Order in "orders" as Order by [developer_id, order_id] {
        developer_id: DeveloperId,
        order_id: OrderId,
        user_id: UserId,
        marketplace: Marketplace,
        account_id: AccountId,
        /// The platform's own number of the order, unique for a developer.
        order_no: String,
        /// The caller's number; several orders of one create share it.
        out_order_id: Option<String>,
        /// The number under which we asked the marketplace, unique over all developers.
        own_number: Option<String>,
        /// Edition in which it was made.
        edition: String,
        /// The marketplace's status word.
        status: String,
        pay_status: i64,
        refund_status: Option<String>,
        created_at: Timestamp,
        modified_at: Timestamp,
        /// Names of the lines, joined, for search. Kept in lower case.
        names: String,
        /// JSON of the core (`domain::order::Order`).
        core: String,
        /// The marketplace's record as received.
        document: String,
        /// JSON of the platform's own data per line.
        rows: String,
        /// JSON of the receiver.
        address: String,
        /// JSON of what the caller noted for itself and for the operator.
        remarks: Option<String>,
        /// When the mirror was last compared with the marketplace.
        observed_at: Timestamp,
        /// Number of the last message about it.
        sequence: i64,
        /// As read; an update expects it and counts it up.
        version: i64,
    }
}
