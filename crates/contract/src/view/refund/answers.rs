//! The small answers of after-sales: reasons, uploads, creates, returns, carriers.

use crate::scalar::{IdNumber, List, Text};
use domain::{RefundId, refund::Reason};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The reasons that may be given for the sub-orders asked about.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RefundReasonList {
    pub reasons: List<ReasonRow>,
}

/// One reason.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReasonRow {
    /// To be sent as `applyReasonId`.
    pub id: IdNumber,
    pub name: String,
    /// At least one voucher is compulsory.
    pub need_voucher: bool,
    /// Freight is not refundable for this reason: `applyCarriage` must be 0.
    pub no_refund_carriage: bool,
    pub tip: String,
}

impl RefundReasonList {
    pub fn of(reasons: &[Reason]) -> Self {
        Self { reasons: reasons.iter().map(ReasonRow::of).collect::<Vec<_>>().into() }
    }
}

impl ReasonRow {
    fn of(reason: &Reason) -> Self {
        let Reason { id, name, need_voucher, no_refund_carriage, tip } = reason;
        Self {
            id: IdNumber(*id),
            name: name.clone(),
            need_voucher: *need_voucher,
            no_refund_carriage: *no_refund_carriage,
            tip: tip.clone(),
        }
    }
}

/// Where an uploaded voucher lies: its URL is `imageDomain/imageRelativeUrl`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct VoucherUploadResult {
    /// Host with scheme, e.g. `https://cbu01.alicdn.com`.
    pub image_domain: String,
    /// E.g. `img/ibank/2019/901/930/11848039109.jpg`.
    pub image_relative_url: String,
}

/// The refund that was opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RefundCreateResult {
    /// `TQ` and digits.
    pub refund_id: Option<String>,
}

impl RefundCreateResult {
    pub fn of(refund: RefundId) -> Self {
        Self { refund_id: Some(refund.to_string()) }
    }
}

/// A declared return parcel. A refusal is an error of the envelope, so `success` is always true.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RefundReturnResult {
    pub error_code: Option<String>,
    pub error_info: Option<String>,
    pub success: bool,
}

impl RefundReturnResult {
    pub fn done() -> Self {
        Self { error_code: None, error_info: None, success: true }
    }
}

/// A carrier by which goods may be sent back.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LogisticsCompanyRow {
    pub id: Option<IdNumber>,
    pub company_name: Option<Text>,
    /// To be sent as `logisticsCompanyNo`, e.g. ZTO, HTKY.
    pub company_no: Option<Text>,
    pub company_phone: Option<Text>,
    pub support_print: Option<bool>,
    /// Full pinyin.
    pub spelling: Option<Text>,
}
