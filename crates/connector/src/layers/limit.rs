//! Keeps each token within what the upstream allows: so many calls at a time, so many a second. A call waits for its turn
//! for a while, then it is refused here, where a refusal is known to have had no effect.

use super::{Policy, Rule};
use crate::{
    Effect, Error, Kind, Result,
    upstream::{Call, Upstream},
};
use domain::AccountId;
use moka::sync::Cache;
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    sync::Semaphore,
    time::{Instant, sleep, timeout},
};
use tower::ServiceExt;

/// Tokens that have not been used for so long are forgotten.
const IDLE: Duration = Duration::from_secs(600);
const LANES: u64 = 100_000;

pub struct Limit {
    concurrency: usize,
    interval: Duration,
    burst: Duration,
    longest_wait: Duration,
    lanes: Cache<Option<AccountId>, Arc<Lane>>,
}

/// One token's turns. `next` is when the calls admitted so far are paid for at the even rate.
struct Lane {
    places: Semaphore,
    next: Mutex<Instant>,
}

impl Limit {
    pub fn new(policy: &Policy) -> Self {
        let interval = Duration::from_secs(1) / policy.rate.max(1);
        Self {
            concurrency: policy.concurrency.max(1),
            interval,
            burst: interval * policy.rate.saturating_sub(1),
            longest_wait: policy.longest_wait,
            lanes: Cache::builder().max_capacity(LANES).time_to_idle(IDLE).build(),
        }
    }

    fn lane(&self, account: Option<AccountId>) -> Arc<Lane> {
        self.lanes.get_with(account, || {
            Arc::new(Lane { places: Semaphore::new(self.concurrency), next: Mutex::new(Instant::now()) })
        })
    }

    /// Takes a turn: how long to wait for it, or how long it would have been where that is too long.
    fn turn(&self, lane: &Lane) -> std::result::Result<Duration, Duration> {
        let now = Instant::now();
        let mut next = lane.next.lock().unwrap_or_else(PoisonError::into_inner);
        let due = (*next).max(now);
        let wait = (due - now).saturating_sub(self.burst);
        if wait > self.longest_wait {
            return Err(wait);
        }
        *next = due + self.interval;
        Ok(wait)
    }
}

fn too_many(operation: &'static str, wait: Duration) -> Error {
    let mut error = Error::transport(Kind::RateLimited, Effect::None, operation, "too many calls for this token");
    error.retry_after_ms = Some(u64::try_from(wait.as_millis()).unwrap_or(u64::MAX));
    error
}

impl<P: Send + 'static, R: Send + 'static> Rule<P, R> for Limit {
    async fn around(&self, call: Call<P>, next: Upstream<P, R>) -> Result<R> {
        let lane = self.lane(call.account);
        let busy = || too_many(call.operation, self.longest_wait);
        let place = timeout(self.longest_wait, lane.places.acquire()).await.map_err(|_| busy())?.map_err(|_| busy())?;
        let wait = self.turn(&lane).map_err(|wait| too_many(call.operation, wait))?;
        sleep(wait).await;
        let answer = next.oneshot(call).await;
        drop(place);
        answer
    }
}
