//! What a host may put between the rooms: a test that makes a marketplace fall silent, a proxy that records.
//!
//! The default is how the program runs, but for the marketplace's limits, which are configured. The rest is an argument of
//! the start and no configuration, so that nothing in a file or an environment can bend a running installation.

use crate::config::{Config, Upstream};
use connector::{Policy, Transport};
use domain::Timestamp;
use platform::clock::Now;
use std::sync::Arc;

/// What is exchanged or put in between.
pub struct Wiring {
    /// Put round the transport to the marketplace.
    pub around_transport: Box<dyn Fn(Transport) -> Transport + Send + Sync>,
    /// The clock on the wall.
    pub wall: Now,
    /// Time limits, repeats, limits and breaker of the calls to the marketplace.
    pub upstream: Policy,
    /// Milliseconds after which a write without outcome is nobody's call under way and is asked for; longer than a call
    /// to the marketplace may take.
    pub intent_ms: i64,
}

impl Wiring {
    /// How the program runs under this configuration.
    pub fn of(config: &Config) -> Self {
        let Upstream { rate, concurrency, longest_answer_megabytes: _ } = config.upstream.clone();
        let usual = Self::default();
        Self { upstream: Policy { rate, concurrency, ..usual.upstream }, ..usual }
    }
}

impl Default for Wiring {
    fn default() -> Self {
        Self {
            around_transport: Box::new(|transport| transport),
            wall: Arc::new(wall),
            upstream: Policy::new("alibaba1688"),
            intent_ms: platform::Config::default().intent_ms,
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the clock on the wall is read; everybody else is given it"
)]
fn wall() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
