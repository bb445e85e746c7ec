//! Requests about one order: preview, create, pay, look, cancel, receive.

use super::{FastAdress, FastCargo, Id, OrderRef, cargo, set, short, word};
use crate::error::Fault;
use domain::{
    EntryId, OrderId,
    purchase::{CargoLine, Receiver},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const FLOWS: &[&str] =
    &["general", "fenxiao", "saleproxy", "paired", "repurchase", "boutiquefenxiao", "boutiquepifa", "fenxiaonew"];
const TRADE_TYPES: &[&str] = &[
    "assureTrade",
    "fxassure",
    "alipay",
    "period",
    "assure",
    "creditBuy",
    "bank",
    "631staged",
    "37staged",
    "nzassure",
];
/// A message to the seller has at most this many characters.
const MESSAGE_MAX: usize = 500;
/// A caller's own number has at most this many characters.
const NUMBER_MAX: usize = 64;

/// A checked preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    pub lines: Vec<CargoLine>,
    pub receiver: Receiver,
    /// `None`: the marketplace compares the flows.
    pub flow: Option<String>,
}

/// A checked order to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    pub lines: Vec<CargoLine>,
    pub receiver: Receiver,
    pub flow: String,
    pub message: Option<String>,
    pub promotion_id: Option<String>,
    pub trade_type: Option<String>,
    /// The caller's own number, which makes the create idempotent.
    pub out_order_id: Option<String>,
}

/// Preview of an order at one seller.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrderPreviewBody {
    pub address_param: FastAdress,
    /// Lines of one seller, 1 to 50.
    pub cargo_param_list: Vec<FastCargo>,
}

impl OrderPreviewBody {
    pub fn preview(&self) -> Result<Preview, Fault> {
        Ok(Preview {
            lines: cargo::lines(&self.cargo_param_list)?,
            receiver: self.address_param.receiver()?,
            flow: None,
        })
    }
}

/// Mandatory preview of ka.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KaPreviewBody {
    /// Accepted and ignored.
    pub ali_id: Option<String>,
    /// One of general, fenxiao, saleproxy, paired, repurchase, boutiquefenxiao, boutiquepifa, fenxiaonew.
    pub flow: Option<String>,
    /// Accepted and ignored.
    pub out_order_id: Option<String>,
    pub address_param: FastAdress,
    /// 1 to 50 lines.
    pub cargo_param_list: Vec<FastCargo>,
}

impl KaPreviewBody {
    pub fn preview(&self) -> Result<Preview, Fault> {
        Ok(Preview {
            lines: cargo::lines(&self.cargo_param_list)?,
            receiver: self.address_param.receiver()?,
            flow: flow(self.flow.as_ref())?,
        })
    }
}

/// Create of v1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrderCreateBody {
    /// One of general, fenxiao, saleproxy, paired, repurchase, boutiquefenxiao, boutiquepifa, fenxiaonew.
    pub flow: String,
    /// To the seller, at most 500 characters.
    pub message: Option<String>,
    /// `promotionId` of the preview's shopPromotionList.
    pub shop_promotion_id: Option<String>,
    /// One of the preview's tradeModeNameList.
    pub trade_type: Option<String>,
    /// The caller's own number; the same number and content give the first answer again.
    pub out_order_id: Option<String>,
    pub address_param: FastAdress,
    /// Lines of one seller, 1 to 50.
    pub cargo_param_list: Vec<FastCargo>,
}

impl OrderCreateBody {
    pub fn purchase(&self) -> Result<Purchase, Fault> {
        let wanted = flow(Some(&self.flow))?.ok_or_else(|| Fault::missing("flow"))?;
        let asked = Wishes {
            message: self.message.as_ref(),
            promotion: self.shop_promotion_id.as_ref(),
            trade_type: self.trade_type.as_ref(),
            number: self.out_order_id.as_ref(),
        };
        purchase(wanted, &self.cargo_param_list, &self.address_param, asked)
    }
}

/// Create of ka; needs a successful preview of the same lines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KaCreateBody {
    /// One of general, fenxiao, saleproxy, paired, repurchase, boutiquefenxiao, boutiquepifa, fenxiaonew; general where it
    /// is left out.
    pub flow: Option<String>,
    /// To the seller, at most 500 characters.
    pub message: Option<String>,
    /// From the preview.
    pub shop_promotion_id: Option<String>,
    /// From the preview.
    pub trade_type: Option<String>,
    /// The caller's own number; the same number and content give the first answer again.
    pub out_order_id: Option<String>,
    pub address_param: FastAdress,
    /// 1 to 50 lines.
    pub cargo_param_list: Vec<FastCargo>,
}

impl KaCreateBody {
    pub fn purchase(&self) -> Result<Purchase, Fault> {
        let wanted = flow(self.flow.as_ref())?.unwrap_or_else(|| "general".to_owned());
        let asked = Wishes {
            message: self.message.as_ref(),
            promotion: self.shop_promotion_id.as_ref(),
            trade_type: self.trade_type.as_ref(),
            number: self.out_order_id.as_ref(),
        };
        purchase(wanted, &self.cargo_param_list, &self.address_param, asked)
    }
}

/// What may come with a create.
struct Wishes<'a> {
    message: Option<&'a String>,
    promotion: Option<&'a String>,
    trade_type: Option<&'a String>,
    number: Option<&'a String>,
}

fn purchase(flow: String, lines: &[FastCargo], address: &FastAdress, asked: Wishes<'_>) -> Result<Purchase, Fault> {
    if let Some(trade_type) = set(asked.trade_type) {
        word("tradeType", trade_type, TRADE_TYPES)?;
    }
    Ok(Purchase {
        lines: cargo::lines(lines)?,
        receiver: address.receiver()?,
        flow,
        message: short("message", asked.message, MESSAGE_MAX)?,
        promotion_id: short("shopPromotionId", asked.promotion, 200)?,
        trade_type: set(asked.trade_type).map(str::to_owned),
        out_order_id: short("outOrderId", asked.number, NUMBER_MAX)?,
    })
}

fn flow(text: Option<&String>) -> Result<Option<String>, Fault> {
    let Some(text) = set(text) else { return Ok(None) };
    word("flow", text, FLOWS)?;
    Ok(Some(text.to_owned()))
}

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
        Ok((reason.ok_or_else(|| Fault::missing("cancelReason"))?, short("remark", self.remark.as_ref(), MESSAGE_MAX)?))
    }
}

/// The order to be paid, in the query string.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PayUrlQuery {
    pub order_id: Id,
}

impl PayUrlQuery {
    pub fn order(&self) -> Result<OrderId, Fault> {
        self.order_id.parse("orderId")
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
