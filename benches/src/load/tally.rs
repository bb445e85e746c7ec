//! What was counted: how long each answer took, how many were wrong.

use serde_json::{Value, json};
use std::time::Duration;

#[derive(Default)]
pub struct Tally {
    micros: Vec<u32>,
    wrong: u64,
    /// What was wrong with the first wrong one.
    example: Option<String>,
    elapsed: Duration,
}

impl Tally {
    pub fn right(&mut self, took: Duration) {
        self.micros.push(u32::try_from(took.as_micros()).unwrap_or(u32::MAX));
    }

    pub fn wrong(&mut self, why: String) {
        self.wrong += 1;
        self.example.get_or_insert(why);
    }

    /// How long the whole took; of several that ran side by side, the longest.
    pub fn lasted(mut self, elapsed: Duration) -> Self {
        self.elapsed = elapsed;
        self
    }

    pub fn and(mut self, mut other: Self) -> Self {
        self.micros.append(&mut other.micros);
        self.wrong += other.wrong;
        self.example = self.example.or(other.example);
        self.elapsed = self.elapsed.max(other.elapsed);
        self
    }

    pub fn report(mut self) -> Value {
        self.micros.sort_unstable();
        let seconds = self.elapsed.as_secs_f64();
        let at = |q: f64| {
            let last = self.micros.len().saturating_sub(1) as f64;
            self.micros.get((last * q).ceil() as usize).map(|micros| f64::from(*micros) / 1000.0)
        };
        json!({
            "done": self.micros.len(),
            "wrong": self.wrong,
            "example": self.example,
            "seconds": seconds,
            "rate": self.micros.len() as f64 / seconds.max(f64::MIN_POSITIVE),
            "p50_ms": at(0.5),
            "p99_ms": at(0.99),
            "max_ms": at(1.0),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slowest_of_a_hundred_is_the_last_percentile_and_threads_add_up() {
        let of = |range: std::ops::Range<u64>| {
            let mut tally = Tally::default();
            range.for_each(|ms| tally.right(Duration::from_millis(ms)));
            tally
        };
        let mut second = of(50..100).lasted(Duration::from_secs(2));
        second.wrong("no".to_owned());
        let report = of(0..50).lasted(Duration::from_secs(1)).and(second).report();
        assert_eq!((report["done"].as_u64(), report["wrong"].as_u64()), (Some(100), Some(1)));
        assert_eq!((report["rate"].as_f64(), report["p99_ms"].as_f64()), (Some(50.0), Some(99.0)));
    }
}
