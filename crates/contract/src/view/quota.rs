//! What a developer may still ask.

use crate::dialect::{Ka, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The limits of the access key that asks, and the quota of its developer's day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeveloperQuota {
    /// One for each class of operations, limited or not.
    pub classes: Vec<ClassQuota>,
    /// Null where days have no quota.
    pub day: Option<DayQuota>,
}

/// The limit of one class. The four numbers are null where it has none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClassQuota {
    /// `reads`, `searches` or `writes`; the header `RateLimit` calls its limit so.
    pub class: String,
    /// Requests that may come at once; so many come back in a window, one by one.
    pub limit: Option<i64>,
    /// Seconds.
    pub window_seconds: Option<i64>,
    /// Requests that may come now.
    pub remaining: Option<i64>,
    /// Seconds until all of `limit` may come at once again; with nothing remaining, until the next one may.
    pub reset_seconds: Option<i64>,
}

/// What may be asked until midnight (UTC+8), with all keys of the developer together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DayQuota {
    pub limit: i64,
    pub used: i64,
    pub remaining: i64,
    /// Seconds.
    pub reset_seconds: i64,
    pub reset_at: Time<Ka>,
}
