//! What can go wrong with a call, told apart by what the caller has to do next.
//!
//! The question that matters after a failed write is whether it may have happened: `Unreachable` says no, `Interrupted`
//! says perhaps (send it again with the same `Idempotency-Key`), `Api` says what the platform decided.

use crate::sources::NoRandomness;
use std::time::Duration;

/// The platform's refusal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code} {name}: {msg}")]
pub struct ApiError {
    /// The stable number of the error table, such as 40404.
    pub code: u32,
    /// Its name in the error table, such as `REFUND_NOT_FOUND`; `UNKNOWN` for a code newer than this client.
    pub name: &'static str,
    /// English, names the field and what was expected.
    pub msg: String,
    /// 32 hex characters; the operator finds the call in the log by it.
    pub request_id: Option<String>,
    /// HTTP status, which mirrors the class of the code.
    pub status: u16,
    /// When to try again (`Retry-After`), with 42901 and 50301.
    pub retry_after: Option<Duration>,
}

/// Why a call gave no answer to work with.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The platform answered no.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// No connection; nothing was sent.
    #[error("cannot reach {url}: {reason}")]
    Unreachable { url: String, reason: String },
    /// Sent, but no whole answer came back. A write may have happened.
    #[error("no whole answer from {url}: {reason}; a write may have happened, repeat it with the same Idempotency-Key")]
    Interrupted { url: String, reason: String },
    /// An answer without the envelope: something else than the platform answered (a proxy, another service).
    #[error("the answer of {url} (HTTP {status}) is not the platform's: {reason}")]
    NotThePlatform { url: String, status: u16, reason: String },
    /// The envelope is in order, its data has another shape than the operation promises.
    #[error("the data of the answer has another shape than expected: {0}")]
    UnexpectedData(#[source] serde_json::Error),
    /// The request cannot be made: an address, a header or a body that HTTP or JSON does not allow.
    #[error("the request cannot be made: {0}")]
    Request(String),
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

impl ClientError {
    /// Whether asking again later may help. Only for calls that change nothing, or that carry an `Idempotency-Key`.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Api(error) => matches!(error.code, 40910 | 42901 | 50202 | 50301 | 50401),
            Self::Unreachable { .. } | Self::Interrupted { .. } => true,
            Self::NotThePlatform { status, .. } => matches!(status, 502..=504),
            Self::UnexpectedData(_) | Self::Request(_) | Self::NoRandomness(_) => false,
        }
    }

    /// How long the platform asks to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Api(error) => error.retry_after,
            _ => None,
        }
    }
}
