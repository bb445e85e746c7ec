//! One limit of one caller: so many requests at once, and so many come back in a window, one by one.

use super::{Rate, clock::Steady};
use governor::{
    Quota, RateLimiter, clock::Clock, middleware::StateInformationMiddleware, nanos::Nanos, state::StateStore,
};
use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// What is done with a bucket. It stands in the place of a key, so that looking is judged by the same arithmetic as taking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Touch {
    Take,
    /// As if one were taken; nothing changes.
    Look,
}

/// When the bucket will be full again, in nanoseconds; zero before the first request.
#[derive(Debug, Default)]
struct Arrival(AtomicU64);

impl StateStore for Arrival {
    type Key = Touch;

    fn measure_and_replace<T, F, E>(&self, touch: &Touch, f: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let mut before = self.0.load(Ordering::Acquire);
        loop {
            let known = (before != 0).then(|| Nanos::from(before));
            let (outcome, next) = f(known)?;
            match touch {
                Touch::Look => return Ok(outcome),
                Touch::Take => {
                    let swapped =
                        self.0.compare_exchange_weak(before, next.as_u64(), Ordering::AcqRel, Ordering::Acquire);
                    match swapped {
                        Ok(_) => return Ok(outcome),
                        Err(other) => before = other,
                    }
                }
            }
        }
    }
}

/// What a bucket says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) rate: Rate,
    pub(crate) remaining: u32,
    /// Seconds until it is whole; of an empty one, until the next request.
    pub(crate) reset: u32,
}

pub(super) struct Bucket {
    rate: Rate,
    limiter: RateLimiter<Touch, Arrival, Steady, StateInformationMiddleware>,
}

impl Bucket {
    pub(super) fn new(rate: Rate, clock: Steady) -> Self {
        let each = Duration::from_secs(u64::from(rate.seconds.get())) / rate.requests.get();
        // A window of no time would be no limit; there is none, since both numbers are at least one.
        let quota = Quota::with_period(each.max(Duration::from_nanos(1))).unwrap_or(Quota::per_second(rate.requests));
        Self { rate, limiter: RateLimiter::new(quota.allow_burst(rate.requests), Arrival::default(), clock) }
    }

    /// Takes one; else says after how many seconds to try again.
    pub(super) fn take(&self) -> Result<(), u32> {
        self.limiter.check_key(&Touch::Take).map(drop).map_err(|until| seconds(until.wait_time_from(self.now())))
    }

    pub(super) fn look(&self) -> Reading {
        let rate = self.rate;
        match self.limiter.check_key(&Touch::Look) {
            Ok(after) => {
                let remaining = after.remaining_burst_capacity().saturating_add(1).min(rate.requests.get());
                let lacking = u64::from(rate.requests.get() - remaining) * u64::from(rate.seconds.get());
                let reset = lacking.div_ceil(u64::from(rate.requests.get()));
                Reading { rate, remaining, reset: u32::try_from(reset).unwrap_or(u32::MAX) }
            }
            Err(until) => Reading { rate, remaining: 0, reset: seconds(until.wait_time_from(self.now())) },
        }
    }

    /// Nothing is lost by forgetting it.
    pub(super) fn is_whole(&self) -> bool {
        self.look().remaining == self.rate.requests.get()
    }

    fn now(&self) -> Nanos {
        self.limiter.clock().now()
    }
}

/// Rounded up, and at least one: at once is no advice after a refusal.
fn seconds(wait: Duration) -> u32 {
    let seconds = wait.as_millis().div_ceil(1000).max(1);
    u32::try_from(seconds).unwrap_or(u32::MAX)
}
