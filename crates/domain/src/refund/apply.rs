//! What may be asked: the contract's rules (1688-aftersale.yaml, what_may_be_asked, money, quantity, vouchers) in the
//! contract's order of checks; the first that fails answers.

use super::{DisputeRequest, EntryShare, Goods, GoodsStatus, Refund, RefundStatus, machine::split};
use crate::{
    EntryId, Fen, OrderId, RefundId, Timestamp,
    order::{Line, LinePhase, Order},
};
use serde::{Deserialize, Serialize};

/// An application as it came in. Counts are `None` for a full one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    pub order_id: OrderId,
    pub entries: Vec<EntryId>,
    pub request: DisputeRequest,
    pub goods: GoodsStatus,
    pub payment: Fen,
    pub carriage: Fen,
    pub reason_id: i64,
    pub description: String,
    pub vouchers: Vec<String>,
    pub counts: Option<Vec<EntryShare>>,
}

/// One row of the marketplace's reason list for an order, its sub-orders and a goods status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub id: i64,
    pub name: String,
    pub need_voucher: bool,
    pub no_refund_carriage: bool,
    pub tip: String,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    #[error("sub-order {0} is not of this order")]
    NotOfOrder(EntryId),
    #[error("{request} with {goods} is not allowed while the sub-orders are {phase:?}", request = .request.word(), goods = .goods.word())]
    NotAllowed { request: DisputeRequest, goods: GoodsStatus, phase: LinePhase },
    #[error("the sub-orders are not in one and the same state")]
    MixedStates,
    #[error("sub-order {0} already has an open refund")]
    AlreadyOpen(EntryId),
    #[error("reason {0} is not in the reason list of these sub-orders")]
    Reason(i64),
    #[error("quantities may be given only for an in-sale return of received goods")]
    CountsNotAllowed,
    #[error("sub-order {entry} has {left} pieces left, {asked} were asked")]
    Count { entry: EntryId, asked: u32, left: u32 },
    #[error("sub-order {0} is not in orderEntryIds")]
    CountOfOther(EntryId),
    #[error("expected {expected}")]
    Payment { expected: PaymentRule },
    #[error("expected {expected}")]
    Carriage { expected: CarriageRule },
    #[error("expected 2 to 150 characters")]
    Description,
    #[error("this reason needs at least one voucher")]
    VoucherNeeded,
    #[error("expected 1 to 5 vouchers")]
    TooManyVouchers,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PaymentRule {
    #[error("exactly {} fen: before shipment nothing may be refunded in part", .0.0)]
    Exactly(Fen),
    #[error("0 to {} fen", .0.0)]
    AtMost(Fen),
    #[error("at least 1 fen with the freight")]
    Something,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CarriageRule {
    #[error("0: this reason refunds no freight")]
    None,
    #[error("0 to {} fen", .0.0)]
    AtMost(Fen),
}

/// What can be asked back for some sub-orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caps {
    pub payment: Fen,
    pub carriage: Fen,
    pub phase: LinePhase,
}

/// The checks that the reason list shares with an application: sub-orders, their state, what may be asked.
pub fn caps(order: &Order, entries: &[EntryId], earlier: &[Refund]) -> Result<Caps, ApplyError> {
    let lines = lines(order, entries)?;
    let phase = common_phase(&lines)?;
    let payment = lines.iter().map(|l| l.amount.minus(refunded_goods(order, l.id, earlier))).sum();
    Ok(Caps { payment, carriage: carriage_cap(order, &lines, earlier), phase })
}

/// Whether this request with this goods status fits the state of the sub-orders.
pub fn allowed(
    order: &Order,
    entries: &[EntryId],
    request: Option<DisputeRequest>,
    goods: GoodsStatus,
) -> Result<LinePhase, ApplyError> {
    let phase = common_phase(&lines(order, entries)?)?;
    let wanted = request.unwrap_or(DisputeRequest::Refund);
    let fits = match (phase, goods) {
        (LinePhase::NotShipped, GoodsStatus::WaitSellerSend) => wanted == DisputeRequest::Refund,
        (LinePhase::Shipped, GoodsStatus::WaitBuyerReceive) => wanted == DisputeRequest::Refund,
        (LinePhase::Shipped, GoodsStatus::BuyerReceived) => true,
        (LinePhase::Completed, GoodsStatus::AftersaleNotReceived) => wanted == DisputeRequest::Refund,
        (LinePhase::Completed, GoodsStatus::AftersaleReceived) => true,
        (LinePhase::NotShipped | LinePhase::Shipped | LinePhase::Completed | LinePhase::Closed, _) => false,
    };
    if fits { Ok(phase) } else { Err(ApplyError::NotAllowed { request: wanted, goods, phase }) }
}

/// Checks an application and makes the refund that it opens.
pub fn open(
    order: &Order,
    earlier: &[Refund],
    reasons: &[Reason],
    ask: &Application,
    id: RefundId,
    now: Timestamp,
    deadlines: &super::Deadlines,
) -> Result<Refund, ApplyError> {
    let caps = check(order, earlier, reasons, ask)?;
    let before_shipment = caps.phase == LinePhase::NotShipped;
    let timeout = deadlines.of(RefundStatus::WaitSellerAgree, before_shipment);
    Ok(Refund {
        id,
        order_id: order.id,
        status: RefundStatus::WaitSellerAgree,
        request: ask.request,
        after_sale: order.status.is_complete(),
        before_shipment,
        goods: if matches!(ask.goods, GoodsStatus::BuyerReceived | GoodsStatus::AftersaleReceived) {
            Goods::Received
        } else {
            Goods::NotReceived
        },
        entries: shares(order, earlier, ask),
        apply_payment: ask.payment,
        apply_carriage: ask.carriage,
        can_refund: caps.payment,
        refund_payment: Fen::ZERO,
        refund_carriage: Fen::ZERO,
        reason_id: ask.reason_id,
        applied_at: now,
        modified_at: now,
        completed_at: None,
        timeout_at: timeout.map(|ms| now.plus_ms(ms)),
        reject_reason: None,
        reject_times: 0,
        return_parcel: None,
        steps: 1,
    })
}

/// Checks an application in the contract's order.
pub fn check(order: &Order, earlier: &[Refund], reasons: &[Reason], ask: &Application) -> Result<Caps, ApplyError> {
    lines(order, &ask.entries)?;
    allowed(order, &ask.entries, Some(ask.request), ask.goods)?;
    if let Some(open) = ask.entries.iter().find(|e| earlier.iter().any(|r| r.is_open() && r.covers(**e))) {
        return Err(ApplyError::AlreadyOpen(*open));
    }
    let reason = reasons.iter().find(|r| r.id == ask.reason_id).ok_or(ApplyError::Reason(ask.reason_id))?;
    check_counts(order, earlier, ask)?;
    let caps = caps(order, &ask.entries, earlier)?;
    check_money(&caps, reason, ask)?;
    check_text(reason, ask)?;
    Ok(caps)
}

fn lines<'a>(order: &'a Order, entries: &[EntryId]) -> Result<Vec<&'a Line>, ApplyError> {
    entries.iter().map(|id| order.line(*id).ok_or(ApplyError::NotOfOrder(*id))).collect()
}

fn common_phase(lines: &[&Line]) -> Result<LinePhase, ApplyError> {
    let mut phases = lines.iter().map(|l| l.status.phase());
    let first = phases.next().unwrap_or(LinePhase::Closed);
    if phases.all(|p| p == first) { Ok(first) } else { Err(ApplyError::MixedStates) }
}

fn check_counts(order: &Order, earlier: &[Refund], ask: &Application) -> Result<(), ApplyError> {
    if let Some(counts) = &ask.counts {
        if ask.request != DisputeRequest::ReturnRefund || ask.goods != GoodsStatus::BuyerReceived {
            return Err(ApplyError::CountsNotAllowed);
        }
        if let Some(other) = counts.iter().find(|c| !ask.entries.contains(&c.entry)) {
            return Err(ApplyError::CountOfOther(other.entry));
        }
    }
    if ask.request == DisputeRequest::Refund {
        return Ok(());
    }
    shares(order, earlier, ask).into_iter().try_for_each(|share| {
        let left = pieces_left(order, share.entry, earlier);
        let ok = (1..=left).contains(&share.count);
        if ok { Ok(()) } else { Err(ApplyError::Count { entry: share.entry, asked: share.count, left }) }
    })
}

fn check_money(caps: &Caps, reason: &Reason, ask: &Application) -> Result<(), ApplyError> {
    let within = |amount: Fen, cap: Fen| (Fen::ZERO..=cap).contains(&amount);
    if caps.phase == LinePhase::NotShipped && ask.payment != caps.payment {
        return Err(ApplyError::Payment { expected: PaymentRule::Exactly(caps.payment) });
    }
    if !within(ask.payment, caps.payment) {
        return Err(ApplyError::Payment { expected: PaymentRule::AtMost(caps.payment) });
    }
    if reason.no_refund_carriage && ask.carriage != Fen::ZERO {
        return Err(ApplyError::Carriage { expected: CarriageRule::None });
    }
    if !within(ask.carriage, caps.carriage) {
        return Err(ApplyError::Carriage { expected: CarriageRule::AtMost(caps.carriage) });
    }
    if ask.payment.plus(ask.carriage) < Fen(1) {
        return Err(ApplyError::Payment { expected: PaymentRule::Something });
    }
    Ok(())
}

fn check_text(reason: &Reason, ask: &Application) -> Result<(), ApplyError> {
    if !(2..=150).contains(&ask.description.chars().count()) {
        return Err(ApplyError::Description);
    }
    if reason.need_voucher && ask.vouchers.is_empty() {
        return Err(ApplyError::VoucherNeeded);
    }
    if ask.vouchers.len() > 5 { Err(ApplyError::TooManyVouchers) } else { Ok(()) }
}

/// The pieces that an application covers: as asked, else all that are left (for money only: all that were bought).
fn shares(order: &Order, earlier: &[Refund], ask: &Application) -> Vec<EntryShare> {
    let asked = |id: EntryId| ask.counts.iter().flatten().find(|c| c.entry == id).map(|c| c.count);
    ask.entries
        .iter()
        .map(|id| EntryShare { entry: *id, count: asked(*id).unwrap_or_else(|| pieces_left(order, *id, earlier)) })
        .collect()
}

/// Bought pieces that no successful return has taken back.
pub fn pieces_left(order: &Order, entry: EntryId, earlier: &[Refund]) -> u32 {
    let bought = order.line(entry).map_or(0, |l| l.quantity);
    let returned = succeeded(earlier)
        .filter(|r| r.request == DisputeRequest::ReturnRefund)
        .flat_map(|r| &r.entries)
        .filter(|e| e.entry == entry)
        .map(|e| e.count)
        .fold(0, u32::saturating_add);
    bought.saturating_sub(returned)
}

/// Goods money that refunds have paid back for one sub-order, replayed in the order in which they were completed.
pub fn refunded_goods(order: &Order, entry: EntryId, earlier: &[Refund]) -> Fen {
    goods_shares(order, earlier).into_iter().filter(|(id, _)| *id == entry).map(|(_, share)| share).sum()
}

/// How one more success, `refund`, divides its goods money over its sub-orders.
pub fn shares_of(order: &Order, earlier: &[Refund], refund: &Refund) -> Vec<(EntryId, Fen)> {
    let rests: Vec<_> = refund
        .entries
        .iter()
        .map(|e| {
            (
                e.entry,
                order.line(e.entry).map_or(Fen::ZERO, |l| l.amount.minus(refunded_goods(order, e.entry, earlier))),
            )
        })
        .collect();
    split(refund.refund_payment, &rests)
}

fn goods_shares(order: &Order, earlier: &[Refund]) -> Vec<(EntryId, Fen)> {
    booked(earlier, |r| r.refund_payment, |id| order.line(id).map_or(Fen::ZERO, |l| l.amount))
}

/// What successful refunds have paid back for each sub-order, each divided over what was left of its sub-orders then.
fn booked(earlier: &[Refund], paid: impl Fn(&Refund) -> Fen, of: impl Fn(EntryId) -> Fen) -> Vec<(EntryId, Fen)> {
    let mut done: Vec<&Refund> = succeeded(earlier).collect();
    done.sort_by_key(|r| (r.completed_at, r.id));
    let mut booked: Vec<(EntryId, Fen)> = Vec::new();
    for refund in done {
        let rests: Vec<_> =
            refund.entries.iter().map(|e| (e.entry, of(e.entry).minus(back(&booked, e.entry)))).collect();
        booked.extend(split(paid(refund), &rests));
    }
    booked
}

fn back(booked: &[(EntryId, Fen)], entry: EntryId) -> Fen {
    booked.iter().filter(|(id, _)| *id == entry).map(|(_, share)| *share).sum()
}

fn succeeded(refunds: &[Refund]) -> impl Iterator<Item = &Refund> {
    refunds.iter().filter(|r| r.status == RefundStatus::Success)
}

/// The freight that may still be asked back for these sub-orders.
fn carriage_cap(order: &Order, lines: &[&Line], earlier: &[Refund]) -> Fen {
    let all_back: Fen = succeeded(earlier).map(|r| r.refund_carriage).sum();
    let left = order.shipping_fee.minus(all_back);
    let whole = lines.len() == order.lines.len();
    if whole && lines.iter().any(|l| l.share_postage.is_none()) {
        return left.max(Fen::ZERO);
    }
    let share = |id| order.line(id).map_or(Fen::ZERO, |l| freight_share(order, l));
    let booked = booked(earlier, |r| r.refund_carriage, share);
    let own: Fen = lines.iter().map(|l| share(l.id).minus(back(&booked, l.id)).max(Fen::ZERO)).sum();
    own.min(left).max(Fen::ZERO)
}

fn freight_share(order: &Order, line: &Line) -> Fen {
    line.share_postage.unwrap_or_else(|| order.shipping_fee.share(line.amount, order.goods()))
}
