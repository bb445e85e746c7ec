//! The reason list. It depends on order, sub-orders and goods status; asked again within a minute it is remembered.

use crate::{Caller, Platform, Problem, Result, mirror::OwnOrder};
use domain::{
    EntryId, OrderId,
    refund::{GoodsStatus, Reason, apply},
};
use moka::sync::Cache;
use std::{sync::Arc, time::Duration};

pub(crate) type ReasonCache = Cache<(OrderId, Vec<EntryId>, GoodsStatus), Arc<Vec<Reason>>>;

pub(crate) fn reason_cache() -> ReasonCache {
    Cache::builder().max_capacity(10_000).time_to_live(Duration::from_secs(60)).build()
}

impl Platform {
    /// That the order is this caller's and has these sub-orders.
    pub async fn check_entries(&self, caller: &Caller, order: OrderId, entries: &[EntryId]) -> Result<()> {
        let own = self.own_order(caller, order).await?;
        let foreign = entries.iter().find(|id| own.core.line(**id).is_none());
        foreign.map_or(Ok(()), |id| Err(apply::ApplyError::NotOfOrder(*id).into()))
    }

    pub async fn refund_reasons(
        &self,
        caller: &Caller,
        order: OrderId,
        entries: &[EntryId],
        goods: GoodsStatus,
    ) -> Result<Arc<Vec<Reason>>> {
        if entries.is_empty() {
            return Err(Problem::Invalid { field: "orderEntryIds", expected: "at least one sub-order".to_owned() });
        }
        let own = self.own_order(caller, order).await?;
        let own = self.require(caller, own, |o| apply::allowed(&o.core, entries, None, goods).map(|_| ())).await?;
        self.reasons_of(&own, entries, goods).await
    }

    pub(crate) async fn reasons_of(
        &self,
        own: &OwnOrder,
        entries: &[EntryId],
        goods: GoodsStatus,
    ) -> Result<Arc<Vec<Reason>>> {
        let key = (own.core.id, entries.to_vec(), goods);
        if let Some(known) = self.reasons.get(&key) {
            return Ok(known);
        }
        let aftersale = self.aftersale(own.record.marketplace)?;
        let reasons = Arc::new(aftersale.reasons(own.record.account_id, own.core.id, entries, goods).await?);
        self.reasons.insert(key, reasons.clone());
        Ok(reasons)
    }
}
