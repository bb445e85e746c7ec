//! What goes on by itself: looks that are due, intents that nobody ended, mirrors that have grown old, rows that expired.

use crate::{Platform, Problem, Result, ingest::refund_of, observe::Look};
use domain::{Marketplace, OrderId, Timestamp};
use std::{sync::Arc, time::Duration};
use storage::{Changes, ClaimedObservation, QueuedObservation};
use tokio_util::sync::CancellationToken;

/// Looks taken at once.
const BATCH: i64 = 32;
const LEASE_MS: i64 = 30_000;
/// How long to sleep where nothing rings.
const POLL: Duration = Duration::from_millis(200);
const HOUSEKEEPING: Duration = Duration::from_secs(10);
/// A failed look is tried again after this, doubled each time.
const FIRST_RETRY_MS: i64 = 250;

/// Whether other processes work on the same database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alone {
    No,
    /// Nobody else does: whatever is leased or under way belongs to a dead predecessor.
    Yes,
    /// As `Yes`, and the marketplace is in this process too: no call of the predecessor can be on its way to it.
    WithMarketplace,
}

impl Platform {
    /// Settles what a crash left open. Called at start, before the first request. `alone`: no other process works on the
    /// same database, so whatever runs is the dead predecessor's.
    pub async fn recover(&self, alone: Alone) -> Result<usize> {
        let soon = self.clocks.wall().plus_ms(1);
        if alone != Alone::No {
            self.storage.release_leases().await?;
        }
        match alone {
            Alone::No => self.settle_open_intents(self.given_up(), self.doubtful()).await,
            Alone::Yes => self.settle_open_intents(soon, self.doubtful()).await,
            Alone::WithMarketplace => self.settle_open_intents(soon, soon).await,
        }
    }

    /// What an intent younger than this was sent for may still be on its way to the marketplace.
    fn doubtful(&self) -> Timestamp {
        self.clocks.wall().plus_ms(-self.config.doubt_ms)
    }

    /// An intent that was begun before this is nobody's call under way.
    fn given_up(&self) -> Timestamp {
        self.clocks.wall().plus_ms(-self.config.intent_ms)
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
            let settled = self.settle_open_intents(self.given_up(), self.doubtful()).await;
            let queued = self.reconcile().await;
            let swept = self.storage.sweep(self.clocks.wall()).await;
            self.trim_requests().await;
            if let Err(problem) = settled.and(queued).and(swept.map(drop).map_err(Problem::from)) {
                tracing::warn!(?problem, "housekeeping failed");
            }
        }
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
        let refund = refund_of(&claim.subject);
        Ok(owned.map(|order| Look {
            developer: order.developer_id,
            order: claim.order_id,
            refund,
            by: None,
            request_id: None,
        }))
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
        let wait = FIRST_RETRY_MS << claim.attempts.clamp(0, 9);
        Changes::new().postpone_observation(claim, self.clocks.wall().plus_ms(wait))
    }

    /// Queues a look at every open order and refund that nobody has looked at for a while: pushes can be missed.
    async fn reconcile(&self) -> Result<usize> {
        let now = self.clocks.wall();
        let before = now.plus_ms(-self.config.stale_ms);
        let mut changes = Changes::new();
        let mut count = 0;
        let mut queue = |marketplace: Marketplace, subject: String, order_id: OrderId| {
            count += 1;
            changes = std::mem::take(&mut changes).observe(&QueuedObservation {
                marketplace,
                subject,
                order_id,
                due_at: now,
                now,
            });
        };
        for order in self.storage.open_orders(before, 200).await? {
            if self.looked_since(order.developer_id, order.order_id, before) {
                continue;
            }
            queue(order.marketplace, format!("order:{}", order.order_id), order.order_id);
        }
        for refund in self.storage.open_refunds(before, 200).await? {
            if self.looked_since(refund.developer_id, refund.order_id, before) {
                continue;
            }
            if let Some(order) = self.storage.order(refund.developer_id, refund.order_id).await? {
                queue(order.marketplace, format!("refund:{}", refund.refund_id), refund.order_id);
            }
        }
        self.storage.commit(changes).await?;
        Ok(count)
    }
}
