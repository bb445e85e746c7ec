//! One round: claim, look up where it goes, start a task for each.

use super::{
    Deliverer, one,
    windows::{FEW, Manner},
};
use crate::target::{LookupError, Target};
use domain::DeveloperId;
use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};
use storage::{ClaimedDelivery, Share};
use tokio::task::JoinSet;

type Found = Result<Option<Arc<Target>>, LookupError>;

impl Deliverer {
    /// Claims and starts what is due; how much that was.
    pub(super) async fn round(self: &Arc<Self>, tasks: &mut JoinSet<()>) -> usize {
        let free = self.config.workers.saturating_sub(tasks.len());
        if free == 0 {
            return 1;
        }
        let claims = self.claim(free).await;
        let count = claims.len();
        let mut targets: HashMap<DeveloperId, Found> = HashMap::new();
        for claim in claims {
            let found = match targets.entry(claim.message.developer_id) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(unknown) => {
                    let found = self.credentials.target(claim.message.developer_id).await;
                    unknown.insert(found.map(|target| target.map(Arc::new)))
                }
            };
            self.start(tasks, claim, found.clone());
        }
        metrics::gauge!("sampan_callback_under_way").set(tasks.len() as f64);
        count
    }

    async fn claim(&self, free: usize) -> Vec<ClaimedDelivery> {
        let (world, wall) = ((self.clocks.world)(), (self.clocks.wall)());
        // The half that turns cannot use is for those that have proven themselves.
        let half = i64::try_from(free.div_ceil(2)).unwrap_or(i64::MAX);
        let share = Share { in_all: half, each: FEW, more: self.windows.more(half) };
        match self.storage.claim_deliveries(world, wall, self.config.lease_ms, &share).await {
            Ok(claims) => claims,
            Err(error) => {
                metrics::counter!("sampan_callback_storage_errors_total", "step" => "claim").increment(1);
                tracing::warn!(%error, "deliveries could not be claimed");
                Vec::new()
            }
        }
    }

    fn start(self: &Arc<Self>, tasks: &mut JoinSet<()>, claim: ClaimedDelivery, found: Found) {
        let deliverer = Arc::clone(self);
        self.windows.begin(claim.message.developer_id);
        tasks.spawn(async move {
            let manner = deliverer.take(&claim, found).await;
            deliverer.windows.end(claim.message.developer_id, manner);
        });
    }

    async fn take(&self, claim: &ClaimedDelivery, found: Found) -> Option<Manner> {
        match found {
            Ok(Some(target)) => return one::deliver(self, claim, &target).await,
            Ok(None) => one::hold(self, claim).await,
            // The lease runs out and the message is claimed again.
            Err(error) => tracing::warn!(developer = %claim.message.developer_id, %error, "delivery waits"),
        }
        None
    }
}
