//! Sights: refunds with their orders as they were last shown, so that a repeated read costs no database.
//!
//! A sight holds as long as nothing about its order has changed: every commit and every push of this process counts the
//! order's epoch up, and a sight of an older epoch is loaded anew. Another process's changes are not seen by that, so a
//! sight lives for a second only where the database is shared. Removing entries was rejected: a load that is under way
//! would put the old state back.

use crate::{
    Platform,
    mirror::{OwnOrder, OwnRefund},
};
use domain::{DeveloperId, EntryId, OrderId, RefundId, Timestamp};
use moka::sync::Cache;
use serde_json::value::RawValue;
use std::{
    hash::{BuildHasher, RandomState},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

const SHARDS: usize = 4096;
const KEPT: u64 = 20_000;
/// How long another process's change may go unseen.
const SHARED_MS: i64 = 1000;

/// A refund, its order, and which of the order's lines have an open refund.
pub struct Sight {
    pub refund: OwnRefund,
    pub order: OwnOrder,
    pub open_lines: Vec<EntryId>,
    epoch: u64,
    until: Timestamp,
    /// Views that were printed of it, by name.
    printed: Mutex<Vec<(&'static str, Arc<RawValue>)>>,
}

impl Sight {
    /// The view `name`, printed once for as long as the sight holds.
    pub fn print<E>(
        &self,
        name: &'static str,
        make: impl FnOnce(&Self) -> Result<Box<RawValue>, E>,
    ) -> Result<Arc<RawValue>, E> {
        let known = |printed: &Vec<(&str, Arc<RawValue>)>| {
            printed.iter().find(|(n, _)| *n == name).map(|(_, text)| text.clone())
        };
        if let Some(text) = known(&self.printed.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(text);
        }
        let text: Arc<RawValue> = Arc::from(make(self)?);
        self.printed.lock().unwrap_or_else(PoisonError::into_inner).push((name, text.clone()));
        Ok(text)
    }
}

pub(crate) struct Sights {
    kept: Cache<(DeveloperId, RefundId), Arc<Sight>>,
    hasher: RandomState,
    epochs: Vec<AtomicU64>,
}

impl Sights {
    pub(crate) fn new() -> Self {
        Self {
            kept: Cache::new(KEPT),
            hasher: RandomState::new(),
            epochs: (0..SHARDS).map(|_| AtomicU64::new(0)).collect(),
        }
    }

    fn epoch(&self, order: OrderId) -> &AtomicU64 {
        let shard = self.hasher.hash_one(order) % SHARDS as u64;
        &self.epochs[usize::try_from(shard).unwrap_or_default()]
    }

    /// Something about this order has changed or is about to be looked at.
    pub(crate) fn outdate(&self, order: OrderId) {
        self.epoch(order).fetch_add(1, Ordering::AcqRel);
    }

    pub(crate) fn epoch_of(&self, order: OrderId) -> u64 {
        self.epoch(order).load(Ordering::Acquire)
    }
}

impl Platform {
    /// A sight that still holds.
    pub(crate) fn sight(&self, developer: DeveloperId, refund: RefundId) -> Option<Arc<Sight>> {
        let sight = self.sights.kept.get(&(developer, refund))?;
        let holds = sight.epoch == self.sights.epoch_of(sight.order.core.id) && self.clocks.wall() < sight.until;
        holds.then_some(sight)
    }

    /// Keeps what was loaded since `epoch` was read.
    pub(crate) fn keep_sight(
        &self,
        refund: OwnRefund,
        order: OwnOrder,
        open_lines: Vec<EntryId>,
        epoch: u64,
    ) -> Arc<Sight> {
        let now = self.clocks.wall();
        let lives_ms = if self.config.shared_database { SHARED_MS } else { self.config.stale_ms };
        let key = (refund.record.developer_id, refund.core.id);
        let sight = Sight { refund, order, open_lines, epoch, until: now.plus_ms(lives_ms), printed: Mutex::default() };
        let sight = Arc::new(sight);
        self.sights.kept.insert(key, sight.clone());
        sight
    }
}
