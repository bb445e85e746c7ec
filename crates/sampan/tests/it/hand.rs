//! A clock on the wall that a test sets under a running installation.

use crate::persona::now_ms;
use domain::Timestamp;
use sampan::wiring::Wiring;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// A clock that runs as the wall's does, set apart from it, or one that stands still until it is moved.
#[derive(Clone, Default)]
pub struct Hand {
    apart_ms: Arc<AtomicI64>,
    stands: bool,
}

impl Hand {
    /// One that stands at this time.
    pub fn standing_at(ms: i64) -> Self {
        Self { apart_ms: Arc::new(AtomicI64::new(ms)), stands: true }
    }

    pub fn wiring(&self) -> Wiring {
        let hand = self.clone();
        Wiring { wall: Arc::new(move || Timestamp(hand.now())), ..Wiring::default() }
    }

    pub fn now(&self) -> i64 {
        let runs = if self.stands { 0 } else { now_ms() };
        runs + self.apart_ms.load(Ordering::SeqCst)
    }

    pub fn set(&self, apart_ms: i64) {
        self.apart_ms.store(apart_ms, Ordering::SeqCst);
    }

    pub fn forward(&self, ms: i64) {
        self.apart_ms.fetch_add(ms, Ordering::SeqCst);
    }
}
