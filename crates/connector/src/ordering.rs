//! Buying: preview, create, look, cancel, receive.

use crate::{Observed, Result};
use async_trait::async_trait;
use domain::{
    AccountId, Document, EntryId, OfferId, OrderId,
    order::Order,
    purchase::{CargoLine, PreviewOrder, Receiver},
};

/// What a preview asks.
#[derive(Debug, Clone)]
pub struct PreviewAsk {
    pub lines: Vec<CargoLine>,
    pub receiver: Receiver,
    pub flow: Option<String>,
}

/// What a preview answered: the orders that would be made, and the answer as received.
#[derive(Debug, Clone)]
pub struct Preview {
    pub orders: Vec<PreviewOrder>,
    pub document: Document,
}

/// What a create asks. `own_number` is ours, unique over all developers; the marketplace finds orders by it.
#[derive(Debug, Clone)]
pub struct CreateAsk {
    pub own_number: String,
    pub lines: Vec<CargoLine>,
    pub receiver: Receiver,
    pub flow: String,
    pub message: Option<String>,
    pub trade_type: Option<String>,
    pub promotion_id: Option<String>,
}

/// Why an order is cancelled: the marketplace's words, or the caller's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelReason {
    pub reason: String,
    pub remark: Option<String>,
}

#[async_trait]
pub trait Ordering: Send + Sync {
    /// Checks buyability, stock, minimums and freight of lines of one seller; leaves nothing behind.
    ///
    /// - refusal of the whole call: `MixedSellers`, `OutOfStock`, `BelowMinimum`, `ProductNotFound`, `NotGranted`.
    /// - a refusal of one split order is in its [`PreviewOrder`].
    async fn preview(&self, account: AccountId, ask: &PreviewAsk) -> Result<Preview>;

    /// Who sells an offer, as the encrypted id that its product detail names.
    ///
    /// - `ProductNotFound` when unknown or off sale.
    async fn seller(&self, offer: OfferId) -> Result<String>;

    /// Makes one or more orders.
    ///
    /// - the same `own_number` again gives the same orders, not new ones.
    /// - `Effect::Unknown` when it is not known whether they were made: ask [`Ordering::find`].
    async fn create(&self, account: AccountId, ask: &CreateAsk) -> Result<Vec<OrderId>>;

    /// Orders that carry our own number; empty when the marketplace knows none.
    async fn find(&self, account: AccountId, own_number: &str) -> Result<Vec<OrderId>>;

    /// The order as it is now.
    ///
    /// - `OrderNotFound` when unknown or not of this account.
    async fn order(&self, account: AccountId, id: OrderId) -> Result<Observed<Order>>;

    /// Closes an unpaid order. `OrderState` when it is paid or closed, or not yet ten seconds old.
    async fn cancel(&self, account: AccountId, id: OrderId, reason: &CancelReason) -> Result<()>;

    /// Confirms receipt of sub-orders. A refusal carries the marketplace's code and text.
    async fn confirm_receipt(&self, account: AccountId, id: OrderId, entries: &[EntryId]) -> Result<()>;

    /// The shipments of an order with their steps (documents of shape LogisticsTrace[]); `ShipmentNotFound` before that.
    async fn traces(&self, account: AccountId, id: OrderId) -> Result<Document>;
}
