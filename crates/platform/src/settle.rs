//! Settling: what became of an intent that has no outcome is asked at the marketplace, by our own number where the call has
//! one, else by looking at the object. It is never sent again here.

use crate::{
    Platform, Problem, Result,
    intent::{Deed, Open, Outcome, Settled},
};
use domain::{EntryId, OrderId, RefundId, Timestamp};

impl Platform {
    /// Asks the marketplace what became of an intent, and commits what it says.
    pub(crate) async fn settle(&self, open: &Open) -> Result<Settled> {
        let settled = self.ask(open).await?;
        metrics::counter!("sampan_intents_settled_total", "kind" => open.deed.kind()).increment(1);
        if let Settled::Nothing = settled {
            let ended = open.end(&Outcome::Refused("the marketplace knows nothing of it".to_owned()))?;
            self.commit_end(&ended).await?;
        }
        Ok(settled)
    }

    pub(crate) async fn ask(&self, open: &Open) -> Result<Settled> {
        match &open.deed {
            Deed::CreateOrder(new) => {
                let ids = self.ordering(new.marketplace)?.find(new.account, &new.own_number).await?;
                if ids.is_empty() {
                    return Ok(Settled::Nothing);
                }
                self.take_over(open, new, &ids).await?;
                Ok(Settled::Done(Outcome::Orders(ids)))
            }
            Deed::PayOrder { order } | Deed::CancelOrder { order } | Deed::ReceiveGoods { order, .. } => {
                self.look_whether(open, *order, None).await
            }
            Deed::ApplyRefund { order, entries, known } => self.find_refund(open, *order, entries, known).await,
            Deed::SendBack { order, refund, .. } | Deed::CancelRefund { order, refund } => {
                self.look_whether(open, *order, Some(*refund)).await
            }
        }
    }

    async fn look_whether(&self, open: &Open, order: OrderId, refund: Option<RefundId>) -> Result<Settled> {
        let seen = self.observe(open.look(order, refund)).await?;
        if !open.happened(&seen.order, seen.refund.as_ref()) {
            return Ok(Settled::Nothing);
        }
        self.commit_end(&open.end(&Outcome::Done)?).await?;
        Ok(Settled::Done(Outcome::Done))
    }

    async fn find_refund(
        &self,
        open: &Open,
        order: OrderId,
        entries: &[EntryId],
        known: &[RefundId],
    ) -> Result<Settled> {
        let own = self.storage.order(open.developer, order).await?;
        let own = own.ok_or_else(|| Problem::Internal(format!("intent {} has no order", open.id)))?;
        let all = self.aftersale(own.marketplace)?.refunds_of(own.account_id, order).await?;
        let new = all.into_iter().find(|r| !known.contains(&r.id) && entries.iter().all(|e| r.covers(*e)));
        let Some(refund) = new else { return Ok(Settled::Nothing) };
        self.observe(open.look(order, Some(refund.id))).await?;
        self.commit_end(&open.end(&Outcome::Refund(refund.id))?).await?;
        Ok(Settled::Done(Outcome::Refund(refund.id)))
    }

    /// Settles every running intent that was begun before `before`. Answers how many were settled.
    pub(crate) async fn settle_open_intents(&self, before: Timestamp, doubtful: Timestamp) -> Result<usize> {
        let mut settled = 0;
        for intent in self.storage.running_intents(before, 200).await? {
            let asked = async {
                let open = Open::read(&intent)?;
                // What the marketplace does not know may be on its way to it: only time tells that it never arrives.
                if intent.created_at > doubtful { self.ask(&open).await } else { self.settle(&open).await }
            };
            match asked.await {
                Ok(Settled::Done(_)) => settled += 1,
                Ok(Settled::Nothing) => settled += usize::from(intent.created_at <= doubtful),
                Err(problem) => {
                    tracing::warn!(intent = intent.id, kind = intent.kind, ?problem, "an intent cannot be settled yet")
                }
            }
        }
        Ok(settled)
    }
}
