//! An order: what of it has rules. Everything else of the marketplace's record is a [`crate::Document`].
//!
//! Amounts are what was agreed: `Line::amount` is paid (or to be paid) for the line's goods, freight stands beside.

mod batch;
pub mod diff;
pub mod life;
mod status;

pub use batch::BatchPay;
pub use life::{Closer, Refused};
pub use status::{LinePhase, LineStatus, OrderStatus};

use crate::{EntryId, Fen, OfferId, OrderId, RefundId, SkuId, SpecId, Timestamp, refund::RefundStatus};
use serde::{Deserialize, Serialize};

/// A member of the marketplace: buyer or seller.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    pub member_id: String,
    pub user_id: i64,
    pub login_id: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub id: OrderId,
    pub buyer: Party,
    pub seller: Party,
    pub status: OrderStatus,
    pub lines: Vec<Line>,
    pub shipping_fee: Fen,
    /// Paid back so far, goods and freight.
    pub refunded: Fen,
    pub created_at: Timestamp,
    pub modified_at: Timestamp,
    pub paid_at: Option<Timestamp>,
    /// When the last parcel left.
    pub shipped_at: Option<Timestamp>,
    pub received_at: Option<Timestamp>,
    pub completed_at: Option<Timestamp>,
    /// Who closed it; set with [`OrderStatus::Cancel`].
    pub closed_by: Option<Closer>,
    /// The marketplace's word for why it was closed.
    pub close_reason: Option<String>,
    pub refund_in_sale: Option<RefundStatus>,
    pub refund_after_sale: Option<RefundStatus>,
    /// The platform's own number of the order at the marketplace (never the caller's).
    pub out_order_id: Option<String>,
    /// Of an order that is paid in stages: how many of them are paid.
    #[serde(default)]
    pub stages_paid: u32,
    /// How its payment together with other orders ended. No later look at the order shows it, so it is carried over from
    /// one look to the next.
    #[serde(default)]
    pub batch_pay: Option<BatchPay>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub id: EntryId,
    pub offer_id: OfferId,
    pub sku_id: Option<SkuId>,
    pub spec_id: Option<SpecId>,
    pub name: String,
    pub image: String,
    /// Attribute name and value pairs.
    pub attributes: Vec<(String, String)>,
    pub quantity: u32,
    /// Original unit price.
    pub unit_price: Fen,
    pub amount: Fen,
    /// The line's share of the freight where the marketplace gives one.
    pub share_postage: Option<Fen>,
    pub status: LineStatus,
    /// How far the goods have travelled; survives a close by refund, where `status` does not.
    pub shipment: Shipment,
    /// Goods money paid back so far.
    pub refunded: Fen,
    pub refund_in_sale: Option<RefundId>,
    pub refund_after_sale: Option<RefundId>,
}

/// How far the goods of a line have travelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shipment {
    NotShipped,
    Shipped,
    Received,
}

impl Order {
    pub fn goods(&self) -> Fen {
        self.lines.iter().map(|l| l.amount).sum()
    }

    pub fn total(&self) -> Fen {
        self.goods().plus(self.shipping_fee)
    }

    pub fn line(&self, id: EntryId) -> Option<&Line> {
        self.lines.iter().find(|l| l.id == id)
    }

    /// Paid at some time, whatever came after.
    pub fn was_paid(&self) -> bool {
        self.paid_at.is_some()
    }

    /// Before completion a refund is in-sale, after it after-sale.
    pub fn is_completed(&self) -> bool {
        matches!(self.status, OrderStatus::ConfirmGoods | OrderStatus::Success)
    }
}
