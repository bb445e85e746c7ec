//! How the installation is, as the operator sees it. Times are ISO-8601 +08:00.

use crate::dialect::{Ka, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the installation is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OperatorHealth {
    /// The server's wall time.
    pub at: Time<Ka>,
    pub database: DatabaseHealth,
    pub marketplaces: Vec<MarketplaceHealth>,
    /// Null where the database does not answer.
    pub queues: Option<QueueHealth>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DatabaseHealth {
    pub ok: bool,
    /// Why it is not.
    pub error: Option<String>,
    pub took_us: i64,
}

/// A connected marketplace: one signed call, and the account that buys by default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MarketplaceHealth {
    pub marketplace: String,
    /// It answered and took our key.
    pub reachable: bool,
    /// Why it is not.
    pub error: Option<String>,
    pub took_us: i64,
    /// The marketplace's time minus ours, in milliseconds.
    pub skew_ms: Option<i64>,
    /// `valid`, `expired` (renewed at the next call), `missing` (no default account, or never authorised) or `unreadable`.
    pub authorisation: String,
    pub authorised_until: Option<Time<Ka>>,
}

/// What waits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct QueueHealth {
    pub messages_pending: i64,
    pub messages_dead: i64,
    /// For want of a verified callback.
    pub messages_held: i64,
    /// Receivers that take nothing of what they are sent.
    pub receivers_failing: i64,
    /// Receivers that failed for days; their messages are held until their URL passes again.
    pub receivers_paused: i64,
    /// Since the oldest pending message was made, by the world's clock.
    pub oldest_pending_seconds: Option<i64>,
    /// How long the next attempt of a pending message has been due.
    pub overdue_seconds: Option<i64>,
    /// Looks at orders and refunds that are due.
    pub observations_due: i64,
    pub oldest_observation_seconds: Option<i64>,
    /// Writes whose outcome is not known yet.
    pub open_intents: i64,
    pub oldest_intent_seconds: Option<i64>,
}
