//! Requests about one order: look, cancel, receive, follow.

use super::{Id, OrderRef, short, word};
use crate::error::Fault;
use domain::{EntryId, OrderId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A remark has at most this many characters.
const REMARK_MAX: usize = 500;

fn web_site(text: &str) -> Result<(), Fault> {
    word("webSite", text, &["1688"])
}

/// One order of v1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrderDetailBody {
    /// `1688`.
    pub web_site: String,
    pub order_id: Id,
}

impl OrderDetailBody {
    pub fn order(&self) -> Result<OrderId, Fault> {
        web_site(&self.web_site)?;
        self.order_id.parse("orderId")
    }
}

/// Cancel before payment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CancelBody {
    /// `1688`.
    pub web_site: String,
    pub order_id: Id,
    /// `buyerCancel`, `sellerGoodsLack`, `other`, or any text.
    pub cancel_reason: String,
    pub remark: Option<String>,
}

impl CancelBody {
    pub fn order(&self) -> Result<OrderId, Fault> {
        web_site(&self.web_site)?;
        self.order_id.parse("orderId")
    }

    /// Reason and remark.
    pub fn reason(&self) -> Result<(String, Option<String>), Fault> {
        let reason = short("cancelReason", Some(&self.cancel_reason), 200)?;
        Ok((reason.ok_or_else(|| Fault::missing("cancelReason"))?, short("remark", self.remark.as_ref(), REMARK_MAX)?))
    }
}

/// One order of ka.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KaOrderIdBody {
    /// The 1688 order id, or the purchase number (`PO...`).
    pub order_id: Id,
}

impl KaOrderIdBody {
    pub fn order(&self) -> Result<OrderRef, Fault> {
        self.order_id.order_ref("orderId")
    }
}

/// Confirm receipt of sub-orders.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReceiveGoodsBody {
    pub order_id: Id,
    /// At least one.
    pub order_entry_ids: Vec<Id>,
}

impl ReceiveGoodsBody {
    pub fn receipt(&self) -> Result<(OrderId, Vec<EntryId>), Fault> {
        Ok((self.order_id.parse("orderId")?, entries(&self.order_entry_ids)?))
    }
}

/// The shipments of an order, in the query string.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TraceQuery {
    pub order_id: Id,
    /// `1688`.
    pub web_site: Option<String>,
    /// One shipment of it, e.g. LP00106397027178; all where it is left out.
    pub logistics_id: Option<String>,
}

impl TraceQuery {
    pub fn order(&self) -> Result<OrderId, Fault> {
        super::set(self.web_site.as_ref()).map_or(Ok(()), web_site)?;
        self.order_id.parse("orderId")
    }

    /// Whether a shipment is among those that are asked for.
    pub fn wants(&self, logistics_id: Option<&str>) -> bool {
        super::set(self.logistics_id.as_ref()).is_none_or(|wanted| logistics_id == Some(wanted))
    }
}

/// Different sub-order ids, 1 to 50.
pub(super) fn entries(ids: &[Id]) -> Result<Vec<EntryId>, Fault> {
    if !(1..=domain::purchase::MAX_LINES).contains(&ids.len()) {
        return Err(Fault::invalid(
            "orderEntryIds",
            format_args!("1 to {} sub-order ids", domain::purchase::MAX_LINES),
        ));
    }
    let mut out: Vec<EntryId> = Vec::with_capacity(ids.len());
    for (at, id) in ids.iter().enumerate() {
        let id = id.parse(&format!("orderEntryIds[{at}]"))?;
        if out.contains(&id) {
            return Err(Fault::invalid(format!("orderEntryIds[{at}]"), "each sub-order once"));
        }
        out.push(id);
    }
    Ok(out)
}
