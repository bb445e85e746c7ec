//! Many receivers at once, and bad company: the healthy get theirs in time, the rest costs bounded room, nothing is lost.

use crate::{
    house::{House, developer},
    receiver::{Habit, Receiver, ok},
};
use domain::MessageId;
use std::{
    net::Ipv4Addr,
    time::{Duration, Instant},
};
use storage::records::DeliveryState;

/// Receivers, half of them dead; each has an address of its own.
const CROWD: i64 = 1000;
/// What a receiver may take.
const TIMEOUT_MS: u64 = 1000;
/// Five hundred dead receivers take a second each, 256 at a time; a busy machine may need as much again.
const IN_TIME: Duration = Duration::from_secs(5);
/// Calls at the same time to receivers that have not proven themselves.
const WORKERS: usize = 256;

fn id(n: i64) -> MessageId {
    MessageId::new(n).unwrap()
}

/// Addresses of loopback that differ, so that each is an endpoint of its own.
fn address(n: i64) -> Ipv4Addr {
    let [.., high, low] = u32::try_from(n).unwrap().to_be_bytes();
    Ipv4Addr::new(127, 1, high, low)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_that_drips_a_byte_a_second_delays_nobody_else_and_loses_nothing() {
    let house = House::build().await;
    let slow = Receiver::start(Habit::Crawl(ok())).await;
    let quick = Receiver::start(Habit::Answer(ok())).await;
    house.developer(1, Some(slow.url()), true).await;
    house.developer(2, Some(quick.url()), true).await;
    for n in 1..=40 {
        house.message(1, n).await;
    }
    let running = house.delivering(TIMEOUT_MS);
    tokio::time::sleep(Duration::from_millis(200)).await;
    let began = Instant::now();
    for n in 101..=140 {
        house.message(2, n).await;
    }
    running.deliverer.notify();
    for n in 101..=140 {
        house.until_state(2, id(n), DeliveryState::Done).await;
    }
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    assert!(slow.most_at_once() <= 16, "{} calls at once to the slow receiver", slow.most_at_once());
    // Each of its messages was tried, ended by the time limit, and waits for its next attempt.
    for n in 1..=40 {
        let delivery = house.until(1, id(n), |d| d.attempts == 1).await;
        assert_eq!((delivery.state, delivery.failed_attempts), (DeliveryState::Pending, 1));
    }
    let attempt = &house.attempts(1, id(1)).await[0];
    assert_eq!((attempt.status, attempt.error.as_deref()), (None, Some("no answer in time")));
    assert!((900..2000).contains(&attempt.duration_ms), "{} ms", attempt.duration_ms);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_thousand_receivers_the_dead_half_does_not_hold_up_the_others() {
    let house = House::build().await;
    let dead = Receiver::start_everywhere(Habit::Never).await;
    let quick = Receiver::start_everywhere(Habit::Answer(ok())).await;
    for n in 1..=CROWD {
        let receiver = if n % 2 == 0 { &quick } else { &dead };
        let url = format!("http://{}:{}/callback", address(n), receiver.port);
        house.developer(n, Some(url), true).await;
    }
    for n in 1..=CROWD {
        house.message(n, n).await;
    }
    let began = Instant::now();
    let running = house.delivering(TIMEOUT_MS);
    for n in (2..=CROWD).step_by(2) {
        house.until_state(n, id(n), DeliveryState::Done).await;
    }
    let first = began.elapsed();
    // Again, now that the dead ones have shown what they are.
    for n in 1..=CROWD {
        house.message(n, CROWD + n).await;
    }
    let began = Instant::now();
    running.deliverer.notify();
    for n in (2..=CROWD).step_by(2) {
        house.until_state(n, id(CROWD + n), DeliveryState::Done).await;
    }
    let second = began.elapsed();
    eprintln!("the healthy half had theirs after {first:?} and {second:?}");
    assert!(first < IN_TIME && second < IN_TIME, "{first:?}, {second:?}");
    // A receiver notices a moment later than the caller that a call has ended.
    let most = dead.most_at_once();
    assert!(most <= WORKERS + WORKERS / 8, "{most} calls at once to dead receivers");
    assert_eq!(quick.bodies().len(), usize::try_from(CROWD).unwrap(), "each message once");
    for n in (1..=CROWD).step_by(2) {
        let delivery = house.until(n, id(CROWD + n), |d| d.attempts == 1).await;
        assert_eq!((delivery.state, delivery.failed_attempts), (DeliveryState::Pending, 1), "{}", developer(n));
    }
    running.stop().await;
}
