//! A request of the log, as its developer sees it. Times are ISO-8601 +08:00, durations whole microseconds.

use crate::dialect::{Ka, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What became of a request. Texts that may be private are `***`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RequestEntry {
    pub request_id: String,
    /// The caller's trace (W3C); null where the request named none.
    pub trace_id: Option<String>,
    pub at: Time<Ka>,
    pub user_id: Option<String>,
    /// E.g. `ka_refund_detail`.
    pub operation: String,
    pub method: String,
    pub path: String,
    /// The query string; empty where there was none.
    pub query: String,
    /// JSON text; null where the request was refused before its body was read.
    pub body: Option<String>,
    pub code: i64,
    pub msg: String,
    /// From the first byte of the request to the answer; of a write, to the commit that ended it.
    pub took_us: i64,
    /// What was asked of marketplaces because of it, at most 100 tries.
    pub calls: Vec<UpstreamCall>,
    /// Tries beyond those.
    pub more_calls: i64,
    /// The same call for a shell; the access secret has to be given, and every `***` replaced.
    pub curl: String,
}

/// One try of an upstream call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UpstreamCall {
    /// The marketplace's name of the call.
    pub operation: String,
    /// From the beginning of the request.
    pub after_us: i64,
    pub took_us: i64,
    /// `ok`, or what went wrong, such as `Timeout` or `OrderState`.
    pub outcome: String,
    /// The marketplace's own code.
    pub code: Option<String>,
}
