//! Events after the fact: what a receiver was told, or would have been, in the order of the feed.
//!
//! One process of the installation stamps what was committed, under a lease; every process reads. The stamper looks instead
//! of being rung, so that a commit costs nothing for it and what came within a tick is one batch.

use crate::{Caller, Platform, Problem, Result};
use domain::Timestamp;
use std::{sync::Arc, time::Duration};
pub use storage::FeedEntry;
use storage::{ClaimedRound, CommitError, What};
use tokio_util::sync::CancellationToken;

/// How long a message may wait for its position, if there is nothing else to do.
const TICK: Duration = Duration::from_millis(100);
/// After a database that did not answer.
const BREATH: Duration = Duration::from_secs(1);
/// Long beside a batch, short for who waits for a stamper that died.
const LEASE_MS: i64 = 10_000;
/// One batch is one commit, and must not keep other writers waiting for long.
const BATCH: i64 = 512;

/// Where a reader stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// At the oldest message that is kept.
    Beginning,
    /// Behind everything that there is.
    End,
    /// Behind a place that was given out.
    Behind(i64),
}

/// A part of the feed.
#[derive(Debug, Clone)]
pub struct Feed {
    pub entries: Vec<FeedEntry>,
    /// Where to go on.
    pub next: i64,
    /// There is more already.
    pub more: bool,
}

impl Platform {
    /// The messages of a developer behind a place, the oldest first.
    pub async fn feed(&self, caller: &Caller, from: From, limit: u32) -> Result<Feed> {
        let (after, limit) = match from {
            From::Beginning => (0, limit),
            From::End => (i64::MAX, 0),
            From::Behind(place) => (place, limit),
        };
        let page = self.storage.feed(caller.developer.id, after, i64::from(limit)).await?;
        if from == From::End {
            return Ok(Feed { entries: Vec::new(), next: page.end, more: false });
        }
        if after > page.end {
            return Err(unknown_cursor());
        }
        let next = page.entries.last().map_or(after, |entry| entry.position);
        Ok(Feed { entries: page.entries, next, more: page.more })
    }

    /// Gives messages their places until told to stop.
    pub async fn keep_feed(self: Arc<Self>, stop: CancellationToken) {
        let mut stamper = Stamper { platform: &self, lease: None };
        while !stop.is_cancelled() {
            let pause = match stamper.batch().await {
                Ok(true) => continue,
                Ok(false) => TICK,
                Err(error) => {
                    tracing::warn!(%error, "messages wait for their place in the feed");
                    BREATH
                }
            };
            stop.run_until_cancelled(tokio::time::sleep(pause)).await;
        }
        stamper.leave().await;
    }
}

/// The database is older than what the reader has seen of it.
fn unknown_cursor() -> Problem {
    let expected = "a cursor of this feed; this one lies ahead of all events, as after a restore of an older backup: \
                    begin again without a cursor and drop what you know by its id";
    Problem::Invalid { field: "cursor", expected: expected.to_owned() }
}

struct Stamper<'a> {
    platform: &'a Platform,
    /// Until when it is ours.
    lease: Option<(ClaimedRound, Timestamp)>,
}

impl Stamper<'_> {
    /// One batch; true where more may wait. Nothing is written where nothing waits.
    async fn batch(&mut self) -> std::result::Result<bool, CommitError> {
        let Platform { storage, clocks, .. } = self.platform;
        if !storage.is_unstamped().await? {
            return Ok(false);
        }
        let now = clocks.wall();
        let until = now.plus_ms(LEASE_MS);
        let claim = match self.lease.take() {
            Some((claim, held_until)) if now < held_until => claim,
            Some(_) | None => match storage.claim_stamper(now, LEASE_MS).await? {
                Some(claim) => claim,
                None => return Ok(false),
            },
        };
        match storage.stamp(&claim, until, BATCH).await {
            Ok(count) => {
                metrics::counter!("sampan_feed_stamped_total").increment(count as u64);
                self.lease = Some((claim, until));
                Ok(i64::try_from(count).unwrap_or(BATCH) >= BATCH)
            }
            // Somebody else has it now.
            Err(CommitError::Conflict(What::Round)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn leave(&mut self) {
        if let Some((claim, _)) = self.lease.take()
            && let Err(error) = self.platform.storage.leave_stamper(&claim).await
        {
            tracing::debug!(%error, "the lease of the feed runs out by itself");
        }
    }
}
