//! When a message is tried again and when it is given up. World time, so that a jump of the sandbox's clock brings the next
//! attempt as it brings every other deadline.

use domain::Timestamp;

/// The contract's schedule by default: six attempts, thirty minutes apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// Attempts in all, the first one included.
    pub attempts: i64,
    /// World time from a failed attempt to the next.
    pub interval_ms: i64,
}

impl Default for Schedule {
    fn default() -> Self {
        Self { attempts: 6, interval_ms: 30 * 60_000 }
    }
}

/// What follows an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    Delivered,
    Again(Timestamp),
    /// Kept as dead; replay begins a new cycle.
    GivenUp,
}

impl Schedule {
    /// `failed_before`: failed attempts of this cycle before the one that ended at `now`.
    pub fn next(&self, failed_before: i64, acknowledged: bool, now: Timestamp) -> Next {
        if acknowledged {
            Next::Delivered
        } else if failed_before.saturating_add(1) >= self.attempts {
            Next::GivenUp
        } else {
            Next::Again(now.plus_ms(self.interval_ms))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_retries_thirty_minutes_apart_then_given_up() {
        let schedule = Schedule::default();
        let now = Timestamp(1_000);
        for failed_before in 0..5 {
            assert_eq!(schedule.next(failed_before, false, now), Next::Again(Timestamp(1_801_000)));
        }
        assert_eq!(schedule.next(5, false, now), Next::GivenUp);
        assert_eq!(schedule.next(5, true, now), Next::Delivered);
        assert_eq!(schedule.next(i64::MAX, false, now), Next::GivenUp);
    }
}
