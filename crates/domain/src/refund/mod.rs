//! After-sales: what may be asked ([`apply`]), what may happen next ([`machine`]) and who may do it.

pub mod apply;
pub mod machine;
mod words;

pub use apply::{Application, ApplyError, Reason};
pub use machine::{Command, Deadlines, Step, WrongState};
pub use words::{Action, Actor, DisputeRequest, GoodsStatus, RefundStatus};

use crate::{EntryId, Fen, OrderId, RefundId, Timestamp};
use serde::{Deserialize, Serialize};

/// What of an after-sales order has rules; the rest of the marketplace's record is a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    pub id: RefundId,
    pub order_id: OrderId,
    pub status: RefundStatus,
    pub request: DisputeRequest,
    /// Opened after the trade was completed.
    pub after_sale: bool,
    /// Opened before the seller shipped.
    pub before_shipment: bool,
    pub goods: Goods,
    pub entries: Vec<EntryShare>,
    pub apply_payment: Fen,
    pub apply_carriage: Fen,
    /// Largest refundable goods amount when it was opened.
    pub can_refund: Fen,
    /// Really paid back; zero until success.
    pub refund_payment: Fen,
    pub refund_carriage: Fen,
    pub reason_id: i64,
    pub applied_at: Timestamp,
    pub modified_at: Timestamp,
    pub completed_at: Option<Timestamp>,
    /// Deadline of the present step; a final state keeps the last one.
    pub timeout_at: Option<Timestamp>,
    pub reject_reason: Option<String>,
    pub reject_times: u32,
    pub return_parcel: Option<ReturnParcel>,
    /// How many steps the marketplace has recorded.
    pub steps: u32,
}

/// What part of a sub-order is asked back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryShare {
    pub entry: EntryId,
    pub count: u32,
}

/// Where the goods are, as the record prints it (`goodsStatus` 1, 2, 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Goods {
    NotReceived,
    Received,
    SentBack,
}

/// The parcel by which the buyer sends goods back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnParcel {
    pub company: String,
    pub bill: String,
}

impl Refund {
    pub fn is_open(&self) -> bool {
        !self.status.is_final()
    }

    pub fn covers(&self, entry: EntryId) -> bool {
        self.entries.iter().any(|e| e.entry == entry)
    }
}
