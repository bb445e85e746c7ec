//! How much each caller may ask. Nothing is limited where nothing is said: a laptop and a benchmark ask as fast as they can, and
//! what a developer pays for is for the operator to know.

use gateway::Rate;
use serde::Deserialize;
use std::num::NonZeroU32;

/// Nanoseconds of a request must not become zero.
const MOST_REQUESTS: u32 = 100_000_000;
const LONGEST_WINDOW: u32 = 86_400;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    pub reads: Option<Window>,
    pub searches: Option<Window>,
    pub writes: Option<Window>,
    /// Requests of a developer from midnight to midnight (UTC+8).
    pub daily: Option<u32>,
    /// Wrong keys and signatures from one address.
    pub failures: Option<Window>,
}

/// So many requests at once, and so many come back in the window, one by one.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    pub requests: u32,
    #[serde(default = "minute")]
    pub seconds: u32,
}

fn minute() -> u32 {
    60
}

impl Window {
    fn rate(self) -> Option<Rate> {
        let requests = NonZeroU32::new(self.requests).filter(|n| n.get() <= MOST_REQUESTS)?;
        let seconds = NonZeroU32::new(self.seconds).filter(|n| n.get() <= LONGEST_WINDOW)?;
        Some(Rate { requests, seconds })
    }
}

impl Limits {
    /// The key of a value that cannot be used.
    pub(super) fn wrong(&self) -> Option<&'static str> {
        let windows =
            [("reads", self.reads), ("searches", self.searches), ("writes", self.writes), ("failures", self.failures)];
        let wrong = |window: Option<Window>| window.is_some_and(|window| window.rate().is_none());
        let named = windows.into_iter().find(|(_, window)| wrong(*window)).map(|(name, _)| name);
        named.or(self.daily.filter(|daily| *daily == 0).map(|_| "daily"))
    }

    pub fn of_gateway(&self) -> gateway::Limits {
        let rate = |window: Option<Window>| window.and_then(Window::rate);
        gateway::Limits {
            reads: rate(self.reads),
            searches: rate(self.searches),
            writes: rate(self.writes),
            day: self.daily,
            failures: rate(self.failures),
        }
    }
}
