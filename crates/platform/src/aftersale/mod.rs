//! After-sales: reasons, vouchers, refunds and returns.

mod apply;
mod change;
mod reasons;
mod voucher;

pub use change::Return;
pub use connector::aftersale::Company;
pub(crate) use reasons::{ReasonCache, reason_cache};

use crate::sight::Sight;
use crate::{
    Caller, Platform, Result,
    mirror::{OwnOrder, OwnRefund},
    observe::Look,
};
use domain::{Marketplace, RefundId};
use std::sync::Arc;

impl Platform {
    /// A refund of this caller with its order; looked at anew when a look is due.
    pub async fn refund(&self, caller: &Caller, id: RefundId) -> Result<Arc<Sight>> {
        if let Some(sight) = self.sight(caller.developer.id, id)
            && sight.order.record.user_id == caller.user
        {
            sight.refund.show();
            sight.order.show();
            return Ok(sight);
        }
        let order = self.own_refund(caller, id).await?.core.order_id;
        let epoch = self.sights.epoch_of(order);
        let (refund, order) = self.fresh_refund(caller, id).await?;
        let open_lines = self.open_lines(&order).await?;
        Ok(self.keep_sight(refund, order, open_lines, epoch))
    }

    async fn fresh_refund(&self, caller: &Caller, id: RefundId) -> Result<(OwnRefund, OwnOrder)> {
        let refund = self.own_refund(caller, id).await?;
        let order = self.own_order(caller, refund.core.order_id).await?;
        if !refund.core.is_open() || !self.is_due(&order).await? {
            refund.show();
            order.show();
            return Ok((refund, order));
        }
        match self.observe(self.refund_look(caller, &refund)).await {
            Ok(_) => Ok((self.own_refund(caller, id).await?, self.own_order(caller, order.core.id).await?)),
            Err(problem) if problem.is_no_news() => {
                tracing::warn!(refund = %id, ?problem, "a look brought nothing; what is known is shown");
                refund.show();
                order.show();
                Ok((refund, order))
            }
            Err(problem) => Err(problem),
        }
    }

    pub async fn logistics_companies(&self, marketplace: Marketplace) -> Result<Vec<Company>> {
        Ok(self.aftersale(marketplace)?.companies().await?)
    }

    pub(crate) fn refund_look(&self, caller: &Caller, refund: &OwnRefund) -> Look {
        Look { refund: Some(refund.core.id), ..self.look(caller, refund.core.order_id) }
    }
}
