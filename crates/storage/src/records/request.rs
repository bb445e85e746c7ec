//! The log of requests: what a developer asked, what it was told, and what was asked of marketplaces because of it.

use crate::record::record;
use domain::{DeveloperId, Timestamp, UserId};

record! {
    /// A request that was answered. Nothing here is private: texts are redacted before they come.
    Request in "requests" as Request by [developer_id, request_id] {
        developer_id: DeveloperId,
        /// 32 hex digits.
        request_id: String,
        /// `None` where it was refused before its user was known.
        user_id: Option<UserId>,
        /// The caller's trace, where it named one.
        trace_id: Option<String>,
        /// Wall time at which it came.
        at: Timestamp,
        operation: String,
        method: String,
        path: String,
        query: String,
        /// JSON; `None` where it was refused before its body was read.
        body: Option<String>,
        code: i64,
        msg: String,
        took_us: i64,
        /// JSON of the upstream calls.
        calls: String,
    }
}
