//! What goes on by itself: looks that are due, intents that nobody ended, rows that expired. What comes round at longer
//! intervals is in [`crate::rounds`].

use crate::{
    Platform, Result,
    ingest::{batch_of, refund_of},
    observe::Look,
};
use domain::Timestamp;
use std::{sync::Arc, time::Duration};
use storage::{Changes, ClaimedObservation, Dates, records::Intent};
use tokio_util::sync::CancellationToken;

/// Looks taken at once.
const BATCH: i64 = 32;
const LEASE_MS: i64 = 30_000;
/// Intents settled in one round.
const BATCH_OF_INTENTS: i64 = 200;
/// More than a process works on at once.
const LEFT_OPEN: i64 = 4096;
/// How long to sleep where nothing rings.
const POLL: Duration = Duration::from_millis(200);
const HOUSEKEEPING: Duration = Duration::from_secs(10);
/// A failed look is tried again after this, doubled each time.
const FIRST_RETRY_MS: i64 = 250;
const MOST_DOUBLINGS: i64 = 9;
/// A clock that differs by less was not set back.
pub(crate) const SET_BACK_MS: i64 = 60_000;

/// Whether a call that the dead predecessor sent may still reach the marketplace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calls {
    MayArrive,
    /// The marketplace is in this process: they died together.
    Died,
}

/// Intents whose process has died.
pub struct LeftOpen(Vec<Intent>);

impl Platform {
    /// Takes back what a dead predecessor had leased, and finds the intents that it left. Called at start, before the first
    /// request. Where the database is shared these are the ones of this installation, whose data folder only one process
    /// owns; else all of them.
    pub async fn take_over_from_the_dead(&self) -> Result<LeftOpen> {
        let ever = Timestamp(i64::MAX);
        let left = if self.config.shared_database {
            self.storage.release_own_leases().await?;
            self.storage.running_intents_of(self.config.instance, ever, LEFT_OPEN).await?
        } else {
            self.storage.release_leases().await?;
            self.storage.running_intents(ever, LEFT_OPEN).await?
        };
        Ok(LeftOpen(left))
    }

    /// Settles what a crash left open; answers how many were settled. May be called off and called again.
    pub async fn recover(&self, left: &LeftOpen, calls: Calls) -> usize {
        let doubtful = match calls {
            Calls::MayArrive => self.doubtful(),
            Calls::Died => Timestamp(i64::MAX),
        };
        self.settle_each(&left.0, doubtful).await
    }

    /// What an intent younger than this was sent for may still be on its way to the marketplace.
    fn doubtful(&self) -> Timestamp {
        self.clocks.wall().plus_ms(-self.config.doubt_ms)
    }

    /// Settles what is too old to be anybody's call under way. What lies far ahead was dated by a clock that was set back.
    async fn settle_given_up(&self) -> Result<usize> {
        let now = self.clocks.wall();
        let (before, after) = (now.plus_ms(-self.config.intent_ms), now.plus_ms(self.config.intent_ms));
        let intents = self.storage.running_intents_beyond(before, after, BATCH_OF_INTENTS).await?;
        Ok(self.settle_each(&intents, self.doubtful()).await)
    }

    /// Takes looks until told to stop.
    pub async fn observe_queue(self: Arc<Self>, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let taken = self.take_looks().await.unwrap_or_else(|problem| {
                tracing::warn!(?problem, "the queue of looks cannot be read");
                0
            });
            if taken == 0 {
                tokio::select! {
                    () = self.to_observe.notified() => {}
                    () = tokio::time::sleep(POLL) => {}
                    () = stop.cancelled() => {}
                }
            }
        }
    }

    /// Ends what was left open, queues looks at old mirrors, forgets what expired; until told to stop.
    pub async fn keep_house(self: Arc<Self>, stop: CancellationToken) {
        loop {
            tokio::select! {
                () = tokio::time::sleep(HOUSEKEEPING) => {}
                () = stop.cancelled() => return,
            }
            let settled = self.settle_given_up().await;
            let mended = self.mend().await;
            let swept = self.sweep().await;
            self.trim_requests().await;
            if let Err(problem) = settled.and(mended).and(swept) {
                tracing::warn!(?problem, "housekeeping failed");
            }
        }
    }

    /// Forgets what has expired.
    pub async fn sweep(&self) -> Result<()> {
        Ok(self.storage.sweep(self.clocks.wall()).await?)
    }

    /// Puts right what was dated by a clock that has been set back since.
    async fn mend(&self) -> Result<()> {
        let now = self.clocks.wall();
        let ahead = |ms: i64| now.plus_ms(ms + SET_BACK_MS);
        let dates = Dates { now, latest_due: ahead(FIRST_RETRY_MS << MOST_DOUBLINGS), latest_lease: ahead(LEASE_MS) };
        self.deliverer.mend().await?;
        self.mend_rounds(now).await?;
        if self.storage.mend_observations(dates).await? {
            tracing::warn!("the clock was set back; looks that were dated ahead are due now");
            self.to_observe.notify_one();
        }
        Ok(())
    }

    /// Claims due looks and takes them side by side. Answers how many there were.
    pub(crate) async fn take_looks(self: &Arc<Self>) -> Result<usize> {
        let claims = self.storage.claim_observations(self.clocks.wall(), LEASE_MS, BATCH).await?;
        let taken = claims.len();
        futures::future::join_all(claims.into_iter().map(|claim| self.take_look(claim))).await;
        Ok(taken)
    }

    async fn take_look(&self, claim: ClaimedObservation) {
        let changes = match self.look_of(&claim).await {
            Ok(Some(look)) => match self.observe(look).await {
                Ok(_) => Changes::new().finish_observation(&claim),
                Err(problem) => {
                    tracing::warn!(subject = claim.subject, ?problem, "a look failed");
                    self.later(&claim)
                }
            },
            Ok(None) => self.orphan(&claim),
            Err(problem) => {
                tracing::warn!(subject = claim.subject, ?problem, "a look failed");
                self.later(&claim)
            }
        };
        if let Err(error) = self.storage.commit(changes).await {
            tracing::warn!(subject = claim.subject, %error, "a look stays claimed until its lease ends");
        }
    }

    async fn look_of(&self, claim: &ClaimedObservation) -> Result<Option<Look>> {
        let owned = self.storage.owned_order(claim.marketplace, claim.order_id).await?;
        let (refund, batch) = (refund_of(&claim.subject), batch_of(&claim.subject));
        Ok(owned.map(|order| Look { refund, batch, ..Look::at(order.developer_id, claim.order_id) }))
    }

    /// An order that nobody owns may be one whose create is just being answered; after an hour it is somebody else's.
    fn orphan(&self, claim: &ClaimedObservation) -> Changes {
        if self.clocks.wall().ms_since(claim.first_queued_at) < self.config.orphan_ms {
            return self.later(claim);
        }
        metrics::counter!("sampan_orphan_pushes_total", "marketplace" => claim.marketplace.name()).increment(1);
        Changes::new().drop_observation(claim)
    }

    fn later(&self, claim: &ClaimedObservation) -> Changes {
        let wait = FIRST_RETRY_MS << claim.attempts.clamp(0, MOST_DOUBLINGS);
        Changes::new().postpone_observation(claim, self.clocks.wall().plus_ms(wait))
    }
}
