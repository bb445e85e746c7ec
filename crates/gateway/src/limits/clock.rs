//! The time that limits are measured by: the wall's, but never set back. A clock that was set back by an hour would else hold
//! everybody off for an hour who had used up a limit.

use domain::Timestamp;
use governor::{clock::Clock, nanos::Nanos};
use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicI64, Ordering},
};

pub(super) type Wall = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// By so much two readings of the wall may cross each other on their way here.
const CROSSING_MS: i64 = 1000;
/// The year 2255; nanoseconds of later ones would not fit.
const LATEST_MS: i64 = 9_000_000_000_000;

#[derive(Clone)]
pub(super) struct Steady {
    wall: Wall,
    told: Arc<Told>,
}

#[derive(Default)]
struct Told {
    latest: AtomicI64,
    /// By how much the wall has been set back in all.
    behind: AtomicI64,
    setting: Mutex<()>,
}

impl Steady {
    pub(super) fn new(wall: Wall) -> Self {
        Self { wall, told: Arc::default() }
    }

    /// The wall's own time, for what is dated.
    pub(super) fn wall(&self) -> Timestamp {
        (self.wall)()
    }

    fn ms(&self) -> i64 {
        let told = &self.told;
        let now = self.wall().0.saturating_add(told.behind.load(Ordering::Acquire));
        let latest = told.latest.load(Ordering::Acquire);
        if now > latest {
            return told.latest.fetch_max(now, Ordering::AcqRel).max(now);
        }
        if latest - now > CROSSING_MS {
            self.catch_up();
        }
        latest
    }

    fn catch_up(&self) {
        let told = &self.told;
        let _one = told.setting.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.wall().0.saturating_add(told.behind.load(Ordering::Acquire));
        let gap = told.latest.load(Ordering::Acquire).saturating_sub(now);
        if gap > CROSSING_MS {
            told.behind.fetch_add(gap, Ordering::AcqRel);
        }
    }
}

impl Clock for Steady {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let ms = u64::try_from(self.ms().clamp(0, LATEST_MS)).unwrap_or_default();
        Nanos::from(ms * 1_000_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_back_goes_on_from_where_it_was() {
        let hand = Arc::new(AtomicI64::new(1_775_221_032_000));
        let clock = Steady::new({
            let hand = hand.clone();
            Arc::new(move || Timestamp(hand.load(Ordering::SeqCst)))
        });
        let step = |ms: i64| {
            let before = clock.ms();
            hand.fetch_add(ms, Ordering::SeqCst);
            clock.ms();
            clock.ms() - before
        };
        assert_eq!(step(0), 0);
        assert_eq!(step(5), 5);
        assert_eq!(step(-3), 0, "a crossing");
        assert_eq!(step(-3_600_000), 0);
        assert_eq!(step(7), 7);
        assert_eq!(step(3_600_000), 3_600_000, "a jump ahead heals");
    }
}
