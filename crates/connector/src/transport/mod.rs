//! How a request reaches an upstream: over a network ([`http`]) or straight into a server in this process
//! ([`in_process`]). Connectors see one [`Transport`] and cannot tell which.
//!
//! A transport sends once, follows no redirect and reads an answer of bounded size. Whether something was sent is the one
//! thing that only it knows, so its failures say it.

mod http;
mod in_process;
mod record;

#[cfg(test)]
mod tests;

pub use self::http::{HttpSettings, http};
pub use in_process::in_process;
pub use record::{RecordSettings, Recorder};

use crate::{Effect, Error, Kind};
use ::http::{Request, Response};
use bytes::Bytes;
use tower::util::BoxCloneSyncService;

/// Sends a request with an absolute URI and answers with the whole body.
pub type Transport = BoxCloneSyncService<Request<Bytes>, Response<Bytes>, Failure>;

/// No usable answer came.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The upstream saw nothing of it.
    #[error("not sent: {0}")]
    NotSent(String),
    /// It may have seen it; the way broke.
    #[error("no answer: {0}")]
    Broken(String),
    /// It may have seen it; no answer in time.
    #[error("no answer in time: {0}")]
    TimedOut(String),
    /// It answered with more than is read.
    #[error("the answer is over {0} bytes")]
    TooLarge(usize),
}

impl Failure {
    /// The failure of the call `operation`.
    pub fn of(self, operation: &'static str) -> Error {
        let (kind, effect) = match self {
            Self::NotSent(_) => (Kind::Unreachable, Effect::None),
            Self::Broken(_) | Self::TooLarge(_) => (Kind::Unreachable, Effect::Unknown),
            Self::TimedOut(_) => (Kind::Timeout, Effect::Unknown),
        };
        Error::transport(kind, effect, operation, self.to_string())
    }
}
