//! What shipping inside China costs. Amounts in yuan.

use crate::scalar::{Decimal, Flag, IdNumber, List, Text, Whole};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Freight inside China for some pieces of a product.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FreightEstimate {
    pub offer_id: Option<IdNumber>,
    /// Yuan; read it only when freePostage is false.
    pub freight: Option<Text>,
    pub template_id: Option<IdNumber>,
    /// Kg.
    pub single_product_weight: Option<Decimal>,
    /// Cm.
    pub single_product_width: Option<Decimal>,
    /// Cm.
    pub single_product_height: Option<Decimal>,
    /// Cm.
    pub single_product_length: Option<Decimal>,
    /// 1 seller pays, 2 seller-defined, 3 official template.
    pub template_type: Option<Whole>,
    pub template_name: Option<Text>,
    /// 0 express, 1 freight, 2 cash on delivery, 3 official.
    pub sub_template_type: Option<Whole>,
    pub sub_template_name: Option<Text>,
    /// Yuan.
    pub first_fee: Option<Text>,
    pub first_unit: Option<Text>,
    /// Yuan.
    pub next_fee: Option<Text>,
    pub next_unit: Option<Text>,
    /// Empty or 1 = none.
    pub discount: Option<Text>,
    /// `0` weight, `1` pieces, `2` volume.
    pub charge_type: Option<Text>,
    pub free_postage: Option<Flag>,
    pub product_freight_sku_info_models: List<FreightSkuInfo>,
    /// 1 use the outer size fields, 2 use productFreightSkuInfoModels.
    pub size_value_type: Option<Whole>,
}

/// Weight and size of one SKU: kg, cm.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FreightSkuInfo {
    pub sku_id: Option<Text>,
    pub single_sku_weight: Option<Decimal>,
    pub single_sku_width: Option<Decimal>,
    pub single_sku_height: Option<Decimal>,
    pub single_sku_length: Option<Decimal>,
}
