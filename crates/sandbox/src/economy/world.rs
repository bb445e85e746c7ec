//! One decision: the state, the instant at which it is made, and what never changes.
//!
//! Whatever happens in the economy happens in a method of [`World`], under one lock and without waiting. Methods check
//! before they change anything, so that a refusal leaves no trace.

use super::{
    account::Account,
    draw::Seed,
    record::{OrderRecord, RefundRecord},
    refusal::Refusal,
    state::State,
    timer::Timer,
};
use crate::catalogue::{Catalogue, Seller};
use domain::{AccountId, OrderId, RefundId, Timestamp, refund::Deadlines};
use std::sync::Arc;

/// What never changes while the economy runs.
#[derive(Debug, Clone)]
pub struct Fixed {
    pub catalogue: Arc<Catalogue>,
    pub seed: Seed,
    pub deadlines: Deadlines,
}

pub struct World<'a> {
    pub state: &'a mut State,
    pub fixed: &'a Fixed,
    /// Where this marketplace is reached; begins the URLs of pictures and vouchers.
    pub base_url: &'a str,
    /// World time of this decision.
    pub now: Timestamp,
    /// Wall time of this decision.
    pub wall: Timestamp,
}

impl<'a> World<'a> {
    /// Fires what is due by `until`, each timer at its own instant, and leaves the world's time at `until`.
    pub fn pass_until(&mut self, until: Timestamp) {
        while let Some((at, timer)) = self.state.next_timer().filter(|(at, _)| *at <= until) {
            self.state.drop_timer(at, timer);
            self.now = at;
            self.fire(timer);
        }
        self.now = until;
    }

    fn fire(&mut self, timer: Timer) {
        match timer {
            Timer::RefundDeadline(id, step) => self.refund_deadline(id, step),
            Timer::SellerAnswers(id, step) => self.seller_answers(id, step),
            Timer::PaymentDeadline(id) => self.payment_deadline(id),
            Timer::ReceiptDeadline(id) => self.receipt_deadline(id),
            Timer::ParcelMoves(id, parcel, stop) => self.parcel_moves(id, parcel, stop),
            Timer::PriceFalls(id) => self.price_falls(id),
        }
    }

    pub fn account(&self, id: AccountId) -> Result<Account, Refusal> {
        self.state.account(id).cloned().ok_or_else(|| Refusal::new("401", "unknown account"))
    }

    pub fn order(&self, id: OrderId) -> Result<OrderRecord, Refusal> {
        self.state.order(id).cloned().ok_or_else(Refusal::no_order)
    }

    pub fn refund(&self, id: RefundId) -> Result<RefundRecord, Refusal> {
        self.state.refund(id).cloned().ok_or_else(Refusal::no_refund)
    }

    /// The shop of an order, while the catalogue still has it.
    pub fn seller_of(&self, order: &OrderRecord) -> Option<&'a Seller> {
        let fixed = self.fixed;
        fixed.catalogue.seller(&order.order.seller.login_id)
    }
}
