//! The layers round a scripted upstream, on a clock that stands still until somebody waits.

use super::Policy;
use crate::{
    Effect, Error, Kind, Result,
    upstream::{Call, Upstream, layered},
};
use domain::AccountId;
use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::time::{Instant, sleep};
use tower::{ServiceExt, service_fn};

const OPERATION: &str = "trade.something";

#[derive(Debug, Clone)]
enum Outcome {
    Answer,
    Fails(Kind, Effect),
    Takes(Duration),
}

use Outcome::{Answer, Fails, Takes};

/// Plays the outcomes in turn, then answers; counts the tries.
struct Script {
    upstream: Upstream<(), ()>,
    tries: Arc<AtomicUsize>,
}

impl Script {
    fn new(policy: &Policy, outcomes: impl IntoIterator<Item = Outcome>) -> Self {
        let outcomes = Arc::new(Mutex::new(outcomes.into_iter().collect::<VecDeque<_>>()));
        let tries = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&tries);
        let service = service_fn(move |_: Call<()>| {
            counted.fetch_add(1, Ordering::SeqCst);
            let next = outcomes.lock().unwrap().pop_front().unwrap_or(Answer);
            async move {
                match next {
                    Answer => Ok(()),
                    Takes(time) => {
                        sleep(time).await;
                        Ok(())
                    }
                    Fails(kind, effect) => Err(Error::transport(kind, effect, OPERATION, "scripted")),
                }
            }
        });
        Self { upstream: layered(service, policy), tries }
    }

    async fn call(&self, idempotent: bool) -> Result<()> {
        self.call_for(1, idempotent).await
    }

    async fn call_for(&self, account: i64, idempotent: bool) -> Result<()> {
        let account = Some(AccountId::new(account).unwrap());
        self.upstream.clone().oneshot(Call { operation: OPERATION, account, idempotent, payload: () }).await
    }

    fn tries(&self) -> usize {
        self.tries.load(Ordering::SeqCst)
    }
}

fn policy() -> Policy {
    Policy { jitter: || 0.5, ..Policy::new("scripted") }
}

fn unreachable(effect: Effect) -> Outcome {
    Fails(Kind::Unreachable, effect)
}

#[tokio::test(start_paused = true)]
async fn a_read_is_repeated_and_a_write_only_when_it_had_no_effect() {
    let read = Script::new(&policy(), [unreachable(Effect::Unknown), Fails(Kind::Timeout, Effect::Unknown)]);
    assert!(read.call(true).await.is_ok());
    assert_eq!(read.tries(), 3);

    let unsent = Script::new(&policy(), [unreachable(Effect::None)]);
    assert!(unsent.call(false).await.is_ok());
    assert_eq!(unsent.tries(), 2);

    let lost = Script::new(&policy(), [unreachable(Effect::Unknown)]);
    let error = lost.call(false).await.unwrap_err();
    assert_eq!((error.effect, lost.tries()), (Effect::Unknown, 1));
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_an_answer() {
    let script = Script::new(&policy(), [Fails(Kind::OutOfStock, Effect::None)]);
    assert_eq!(script.call(true).await.unwrap_err().kind, Kind::OutOfStock);
    assert_eq!(script.tries(), 1);
}

#[tokio::test(start_paused = true)]
async fn two_repeats_with_growing_pauses_and_no_more() {
    let began = Instant::now();
    let script = Script::new(&policy(), vec![unreachable(Effect::None); 9]);
    assert_eq!(script.call(true).await.unwrap_err().kind, Kind::Unreachable);
    assert_eq!(script.tries(), 3);
    assert_eq!(began.elapsed().as_millis(), 200 + 400);
}

#[tokio::test(start_paused = true)]
async fn a_write_that_takes_too_long_is_in_doubt() {
    let began = Instant::now();
    let script = Script::new(&policy(), [Takes(Duration::from_secs(60))]);
    let error = script.call(false).await.unwrap_err();
    assert_eq!((error.kind, error.effect, script.tries()), (Kind::Timeout, Effect::Unknown, 1));
    assert_eq!(began.elapsed(), policy().time_limit);
}

#[tokio::test(start_paused = true)]
async fn the_breaker_opens_tries_one_call_and_closes_again() {
    let policy = Policy { breaker_failures: 3, retries: 0, ..policy() };
    let script = Script::new(&policy, vec![unreachable(Effect::Unknown); 4]);
    for _ in 0..3 {
        script.call(true).await.unwrap_err();
    }
    let error = script.call(false).await.unwrap_err();
    assert_eq!((error.kind, error.effect, script.tries()), (Kind::Unreachable, Effect::None, 3), "not asked");
    assert!(error.retry_after_ms.is_some_and(|ms| ms <= 10_000));

    sleep(policy.breaker_pause).await;
    script.call(true).await.unwrap_err();
    assert_eq!(script.tries(), 4, "one call is let through");
    script.call(true).await.unwrap_err();
    assert_eq!(script.tries(), 4, "its failure opens it again");

    sleep(policy.breaker_pause).await;
    for _ in 0..5 {
        script.call(true).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn refusals_do_not_open_the_breaker() {
    let policy = Policy { breaker_failures: 2, retries: 0, ..policy() };
    let script = Script::new(&policy, vec![Fails(Kind::OrderState, Effect::None); 10]);
    for _ in 0..10 {
        assert_eq!(script.call(true).await.unwrap_err().kind, Kind::OrderState);
    }
    assert_eq!(script.tries(), 10);
}

#[tokio::test(start_paused = true)]
async fn a_trying_call_that_is_given_up_leaves_its_place() {
    let policy = Policy { breaker_failures: 1, retries: 0, ..policy() };
    let script = Script::new(&policy, [unreachable(Effect::None), Takes(Duration::from_secs(5))]);
    script.call(true).await.unwrap_err();
    sleep(policy.breaker_pause).await;
    let given_up = tokio::time::timeout(Duration::from_secs(1), script.call(true)).await;
    assert!(given_up.is_err());
    script.call(true).await.expect("the next call may try");
}

#[tokio::test(start_paused = true)]
async fn a_token_waits_for_its_turn_and_others_do_not() {
    let policy = Policy { rate: 10, concurrency: 100, ..policy() };
    let script = Arc::new(Script::new(&policy, []));
    let began = Instant::now();
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let script = Arc::clone(&script);
            tokio::spawn(async move { script.call_for(1, true).await })
        })
        .collect();
    script.call_for(2, true).await.unwrap();
    assert_eq!(began.elapsed(), Duration::ZERO, "another token");
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(began.elapsed(), Duration::from_secs(1), "ten at once, ten more within a second");
}

#[tokio::test(start_paused = true)]
async fn a_turn_too_far_off_is_refused_without_effect() {
    let policy = Policy { concurrency: 1, retries: 0, longest_wait: Duration::from_secs(1), ..policy() };
    let script = Arc::new(Script::new(&policy, [Takes(Duration::from_secs(5))]));
    let slow = Arc::clone(&script);
    let slow = tokio::spawn(async move { slow.call(true).await });
    tokio::task::yield_now().await;
    let error = script.call(false).await.unwrap_err();
    assert_eq!((error.kind, error.effect, script.tries()), (Kind::RateLimited, Effect::None, 1));
    slow.await.unwrap().unwrap();
}
