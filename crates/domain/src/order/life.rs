//! The life of an order: each step checks the state that the contract names for it and returns the events that follow.
//!
//! The sandbox enforces these; the platform asks [`Order::may_cancel`] and its like on a fresh mirror to refuse early.

use super::{Line, LineStatus, Order, OrderStatus, Shipment};
use crate::{EntryId, Fen, Timestamp, event::OrderEvent};
use serde::{Deserialize, Serialize};

/// A cancel is refused by the marketplace in the first ten seconds.
pub const CANCEL_AFTER_MS: i64 = 10_000;

/// Who closed an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Closer {
    Buyer,
    Seller,
    /// Back office of the marketplace.
    Platform,
    /// The payment deadline passed.
    Timeout,
}

/// Why a step is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the order is {0}")]
    State(OrderStatus),
    #[error("an order can be cancelled 10 s after it was made, not before")]
    TooEarly,
    #[error("sub-order {0} is not of this order")]
    NotOfOrder(EntryId),
    #[error("sub-order {0} has not been shipped or was received before")]
    NotShipped(EntryId),
    #[error("the amount does not fit the order")]
    Amount,
}

impl Order {
    fn require(&self, status: &OrderStatus) -> Result<(), Refused> {
        if self.status == *status { Ok(()) } else { Err(Refused::State(self.status.clone())) }
    }

    pub fn may_pay(&self) -> Result<(), Refused> {
        self.require(&OrderStatus::WaitBuyerPay)
    }

    pub fn may_cancel(&self, now: Timestamp) -> Result<(), Refused> {
        self.require(&OrderStatus::WaitBuyerPay)?;
        if now.ms_since(self.created_at) < CANCEL_AFTER_MS { Err(Refused::TooEarly) } else { Ok(()) }
    }

    /// Receipt may be confirmed for shipped lines of a shipped or part-shipped order.
    pub fn may_receive(&self, entries: &[EntryId]) -> Result<(), Refused> {
        match self.status {
            OrderStatus::WaitBuyerReceive | OrderStatus::WaitSellerSend => {}
            OrderStatus::WaitBuyerPay
            | OrderStatus::ConfirmGoods
            | OrderStatus::Success
            | OrderStatus::Cancel
            | OrderStatus::Terminated
            | OrderStatus::Other(_) => return Err(Refused::State(self.status.clone())),
        }
        if self.lines.iter().all(|l| l.shipment != Shipment::Shipped) {
            return Err(Refused::State(self.status.clone()));
        }
        entries.iter().try_for_each(|id| match self.line(*id) {
            None => Err(Refused::NotOfOrder(*id)),
            Some(line) if line.shipment == Shipment::Shipped && line.is_live() => Ok(()),
            Some(_) => Err(Refused::NotShipped(*id)),
        })
    }

    pub fn pay(&mut self, now: Timestamp) -> Result<Vec<OrderEvent>, Refused> {
        self.may_pay()?;
        self.paid_at = Some(now);
        self.enter(OrderStatus::WaitSellerSend, now);
        Ok(vec![OrderEvent::Paid])
    }

    /// Pays the next stage of an order that is paid in stages; `last` makes it paid.
    pub fn pay_stage(&mut self, last: bool, now: Timestamp) -> Result<Vec<OrderEvent>, Refused> {
        self.may_pay()?;
        self.stages_paid += 1;
        self.modified_at = now;
        let mut events = vec![OrderEvent::StagePaid];
        if last {
            events.extend(self.pay(now)?);
        }
        Ok(events)
    }

    pub fn close(&mut self, by: Closer, reason: &str, now: Timestamp) -> Result<Vec<OrderEvent>, Refused> {
        match by {
            Closer::Buyer => self.may_cancel(now)?,
            Closer::Seller | Closer::Platform | Closer::Timeout => self.may_pay()?,
        }
        self.closed_by = Some(by);
        self.close_reason = Some(reason.to_owned());
        self.enter(OrderStatus::Cancel, now);
        Ok(vec![OrderEvent::closed(by)])
    }

    /// The seller sets new goods amounts (one for each line) and a new freight before payment.
    pub fn modify_price(&mut self, amounts: &[Fen], freight: Fen, now: Timestamp) -> Result<Vec<OrderEvent>, Refused> {
        self.may_pay()?;
        let fits = amounts.len() == self.lines.len() && freight >= Fen::ZERO && amounts.iter().all(|a| *a > Fen::ZERO);
        if !fits {
            return Err(Refused::Amount);
        }
        for (line, amount) in self.lines.iter_mut().zip(amounts) {
            line.amount = *amount;
        }
        self.shipping_fee = freight;
        self.modified_at = now;
        Ok(vec![OrderEvent::PriceModified])
    }

    /// The seller ships some lines. The last live line shipped makes the order shipped.
    pub fn ship(&mut self, entries: &[EntryId], now: Timestamp) -> Result<Vec<OrderEvent>, Refused> {
        self.require(&OrderStatus::WaitSellerSend)?;
        for id in entries {
            let line = self.line(*id).ok_or(Refused::NotOfOrder(*id))?;
            if line.shipment != Shipment::NotShipped || !line.is_live() {
                return Err(Refused::State(self.status.clone()));
            }
        }
        for line in self.lines.iter_mut().filter(|l| entries.contains(&l.id)) {
            line.shipment = Shipment::Shipped;
            line.status = LineStatus::of(&OrderStatus::WaitBuyerReceive);
        }
        self.modified_at = now;
        if self.lines.iter().any(|l| l.is_live() && l.shipment == Shipment::NotShipped) {
            return Ok(vec![OrderEvent::PartShipped]);
        }
        self.status = OrderStatus::WaitBuyerReceive;
        self.shipped_at = Some(now);
        Ok(vec![OrderEvent::Shipped])
    }

    /// Receipt of some lines, by the buyer or by timeout. The last one completes the trade.
    pub fn receive(&mut self, entries: &[EntryId], now: Timestamp) -> Result<Vec<OrderEvent>, Refused> {
        self.may_receive(entries)?;
        for line in self.lines.iter_mut().filter(|l| entries.contains(&l.id)) {
            line.shipment = Shipment::Received;
            line.status = LineStatus::of(&OrderStatus::ConfirmGoods);
        }
        self.modified_at = now;
        let mut events = vec![OrderEvent::ReceiptConfirmed];
        if self.lines.iter().all(|l| !l.is_live() || l.shipment == Shipment::Received) {
            self.received_at = Some(now);
            self.completed_at = Some(now);
            self.enter(OrderStatus::Success, now);
            events.push(OrderEvent::Succeeded);
        }
        Ok(events)
    }

    /// Books money that a refund has paid back: `shares` of goods for each line, and freight.
    pub fn book_refund(&mut self, shares: &[(EntryId, Fen)], freight: Fen, now: Timestamp) {
        let completed = self.is_completed();
        for (id, share) in shares {
            for line in self.lines.iter_mut().filter(|l| l.id == *id) {
                line.refunded = line.refunded.plus(*share);
                self.refunded = self.refunded.plus(*share);
                if !completed && line.refunded >= line.amount {
                    line.status = LineStatus::of(&OrderStatus::Terminated);
                }
            }
        }
        self.refunded = self.refunded.plus(freight);
        self.modified_at = now;
        if !completed {
            self.move_on(now);
        }
    }

    /// A refund of what was left to ship or to receive brings the order to where the rest of it is.
    fn move_on(&mut self, now: Timestamp) {
        let live = || self.lines.iter().filter(|l| l.is_live());
        // All goods paid back ends the trade, whether or not the seller kept the freight: nothing is left to ship.
        if live().next().is_none() {
            self.close_reason = Some("refund".to_owned());
            self.enter(OrderStatus::Terminated, now);
        } else if live().all(|l| l.shipment == Shipment::Received) {
            self.received_at = Some(now);
            self.completed_at = Some(now);
            self.enter(OrderStatus::Success, now);
        } else if self.status == OrderStatus::WaitSellerSend && live().all(|l| l.shipment != Shipment::NotShipped) {
            self.status = OrderStatus::WaitBuyerReceive;
            self.shipped_at = Some(now);
        }
    }

    fn enter(&mut self, status: OrderStatus, now: Timestamp) {
        for line in self.lines.iter_mut().filter(|l| l.is_live()) {
            line.status = LineStatus::of(&status);
        }
        self.status = status;
        self.modified_at = now;
    }
}

impl Line {
    /// Still part of the trade: not closed by a full refund.
    pub fn is_live(&self) -> bool {
        self.status.0 != "terminated"
    }
}
