//! Requests to preview and to buy.
//!
//! Editions differ in how a line names its goods ([`Cargo`]) and in what may be left out, so the bodies are generic over
//! the line and exist once.

use super::{Cargo, FastAdress, FastCargo, FastCargoBatch, FastCargoV2, Id, OrderLine, cargo, set, short, word};
use crate::error::Fault;
use domain::{IdCipher, purchase::Receiver};
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
/// A remark about a bank transfer has at most this many characters.
const REMARK_MAX: usize = 500;
/// A caller's own number has at most this many characters.
const NUMBER_MAX: usize = 64;

/// A checked preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    pub lines: Vec<OrderLine>,
    pub receiver: Receiver,
    /// `None`: the marketplace compares the flows.
    pub flow: Option<String>,
}

/// A checked order to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    pub lines: Vec<OrderLine>,
    pub receiver: Receiver,
    pub flow: String,
    pub message: Option<String>,
    pub promotion_id: Option<String>,
    pub trade_type: Option<String>,
    /// The caller's own number, which makes the create idempotent.
    pub out_order_id: Option<String>,
    pub transfer: Transfer,
}

/// What a caller notes with an order of v2.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Transfer {
    pub staff_name: Option<String>,
    pub channel: Option<i64>,
    pub images: Option<String>,
    pub remark: Option<String>,
}

/// A request that buys.
pub trait Buys {
    /// The order to be. `ids` opens opaque ids.
    fn purchase(&self, ids: &IdCipher) -> Result<Purchase, Fault>;
}

/// Preview of v2, of one merchant or of several.
pub type OrderPreviewV2Body = PreviewBody<FastCargoV2>;
/// Preview of an order at one seller.
pub type OrderPreviewBody = PreviewBody<FastCargo>;
/// Preview of orders at several sellers.
pub type OrderPreviewBatchBody = PreviewBody<FastCargoBatch>;

/// Preview of what lines would cost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PreviewBody<C> {
    pub address_param: FastAdress,
    /// 1 to 50 lines.
    pub cargo_param_list: Vec<C>,
}

impl<C: Cargo> PreviewBody<C> {
    pub fn preview(&self, ids: &IdCipher) -> Result<Preview, Fault> {
        Ok(Preview {
            lines: cargo::lines(&self.cargo_param_list, ids)?,
            receiver: self.address_param.receiver()?,
            flow: None,
        })
    }
}

/// Mandatory preview of ka and bigmajor.
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
    pub fn preview(&self, ids: &IdCipher) -> Result<Preview, Fault> {
        Ok(Preview {
            lines: cargo::lines(&self.cargo_param_list, ids)?,
            receiver: self.address_param.receiver()?,
            flow: flow(self.flow.as_ref())?,
        })
    }
}

/// Create of v1.
pub type OrderCreateBody = CreateBody<FastCargo>;

/// A create that must name its flow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CreateBody<C> {
    /// One of general, fenxiao, saleproxy, paired, repurchase, boutiquefenxiao, boutiquepifa, fenxiaonew.
    pub flow: String,
    #[serde(flatten)]
    pub rest: CreateFields<C>,
}

impl<C: Cargo> Buys for CreateBody<C> {
    fn purchase(&self, ids: &IdCipher) -> Result<Purchase, Fault> {
        let wanted = flow(Some(&self.flow))?.ok_or_else(|| Fault::missing("flow"))?;
        self.rest.purchase(wanted, ids)
    }
}

/// Create of v2, of one merchant or of several.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TransferCreateBody {
    #[serde(flatten)]
    pub create: CreateBody<FastCargoV2>,
    /// Accepted and ignored: the header decides.
    pub user_id: Option<Id>,
    /// Employee, at most 100 characters.
    pub staff_name: Option<String>,
    /// The caller's ordering channel, any number.
    pub platform_order: Option<i64>,
    /// Proof of a bank transfer: URLs joined with commas, at most 2000 characters.
    pub transfer_account_imgs: Option<String>,
    /// At most 500 characters.
    pub transfer_account_remark: Option<String>,
}

impl Buys for TransferCreateBody {
    fn purchase(&self, ids: &IdCipher) -> Result<Purchase, Fault> {
        let transfer = Transfer {
            staff_name: staff(self.staff_name.as_ref())?,
            channel: self.platform_order,
            images: short("transferAccountImgs", self.transfer_account_imgs.as_ref(), 2000)?,
            remark: short("transferAccountRemark", self.transfer_account_remark.as_ref(), REMARK_MAX)?,
        };
        Ok(Purchase { transfer, ..self.create.purchase(ids)? })
    }
}

/// Create of ka and bigmajor; needs a successful preview of the same lines.
pub type KaCreateBody = LooseCreateBody<FastCargo>;
/// Create of orders at several sellers.
pub type OrderCreateBatchBody = LooseCreateBody<FastCargoBatch>;

/// A create that need not name its flow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LooseCreateBody<C> {
    /// One of general, fenxiao, saleproxy, paired, repurchase, boutiquefenxiao, boutiquepifa, fenxiaonew; general where it
    /// is left out.
    pub flow: Option<String>,
    #[serde(flatten)]
    pub rest: CreateFields<C>,
}

impl<C: Cargo> Buys for LooseCreateBody<C> {
    fn purchase(&self, ids: &IdCipher) -> Result<Purchase, Fault> {
        self.rest.purchase(flow(self.flow.as_ref())?.unwrap_or_else(|| "general".to_owned()), ids)
    }
}

/// What every create takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CreateFields<C> {
    /// To the seller, at most 500 characters.
    pub message: Option<String>,
    /// `promotionId` of the preview's shopPromotionList.
    pub shop_promotion_id: Option<String>,
    /// One of the preview's tradeModeNameList.
    pub trade_type: Option<String>,
    /// The caller's own number; the same number and content give the first answer again.
    pub out_order_id: Option<String>,
    pub address_param: FastAdress,
    /// 1 to 50 lines.
    pub cargo_param_list: Vec<C>,
}

impl<C: Cargo> CreateFields<C> {
    fn purchase(&self, flow: String, ids: &IdCipher) -> Result<Purchase, Fault> {
        let trade_type = trade_type(self.trade_type.as_ref())?;
        Ok(Purchase {
            lines: cargo::lines(&self.cargo_param_list, ids)?,
            receiver: self.address_param.receiver()?,
            flow,
            message: message(self.message.as_ref())?,
            promotion_id: promotion(self.shop_promotion_id.as_ref())?,
            trade_type,
            out_order_id: short("outOrderId", self.out_order_id.as_ref(), NUMBER_MAX)?,
            transfer: Transfer::default(),
        })
    }
}

pub(super) fn trade_type(text: Option<&String>) -> Result<Option<String>, Fault> {
    let Some(text) = set(text) else { return Ok(None) };
    word("tradeType", text, TRADE_TYPES)?;
    Ok(Some(text.to_owned()))
}

pub(super) fn message(text: Option<&String>) -> Result<Option<String>, Fault> {
    short("message", text, MESSAGE_MAX)
}

pub(super) fn promotion(text: Option<&String>) -> Result<Option<String>, Fault> {
    short("shopPromotionId", text, 200)
}

pub(super) fn staff(text: Option<&String>) -> Result<Option<String>, Fault> {
    short("staffName", text, 100)
}

pub(super) fn flow(text: Option<&String>) -> Result<Option<String>, Fault> {
    let Some(text) = set(text) else { return Ok(None) };
    word("flow", text, FLOWS)?;
    Ok(Some(text.to_owned()))
}
