//! Events as a difference of two observations of one order. No difference, no event: so pushes that are doubled, late or
//! out of order need no rule of their own.
//!
//! Several steps may lie between two looks; each gets its event, in the order of the life of an order.

use super::{Order, OrderStatus, Shipment};
use crate::event::OrderEvent;

/// The events that lead from `before` (nothing on the first look) to `after`.
pub fn events(before: Option<&Order>, after: &Order) -> Vec<OrderEvent> {
    let Some(before) = before else {
        let mut events = vec![OrderEvent::Created];
        events.extend(steps(after, None));
        return events;
    };
    let mut events = Vec::new();
    if before.status == OrderStatus::WaitBuyerPay && prices(before) != prices(after) {
        events.push(OrderEvent::PriceModified);
    }
    events.extend(steps(after, Some(before)));
    events
}

fn prices(order: &Order) -> (Vec<i64>, i64) {
    (order.lines.iter().map(|l| l.amount.0).collect(), order.shipping_fee.0)
}

fn steps(after: &Order, before: Option<&Order>) -> Vec<OrderEvent> {
    let stages = after.stages_paid.saturating_sub(before.map_or(0, |b| b.stages_paid));
    let mut events = vec![OrderEvent::StagePaid; stages as usize];
    if after.was_paid() && !before.is_some_and(Order::was_paid) {
        events.push(OrderEvent::Paid);
    }
    if after.batch_pay.is_some() && after.batch_pay != before.and_then(|b| b.batch_pay) {
        events.push(OrderEvent::BatchPay);
    }
    events.extend(shipping(after, before));
    if count(after, received) > before.map_or(0, |b| count(b, received)) {
        events.push(OrderEvent::ReceiptConfirmed);
    }
    if after.status == OrderStatus::Success && before.is_none_or(|b| b.status != OrderStatus::Success) {
        events.push(OrderEvent::Succeeded);
    }
    if after.status == OrderStatus::Cancel && before.is_none_or(|b| b.status != OrderStatus::Cancel) {
        events.push(after.closed_by.map_or(OrderEvent::ClosedByPlatform, OrderEvent::closed));
    }
    events
}

fn shipping(after: &Order, before: Option<&Order>) -> Option<OrderEvent> {
    if count(after, shipped) <= before.map_or(0, |b| count(b, shipped)) {
        return None;
    }
    let whole = after.lines.iter().all(|l| !l.is_live() || shipped(l.shipment));
    Some(if whole { OrderEvent::Shipped } else { OrderEvent::PartShipped })
}

fn count(order: &Order, is: fn(Shipment) -> bool) -> usize {
    order.lines.iter().filter(|l| is(l.shipment)).count()
}

fn shipped(s: Shipment) -> bool {
    s != Shipment::NotShipped
}

fn received(s: Shipment) -> bool {
    s == Shipment::Received
}
