//! Weights and sizes of a product: cm, and kg where a field does not say grams.

use crate::scalar::{Decimal, IdNumber, List, Text, Whole};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Weights and sizes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProductShippingInfo {
    pub send_goods_address_text: Option<Text>,
    /// Kg.
    pub weight: Option<Decimal>,
    /// Cm.
    pub width: Option<Decimal>,
    /// Cm.
    pub height: Option<Decimal>,
    /// Cm.
    pub length: Option<Decimal>,
    pub sku_shipping_info_list: List<SkuShippingInfo>,
    pub shipping_time_guarantee: Option<Text>,
    pub sku_shipping_details: List<SkuShippingDetail>,
    pub pkg_size_source: Option<Text>,
    pub official_length: Option<Decimal>,
    pub official_width: Option<Decimal>,
    pub official_height: Option<Decimal>,
    pub official_weight: Option<Decimal>,
}

/// Size of one SKU, weight in grams.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SkuShippingInfo {
    pub spec_id: Option<Text>,
    pub sku_id: Option<IdNumber>,
    /// Cm.
    pub width: Option<Decimal>,
    /// Cm.
    pub length: Option<Decimal>,
    /// Cm.
    pub height: Option<Decimal>,
    /// Grams here, kg elsewhere.
    pub weight: Option<Whole>,
}

/// Size of one SKU, weight in kg.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SkuShippingDetail {
    /// String here, integer elsewhere.
    pub sku_id: Option<Text>,
    pub width: Option<Decimal>,
    pub length: Option<Decimal>,
    pub height: Option<Decimal>,
    /// Kg.
    pub weight: Option<Decimal>,
    pub pkg_size_source: Option<Text>,
    pub official_length: Option<Decimal>,
    pub official_width: Option<Decimal>,
    pub official_height: Option<Decimal>,
    pub official_weight: Option<Decimal>,
    pub ai_weight: Option<Decimal>,
    /// Percent text.
    pub ai_weight_accuracy: Option<Text>,
}
