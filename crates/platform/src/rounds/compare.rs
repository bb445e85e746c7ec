//! What the marketplace says was modified lately, against the mirror. A row costs a look only where the mirror does not
//! have that moment yet, so a round in which no push was missed costs the lists alone.
//!
//! Rows of the last minute are left for the next round: their pushes are still on the way.

use super::Done;
use crate::{Platform, Problem, Result, observe::Look};
use connector::{
    Recent,
    push::Subject,
    recent::{Listed, Modified, Span},
};
use domain::{AccountId, Marketplace, OrderId, RefundId, Timestamp};
use std::sync::Arc;

/// One round compares at most so much of the past.
const LONGEST_MS: i64 = 6 * 3_600_000;
/// So far back an account is compared that never was. What is older and open is found by looking it over.
const FIRST_MS: i64 = 24 * 3_600_000;
/// Rows that a list shows late are still met in a later round.
const OVERLAP_MS: i64 = 5 * 60_000;
/// No span is cut shorter than this.
const SHORTEST_MS: i64 = 1_000;

#[derive(Clone, Copy)]
enum List {
    Refunds,
    Orders,
}

impl Platform {
    pub(super) async fn compare_lately(
        &self,
        marketplace: Marketplace,
        account: AccountId,
        position: Option<Timestamp>,
    ) -> Result<Done> {
        let recent = self.capabilities(marketplace)?.recent.as_ref().ok_or(Problem::NotOffered("lists"))?;
        let latest = self.clocks.world().plus_ms(-self.config.rounds.late_ms);
        // A world clock that was set back leaves a position that lies ahead.
        let begun = position.filter(|at| *at <= latest).unwrap_or_else(|| latest.plus_ms(-FIRST_MS));
        let to = latest.min(begun.plus_ms(LONGEST_MS));
        let span = Span { from: begun.plus_ms(-OVERLAP_MS), to };
        // Orders are compared though the refunds cannot be had; both are asked for again then.
        let refunds = self.compare_list(List::Refunds, marketplace, recent, account, span).await;
        let orders = self.compare_list(List::Orders, marketplace, recent, account, span).await;
        refunds.and(orders)?;
        Ok(Done { position: Some(to), more: to < latest })
    }

    async fn compare_list(
        &self,
        list: List,
        marketplace: Marketplace,
        recent: &Arc<dyn Recent>,
        account: AccountId,
        span: Span,
    ) -> Result<()> {
        let mut spans = vec![span];
        while let Some(span) = spans.pop() {
            let listed = match list {
                List::Refunds => recent.refunds(account, span).await?,
                List::Orders => recent.orders(account, span).await?,
            };
            match halves(span).filter(|_| !listed.whole) {
                Some(halves) => spans.extend(halves),
                None => self.compare_rows(marketplace, listed).await?,
            }
        }
        Ok(())
    }

    async fn compare_rows(&self, marketplace: Marketplace, listed: Listed) -> Result<()> {
        let mut looks = Vec::new();
        for row in listed.rows {
            looks.extend(self.look_that_is_missing(marketplace, row).await?);
        }
        self.look_for_each(marketplace, looks).await
    }

    /// Orders of nobody here are left alone: purchasing accounts may be used elsewhere too.
    async fn look_that_is_missing(&self, marketplace: Marketplace, row: Modified) -> Result<Option<Look>> {
        let (order, refund): (OrderId, Option<RefundId>) = match row.subject {
            Subject::Order(order) | Subject::BatchPaid { order, .. } => (order, None),
            Subject::Refund { refund, order } => (order, Some(refund)),
        };
        let Some(owned) = self.storage.owned_order(marketplace, order).await? else { return Ok(None) };
        let known = match refund {
            None => Some(owned.modified_at),
            Some(id) => self.storage.refund(owned.developer_id, id).await?.map(|refund| refund.modified_at),
        };
        if known.is_some_and(|seen| seen >= row.at) || self.storage.observation_pending(marketplace, order).await? {
            return Ok(None);
        }
        Ok(Some(Look { refund, ..Look::at(owned.developer_id, order) }))
    }
}

fn halves(span: Span) -> Option<[Span; 2]> {
    let length = span.to.ms_since(span.from);
    let middle = span.from.plus_ms(length / 2);
    (length > SHORTEST_MS).then_some([Span { to: middle, ..span }, Span { from: middle, ..span }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_halved_until_it_is_short() {
        let span = Span { from: Timestamp(0), to: Timestamp(10_000) };
        let [first, second] = halves(span).unwrap();
        assert_eq!((first.from, first.to, second.to), (span.from, second.from, span.to), "no moment is left out");
        let short = Span { to: Timestamp(SHORTEST_MS), ..span };
        assert_eq!(halves(short), None);
    }
}
