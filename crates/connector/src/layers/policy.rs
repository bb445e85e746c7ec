//! The numbers of the layers.

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    time::Duration,
};

/// How an upstream is treated. Durations are wall durations.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Names the upstream in metrics and logs.
    pub marketplace: &'static str,
    /// One try, from the token to the last byte of the answer.
    pub time_limit: Duration,
    /// Repeats after the first try.
    pub retries: u32,
    /// Pause before the first repeat; doubles with each.
    pub backoff: Duration,
    /// No pause is longer; an upstream that asks for more is not asked again.
    pub longest_pause: Duration,
    /// Calls at a time for each token.
    pub concurrency: usize,
    /// Calls a second for each token, and how many may come at once.
    pub rate: u32,
    /// How long a call may wait for its turn.
    pub longest_wait: Duration,
    /// Failures of the way in a row that open the breaker.
    pub breaker_failures: u32,
    /// How long it stays open before one call is let through to try.
    pub breaker_pause: Duration,
    /// A number from 0 up to 1, different each time: spreads the repeats of many callers.
    pub jitter: fn() -> f64,
}

impl Policy {
    pub fn new(marketplace: &'static str) -> Self {
        Self {
            marketplace,
            time_limit: Duration::from_secs(15),
            retries: 2,
            backoff: Duration::from_millis(200),
            longest_pause: Duration::from_secs(2),
            concurrency: 16,
            rate: 200,
            longest_wait: Duration::from_secs(5),
            breaker_failures: 10,
            breaker_pause: Duration::from_secs(10),
            jitter: spread,
        }
    }
}

/// The process's own hash keys differ each time they are asked for; nothing secret hangs on it.
fn spread() -> f64 {
    let bits = RandomState::new().build_hasher().finish() >> 11;
    bits as f64 / (1u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    #[test]
    fn jitter_stays_within_its_bounds() {
        assert!((0..1000).map(|_| super::spread()).all(|j| (0.0..1.0).contains(&j)));
    }
}
