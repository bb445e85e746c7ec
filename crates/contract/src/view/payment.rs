//! What the operator sees of payments and purchasing accounts. Times are ISO-8601 +08:00, amounts fen.

use crate::dialect::{Ka, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A payment that waits for the operator, or did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PaymentRow {
    pub payment_id: String,
    /// `waiting`, `approved` or `refused`; `paid` or `closed` once its order is.
    pub state: String,
    pub develop_id: String,
    pub user_id: String,
    /// The 1688 order id.
    pub order_id: String,
    pub order_no: String,
    /// Fen: what the order costs now, goods and freight.
    pub amount: i64,
    /// Login of the purchasing account that buys.
    pub account: String,
    pub submitted_at: Time<Ka>,
    pub decided_at: Option<Time<Ka>>,
    /// Why it was refused.
    pub reason: Option<String>,
    /// What the caller noted with the order.
    pub staff_name: Option<String>,
    /// Proof of a bank transfer: URLs joined with commas.
    pub transfer_account_imgs: Option<String>,
    pub transfer_account_remark: Option<String>,
}

/// A page of payments, the longest waiting first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PaymentPage {
    pub records: Vec<PaymentRow>,
    pub total: i64,
    pub size: i64,
    pub current: i64,
}

/// An approved payment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PaymentApproved {
    #[serde(flatten)]
    pub payment: PaymentRow,
    /// The account was debited.
    pub protocol_pay_success: bool,
    /// Cashier page where the operator pays; null when the debit went through.
    pub pay_url: Option<String>,
}

/// A purchasing account. Its tokens are never shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccountRow {
    pub account_id: String,
    pub marketplace: String,
    pub login_id: String,
    /// Buys for users without an account of their own.
    pub is_default: bool,
    /// Users for whom it buys.
    pub users: Vec<BoundUser>,
}

/// A user with an account of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BoundUser {
    pub develop_id: String,
    pub user_id: String,
}

/// Who buys for a user at a marketplace.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BindingRow {
    pub develop_id: String,
    pub user_id: String,
    pub marketplace: String,
    /// Null: the default account.
    pub account_id: Option<String>,
}
