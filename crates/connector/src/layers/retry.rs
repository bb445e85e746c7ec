//! Repeats what may be repeated: failures of the way and of a limit, where the call is a read or is known to have had no
//! effect. A refusal is an answer and is never repeated. Every try is noted on the trail of the request that caused it.

use super::{Policy, Rule};
use crate::{
    Effect, Error, Kind, Result, trail,
    upstream::{Call, Upstream},
};
use std::time::Duration;
use tokio::time::Instant;
use tower::ServiceExt;

pub struct Retry {
    policy: Policy,
}

impl Retry {
    pub fn new(policy: &Policy) -> Self {
        Self { policy: policy.clone() }
    }

    /// The pause before repeat number `done + 1`, or `None` where the error stands.
    fn pause(&self, error: &Error, idempotent: bool, done: u32) -> Option<Duration> {
        let safe = idempotent || error.effect == Effect::None;
        if done >= self.policy.retries || !safe || !passing(error.kind) {
            return None;
        }
        let asked = error.retry_after_ms.map(Duration::from_millis);
        let grown = self.policy.backoff.saturating_mul(2_u32.saturating_pow(done));
        let spread = grown.mul_f64(0.5 + (self.policy.jitter)());
        match asked {
            Some(asked) if asked > self.policy.longest_pause => None,
            Some(asked) => Some(asked.max(spread.min(self.policy.longest_pause))),
            None => Some(spread.min(self.policy.longest_pause)),
        }
    }
}

/// Whether the same call may fare better a moment later.
fn passing(kind: Kind) -> bool {
    match kind {
        Kind::Unreachable | Kind::Timeout | Kind::RateLimited => true,
        Kind::ProductNotFound
        | Kind::OrderNotFound
        | Kind::RefundNotFound
        | Kind::ShipmentNotFound
        | Kind::ObjectNotFound
        | Kind::MissingParameter
        | Kind::InvalidParameter
        | Kind::MixedSellers
        | Kind::AmountNotAllowed
        | Kind::FileNotAllowed
        | Kind::NotGranted
        | Kind::OrderState
        | Kind::RefundState
        | Kind::OutOfStock
        | Kind::BelowMinimum
        | Kind::InsufficientBalance
        | Kind::Refused
        | Kind::Unauthorized => false,
    }
}

impl<P: Clone + Send + Sync + 'static, R: Send + 'static> Rule<P, R> for Retry {
    async fn around(&self, call: Call<P>, next: Upstream<P, R>) -> Result<R> {
        let mut done = 0;
        loop {
            let began = Instant::now();
            let answer = next.clone().oneshot(call.clone()).await;
            // Each try is a call of its own to whoever asks later where the time went.
            trail::note(call.operation, began, answer.as_ref().err());
            let error = match answer {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            let Some(pause) = self.pause(&error, call.idempotent, done) else {
                return Err(error);
            };
            metrics::counter!("upstream_retries_total", "marketplace" => self.policy.marketplace, "operation" => call.operation)
                .increment(1);
            tokio::time::sleep(pause).await;
            done += 1;
        }
    }
}
