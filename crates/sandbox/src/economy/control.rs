//! The verbs of the control API and of the cashier page: what a person does in the world from outside.

use super::{
    Economy, Failure, World,
    record::{OrderRecord, RefundRecord},
    refusal::Refusal,
    state::Meta,
};
use domain::{
    EntryId, Fen, OfferId, OrderId, RefundId, SpecId, Timestamp,
    order::{Closer, Order},
    refund::{Command, Refund},
};

/// The clock moves by at most ten years at a time.
const MAX_JUMP_SECONDS: i64 = 10 * 366 * 86_400;

impl Economy {
    /// Moves the world's clock forward; what becomes due happens at its own instant. Answers the new world time.
    pub async fn advance(&self, seconds: i64) -> Result<Timestamp, Failure> {
        self.decide(|world| {
            if !(0..=MAX_JUMP_SECONDS).contains(&seconds) {
                return Err(Refusal::new("CLOCK", format!("expected 0 to {MAX_JUMP_SECONDS} seconds")));
            }
            let meta = world.state.meta;
            world.state.set_meta(Meta { offset_ms: meta.offset_ms.saturating_add(seconds * 1000), ..meta });
            world.pass_until(world.now.plus_secs(seconds));
            Ok(world.now)
        })
        .await
    }

    /// The seller agrees to a refund, refuses it (or the parcel that came back), or confirms that parcel.
    pub async fn seller_steps(&self, id: RefundId, command: Command) -> Result<Refund, Failure> {
        self.decide(|world| {
            world.step_refund(id, &command)?;
            Ok(world.refund(id)?.refund)
        })
        .await
    }

    /// The seller puts new pieces of one specification on the shelf, or of each.
    pub async fn restock(&self, offer: OfferId, spec: Option<SpecId>, pieces: u32) -> Result<(), Failure> {
        self.decide(|world| {
            let fixed = world.fixed;
            let product = fixed.catalogue.offer(offer).ok_or_else(Refusal::no_offer)?;
            let skus = product.skus.iter().filter(|s| spec.as_ref().is_none_or(|wanted| s.spec_id == *wanted));
            let mut shelves: Vec<_> = skus.map(|s| (offer, Some(s.sku_id))).collect();
            if product.skus.is_empty() && spec.is_none() {
                shelves.push((offer, None));
            }
            if shelves.is_empty() {
                return Err(Refusal::no_offer());
            }
            shelves.into_iter().for_each(|shelf| world.state.take(shelf, -i64::from(pieces)));
            Ok(())
        })
        .await
    }

    /// The buyer pays at the cashier.
    pub async fn pay(&self, id: OrderId) -> Result<Order, Failure> {
        self.on_order(id, |world| world.pay(id)).await
    }

    /// The seller ships these lines, or all that are left.
    pub async fn ship(&self, id: OrderId, entries: Option<Vec<EntryId>>) -> Result<Order, Failure> {
        self.on_order(id, |world| {
            let left = world.order(id)?.unshipped();
            world.ship(id, &entries.unwrap_or(left))
        })
        .await
    }

    /// The seller sets new goods amounts, one for each line, and a new freight, before payment.
    pub async fn modify_price(&self, id: OrderId, amounts: Vec<Fen>, freight: Fen) -> Result<Order, Failure> {
        self.on_order(id, |world| world.modify_price(id, &amounts, freight)).await
    }

    /// The seller or the marketplace closes an unpaid order.
    pub async fn close_order(&self, id: OrderId, by: Closer, remark: Option<String>) -> Result<Order, Failure> {
        let reason = if by == Closer::Seller { "sellerGoodsLack" } else { "other" };
        self.on_order(id, |world| world.close(id, by, reason, remark.as_deref())).await
    }

    async fn on_order(
        &self,
        id: OrderId,
        act: impl FnOnce(&mut World<'_>) -> Result<(), Refusal>,
    ) -> Result<Order, Failure> {
        self.decide(|world| {
            act(world)?;
            Ok(world.order(id)?.order)
        })
        .await
    }

    /// An order with its facts, whoever bought it.
    pub fn order(&self, id: OrderId) -> Option<OrderRecord> {
        self.state().order(id).cloned()
    }

    /// A refund with its steps, whoever asked for it.
    pub fn refund(&self, id: RefundId) -> Option<RefundRecord> {
        self.state().refund(id).cloned()
    }
}
