//! Buying: preview, create, pay, cancel, receive, look.

mod adopt;
mod bulk;
mod change;
mod create;
mod enter;
mod merchants;
mod page;
mod pay;
mod preview;

pub use adopt::{Adopted, Adoption};
pub use bulk::Submitted;
pub use change::Declined;
pub use connector::ordering::{CancelReason, PreviewAsk};
pub use create::{Failed, LineRemark, NewPurchase, Purchase, Remarks};
pub(crate) use enter::Known;
pub use merchants::Wanted;
pub(crate) use merchants::{Sellers, Share, sellers};
pub use page::{Found, OrderQuery};
pub use pay::Paid;
pub use preview::{MerchantPreview, PreviewAll, Previewed};

use crate::{Caller, Platform, Problem, Result, mirror::OwnOrder, observe::Look, problem::Thing};
use connector::{Effect, Kind};
use domain::{Document, EntryId, OrderId};

/// Merchants who are previewed, or whose orders are made, at the same time.
const AT_ONCE: usize = 4;

impl Platform {
    /// An order of this caller, by its 1688 id or the platform's number; looked at anew when a look is due.
    pub async fn order(&self, caller: &Caller, id: &str) -> Result<OwnOrder> {
        let own = self.own_order_by(caller, id).await?;
        if !self.is_due(&own).await? {
            own.show();
            return Ok(own);
        }
        let id = own.core.id;
        match self.observe(self.look(caller, id)).await {
            Ok(_) => self.own_order(caller, id).await,
            Err(problem) if problem.is_no_news() => {
                tracing::warn!(order = %id, ?problem, "a look brought nothing; what is known is shown");
                own.show();
                Ok(own)
            }
            Err(problem) => Err(problem),
        }
    }

    /// Sub-orders with an open refund.
    pub async fn open_lines(&self, own: &OwnOrder) -> Result<Vec<EntryId>> {
        let open = self.refunds_of(own).await?.into_iter().filter(|r| r.is_open());
        Ok(open.flat_map(|r| r.entries).map(|share| share.entry).collect())
    }

    /// The shipments of an order of this caller.
    pub async fn traces(&self, caller: &Caller, id: &str) -> Result<Document> {
        let own = self.order(caller, id).await?;
        self.shipments(&own).await?.ok_or(Problem::NotFound(Thing::Shipment))
    }

    /// The shipments of an order; `None` before anything was shipped.
    pub async fn shipments(&self, own: &OwnOrder) -> Result<Option<Document>> {
        if own.core.lines.iter().all(|l| l.shipment == domain::order::Shipment::NotShipped) {
            return Ok(None);
        }
        match self.ordering(own.record.marketplace)?.traces(own.record.account_id, own.core.id).await {
            Ok(document) => Ok(Some(document)),
            Err(error) if error.kind == Kind::ShipmentNotFound && error.effect == Effect::None => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub(crate) fn look(&self, caller: &Caller, order: OrderId) -> Look {
        Look {
            by: Some(caller.user),
            request_id: Some(caller.request_id.clone()),
            ..Look::at(caller.developer.id, order)
        }
    }

    /// Asks a rule of the mirror; where it refuses, the mirror is made fresh and asked again, so that nothing is refused
    /// on old knowledge.
    pub(crate) async fn require<E: Into<Problem>>(
        &self,
        caller: &Caller,
        own: OwnOrder,
        rule: impl Fn(&OwnOrder) -> std::result::Result<(), E>,
    ) -> Result<OwnOrder> {
        if rule(&own).is_ok() {
            return Ok(own);
        }
        self.observe(self.look(caller, own.core.id)).await?;
        let own = self.own_order(caller, own.core.id).await?;
        rule(&own).map_err(Into::into)?;
        Ok(own)
    }
}
