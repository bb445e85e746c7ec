//! The after-sales record of ka: every column, nulls printed, ISO-8601 times, joined with the platform's lines.

use super::RefundColumns;
use crate::{
    dialect::Ka,
    scalar::{IdNumber, List, Text, Whole},
    view::order::KaOrderItem,
};
use domain::refund::Refund;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The refund record of ka. The `is...` columns are twins from another call of the marketplace; null so far.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RefundDetail {
    pub id: Option<IdNumber>,
    #[serde(flatten)]
    pub columns: RefundColumns<Ka>,
    pub aftersale_agree_timeout: Option<bool>,
    pub aftersale_auto_disburse: Option<bool>,
    pub asyn_err_code: Option<Text>,
    pub asyn_sub_err_code: Option<Text>,
    pub seller_user_id: Option<IdNumber>,
    pub buyer_open_uid: Option<Text>,
    pub is_aftersale_agree_timeout: Option<bool>,
    pub is_aftersale_auto_disburse: Option<bool>,
    pub is_buyer_send_goods: Option<bool>,
    pub is_crm_modify_refund: Option<bool>,
    pub is_goods_received: Option<bool>,
    pub is_insufficient_account: Option<bool>,
    pub is_insufficient_bail: Option<bool>,
    pub is_new_refund_return: Option<bool>,
    pub is_only_refund: Option<bool>,
    pub is_refund_goods: Option<bool>,
    pub is_seller_delay_disburse: Option<bool>,
    pub is_support_new_steppay: Option<bool>,
    pub is_time_out_freeze: Option<bool>,
    pub success: Option<bool>,
    /// Fen, platform pick-up fee refunded.
    pub refund_official_solution_cost: Option<Whole>,
}

impl RefundDetail {
    /// Reads the marketplace's record.
    pub fn read(document: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(document)
    }

    /// Lays over what the state machine owns.
    pub fn overlay(&mut self, refund: &Refund) {
        self.id = Some(IdNumber(refund.id.get()));
        self.columns.overlay(refund);
    }
}

/// A refund with the platform's lines that it covers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KaRefundDetail {
    pub refund_detail: RefundDetail,
    /// One for each sub-order of the refund.
    pub product_list: List<KaOrderItem>,
}
