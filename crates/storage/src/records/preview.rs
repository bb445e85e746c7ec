//! Small things that are kept: previews, uploaded vouchers, and facts of the installation.

use crate::record::record;
use domain::{DeveloperId, Timestamp, UserId};

record! {
    /// What a preview of these lines said last.
    Preview in "previews" as Preview by [developer_id, user_id, lines_hash] {
        developer_id: DeveloperId,
        user_id: UserId,
        lines_hash: String,
        created_at: Timestamp,
        /// JSON of the amounts.
        amounts: String,
    }
}

record! {
    /// A voucher that an upload of this developer gave.
    Voucher in "vouchers" as Voucher by [developer_id, url] {
        developer_id: DeveloperId,
        url: String,
        created_at: Timestamp,
    }
}

record! {
    /// A fact of the installation.
    Meta in "meta" as Meta by [name] {
        name: String,
        value: String,
    }
}
