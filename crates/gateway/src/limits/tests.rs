//! Buckets under a clock that a test moves.

use super::*;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

#[derive(Clone)]
struct Hand(Arc<AtomicI64>);

impl Hand {
    fn new() -> Self {
        Self(Arc::new(AtomicI64::new(1_775_221_032_000)))
    }

    fn wall(&self) -> Wall {
        let hand = self.0.clone();
        Arc::new(move || Timestamp(hand.load(Ordering::SeqCst)))
    }

    fn move_ms(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

fn rate(requests: u32, seconds: u32) -> Rate {
    Rate { requests: NonZeroU32::new(requests).unwrap(), seconds: NonZeroU32::new(seconds).unwrap() }
}

fn left(bucket: &Bucket) -> (u32, u32) {
    let Reading { remaining, reset, .. } = bucket.look();
    (remaining, reset)
}

#[test]
fn a_bucket_empties_and_fills_one_by_one() {
    let hand = Hand::new();
    let bucket = Bucket::new(rate(4, 60), Steady::new(hand.wall()));
    assert_eq!(left(&bucket), (4, 0));
    for remaining in [3, 2, 1] {
        bucket.take().unwrap();
        assert_eq!(left(&bucket), (remaining, (4 - remaining) * 15));
    }
    bucket.take().unwrap();
    assert_eq!((left(&bucket), bucket.take()), ((0, 15), Err(15)));
    hand.move_ms(14_001);
    assert_eq!(bucket.take(), Err(1), "rounded up");
    hand.move_ms(999);
    assert_eq!(left(&bucket), (1, 45));
    bucket.take().unwrap();
    assert_eq!(bucket.take(), Err(15));
    hand.move_ms(3_600_000);
    assert!(bucket.is_whole());
    hand.move_ms(-3_600_000);
    assert!(bucket.is_whole(), "a clock that is set back takes nothing");
}

#[test]
fn looking_takes_nothing() {
    let bucket = Bucket::new(rate(1, 1), Steady::new(Hand::new().wall()));
    for _ in 0..10 {
        assert_eq!(left(&bucket), (1, 0));
    }
    bucket.take().unwrap();
    assert_eq!(left(&bucket), (0, 1));
}

#[test]
fn many_hands_get_no_more_than_there_is() {
    let bucket = Arc::new(Bucket::new(rate(1000, 3600), Steady::new(Hand::new().wall())));
    let taken: usize = std::thread::scope(|scope| {
        let hands: Vec<_> =
            (0..4).map(|_| scope.spawn(|| (0..1000).filter(|_| bucket.take().is_ok()).count())).collect();
        hands.into_iter().map(|hand| hand.join().unwrap()).sum()
    });
    assert_eq!(taken, 1000);
}

#[test]
fn an_address_that_fails_is_held_off_and_no_other() {
    let hand = Hand::new();
    let limits = Limits { failures: Some(rate(3, 60)), ..Limits::default() };
    let limiter = Limiter::new(limits, hand.wall());
    let (bad, neighbour, good): (IpAddr, IpAddr, IpAddr) =
        ("2001:db8::1".parse().unwrap(), "2001:db8::2".parse().unwrap(), "192.0.2.1".parse().unwrap());
    let wrong = Fault::new(Code::SignatureMismatch, "x");
    limiter.failed(Some(bad), &Fault::new(Code::TimestampOutOfRange, "a clock that is wrong is no attack"));
    for _ in 0..3 {
        limiter.admit(Some(bad)).unwrap();
        limiter.failed(Some(bad), &wrong);
    }
    let fault = limiter.admit(Some(bad)).unwrap_err();
    assert_eq!((fault.code, fault.retry_after), (Code::RateLimited, Some(20)));
    limiter.admit(Some(neighbour)).unwrap_err();
    limiter.admit(Some(good)).unwrap();
    limiter.admit(None).unwrap();
    hand.move_ms(20_000);
    limiter.admit(Some(bad)).unwrap();
}

#[test]
fn headers_are_lists_of_structured_fields() {
    let day = day_reading(100, 40, Timestamp(1_776_614_400_000), Timestamp(1_776_614_400_001));
    let reading = Reading { rate: rate(50, 30), remaining: 49, reset: 1 };
    let shown = Standing::of(RouteClass::Searches, Some(reading), Some(day)).unwrap();
    assert_eq!(shown.policy, r#""searches";q=50;w=30, "day";q=100;w=86400"#);
    assert_eq!(shown.state, r#""searches";r=49;t=1, "day";r=60;t=86400"#);
    let shown = Standing::of(RouteClass::Reads, None, Some(day)).unwrap();
    assert_eq!(shown.state, r#""day";r=60;t=86400"#);
    assert!(Standing::of(RouteClass::Reads, None, None).is_none());
}
