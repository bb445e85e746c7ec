//! The mirror: orders and refunds as they were last seen, with what only the platform knows of them.

use crate::{Caller, Platform, Problem, Result, problem::Thing};
use connector::shown;
use domain::{
    Document, EntryId, Fen, OrderId, RefundId, RowId, Timestamp, UserId,
    order::Order,
    purchase::Receiver,
    refund::{Refund, RefundStatus},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use storage::records;

/// What the platform keeps for a line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub entry: EntryId,
    pub id: RowId,
    pub service_fee: Fen,
}

/// An order of a developer.
#[derive(Debug, Clone)]
pub struct OwnOrder {
    pub core: Order,
    pub document: Document,
    pub order_no: String,
    pub out_order_id: Option<String>,
    pub rows: Vec<Row>,
    pub receiver: Receiver,
    /// Of the latest refund, by modification.
    pub latest_refund: Option<RefundStatus>,
    pub(crate) record: records::Order,
}

/// Who asked for a refund and who changed it last; nobody means a message of the marketplace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audit {
    pub created_by: Option<UserId>,
    pub created_at: Timestamp,
    pub updated_by: Option<UserId>,
    pub updated_at: Timestamp,
}

/// A refund of a developer.
#[derive(Debug, Clone)]
pub struct OwnRefund {
    pub core: Refund,
    pub document: Document,
    pub audit: Audit,
    pub(crate) record: records::Refund,
}

fn json<T: DeserializeOwned>(text: &str, what: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|e| Problem::Internal(format!("{what} in the mirror cannot be read: {e}")))
}

/// JSON text of a plain value of ours.
pub(crate) fn text<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|e| Problem::Internal(format!("a value cannot be written: {e}")))
}

impl OwnOrder {
    pub(crate) fn read(record: records::Order) -> Result<Self> {
        let core = json(&record.core, "an order")?;
        let rows = json(&record.rows, "the rows of an order")?;
        let receiver = json(&record.address, "the receiver of an order")?;
        Ok(Self::of(record, core, rows, receiver))
    }

    /// From a record and what its texts say.
    pub(crate) fn of(record: records::Order, core: Order, rows: Vec<Row>, receiver: Receiver) -> Self {
        Self {
            core,
            rows,
            receiver,
            document: Document(record.document.clone()),
            order_no: record.order_no.clone(),
            out_order_id: record.out_order_id.clone(),
            latest_refund: record.refund_status.as_deref().and_then(RefundStatus::parse),
            record,
        }
    }
}

impl OwnOrder {
    /// Tells a caller who asked that this was taken from the mirror.
    pub(crate) fn show(&self) {
        shown::mirrored("order", self.core.id, self.record.observed_at, self.document.as_str());
    }
}

impl OwnRefund {
    /// Tells a caller who asked that this was taken from the mirror.
    pub(crate) fn show(&self) {
        shown::mirrored("refund", self.core.id, self.record.observed_at, self.document.as_str());
    }

    pub(crate) fn read(record: records::Refund) -> Result<Self> {
        Ok(Self {
            core: json(&record.core, "a refund")?,
            audit: json(&record.audit, "the audit of a refund")?,
            document: Document(record.document.clone()),
            record,
        })
    }
}

/// Unpaid 1, paid 2: what key accounts filter by.
pub(crate) fn pay_status(order: &Order) -> i64 {
    if order.was_paid() { 2 } else { 1 }
}

/// Names of the lines, for search.
pub(crate) fn names(order: &Order) -> String {
    order.lines.iter().map(|l| l.name.as_str()).collect::<Vec<_>>().join("\n")
}

impl Platform {
    /// An order of this caller; another's is not found.
    pub(crate) async fn own_order(&self, caller: &Caller, id: OrderId) -> Result<OwnOrder> {
        let found = self.storage.order(caller.developer.id, id).await?;
        let record = found.filter(|o| o.user_id == caller.user).ok_or(Problem::NotFound(Thing::Order))?;
        OwnOrder::read(record)
    }

    /// An order by its 1688 id, or by the platform's own number.
    pub(crate) async fn own_order_by(&self, caller: &Caller, text: &str) -> Result<OwnOrder> {
        if let Ok(id) = text.parse::<OrderId>() {
            return self.own_order(caller, id).await;
        }
        let found = self.storage.order_by_no(caller.developer.id, text).await?;
        let record = found.filter(|o| o.user_id == caller.user).ok_or(Problem::NotFound(Thing::Order))?;
        OwnOrder::read(record)
    }

    /// A refund of this caller; another's is not found.
    pub(crate) async fn own_refund(&self, caller: &Caller, id: RefundId) -> Result<OwnRefund> {
        let found = self.storage.refund(caller.developer.id, id).await?;
        let record = found.filter(|r| r.user_id == caller.user).ok_or(Problem::NotFound(Thing::Refund))?;
        OwnRefund::read(record)
    }

    /// The refunds of an order, as far as the mirror knows them.
    pub(crate) async fn refunds_of(&self, order: &OwnOrder) -> Result<Vec<Refund>> {
        let records = self.storage.refunds_of(order.record.developer_id, order.core.id).await?;
        records.into_iter().map(|r| OwnRefund::read(r).map(|own| own.core)).collect()
    }
}
