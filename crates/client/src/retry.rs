//! When a call is tried again without asking the caller: only if it changes nothing, and only if waiting may help.

use crate::{error::ClientError, reply::Reply};
use std::time::Duration;

/// How often and after which pauses a reading call is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retries {
    /// Tries in all; 1 means no second one.
    pub tries: u32,
    /// The first pause; each further one is twice as long.
    pub pause: Duration,
    /// A longer wait, also one that `Retry-After` asks for, is left to the caller.
    pub longest_pause: Duration,
}

impl Default for Retries {
    fn default() -> Self {
        Self { tries: 3, pause: Duration::from_millis(200), longest_pause: Duration::from_secs(5) }
    }
}

impl Retries {
    /// No call is tried again.
    pub const NONE: Self = Self { tries: 1, pause: Duration::ZERO, longest_pause: Duration::ZERO };

    /// How long to wait before the next try; `None` when `result` is to be handed on. `tries` counts those made.
    pub(crate) fn pause(&self, tries: u32, reads: bool, result: &Result<Reply, ClientError>) -> Option<Duration> {
        if !reads || tries >= self.tries || !is_temporary(result) {
            return None;
        }
        let asked = result.as_ref().ok().and_then(Reply::retry_after);
        let doubled = self.pause.saturating_mul(2_u32.saturating_pow(tries - 1));
        let pause = asked.unwrap_or_else(|| doubled.min(self.longest_pause));
        (pause <= self.longest_pause).then_some(pause)
    }
}

fn is_temporary(result: &Result<Reply, ClientError>) -> bool {
    match result {
        Ok(reply) => reply.refusal().is_some_and(|error| ClientError::Api(error).is_temporary()),
        Err(error) => error.is_temporary(),
    }
}
