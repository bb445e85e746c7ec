//! The marketplace's own objects beside ours, as the envelope carries them where a request asked for them.

use crate::dialect::{Ka, Time};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// What the marketplace said, as received but for tokens and keys. Ids in it are the marketplace's own.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Upstream {
    /// Calls that were made because of this request, each try by itself, in the order of their answers.
    pub calls: Vec<UpstreamAnswer>,
    /// Records that the answer was made of without asking the marketplace anew.
    pub mirror: Vec<MirrorRecord>,
    /// Answers and records that found no room (1 MiB, 100 entries).
    pub left_out: usize,
}

/// The answer to one call.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UpstreamAnswer {
    /// The marketplace's name of the call.
    pub api: String,
    /// Null where the answer was no JSON, or is about more than this caller's things.
    pub answer: Option<Box<RawValue>>,
}

/// A kept record.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MirrorRecord {
    /// `order` or `refund`.
    pub object: String,
    pub id: String,
    /// When the marketplace was last asked for it.
    pub as_of: Time<Ka>,
    pub document: Box<RawValue>,
}
