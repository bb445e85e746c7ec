//! How much a caller may ask: a rate for each access key and class of operations, a quota of the day for each developer, and
//! a rate of failed authentications for each address.
//!
//! Rates are the process's own and kept in memory (`governor`); the day's count is the database's (`platform::quota`). A
//! limit is charged once it is known who asks, so that nobody uses up another's. Without a limit nothing is kept.
//! Rejected: a limit of the whole installation by a count in the database, which would cost each read a write.

mod bucket;
mod clock;
mod shards;
mod standing;

pub(crate) use bucket::Reading;
pub(crate) use standing::Standing;

use crate::{fault::fault, routes::Route};
use bucket::Bucket;
use clock::{Steady, Wall};
use contract::{
    error::{Code, Fault},
    limits::{RouteClass, UNCOUNTED},
};
use domain::Timestamp;
use platform::{Caller, Platform};
use shards::Shards;
use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
};

const DAY_MS: i64 = 86_400_000;

/// So many requests at once, and so many come back in the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    pub requests: NonZeroU32,
    pub seconds: NonZeroU32,
}

/// What is limited; `None` is not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    pub reads: Option<Rate>,
    pub searches: Option<Rate>,
    pub writes: Option<Rate>,
    /// Requests of a developer from midnight to midnight (UTC+8).
    pub day: Option<u32>,
    /// Wrong keys and signatures from one address.
    pub failures: Option<Rate>,
}

impl Limits {
    fn of(&self, class: RouteClass) -> Option<Rate> {
        match class {
            RouteClass::Reads => self.reads,
            RouteClass::Searches => self.searches,
            RouteClass::Writes => self.writes,
        }
    }
}

/// The quota of a day as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DayReading {
    pub(crate) limit: u32,
    pub(crate) used: i64,
    /// Seconds to midnight.
    pub(crate) reset: u32,
    pub(crate) reset_at: Timestamp,
}

impl DayReading {
    pub(crate) fn remaining(&self) -> i64 {
        (i64::from(self.limit) - self.used).max(0)
    }
}

/// The buckets of one access key.
struct Buckets {
    reads: Option<Bucket>,
    searches: Option<Bucket>,
    writes: Option<Bucket>,
}

impl Buckets {
    fn of(&self, class: RouteClass) -> Option<&Bucket> {
        match class {
            RouteClass::Reads => self.reads.as_ref(),
            RouteClass::Searches => self.searches.as_ref(),
            RouteClass::Writes => self.writes.as_ref(),
        }
    }

    fn are_whole(&self) -> bool {
        [&self.reads, &self.searches, &self.writes].into_iter().flatten().all(Bucket::is_whole)
    }
}

/// Keeps the limits.
pub(crate) struct Limiter {
    limits: Limits,
    clock: Steady,
    keys: Shards<String, Buckets>,
    strangers: Shards<IpAddr, Bucket>,
}

impl Limiter {
    pub(crate) fn new(limits: Limits, wall: Wall) -> Self {
        Self { limits, clock: Steady::new(wall), keys: Shards::default(), strangers: Shards::default() }
    }

    /// Charges a caller for a route; the outcome, and what to say of the limits with the answer.
    pub(crate) async fn charge(
        &self,
        platform: &Platform,
        caller: &Caller,
        route: &Route,
    ) -> (Result<(), Fault>, Option<Standing>) {
        let Some(class) = route.class else { return (Ok(()), None) };
        let bucket = self.limits.of(class).map(|_| self.buckets(&caller.access_key));
        let bucket = bucket.as_deref().and_then(|buckets| buckets.of(class));
        let mut outcome = bucket.map_or(Ok(()), Bucket::take).map_err(|wait| rate_limited(class, wait));
        let day = match self.spend(platform, caller, outcome.is_ok() && route.entry.path != UNCOUNTED).await {
            Ok(None) => None,
            Ok(Some((within, day))) => {
                if !within {
                    outcome = Err(quota_exceeded(&day));
                }
                Some(day)
            }
            Err(failure) => return (Err(failure), None),
        };
        (outcome, Standing::of(class, bucket.map(Bucket::look), day))
    }

    /// The quota of the day, and whether this request is within it.
    async fn spend(
        &self,
        platform: &Platform,
        caller: &Caller,
        counts: bool,
    ) -> Result<Option<(bool, DayReading)>, Fault> {
        let Some(limit) = self.limits.day else { return Ok(None) };
        let now = self.clock.wall();
        let day = platform.day_use(caller.developer.id, now).await.map_err(fault)?;
        let within = !counts || day.take(i64::from(limit));
        Ok(Some((within, day_reading(limit, day.used(), day.day, now))))
    }

    /// What each class has left for this key.
    pub(crate) fn classes(&self, access_key: &str) -> Vec<(RouteClass, Option<Reading>)> {
        let limited = RouteClass::ALL.iter().any(|class| self.limits.of(*class).is_some());
        let buckets = limited.then(|| self.buckets(access_key));
        let look = |class: RouteClass| buckets.as_deref().and_then(|b| b.of(class)).map(Bucket::look);
        RouteClass::ALL.into_iter().map(|class| (class, look(class))).collect()
    }

    pub(crate) async fn day(&self, platform: &Platform, caller: &Caller) -> Result<Option<DayReading>, Fault> {
        Ok(self.spend(platform, caller, false).await?.map(|(_, day)| day))
    }

    fn buckets(&self, access_key: &str) -> std::sync::Arc<Buckets> {
        let bucket = |rate: Option<Rate>| rate.map(|rate| Bucket::new(rate, self.clock.clone()));
        let Limits { reads, searches, writes, .. } = self.limits;
        let make = || Buckets { reads: bucket(reads), searches: bucket(searches), writes: bucket(writes) };
        self.keys.of(access_key, make, Buckets::are_whole)
    }

    /// Refuses an address that has failed too often of late, before its key is looked up.
    pub(crate) fn admit(&self, address: Option<IpAddr>) -> Result<(), Fault> {
        let Some(address) = address.filter(|_| self.limits.failures.is_some()) else { return Ok(()) };
        let known = self.strangers.find(&place(address)).map(|bucket| bucket.look());
        match known {
            Some(Reading { remaining: 0, reset, .. }) => {
                let text = "too many requests from this address had a wrong key or signature";
                Err(Fault::new(Code::RateLimited, text).retry_after(reset))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Counts a wrong key or signature of an address.
    pub(crate) fn failed(&self, address: Option<IpAddr>, fault: &Fault) {
        let counts = matches!(fault.code, Code::UnknownAccessKey | Code::SignatureMismatch);
        if let (true, Some(rate), Some(address)) = (counts, self.limits.failures, address) {
            let make = || Bucket::new(rate, self.clock.clone());
            // One that is empty already is refused before it can fail again.
            let _ = self.strangers.of(&place(address), make, Bucket::is_whole).take();
        }
    }
}

/// Who has one address of a network of IPv6 has them all.
fn place(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
        v4 @ IpAddr::V4(_) => v4,
    }
}

fn day_reading(limit: u32, used: i64, day: Timestamp, now: Timestamp) -> DayReading {
    let reset_at = day.plus_ms(DAY_MS);
    let seconds = reset_at.ms_since(now).max(0).unsigned_abs().div_ceil(1000);
    DayReading { limit, used, reset: u32::try_from(seconds).unwrap_or(u32::MAX), reset_at }
}

fn rate_limited(class: RouteClass, wait: u32) -> Fault {
    let text = format!("too many {} of this access-key; try again in {wait} s", class.word());
    Fault::new(Code::RateLimited, text).retry_after(wait)
}

fn quota_exceeded(day: &DayReading) -> Fault {
    let text = format!("the {} requests of the day are used up; the next begins in {} s", day.limit, day.reset);
    Fault::new(Code::QuotaExceeded, text).retry_after(day.reset)
}

#[cfg(test)]
mod tests;
