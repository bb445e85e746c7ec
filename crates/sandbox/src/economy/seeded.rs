//! The orders and refunds of the contract's examples, recorded as rows of a world and put into every new one.
//!
//! They hold recorded facts only and are printed, stepped and refused like any other record.

use super::{
    record::{OrderRecord, RefundRecord},
    state::State,
};
use domain::{AccountId, OrderId};
use serde::Deserialize;

#[derive(Deserialize)]
struct Recorded {
    orders: Vec<OrderRecord>,
    refunds: Vec<RefundRecord>,
}

/// Puts the recorded rows into a new world.
pub fn enter(state: &mut State) {
    let text = include_str!("../../data/world.json");
    let recorded: Recorded = serde_json::from_str(text).expect("the embedded world is read by a test");
    recorded.orders.into_iter().for_each(|o| state.put_order(o));
    recorded.refunds.into_iter().for_each(|r| state.put_refund(r));
}

/// The recorded orders, each with the account that bought it, for a host that takes them over.
pub fn orders() -> Vec<(OrderId, AccountId)> {
    let text = include_str!("../../data/world.json");
    let recorded: Recorded = serde_json::from_str(text).expect("the embedded world is read by a test");
    recorded.orders.iter().map(|o| (o.order.id, o.account)).collect()
}
