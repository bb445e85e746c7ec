//! What the economy remembers of an order and of a refund: the core that `domain` has rules for, and the facts around it
//! that the upstream's answers print.
//!
//! Records are kept as JSON rows; the seeded ones of the contract's examples are the same rows, only recorded elsewhere.

use super::stages::Stage;
use crate::catalogue::Habit;
use domain::{
    AccountId, EntryId, Fen, Timestamp,
    order::{Line, Order, Shipment},
    purchase::Receiver,
    refund::{Actor, GoodsStatus, Refund, RefundStatus},
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderRecord {
    pub account: AccountId,
    pub order: Order,
    /// The habit of the first line's product, kept for life.
    pub habit: Habit,
    pub receiver: Receiver,
    pub flow: String,
    pub trade_type: String,
    /// The buyer's message to the seller.
    pub message: Option<String>,
    /// What the closer wrote beside the reason.
    pub close_remark: Option<String>,
    /// One for each line of the order.
    pub goods: Vec<Goods>,
    /// Alipay's number of the payment.
    pub payment_id: Option<String>,
    /// What was taken from the account's balance; goes back there by refunds.
    pub from_balance: bool,
    pub parcels: Vec<Parcel>,
    /// When everything that travels will count as received.
    pub receipt_due: Option<Timestamp>,
    /// How many refunds were opened.
    pub refunds: u32,
    /// How many push messages were born.
    pub pushes: u32,
    /// None where it is paid at once.
    #[serde(default)]
    pub stages: Vec<Stage>,
}

/// What the order keeps of a line's product beyond the rules.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goods {
    /// The line's amount as ordered, before the seller changed it.
    pub asked: Fen,
    pub cargo_number: Option<String>,
    pub unit: String,
    pub weight_g: Option<u32>,
    /// An 80x80 picture: a URL, or the path of one of ours. The same holds for the line's `image`.
    pub thumbnail: String,
}

/// A parcel on its way to the buyer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    pub logistics_id: String,
    pub bill: String,
    /// Code of the carrier.
    pub carrier: String,
    pub entries: Vec<EntryId>,
    pub sent_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RefundRecord {
    pub account: AccountId,
    pub refund: Refund,
    pub goods_status: GoodsStatus,
    pub reason: String,
    /// Of one line only, even when the refund covers several.
    pub product_name: String,
    pub payment_id: Option<String>,
    pub company_name: Option<String>,
    pub return_to: Option<ReturnTo>,
    /// Oldest first.
    pub operations: Vec<Operation>,
    /// The open map of text to text, in the order in which it is printed.
    pub ext_info: Vec<(String, String)>,
}

/// Where the goods go back to, told when the seller agrees to a return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnTo {
    pub name: String,
    pub mobile: String,
    pub address: String,
}

/// One recorded step of a refund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    pub id: i64,
    pub at: Timestamp,
    pub operate_type: i64,
    pub by: Actor,
    pub login: String,
    pub user_id: i64,
    /// The status before the step; `None` for the application.
    pub before: Option<RefundStatus>,
    pub text: String,
    #[serde(default)]
    pub bill: Option<String>,
    /// Code of the carrier.
    #[serde(default)]
    pub carrier: Option<String>,
    #[serde(default)]
    pub address: Option<String>,
    #[serde(default)]
    pub reject_reason: Option<String>,
    #[serde(default)]
    pub vouchers: Vec<String>,
}

impl OrderRecord {
    /// Lines that the seller may still ship.
    pub fn unshipped(&self) -> Vec<EntryId> {
        self.entries(|l| l.is_live() && l.shipment == Shipment::NotShipped)
    }

    /// Lines that are on their way to the buyer.
    pub fn travelling(&self) -> Vec<EntryId> {
        self.entries(|l| l.is_live() && l.shipment == Shipment::Shipped)
    }

    fn entries(&self, is: impl Fn(&Line) -> bool) -> Vec<EntryId> {
        self.order.lines.iter().filter(|l| is(l)).map(|l| l.id).collect()
    }
}
