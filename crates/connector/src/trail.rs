//! The trail of one request: who asked, under which trace, and what was asked of marketplaces because of it.
//!
//! It travels with the task and not through arguments: a capability trait speaks of orders, and who asked is no part of an
//! order. Work that no request has caused (queued looks, open intents) has no trail. Memory is bounded: after
//! [`MOST_CALLS`] calls the others are counted only.

use crate::{Error, Kind, shown::Shown};
use std::{
    fmt,
    future::Future,
    str::FromStr,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{task_local, time::Instant};

/// So many calls are noted for a request.
pub const MOST_CALLS: usize = 100;

task_local! {
    static TRAIL: Arc<Trail>;
}

/// W3C `traceparent`: the trace that a caller is in, and its span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TraceParent {
    pub trace_id: u128,
    pub span_id: u64,
    /// The caller records this trace.
    pub sampled: bool,
}

/// A text that is no `traceparent`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotATrace;

impl TraceParent {
    /// 32 hex digits.
    pub fn trace_text(&self) -> String {
        format!("{:032x}", self.trace_id)
    }
}

impl fmt::Display for TraceParent {
    /// Version 00.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "00-{:032x}-{:016x}-{:02x}", self.trace_id, self.span_id, u8::from(self.sampled))
    }
}

impl FromStr for TraceParent {
    type Err = NotATrace;

    /// Strict: lower-case hex, no zero ids, no version ff. A later version is read as far as version 00 goes.
    fn from_str(text: &str) -> Result<Self, NotATrace> {
        let (head, rest) = text.split_at_checked(55).ok_or(NotATrace)?;
        let mut parts = head.split('-');
        let mut next = |digits: usize| hex(parts.next().unwrap_or_default(), digits);
        let (version, trace_id, span_id, flags) = (next(2)?, next(32)?, next(16)?, next(2)?);
        let ends = if version == 0 { rest.is_empty() } else { rest.is_empty() || rest.starts_with('-') };
        if version == 0xff || !ends || trace_id == 0 || span_id == 0 || parts.next().is_some() {
            return Err(NotATrace);
        }
        let span_id = u64::try_from(span_id).map_err(|_| NotATrace)?;
        Ok(Self { trace_id, span_id, sampled: flags & 1 == 1 })
    }
}

fn hex(text: &str, digits: usize) -> Result<u128, NotATrace> {
    let lower = |b: u8| matches!(b, b'0'..=b'9' | b'a'..=b'f');
    if text.len() != digits || !text.bytes().all(lower) {
        return Err(NotATrace);
    }
    u128::from_str_radix(text, 16).map_err(|_| NotATrace)
}

/// How an upstream call ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    Answered,
    /// With the upstream's own code, where it gave one.
    Failed {
        kind: Kind,
        code: Option<String>,
    },
}

/// One try of an upstream call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallNote {
    /// The upstream's name of the call.
    pub operation: &'static str,
    /// From the beginning of the request to the beginning of the try.
    pub after: Duration,
    pub took: Duration,
    pub ended: Ended,
}

/// What was noted of a request's calls.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calls {
    /// In the order in which they ended; at most [`MOST_CALLS`].
    pub noted: Vec<CallNote>,
    /// Calls that found no place.
    pub more: usize,
}

/// The trail of one request.
#[derive(Debug)]
pub struct Trail {
    request_id: String,
    seed: u64,
    trace_id: u128,
    sampled: bool,
    began: Instant,
    sent: AtomicU64,
    calls: Mutex<Calls>,
    /// Set where the caller asked to see what the marketplace answers.
    shown: OnceLock<Mutex<Shown>>,
}

impl Trail {
    /// Of the request with this id. Without a caller's trace the request begins one that bears its own number.
    pub fn new(request_id: u128, inbound: Option<TraceParent>) -> Self {
        Self {
            request_id: format!("{request_id:032x}"),
            seed: (request_id >> 64) as u64 ^ request_id as u64,
            trace_id: inbound.map_or(request_id, |parent| parent.trace_id),
            sampled: inbound.is_some_and(|parent| parent.sampled),
            began: Instant::now(),
            sent: AtomicU64::new(0),
            calls: Mutex::default(),
            shown: OnceLock::new(),
        }
    }

    /// 32 hex digits.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// Since the request began.
    pub fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    /// The `traceparent` of the next request that is sent because of this one: the same trace, a span of its own.
    pub fn next_span(&self) -> TraceParent {
        let number = self.sent.fetch_add(1, Ordering::Relaxed) + 1;
        let span_id = mixed(self.seed.wrapping_add(number.wrapping_mul(0x9e37_79b9_7f4a_7c15))).max(1);
        TraceParent { trace_id: self.trace_id, span_id, sampled: self.sampled }
    }

    /// What has been noted so far.
    pub fn calls(&self) -> Calls {
        self.lock().clone()
    }

    /// From now on answers of marketplaces are kept for the caller.
    pub fn show(&self) {
        self.shown.get_or_init(Mutex::default);
    }

    /// What was kept; `None` where nobody asked.
    pub fn take_shown(&self) -> Option<Shown> {
        let shown = self.shown.get()?;
        Some(std::mem::take(&mut *shown.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    fn note(&self, note: CallNote) {
        let mut calls = self.lock();
        if calls.noted.len() < MOST_CALLS {
            calls.noted.push(note);
        } else {
            calls.more += 1;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Calls> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Spreads the bits of a number (the finish of splitmix64), so that spans of one request look nothing alike.
fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// Runs `future` on this trail.
pub async fn follow<F: Future>(trail: Arc<Trail>, future: F) -> F::Output {
    TRAIL.scope(trail, future).await
}

/// The trail of the request that is being worked on, where there is one.
pub fn current() -> Option<Arc<Trail>> {
    TRAIL.try_with(Arc::clone).ok()
}

/// Notes a try that began at `began` and has just ended.
pub fn note(operation: &'static str, began: Instant, error: Option<&Error>) {
    let ended = |e: &Error| Ended::Failed { kind: e.kind, code: e.code.clone() };
    // Nobody follows: nothing to do.
    let _ = TRAIL.try_with(|trail| {
        trail.note(CallNote {
            operation,
            after: began.saturating_duration_since(trail.began),
            took: began.elapsed(),
            ended: error.map_or(Ended::Answered, ended),
        });
    });
}

/// Adds to what the caller of the request at hand is shown, where it asked for it.
pub(crate) fn shown(add: impl FnOnce(&mut Shown)) {
    // Nobody follows: nothing to do.
    let _ = TRAIL.try_with(|trail| {
        if let Some(shown) = trail.shown.get() {
            add(&mut shown.lock().unwrap_or_else(PoisonError::into_inner));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn the_published_example_is_read_and_printed() {
        let parent: TraceParent = PARENT.parse().unwrap();
        assert_eq!(parent.trace_text(), "4bf92f3577b34da6a3ce929d0e0e4736");
        assert!(parent.sampled);
        assert_eq!(parent.to_string(), PARENT);
        let later: TraceParent = "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-03-more".parse().unwrap();
        assert_eq!(later, parent);
    }

    #[test]
    fn what_is_malformed_is_no_trace() {
        for bad in [
            "",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 ",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4BF92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x",
            "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01more",
            "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
            "00-4bf92f3577b34da6a3ce929d0e0e473-600f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-é",
        ] {
            assert_eq!(bad.parse::<TraceParent>(), Err(NotATrace), "{bad}");
        }
    }

    #[test]
    fn every_call_has_a_span_of_its_own_in_the_caller_s_trace() {
        let trail = Trail::new(7, PARENT.parse().ok());
        let spans: Vec<TraceParent> = (0..1000).map(|_| trail.next_span()).collect();
        assert!(spans.iter().all(|s| s.trace_text() == "4bf92f3577b34da6a3ce929d0e0e4736" && s.sampled));
        assert_eq!(spans.iter().map(|s| s.span_id).collect::<HashSet<_>>().len(), 1000);
        let own = Trail::new(0xabc, None);
        assert_eq!(own.next_span().trace_text(), own.request_id(), "a request without a trace begins its own");
    }

    #[tokio::test]
    async fn notes_are_bounded_and_nobody_s_calls_are_nobody_s() {
        let trail = Arc::new(Trail::new(1, None));
        follow(trail.clone(), async {
            for _ in 0..=MOST_CALLS {
                note("a.call", Instant::now(), None);
            }
        })
        .await;
        note("a.call", Instant::now(), None);
        assert!(current().is_none());
        let calls = trail.calls();
        assert_eq!((calls.noted.len(), calls.more), (MOST_CALLS, 1));
    }
}
