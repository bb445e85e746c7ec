//! What a developer sees of its own account. Times are ISO-8601 +08:00.

use crate::{
    carried::CarriedText,
    dialect::{Ka, Time},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A developer's account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeveloperProfile {
    pub develop_id: String,
    pub name: String,
    /// The key of this call.
    pub access_key: String,
    /// Granted editions.
    pub editions: Vec<String>,
    /// The user of requests without a user-id.
    pub default_user_id: String,
    pub users: Vec<DeveloperUser>,
    pub callback: CallbackView,
    pub created_at: Time<Ka>,
}

/// A sub-account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeveloperUser {
    pub user_id: String,
    pub name: String,
    pub enabled: bool,
}

/// Where messages go and how they are written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CallbackView {
    pub url: Option<String>,
    /// Whether the present URL has passed; nothing is sent to one that has not.
    pub verified: bool,
    pub verified_at: Option<Time<Ka>>,
    /// `none` (no URL), `unverified`, `verified`, or `paused`: it had failed for days, messages are held until it passes the
    /// verification again.
    pub state: String,
    /// Since when it has taken nothing that it was sent, by the world's clock; null while it works.
    pub failing_since: Option<Time<Ka>>,
    /// When it was paused, by the world's clock.
    pub paused_at: Option<Time<Ka>>,
    /// `v1`, `v2` or `ka`.
    pub message_edition: String,
    /// `rawBody` or `messageBody`.
    pub signature_base: String,
}

/// How a verification went.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CallbackVerifyResult {
    pub passed: bool,
    /// HTTP status, where an answer came.
    pub status: Option<i64>,
    /// Why it did not pass.
    pub error: Option<String>,
    pub duration_ms: i64,
}

/// A page of messages, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MessagePage {
    pub records: Vec<MessageRow>,
    pub total: i64,
    pub size: i64,
    pub current: i64,
}

/// A message and where it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MessageRow {
    /// As receivers see it in `id`.
    pub id: String,
    pub message_type: String,
    /// 0 Taobao, 1 1688.
    pub message_platform: i64,
    /// `order` or `refund`.
    pub object_kind: String,
    /// Order id, or refund id with its letters.
    pub object_id: String,
    /// Counts the messages about one object from 1.
    pub sequence: i64,
    /// `pending`, `done`, `dead` or `held`.
    pub state: String,
    /// JSON as it stands, or will stand, in the callback.
    pub message_body: String,
    /// The request that caused it; null where the marketplace did.
    pub request_id: Option<String>,
    pub created_at: Time<Ka>,
    /// Null once it is done or dead.
    pub next_attempt_at: Option<Time<Ka>>,
    pub attempts: Vec<AttemptRow>,
}

/// One attempt to deliver.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttemptRow {
    /// Counts from 1 over the life of the message.
    pub number: i64,
    pub at: Time<Ka>,
    /// HTTP status, where an answer came.
    pub status: Option<i64>,
    pub error: Option<String>,
    pub duration_ms: i64,
    /// The first KB of the answer.
    pub answer: String,
}

/// A part of the feed: events in its order, the oldest first. The messages about one object come in their order; between
/// objects the order is that in which they were told of. Reading on from `nextCursor` misses none and gives none twice.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventPage {
    pub rows: Vec<EventRow>,
    /// Where to go on; the cursor of the request where there was nothing behind it.
    pub next_cursor: String,
    /// More follows already; otherwise ask again later.
    pub has_more: bool,
}

/// An event: a message as its callback says it, whether there was one or not.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventRow {
    /// As receivers see it in `id`: drop what you have by it.
    pub id: String,
    /// As `nextCursor`, behind this row.
    pub cursor: String,
    pub message_type: String,
    /// 0 Taobao, 1 1688.
    pub message_platform: i64,
    /// `order` or `refund`.
    pub object_kind: String,
    /// Order id, or refund id with its letters.
    pub object_id: String,
    /// Counts the messages about one object from 1.
    pub sequence: i64,
    /// As it stands in the callback: an object in v1 and v2, JSON text in ka.
    pub message_body: CarriedText,
    /// The request that caused it; null where the marketplace did.
    pub request_id: Option<String>,
    pub created_at: Time<Ka>,
}

/// How many messages were queued again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReplayResult {
    pub replayed: i64,
}

/// A new key. The secret is shown this once.
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewKey {
    pub access_key: String,
    pub access_secret: String,
    /// Until when the key before is accepted; null when it ended at once.
    pub previous_key_until: Option<Time<Ka>>,
}

impl std::fmt::Debug for NewKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewKey").field("access_key", &self.access_key).field("access_secret", &"***").finish()
    }
}
