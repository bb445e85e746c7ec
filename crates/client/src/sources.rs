//! The two things a signature takes from outside: the time and chance. Both can be replaced, so that a test knows every
//! header beforehand.
//!
//! Rejected: reading them where they are needed; a signature could then be tested by luck only.

use domain::Timestamp;
use std::{fmt, sync::Arc, time::UNIX_EPOCH};

type Now = dyn Fn() -> Timestamp + Send + Sync;
type Draw = dyn Fn() -> Result<[u8; 16], NoRandomness> + Send + Sync;

/// The operating system gave no random bytes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the system gives no random bytes: {0}")]
pub struct NoRandomness(pub String);

/// Where timestamps and nonces come from.
#[derive(Clone)]
pub struct Sources {
    now: Arc<Now>,
    draw: Arc<Draw>,
}

impl Sources {
    /// The system's clock and the system's random bytes.
    pub fn system() -> Self {
        Self::new(system_now, || {
            let mut bytes = [0; 16];
            getrandom::fill(&mut bytes).map_err(|e| NoRandomness(e.to_string()))?;
            Ok(bytes)
        })
    }

    /// Sources of one's own: a clock (UTC) and a drawer of 16 random bytes.
    pub fn new(
        now: impl Fn() -> Timestamp + Send + Sync + 'static,
        draw: impl Fn() -> Result<[u8; 16], NoRandomness> + Send + Sync + 'static,
    ) -> Self {
        Self { now: Arc::new(now), draw: Arc::new(draw) }
    }

    pub fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// A nonce that nobody has used: 32 lower-case hex characters.
    pub fn nonce(&self) -> Result<String, NoRandomness> {
        (self.draw)().map(hex::encode)
    }
}

impl fmt::Debug for Sources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sources")
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place of the SDK where the system's clock enters")]
fn system_now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
