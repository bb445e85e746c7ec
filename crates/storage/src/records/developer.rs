//! Developers (tenants), their users (sub-accounts) and their access keys.

use crate::{Secret, column::words, record::record};
use domain::{AccountId, DeveloperId, Marketplace, Timestamp, UserId};

words! {
    /// Whether a developer or user may call.
    Standing { Active = "active", Disabled = "disabled" }
}

record! {
    Developer in "developers" as Developer by [id] {
        id: DeveloperId,
        name: String,
        /// Granted editions, comma-joined: `v1,v2,ka,bigmajor`.
        editions: String,
        /// The edition in which callbacks are written.
        message_edition: String,
        status: Standing,
        /// The user of requests without a user-id.
        default_user: UserId,
        callback_url: Option<String>,
        /// `None` until the present URL has answered the verification.
        callback_verified_at: Option<Timestamp>,
        /// When the URL lost its verification because it had failed for days (world time).
        callback_paused_at: Option<Timestamp>,
        /// JSON object, opaque here.
        settings: String,
        created_at: Timestamp,
        version: i64,
    }
}

record! {
    /// An access key with its secret. Several may live at once, so that one can be exchanged without a gap.
    AccessKey in "access_keys" as AccessKey by [access_key] {
        access_key: String,
        developer_id: DeveloperId,
        /// Encrypted at rest; plain here.
        secret: Secret,
        created_at: Timestamp,
        /// Wall time from which it is refused.
        expires_at: Option<Timestamp>,
    }
}

record! {
    User in "users" as User by [developer_id, user_id] {
        developer_id: DeveloperId,
        user_id: UserId,
        name: String,
        status: Standing,
    }
}

record! {
    /// The purchasing account that buys for a user at a marketplace; without one the marketplace's default does.
    Binding in "bindings" as Binding by [developer_id, user_id, marketplace] {
        developer_id: DeveloperId,
        user_id: UserId,
        marketplace: Marketplace,
        account_id: AccountId,
    }
}
