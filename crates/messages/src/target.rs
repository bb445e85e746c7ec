//! Where a developer's messages go and what they are signed with. Asked for each round of deliveries, so that a changed
//! URL or secret counts from the next attempt on.

use async_trait::async_trait;
use contract::callback::{Base, Key};
use domain::{DeveloperId, Timestamp};
use std::{error::Error as StdError, fmt, sync::Arc};

/// The receiver of one developer. Only URLs that have passed verification get here.
#[derive(Clone)]
pub struct Target {
    pub url: String,
    pub access_key: String,
    pub secret: String,
    pub base: Base,
    /// World time since when it has failed; `None` while it takes what it is sent.
    pub failing_since: Option<Timestamp>,
}

impl Target {
    pub fn key(&self) -> Key<'_> {
        Key { access_key: &self.access_key, secret: &self.secret }
    }
}

/// Prints where, never the secret.
impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Target").field("url", &self.url).finish_non_exhaustive()
    }
}

/// The target cannot be looked up at the moment; the message waits and no attempt is counted.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the callback of a developer cannot be looked up: {0}")]
pub struct LookupError(pub Arc<dyn StdError + Send + Sync>);

#[async_trait]
pub trait Credentials: Send + Sync {
    /// The developer's receiver.
    ///
    /// - `None` where there is no URL, or the present one has not passed verification: messages are then held.
    async fn target(&self, developer: DeveloperId) -> Result<Option<Target>, LookupError>;
}
