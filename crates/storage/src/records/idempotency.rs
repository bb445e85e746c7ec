//! What makes a repeat harmless: nonces and idempotency keys. The caller's own number is a key that never expires.

use crate::{Secret, column::words, record::record};
use domain::{DeveloperId, Timestamp};

record! {
    /// A nonce that was used by a write.
    Nonce in "nonces" as Nonce by [access_key, nonce] {
        access_key: String,
        nonce: String,
        /// Wall time from which it may be forgotten.
        expires_at: Timestamp,
    }
}

words! {
    IdempotencyState { Running = "running", Done = "done" }
}

record! {
    /// The answer of a write under the caller's Idempotency-Key.
    Idempotency in "idempotency" as Idempotency by [developer_id, operation, key] {
        developer_id: DeveloperId,
        operation: String,
        key: String,
        /// Hash of method, path, query and body.
        content_hash: String,
        state: IdempotencyState,
        started_at: Timestamp,
        /// JSON of code, msg and data; `None` while it runs. Encrypted at rest, since an answer may hold a new secret;
        /// plain here.
        answer: Option<Secret>,
        /// Wall time from which the key is free again.
        expires_at: Timestamp,
        intent_id: Option<String>,
    }
}
