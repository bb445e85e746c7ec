//! Settling: what became of an intent that has no outcome is asked at the marketplace, by our own number where the call has
//! one, else by looking at the object. It is never sent again here.

use crate::{
    Platform, Problem, Result,
    intent::{Deed, Open, Outcome, Settled},
};
use domain::{EntryId, OrderId, RefundId, Timestamp};
use storage::records::Intent;

/// Intents that are asked for side by side.
const AT_ONCE: usize = 16;

impl Platform {
    /// Asks the marketplace what became of an intent, and commits what it says.
    pub(crate) async fn settle(&self, open: &Open) -> Result<Settled> {
        let settled = self.ask(open).await?;
        metrics::counter!("sampan_intents_settled_total", "kind" => open.deed.kind()).increment(1);
        let refused = match settled {
            Settled::Done(_) => return Ok(settled),
            Settled::Nothing => "the marketplace knows nothing of it",
            Settled::ByAnother => "another request did it",
        };
        self.commit_end(&open.end(&Outcome::Refused(refused.to_owned()))?).await?;
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
            Deed::PayOrder { order, .. } | Deed::CancelOrder { order } | Deed::ReceiveGoods { order, .. } => {
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
        if self.is_a_rivals(open).await? {
            return Ok(Settled::ByAnother);
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

    /// Settles intents that nobody works on; answers how many were settled. What was begun after `doubtful` may still be on
    /// its way to the marketplace: where it is not known there, only time tells that it never arrives.
    pub(crate) async fn settle_each(&self, intents: &[Intent], doubtful: Timestamp) -> usize {
        let mut settled = 0;
        for some in intents.chunks(AT_ONCE) {
            let mut asked = Vec::with_capacity(AT_ONCE);
            for intent in some {
                if !self.under_way.contains(intent.write()) {
                    asked.push(self.settle_one(intent, intent.created_at > doubtful));
                }
            }
            settled += futures::future::join_all(asked).await.into_iter().filter(|ended| *ended).count();
        }
        settled
    }

    async fn settle_one(&self, intent: &Intent, in_doubt: bool) -> bool {
        let asked = async {
            let open = Open::read(intent)?;
            if in_doubt { self.ask(&open).await } else { self.settle(&open).await }
        };
        match asked.await {
            Ok(Settled::Done(_)) => true,
            // What another one did stays another's: only the end is left to be written, which time does.
            Ok(Settled::Nothing | Settled::ByAnother) => !in_doubt,
            Err(problem) => {
                tracing::warn!(intent = intent.id, kind = intent.kind, ?problem, "an intent cannot be settled yet");
                false
            }
        }
    }
}
