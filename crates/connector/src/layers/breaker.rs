//! Stops asking an upstream that does not answer, so that callers are told at once. After a pause one call is let through;
//! its outcome decides. A refusal counts as life.

use super::{Policy, Rule};
use crate::{
    Effect, Error, Kind, Result,
    upstream::{Call, Upstream},
};
use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::time::Instant;
use tower::ServiceExt;

pub struct Breaker {
    marketplace: &'static str,
    failures: u32,
    pause: Duration,
    state: Mutex<State>,
}

#[derive(Debug, Clone, Copy)]
enum State {
    Closed { failures: u32 },
    Open { until: Instant },
    Trying,
}

/// A call that was let through. Dropped without an outcome (the caller went away), a trying call leaves its place to the next.
struct Admitted<'a> {
    breaker: &'a Breaker,
    trying: bool,
    settled: bool,
}

impl Breaker {
    pub fn new(policy: &Policy) -> Self {
        Self {
            marketplace: policy.marketplace,
            failures: policy.breaker_failures.max(1),
            pause: policy.breaker_pause,
            state: Mutex::new(State::Closed { failures: 0 }),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a call through, or says how long the pause still lasts.
    fn admit(&self) -> std::result::Result<Admitted<'_>, Duration> {
        let now = Instant::now();
        let mut state = self.state();
        let trying = match *state {
            State::Closed { .. } => false,
            State::Open { until } if until > now => return Err(until - now),
            State::Open { .. } => true,
            State::Trying => return Err(self.pause),
        };
        if trying {
            *state = State::Trying;
        }
        Ok(Admitted { breaker: self, trying, settled: false })
    }

    fn open(&self, until: Instant) {
        *self.state() = State::Open { until };
    }

    fn settle(&self, alive: bool, trying: bool) {
        let mut state = self.state();
        let failures = match *state {
            _ if alive => 0,
            State::Closed { failures } => failures + 1,
            State::Trying if trying => self.failures,
            // Calls that were under way when it opened change nothing.
            State::Open { .. } | State::Trying => return,
        };
        *state = if failures < self.failures {
            State::Closed { failures }
        } else {
            metrics::counter!("upstream_breaker_opened_total", "marketplace" => self.marketplace).increment(1);
            State::Open { until: Instant::now() + self.pause }
        };
    }
}

impl Admitted<'_> {
    fn settle(mut self, alive: bool) {
        self.settled = true;
        self.breaker.settle(alive, self.trying);
    }
}

impl Drop for Admitted<'_> {
    fn drop(&mut self) {
        if self.trying && !self.settled {
            self.breaker.open(Instant::now());
        }
    }
}

impl<P: Send + 'static, R: Send + 'static> Rule<P, R> for Breaker {
    async fn around(&self, call: Call<P>, next: Upstream<P, R>) -> Result<R> {
        let admitted = self.admit().map_err(|pause| {
            let mut error = Error::transport(
                Kind::Unreachable,
                Effect::None,
                call.operation,
                "not asked: it has stopped answering",
            );
            error.retry_after_ms = Some(u64::try_from(pause.as_millis()).unwrap_or(u64::MAX));
            error
        })?;
        let answer = next.oneshot(call).await;
        let dead = answer.as_ref().is_err_and(|e| matches!(e.kind, Kind::Unreachable | Kind::Timeout));
        admitted.settle(!dead);
        answer
    }
}
