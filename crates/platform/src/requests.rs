//! The log of requests: what a developer asked, what it was told, and what was asked of marketplaces because of it.
//!
//! The entry of a write that succeeded is part of the commit that ends the write, so it is there whenever the write is.
//! Entries of reads and refusals wait in a bounded queue for a job that commits them in batches; a crash loses what waits,
//! and what finds no place, or comes faster than the job's pace, is dropped and counted. Texts are redacted before they
//! come here.

use crate::{Caller, Platform, Problem, Result, mirror, problem::Thing};
use connector::trail::{CallNote, Ended, Trail};
use domain::{DeveloperId, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use storage::Changes;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio_util::sync::CancellationToken;

pub use connector::{shown, trail};
pub use storage::records::Request;

const SUCCESS: u32 = 200;
/// Entries that may wait.
const CAPACITY: usize = 4096;
/// Entries of one commit, and the pause after it: so much of the writer's time the log takes at most.
const BATCH: usize = 256;
const PAUSE: Duration = Duration::from_millis(50);
/// A developer's newest requests are kept, with a tenth more until the next trim.
const KEPT: i64 = 10_000;
const TRIM_EVERY: u32 = 1_000;
const MSG_MAX: usize = 500;

/// What is known of a request before it is answered.
#[derive(Debug)]
pub struct Asked {
    pub developer: DeveloperId,
    /// `None` until it is known to be the developer's.
    pub user: Option<UserId>,
    /// Wall time at which it came.
    pub at: Timestamp,
    pub operation: &'static str,
    pub method: String,
    pub path: String,
    /// Redacted.
    pub query: String,
    /// Redacted JSON.
    pub body: Option<String>,
    /// The caller's trace, where it named one.
    pub trace_id: Option<String>,
    pub trail: Arc<Trail>,
    /// What success is called.
    pub success: &'static str,
    pub told: Told,
}

/// The code under which an entry is, or is about to be, in the database; zero for none.
#[derive(Debug, Default)]
pub struct Told(AtomicU32);

impl Asked {
    /// The change that writes down what the request was told. Whoever commits it answers for it: the request is told so.
    pub(crate) fn tell(&self, code: u32, msg: &str) -> Result<Changes> {
        let entry = self.entry(code, msg, self.trail.elapsed())?;
        self.told.0.store(code, Ordering::Release);
        Ok(Changes::new().put_request(&entry))
    }

    /// As [`Asked::tell`], for the commit that ends a write.
    pub(crate) fn tell_success(&self) -> Result<Changes> {
        self.tell(SUCCESS, self.success)
    }

    /// The commit that should have told it was not made.
    pub(crate) fn untold(&self) {
        self.told.0.store(0, Ordering::Release);
    }

    pub(crate) fn is_told(&self, code: u32) -> bool {
        self.told.0.load(Ordering::Acquire) == code
    }

    fn entry(&self, code: u32, msg: &str, took: Duration) -> Result<Request> {
        Ok(Request {
            developer_id: self.developer,
            request_id: self.trail.request_id().to_owned(),
            user_id: self.user,
            trace_id: self.trace_id.clone(),
            at: self.at,
            operation: self.operation.to_owned(),
            method: self.method.clone(),
            path: self.path.clone(),
            query: self.query.clone(),
            body: self.body.clone(),
            code: i64::from(code),
            msg: msg.chars().take(MSG_MAX).collect(),
            took_us: micros(took),
            calls: mirror::text(&Calls::of(&self.trail))?,
        })
    }
}

/// The calls of a request, as they are kept.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Calls {
    pub noted: Vec<Call>,
    /// Calls that found no place.
    pub more: usize,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Call {
    pub operation: String,
    pub after_us: i64,
    pub took_us: i64,
    /// `ok`, or the kind of failure.
    pub outcome: String,
    /// The upstream's own code.
    pub code: Option<String>,
}

impl Calls {
    fn of(trail: &Trail) -> Self {
        let calls = trail.calls();
        Self { noted: calls.noted.iter().map(Call::of).collect(), more: calls.more }
    }
}

impl Call {
    fn of(note: &CallNote) -> Self {
        let (outcome, code) = match &note.ended {
            Ended::Answered => ("ok".to_owned(), None),
            Ended::Failed { kind, code } => (format!("{kind:?}"), code.as_ref().map(|c| c.chars().take(100).collect())),
        };
        Self {
            operation: note.operation.to_owned(),
            after_us: micros(note.after),
            took_us: micros(note.took),
            outcome,
            code,
        }
    }
}

fn micros(time: Duration) -> i64 {
    i64::try_from(time.as_micros()).unwrap_or(i64::MAX)
}

/// An answered request on its way into the log.
struct Answered {
    asked: Arc<Asked>,
    code: u32,
    msg: String,
    took: Duration,
}

pub(crate) struct RequestLog {
    queue: Sender<Answered>,
    waiting: Mutex<Option<Receiver<Answered>>>,
    /// Entries of each developer since its log was trimmed last.
    grown: Mutex<HashMap<DeveloperId, u32>>,
}

impl RequestLog {
    pub(crate) fn new() -> Self {
        let (queue, waiting) = mpsc::channel(CAPACITY);
        Self { queue, waiting: Mutex::new(Some(waiting)), grown: Mutex::default() }
    }

    pub(crate) fn count(&self, developer: DeveloperId) {
        let mut grown = lock(&self.grown);
        let count = grown.entry(developer).or_default();
        *count = count.saturating_add(1);
    }

    /// Developers whose log has grown enough to be trimmed.
    fn overgrown(&self) -> Vec<DeveloperId> {
        let mut grown = lock(&self.grown);
        let over: Vec<_> = grown.iter().filter(|(_, n)| **n >= TRIM_EVERY).map(|(id, _)| *id).collect();
        grown.retain(|_, n| *n < TRIM_EVERY);
        over
    }

    /// Refusals say more than successful reads, so the last half of the places is theirs.
    fn offer(&self, answered: Answered) -> bool {
        let crowded = self.queue.capacity() < CAPACITY / 2;
        !(crowded && answered.code == SUCCESS) && self.queue.try_send(answered).is_ok()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn dropped(count: usize) {
    metrics::counter!("sampan_request_log_dropped_total").increment(count as u64);
}

impl Platform {
    /// Says how a request was answered, unless the commit of its write has said the same already.
    pub fn told(&self, asked: Arc<Asked>, code: u32, msg: &str) {
        if asked.is_told(code) {
            return;
        }
        let took = asked.trail.elapsed();
        if !self.requests.offer(Answered { asked, code, msg: msg.to_owned(), took }) {
            dropped(1);
        }
    }

    /// A request of this caller's developer, with the calls that it made.
    pub async fn request(&self, caller: &Caller, request_id: &str) -> Result<(Request, Calls)> {
        let found = self.storage.request(caller.developer.id, request_id).await?;
        let found = found.ok_or(Problem::NotFound(Thing::Request))?;
        let calls = serde_json::from_str(&found.calls)
            .map_err(|e| Problem::Internal(format!("the calls of request {request_id} cannot be read: {e}")))?;
        Ok((found, calls))
    }

    /// Commits entries until told to stop, and then what still waits.
    pub async fn keep_requests(self: Arc<Self>, stop: CancellationToken) {
        let Some(mut waiting) = lock(&self.requests.waiting).take() else { return };
        let mut batch = Vec::with_capacity(BATCH);
        while !stop.is_cancelled() {
            tokio::select! {
                _ = waiting.recv_many(&mut batch, BATCH) => {}
                () = stop.cancelled() => {}
            }
            self.keep(&mut batch).await;
            tokio::select! {
                () = tokio::time::sleep(PAUSE) => {}
                () = stop.cancelled() => {}
            }
        }
        while let Ok(answered) = waiting.try_recv() {
            batch.push(answered);
            if batch.len() == BATCH {
                self.keep(&mut batch).await;
            }
        }
        self.keep(&mut batch).await;
    }

    async fn keep(&self, batch: &mut Vec<Answered>) {
        let count = batch.len();
        let mut changes = Changes::new();
        for Answered { asked, code, msg, took } in batch.drain(..) {
            match asked.entry(code, &msg, took) {
                Ok(entry) => changes = changes.put_request(&entry),
                Err(problem) => tracing::warn!(?problem, "an entry of the request log cannot be written"),
            }
            self.requests.count(asked.developer);
        }
        if let Err(error) = self.storage.commit(changes).await {
            tracing::warn!(%error, count, "entries of the request log are lost");
            dropped(count);
        }
        self.trim_requests().await;
    }

    /// Bounds the logs that have grown.
    pub(crate) async fn trim_requests(&self) {
        for developer in self.requests.overgrown() {
            if let Err(error) = self.storage.trim_requests(developer, KEPT).await {
                tracing::warn!(%developer, %error, "a request log cannot be trimmed");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(code: u32) -> Answered {
        let asked = Asked {
            developer: DeveloperId::new(1).unwrap(),
            user: None,
            at: Timestamp(0),
            operation: "x",
            method: "POST".to_owned(),
            path: "/x".to_owned(),
            query: String::new(),
            body: None,
            trace_id: None,
            trail: Arc::new(Trail::new(1, None)),
            success: "ok",
            told: Told::default(),
        };
        Answered { asked: Arc::new(asked), code, msg: String::new(), took: Duration::ZERO }
    }

    #[test]
    fn the_queue_is_bounded_and_successes_go_first() {
        let log = RequestLog::new();
        let taken = |code, tries: usize| (0..tries).filter(|_| log.offer(answered(code))).count();
        let successes = taken(SUCCESS, CAPACITY);
        assert_eq!(successes, CAPACITY / 2 + 1);
        assert_eq!(taken(40404, CAPACITY), CAPACITY - successes);
    }

    #[test]
    fn a_log_is_trimmed_when_it_has_grown() {
        let log = RequestLog::new();
        let (busy, calm) = (DeveloperId::new(1).unwrap(), DeveloperId::new(2).unwrap());
        (0..TRIM_EVERY).for_each(|_| log.count(busy));
        log.count(calm);
        assert_eq!(log.overgrown(), [busy]);
        assert!(log.overgrown().is_empty());
    }

    #[test]
    fn an_entry_that_a_commit_told_is_not_told_again_unless_the_answer_is_another() {
        let Answered { asked, .. } = answered(SUCCESS);
        assert!(!asked.tell_success().unwrap().is_empty());
        assert!(asked.is_told(SUCCESS) && !asked.is_told(50001));
        asked.untold();
        assert!(!asked.is_told(SUCCESS));
    }
}
