//! What the operator sees of developers. Times are ISO-8601 +08:00.

use crate::dialect::{Ka, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A developer that was made. The secret is shown this once.
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeveloperCreated {
    pub develop_id: String,
    pub access_key: String,
    pub access_secret: String,
    pub user_id: String,
}

impl std::fmt::Debug for DeveloperCreated {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DeveloperCreated")
            .field("develop_id", &self.develop_id)
            .field("access_key", &self.access_key)
            .field("access_secret", &"***")
            .field("user_id", &self.user_id)
            .finish()
    }
}

/// A page of developers, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeveloperPage {
    pub records: Vec<DeveloperRow>,
    pub total: i64,
    pub size: i64,
    pub current: i64,
}

/// A developer as the operator sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeveloperRow {
    pub develop_id: String,
    pub name: String,
    /// `active` or `disabled`.
    pub status: String,
    /// Granted editions.
    pub editions: Vec<String>,
    pub message_edition: String,
    /// `standard`, `strict` or `off`.
    pub nonce_rule: String,
    /// Whether requests may ask for the marketplace's own answers (`X-Include-Upstream`).
    pub include_upstream: bool,
    /// `any` or `strong`.
    pub signature_rule: String,
    pub default_user_id: String,
    /// Keys that are accepted now; secrets are never shown.
    pub access_keys: Vec<String>,
    pub callback_url: Option<String>,
    pub callback_verified: bool,
    /// When the callback was paused because it had failed for days, by the world's clock.
    pub callback_paused_at: Option<Time<Ka>>,
    pub created_at: Time<Ka>,
}

/// A sub-account of a developer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserRow {
    pub develop_id: String,
    pub user_id: String,
    pub name: String,
    /// `active` or `disabled`.
    pub status: String,
}
