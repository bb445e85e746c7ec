//! What shipping inside China costs. Amounts are decimal text in yuan.

use crate::wire::Int;
use serde::{Deserialize, Serialize};
use serde_json::Number;

/// The freight of some pieces of a product.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct FreightEstimate {
    pub offer_id: Option<Int>,
    /// Yuan; read it only when freePostage is false.
    pub freight: Option<String>,
    pub template_id: Option<Int>,
    /// Kg.
    pub single_product_weight: Option<Number>,
    /// Cm.
    pub single_product_width: Option<Number>,
    /// Cm.
    pub single_product_height: Option<Number>,
    /// Cm.
    pub single_product_length: Option<Number>,
    pub template_type: Option<Int>,
    pub template_name: Option<String>,
    pub sub_template_type: Option<Int>,
    pub sub_template_name: Option<String>,
    /// Yuan.
    pub first_fee: Option<String>,
    pub first_unit: Option<String>,
    /// Yuan.
    pub next_fee: Option<String>,
    pub next_unit: Option<String>,
    /// Empty or 1 = none.
    pub discount: Option<String>,
    pub charge_type: Option<String>,
    pub free_postage: Option<bool>,
    pub product_freight_sku_info_models: Option<Vec<FreightSkuInfo>>,
    pub size_value_type: Option<Int>,
}

/// Part of [`FreightEstimate`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct FreightSkuInfo {
    pub sku_id: Option<String>,
    pub single_sku_weight: Option<Number>,
    pub single_sku_width: Option<Number>,
    pub single_sku_height: Option<Number>,
    pub single_sku_length: Option<Number>,
}
