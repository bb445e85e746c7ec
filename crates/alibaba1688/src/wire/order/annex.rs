//! The groups of an order that no rule reads: guarantees, payment stages, ratings, invoice, customs, marks.

use crate::wire::{Int, Text, Yuan};
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

/// What the seller guarantees.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct GuaranteesTerms {
    pub assurance_info: Option<String>,
    /// E.g. jqbz.
    pub assurance_type: Option<String>,
    pub quality_assurance_type: Option<String>,
    pub value: Option<String>,
}

/// One payment stage.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TradeTerm {
    pub pay_status: Option<Text>,
    pub pay_time: Option<String>,
    pub pay_way: Option<Text>,
    /// Yuan; spelled so.
    pub phas_amount: Option<Yuan>,
    pub phase: Option<Int>,
    pub phase_condition: Option<String>,
    pub phase_date: Option<String>,
    pub card_pay: Option<bool>,
    pub express_pay: Option<bool>,
    pub pay_way_desc: Option<String>,
}

/// A free attribute.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ExtAttribute {
    pub key: Option<String>,
    pub value: Option<String>,
    pub description: Option<String>,
}

/// Ratings of both sides.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OrderRateInfo {
    /// 4 rated, 5 not rated, 6 not needed.
    pub buyer_rate_status: Option<Int>,
    pub seller_rate_status: Option<Int>,
    pub buyer_rate_list: Option<Vec<Rate>>,
    pub seller_rate_list: Option<Vec<Rate>>,
}

/// One rating.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Rate {
    pub star_level: Option<Int>,
    pub content: Option<String>,
    pub receiver_nick: Option<String>,
    pub poster_nick: Option<String>,
    pub publish_time: Option<String>,
}

/// The invoice of an order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OrderInvoiceInfo {
    pub invoice_company_name: Option<String>,
    /// 0 plain, 1 VAT, 9 unknown.
    pub invoice_type: Option<Int>,
    pub local_invoice_id: Option<Int>,
    pub order_id: Option<Int>,
    pub receive_code: Option<String>,
    pub receive_code_text: Option<String>,
    pub receive_mobile: Option<String>,
    pub receive_name: Option<String>,
    pub receive_phone: Option<String>,
    pub receive_post: Option<String>,
    pub receive_street: Option<String>,
    pub register_account_id: Option<String>,
    pub register_bank: Option<String>,
    pub register_code: Option<String>,
    pub register_code_text: Option<String>,
    pub register_phone: Option<String>,
    pub register_street: Option<String>,
    pub taxpayer_identify: Option<String>,
    /// Fen.
    pub amount: Option<Int>,
    /// INIT ISSUING ISSUED FAILED VERIFYING VERIFY_FAILED RED_ISSUING RED_PART_ISSUED RED_ALL_ISSUED RETURNING RETURNED INVALIDING DEPRECATED CLOSED.
    pub status: Option<String>,
}

/// The customs form of an order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Customs {
    pub id: Option<Int>,
    pub gmt_create: Option<String>,
    pub gmt_modified: Option<String>,
    pub buyer_id: Option<Int>,
    pub order_id: Option<Text>,
    /// 1 customs form.
    #[serde(rename = "type")]
    pub kind: Option<Int>,
    pub attributes: Option<Vec<CustomsAttribute>>,
}

/// One row of a customs form.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CustomsAttribute {
    pub sku: Option<String>,
    pub c_name: Option<String>,
    pub en_name: Option<String>,
    pub amount: Option<Number>,
    pub quantity: Option<Number>,
    pub weight: Option<Number>,
    pub currency: Option<String>,
}

/// The way abroad.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OverseasExtraAddress {
    pub channel_name: Option<String>,
    pub channel_id: Option<String>,
    pub shipping_company_id: Option<String>,
    pub shipping_company_name: Option<String>,
    pub country_code: Option<String>,
    pub country: Option<String>,
    pub email: Option<String>,
}

/// Marks of the line of business.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OrderBizInfo {
    pub ods_cyd: Option<bool>,
    pub account_period_time: Option<String>,
    pub credit_order: Option<bool>,
    pub credit_order_detail: Option<Value>,
    pub pre_order_info: Option<Value>,
    pub lst_order_info: Option<Value>,
    pub erp_buyer_user_id: Option<String>,
    pub erp_order_id: Option<String>,
    pub erp_buyer_org_id: Option<String>,
    pub is_cz: Option<bool>,
    pub is_dz: Option<bool>,
    pub dz: Option<bool>,
    pub dropshipping: Option<bool>,
    /// givenByPlatform givenByMerchant or empty.
    pub shipping_insurance: Option<String>,
}
