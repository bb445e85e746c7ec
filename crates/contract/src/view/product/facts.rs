//! Facts that search rows and details share.

use crate::scalar::{List, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Pictures of a product.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProductImage {
    pub images: List<Text>,
    pub white_image: Option<Text>,
}

/// Scores of the seller.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SellerDataInfoDetail {
    pub trade_medal_level: Option<Text>,
    pub composite_service_score: Option<Text>,
    pub logistics_experience_score: Option<Text>,
    pub dispute_complaint_score: Option<Text>,
    pub offer_experience_score: Option<Text>,
    pub consulting_experience_score: Option<Text>,
    /// Fraction, e.g. 0.4666.
    pub repeat_purchase_percent: Option<Text>,
    pub after_sales_experience_score: Option<Text>,
    pub collect30_day_within48_h_percent: Option<Text>,
    pub quality_refund_within30_day: Option<Text>,
}

/// Whether a promotion runs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PromotionModel {
    pub has_promotion: Option<bool>,
    pub promotion_type: Option<Text>,
}

/// Which invoices the seller gives.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvoiceInfo {
    pub support_online_invoice: Option<bool>,
    pub support_fast_invoice: Option<bool>,
    /// 普票 / 专票.
    pub invoice_types: List<Text>,
    /// 一般纳税人 / 小规模纳税人.
    pub taxpayer_type: Option<Text>,
}
