//! What the after-sales calls answer, inside their wrappers.

use super::{RefundDetail, RefundOperation};
use crate::wire::{Int, Text};
use serde::{Deserialize, Serialize};

/// Result of `OpQueryOrderRefund`, in a [`crate::wire::envelope::Flat`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct DetailResult<T = RefundDetail> {
    pub op_order_refund_model_detail: Option<T>,
}

impl<T> Default for DetailResult<T> {
    fn default() -> Self {
        Self { op_order_refund_model_detail: None }
    }
}

/// Result of `OpQueryBatchRefundByOrderIdAndStatus`, in a [`crate::wire::envelope::Flat`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OrderRefundsResult {
    pub op_order_refund_models: Option<Vec<RefundDetail>>,
}

/// Result of `refund.buyer.queryOrderRefundList`, in a [`crate::wire::envelope::Flat`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RefundPage {
    pub op_order_refund_models: Option<Vec<RefundDetail>>,
    pub total_count: Option<Int>,
    pub current_page_num: Option<Int>,
}

/// Result of `OpQueryOrderRefundOperationList`, in a [`crate::wire::envelope::Flat`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OperationsResult {
    pub op_order_refund_operation_models: Option<Vec<RefundOperation>>,
}

/// Result of `createRefund`, in a [`crate::wire::envelope::Nested`]. Amounts are fen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RefundCreated {
    pub refund_id: Option<Text>,
    pub inner_reason_id: Option<Int>,
    pub inner_reason: Option<String>,
    /// Freight after conversion.
    pub inner_post_fee: Option<Int>,
    /// `1` or `0`.
    pub is_voucher: Option<Text>,
    pub refund_official_solution_cost: Option<Int>,
}

/// Result of `getRefundReasonList`, in a [`crate::wire::envelope::Nested`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReasonList {
    pub reasons: Option<Vec<ReasonRow>>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ReasonRow {
    pub id: Option<Int>,
    pub name: Option<String>,
    pub need_voucher: Option<bool>,
    pub no_refund_carriage: Option<bool>,
    pub tip: Option<String>,
}

/// Result of `uploadRefundVoucher`, in a [`crate::wire::envelope::Nested`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct VoucherUploaded {
    pub image_domain: Option<String>,
    pub image_relative_url: Option<String>,
}

/// One row of `OpQueryLogisticCompanyList.offline`, in a [`crate::wire::envelope::Flat`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CompanyRow {
    pub id: Option<Int>,
    pub company_name: Option<String>,
    /// Code to send as `logisticsCompanyNo`, e.g. ZTO.
    pub company_no: Option<Text>,
    pub company_phone: Option<Text>,
    pub support_print: Option<bool>,
    /// Full pinyin.
    pub spelling: Option<String>,
}
