//! What an answer says of the limits that hold: `RateLimit-Policy` and `RateLimit`
//! (draft-ietf-httpapi-ratelimit-headers-11).
//!
//! `r` is what may be asked now. `t` is when the whole limit is there again, so that whoever spreads `r` over `t` is never
//! refused; with nothing left it is when the next request may come, which a refusal says in `Retry-After` too.

use super::{DayReading, bucket::Reading};
use contract::limits::RouteClass;
use http::HeaderValue;
use std::fmt::Write;

/// The name of the quota of a day.
const DAY: &str = "day";
const DAY_SECONDS: u32 = 86_400;

#[derive(Debug, Clone)]
pub(crate) struct Standing {
    pub(crate) policy: HeaderValue,
    pub(crate) state: HeaderValue,
}

impl Standing {
    /// `None` where nothing is limited.
    pub(super) fn of(class: RouteClass, rate: Option<Reading>, day: Option<DayReading>) -> Option<Self> {
        let (mut policy, mut state) = (String::new(), String::new());
        if let Some(Reading { rate, remaining, reset }) = rate {
            let name = class.word();
            let _ = write!(policy, "\"{name}\";q={};w={}", rate.requests, rate.seconds);
            let _ = write!(state, "\"{name}\";r={remaining};t={reset}");
        }
        if let Some(day) = day {
            let comma = if policy.is_empty() { "" } else { ", " };
            let _ = write!(policy, "{comma}\"{DAY}\";q={};w={DAY_SECONDS}", day.limit);
            let _ = write!(state, "{comma}\"{DAY}\";r={};t={}", day.remaining(), day.reset);
        }
        if policy.is_empty() {
            return None;
        }
        Some(Self { policy: policy.try_into().ok()?, state: state.try_into().ok()? })
    }
}
