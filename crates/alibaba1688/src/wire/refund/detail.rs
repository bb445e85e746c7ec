//! The after-sales record and its steps. Amounts are fen.

use crate::wire::{Flag, Int, Text, Time};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// One after-sales order. The `isXxx` twins are filled by lists only.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RefundDetail {
    pub aftersale_agree_timeout: Option<bool>,
    pub aftersale_auto_disburse: Option<bool>,
    pub alipay_payment_id: Option<Text>,
    /// Fen.
    pub apply_carriage: Option<Int>,
    pub apply_expect: Option<Int>,
    /// Fen.
    pub apply_payment: Option<Int>,
    pub apply_reason: Option<String>,
    pub apply_reason_id: Option<Int>,
    pub apply_sub_reason: Option<String>,
    pub apply_sub_reason_id: Option<Int>,
    pub asyn_err_code: Option<String>,
    pub asyn_sub_err_code: Option<String>,
    pub buyer_alipay_id: Option<Text>,
    pub buyer_logistics_name: Option<String>,
    pub buyer_member_id: Option<String>,
    pub buyer_send_goods: Option<bool>,
    pub buyer_user_id: Option<Int>,
    /// Fen.
    pub can_refund_payment: Option<Int>,
    pub crm_modify_refund: Option<bool>,
    pub disburse_channel: Option<String>,
    pub dispute_request: Option<Int>,
    pub dispute_type: Option<Int>,
    pub freight_bill: Option<Text>,
    /// -1 = none.
    pub frozen_fund: Option<Int>,
    pub gmt_apply: Option<Time>,
    pub gmt_completed: Option<Time>,
    pub gmt_create: Option<Time>,
    pub gmt_freezed: Option<String>,
    pub gmt_modified: Option<Time>,
    /// Kept after completion.
    pub gmt_time_out: Option<Time>,
    pub goods_received: Option<bool>,
    pub goods_status: Option<Int>,
    pub id: Option<Int>,
    pub instant_refund_type: Option<String>,
    pub insufficient_account: Option<bool>,
    pub insufficient_bail: Option<bool>,
    pub new_refund_return: Option<bool>,
    pub only_refund: Option<bool>,
    pub order_entry_count_map: Option<BTreeMap<String, Int>>,
    pub order_entry_id_list: Option<Vec<Int>>,
    pub order_id: Option<Int>,
    pub prepaid_balance: Option<Int>,
    /// Of one line only, even when the refund covers several.
    pub product_name: Option<String>,
    pub refund_carriage: Option<Int>,
    pub refund_goods: Option<bool>,
    pub refund_id: Option<Text>,
    pub refund_payment: Option<Int>,
    pub reject_reason: Option<String>,
    pub reject_reason_id: Option<Int>,
    pub reject_times: Option<Int>,
    pub seller_alipay_id: Option<Text>,
    pub seller_delay_disburse: Option<bool>,
    pub seller_member_id: Option<String>,
    pub seller_mobile: Option<String>,
    pub seller_real_name: Option<String>,
    pub seller_receive_address: Option<String>,
    pub seller_tel: Option<String>,
    pub seller_user_id: Option<Int>,
    pub status: Option<String>,
    pub support_new_steppay: Option<bool>,
    pub task_status: Option<String>,
    pub time_out_freeze: Option<bool>,
    pub time_out_operate_type: Option<String>,
    pub trade_type_str: Option<Text>,
    /// Newest first.
    pub refund_operation_list: Option<Vec<RefundOperation>>,
    pub buyer_login_id: Option<String>,
    pub seller_login_id: Option<String>,
    pub buyer_open_uid: Option<String>,
    /// Twin of the field without is, from another upstream call; null so far.
    pub is_aftersale_agree_timeout: Option<bool>,
    /// Twin of the field without is, from another upstream call; null so far.
    pub is_aftersale_auto_disburse: Option<bool>,
    /// Twin of the field without is, from another upstream call; null so far.
    pub is_buyer_send_goods: Option<bool>,
    /// Twin of the field without is, from another upstream call; null so far.
    pub is_crm_modify_refund: Option<bool>,
    /// Twin of the field without is, from another upstream call; null so far.
    pub is_goods_received: Option<bool>,
    /// Twin of the field without is, from another upstream call; null so far.
    pub is_insufficient_account: Option<bool>,
    /// Twin of the field without is, from another upstream call; null so far.
    pub is_insufficient_bail: Option<bool>,
    /// Twin of the field without is, from another upstream call; null so far.
    pub is_new_refund_return: Option<bool>,
    /// Twin of the field without is, from another upstream call; null so far.
    pub is_only_refund: Option<bool>,
    /// Twin of the field without is, from another upstream call; null so far.
    pub is_refund_goods: Option<bool>,
    /// Twin of the field without is, from another upstream call; null so far.
    pub is_seller_delay_disburse: Option<bool>,
    /// Twin of the field without is, from another upstream call; null so far.
    pub is_support_new_steppay: Option<bool>,
    /// Twin of the field without is, from another upstream call; null so far.
    pub is_time_out_freeze: Option<bool>,
    pub success: Option<Flag>,
    /// Open map, see extinfo; interceptItemListResult is JSON text here, an array in the v1 message.
    pub ext_info: Option<Map<String, Value>>,
    /// Fen, platform pick-up fee refunded.
    pub refund_official_solution_cost: Option<Int>,
}

/// one step of a refund; lists are newest first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RefundOperation {
    pub after_operate_status: Option<String>,
    pub before_operate_status: Option<String>,
    pub close_refund_step_id: Option<Int>,
    pub crm_modify_refund: Option<bool>,
    /// Spelled so.
    pub discription: Option<String>,
    pub email: Option<String>,
    pub freight_bill: Option<Text>,
    pub gmt_create: Option<Time>,
    pub gmt_modified: Option<Time>,
    /// Serial of the operation.
    pub id: Option<Int>,
    pub message_status: Option<Int>,
    pub mobile: Option<String>,
    pub msg_type: Option<Int>,
    pub operate_remark: Option<String>,
    pub operate_type_int: Option<Int>,
    /// memberId.
    pub operator_id: Option<Text>,
    pub operator_login_id: Option<String>,
    pub operator_role_id: Option<Int>,
    pub operator_user_id: Option<Int>,
    pub phone: Option<String>,
    pub refund_address: Option<String>,
    pub refund_id: Option<Text>,
    pub reject_reason: Option<String>,
    pub vouchers: Option<Vec<String>>,
    pub logistics_company: Option<LogisticsCompany>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LogisticsCompany {
    pub id: Option<Int>,
    pub company_name: Option<String>,
    /// Code to send as logisticsCompanyNo, e.g. ZTO, HTKY.
    pub company_no: Option<String>,
    pub company_phone: Option<String>,
    pub support_print: Option<bool>,
    /// Full pinyin.
    pub spelling: Option<String>,
    /// Only inside refund operations.
    pub gmt_create: Option<String>,
    /// Only inside refund operations.
    pub gmt_modified: Option<String>,
}
