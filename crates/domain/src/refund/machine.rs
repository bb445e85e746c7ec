//! What may happen to a refund next. Pure: state and command in, state and what happened out.
//!
//! The arrows are the contract's table (1688-aftersale.yaml, state_machine). Arrows of staged orders and of platform
//! tickets are not here: the refund of a single stage and the marketplace's decision of a ticket arrive as observations.

use super::{Action, Actor, DisputeRequest, Goods, Refund, RefundStatus, ReturnParcel};
use crate::{Fen, Timestamp};

/// How long each side has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadlines {
    pub answer_before_shipment_ms: i64,
    pub answer_after_shipment_ms: i64,
    pub buyer_modify_ms: i64,
    pub buyer_send_ms: i64,
    pub seller_receive_ms: i64,
}

const HOUR_MS: i64 = 3_600_000;

impl Default for Deadlines {
    fn default() -> Self {
        Self {
            answer_before_shipment_ms: 24 * HOUR_MS,
            answer_after_shipment_ms: 5 * 24 * HOUR_MS,
            buyer_modify_ms: 7 * 24 * HOUR_MS,
            buyer_send_ms: 7 * 24 * HOUR_MS,
            seller_receive_ms: 10 * 24 * HOUR_MS,
        }
    }
}

impl Deadlines {
    /// How long the step that begins with `status` may take; `None` in final states.
    pub fn of(&self, status: RefundStatus, before_shipment: bool) -> Option<i64> {
        match status {
            RefundStatus::WaitSellerAgree if before_shipment => Some(self.answer_before_shipment_ms),
            RefundStatus::WaitSellerAgree => Some(self.answer_after_shipment_ms),
            RefundStatus::WaitBuyerModify => Some(self.buyer_modify_ms),
            RefundStatus::WaitBuyerSend => Some(self.buyer_send_ms),
            RefundStatus::WaitSellerReceive => Some(self.seller_receive_ms),
            RefundStatus::Success | RefundStatus::Close => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// The seller agrees to what was asked.
    SellerAgree,
    /// The seller refuses the request, or the parcel that came back.
    SellerReject {
        reason: String,
    },
    /// The seller confirms the parcel that came back.
    SellerReceive,
    /// The platform refunds at once to a buyer with credit.
    InstantAgree,
    /// The buyer asks again after a refusal.
    BuyerModify,
    BuyerSend(ReturnParcel),
    BuyerCancel,
    /// Receipt of the order was confirmed.
    OrderReceived,
    /// The order was shipped.
    OrderShipped,
    /// The deadline of the present step passed.
    Timeout,
}

/// One arrow taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub before: RefundStatus,
    pub after: Refund,
    pub action: Action,
    pub by: Actor,
    /// `operateTypeInt` of the record that this step adds.
    pub operate_type: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the refund is {}", .0.word())]
pub struct WrongState(pub RefundStatus);

impl Refund {
    /// Takes the arrow that `command` names, or refuses where there is none.
    pub fn step(&self, command: &Command, now: Timestamp, deadlines: &Deadlines) -> Result<Step, WrongState> {
        let arrow = self.arrow(command, now).ok_or(WrongState(self.status))?;
        let mut after = self.clone();
        after.status = arrow.to;
        after.modified_at = now;
        after.steps += 1;
        after.carry(command);
        after.settle(now);
        if let Some(ms) = deadlines.of(arrow.to, self.before_shipment) {
            after.timeout_at = Some(now.plus_ms(ms));
        }
        Ok(Step { before: self.status, after, action: arrow.action, by: arrow.by, operate_type: arrow.operate_type })
    }

    /// Whether `command` has an arrow from here.
    pub fn may(&self, command: &Command, now: Timestamp) -> Result<(), WrongState> {
        self.arrow(command, now).map(|_| ()).ok_or(WrongState(self.status))
    }

    fn carry(&mut self, command: &Command) {
        match command {
            Command::BuyerSend(parcel) => {
                self.return_parcel = Some(parcel.clone());
                self.goods = Goods::SentBack;
            }
            Command::SellerReject { reason } => {
                self.reject_times += 1;
                self.reject_reason = Some(reason.clone());
            }
            Command::SellerAgree
            | Command::SellerReceive
            | Command::InstantAgree
            | Command::BuyerModify
            | Command::BuyerCancel
            | Command::OrderReceived
            | Command::OrderShipped
            | Command::Timeout => {}
        }
    }

    fn settle(&mut self, now: Timestamp) {
        if self.status == RefundStatus::Success {
            self.refund_payment = self.apply_payment;
            self.refund_carriage = self.apply_carriage;
        }
        if self.status.is_final() {
            self.completed_at = Some(now);
        }
    }

    fn arrow(&self, command: &Command, now: Timestamp) -> Option<Arrow> {
        if self.status.is_final() {
            return None;
        }
        match command {
            Command::SellerAgree => self.agreed(Action::SellerAgreeRefund, Action::SellerAgreeReturn, Actor::Seller),
            Command::InstantAgree if self.request == DisputeRequest::Refund => {
                self.agreed(Action::SystemAgreeProtocol, Action::SystemAgreeProtocol, Actor::System)
            }
            Command::InstantAgree => None,
            Command::SellerReject { .. } => self.rejected(),
            Command::SellerReceive => self.when(RefundStatus::WaitSellerReceive, Action::SellerReceive, Actor::Seller),
            Command::BuyerModify => (self.status == RefundStatus::WaitBuyerModify)
                .then(|| arrow(Action::BuyerModify, Actor::Buyer, RefundStatus::WaitSellerAgree, 1)),
            Command::BuyerSend(_) => (self.status == RefundStatus::WaitBuyerSend)
                .then(|| arrow(Action::BuyerSend, Actor::Buyer, RefundStatus::WaitSellerReceive, 10)),
            Command::BuyerCancel => Some(arrow(Action::BuyerCancel, Actor::Buyer, RefundStatus::Close, 2)),
            Command::OrderReceived => {
                (!self.after_sale).then(|| arrow(Action::BuyerReceiveClose, Actor::Buyer, RefundStatus::Close, 9))
            }
            Command::OrderShipped => (self.before_shipment && self.status == RefundStatus::WaitSellerAgree)
                .then(|| arrow(Action::SellerSendClose, Actor::Seller, RefundStatus::Close, 9)),
            Command::Timeout => self.timeout_at.filter(|at| now >= *at).and_then(|_| self.timed_out()),
        }
    }

    fn agreed(&self, refund: Action, ret: Action, by: Actor) -> Option<Arrow> {
        (self.status == RefundStatus::WaitSellerAgree).then(|| match self.request {
            DisputeRequest::Refund => arrow(refund, by, RefundStatus::Success, 8),
            DisputeRequest::ReturnRefund => arrow(ret, by, RefundStatus::WaitBuyerSend, 19),
        })
    }

    fn when(&self, status: RefundStatus, action: Action, by: Actor) -> Option<Arrow> {
        (self.status == status).then(|| arrow(action, by, RefundStatus::Success, 8))
    }

    fn rejected(&self) -> Option<Arrow> {
        let action = match self.status {
            RefundStatus::WaitSellerAgree => Action::SellerReject,
            RefundStatus::WaitSellerReceive => Action::SellerRejectParcel,
            RefundStatus::WaitBuyerModify
            | RefundStatus::WaitBuyerSend
            | RefundStatus::Success
            | RefundStatus::Close => return None,
        };
        Some(arrow(action, Actor::Seller, RefundStatus::WaitBuyerModify, 15))
    }

    fn timed_out(&self) -> Option<Arrow> {
        match self.status {
            RefundStatus::WaitSellerAgree => {
                self.agreed(Action::SystemAgreeRefund, Action::SystemAgreeProtocol, Actor::System)
            }
            RefundStatus::WaitSellerReceive => {
                self.when(RefundStatus::WaitSellerReceive, Action::SystemAgreeRefund, Actor::System)
            }
            RefundStatus::WaitBuyerModify => Some(arrow(Action::SystemModify, Actor::System, RefundStatus::Close, 9)),
            RefundStatus::WaitBuyerSend => Some(arrow(Action::SendTimeout, Actor::System, RefundStatus::Close, 9)),
            RefundStatus::Success | RefundStatus::Close => None,
        }
    }
}

struct Arrow {
    action: Action,
    by: Actor,
    to: RefundStatus,
    operate_type: i64,
}

fn arrow(action: Action, by: Actor, to: RefundStatus, operate_type: i64) -> Arrow {
    Arrow { action, by, to, operate_type }
}

/// Splits `payment` over entries by what is left of each: the whole rest where it is all asked back, else in proportion,
/// the odd fen to the last entry that can carry it.
pub fn split<K: Copy>(payment: Fen, rests: &[(K, Fen)]) -> Vec<(K, Fen)> {
    let whole: Fen = rests.iter().map(|(_, r)| *r).sum();
    let mut shares: Vec<(K, Fen)> = rests.iter().map(|(k, rest)| (*k, payment.share(*rest, whole))).collect();
    let mut odd = payment.minus(shares.iter().map(|(_, s)| *s).sum());
    for ((_, share), (_, rest)) in shares.iter_mut().zip(rests).rev() {
        let room = rest.minus(*share).0.clamp(0, odd.0.max(0));
        *share = share.plus(Fen(room));
        odd = odd.minus(Fen(room));
    }
    shares
}
