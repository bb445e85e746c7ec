//! Open objects that nobody has seen for long are looked at, the longest unseen first, a few in each round. Where a
//! marketplace has lists of what was modified this is a net below the net; where it has none it is the only one, and
//! closer.

use super::Done;
use crate::{Platform, Result, observe::Look};
use domain::Marketplace;

/// From one round to the next.
pub(super) const INTERVAL_MS: i64 = 10_000;
/// Objects of each kind in one round, so that many which grew old together are spread over time.
const MOST: i64 = 50;

impl Platform {
    pub(super) async fn look_over(&self, marketplace: Marketplace) -> Result<Done> {
        let listed = self.capabilities(marketplace)?.recent.is_some();
        let unseen_ms = if listed { self.config.rounds.look_ms } else { self.config.stale_ms };
        let before = self.clocks.wall().plus_ms(-unseen_ms);
        let (mut refunds, mut orders) = (Vec::new(), Vec::new());
        for refund in self.storage.open_refunds(marketplace, before, MOST).await? {
            let look = Look { refund: Some(refund.refund_id), ..Look::at(refund.developer_id, refund.order_id) };
            refunds.push(look);
        }
        for order in self.storage.open_orders(marketplace, before, MOST).await? {
            orders.push(Look::at(order.developer_id, order.order_id));
        }
        for looks in [refunds, orders] {
            let mut unseen = Vec::new();
            for look in looks {
                let seen = self.looked_since(look.developer, look.order, before);
                if !seen && !self.storage.observation_pending(marketplace, look.order).await? {
                    unseen.push(look);
                }
            }
            self.look_for_each(marketplace, unseen).await?;
        }
        Ok(Done { position: None, more: false })
    }
}
