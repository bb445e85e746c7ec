//! What creating, cancelling and paying an order answer. Amounts are fen.

use crate::wire::{Flag, Int, Text};
use serde::{Deserialize, Serialize};

/// The result of `alibaba.trade.createCrossOrder`, in a [`crate::wire::envelope::Coded`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CreateResult {
    pub success: Option<Flag>,
    /// Empty when several orders were made.
    pub order_id: Option<Text>,
    /// Fen; empty when several orders were made.
    pub total_success_amount: Option<Int>,
    /// Fen; empty when several orders were made.
    pub post_fee: Option<Int>,
    pub code: Option<Text>,
    pub message: Option<String>,
    pub account_period: Option<AccountPeriod>,
    pub failed_offer_list: Option<Vec<FailedOffer>>,
    pub order_list: Option<Vec<CreatedOrder>>,
}

/// Terms of credit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AccountPeriod {
    pub tap_type: Option<Text>,
    pub tap_date: Option<Text>,
    pub tap_overdue: Option<Text>,
}

/// A line that could not be ordered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct FailedOffer {
    pub offer_id: Option<Text>,
    pub spec_id: Option<Text>,
    pub error_code: Option<Text>,
    pub error_message: Option<String>,
}

/// One of several orders that were made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CreatedOrder {
    pub order_id: Option<Text>,
    /// Fen; spelled so.
    pub order_ammount: Option<Int>,
    /// Fen.
    pub post_fee: Option<Int>,
    pub success: Option<Flag>,
    pub result_code: Option<Text>,
    pub message: Option<String>,
    pub pay_channel: Option<String>,
    pub discount: Option<Int>,
    pub sum_payment_no_carriage_from_client: Option<Int>,
    pub merge_pay: Option<bool>,
    pub choose_free_freight: Option<Text>,
}

/// The answer of `alibaba.trade.cancel`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CancelAnswer {
    pub success: Option<Flag>,
    pub error_code: Option<Text>,
    pub error_message: Option<String>,
}

/// The answer of `alibaba.alipay.url.get`; success may be partial.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CashierAnswer {
    pub pay_url: Option<String>,
    pub success: Option<Flag>,
    pub error_code: Option<Text>,
    /// Spelled so.
    pub erro_msg: Option<String>,
    pub pay_failure_order_list: Option<Vec<Int>>,
}

/// The result of `alibaba.trade.pay.protocolPay.preparePay`, in a [`crate::wire::envelope::Nested`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct DebitResult {
    pub pay_channel: Option<String>,
    pub pay_success: Option<Flag>,
}
