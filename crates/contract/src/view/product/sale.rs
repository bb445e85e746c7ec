//! How a product is sold: SKUs, tiered and customer prices, units, mixed batches. Prices are decimal text in yuan.

use crate::scalar::{Decimal, IdNumber, List, Text, Whole};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One SKU.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProductSkuInfo {
    /// Stock.
    pub amount_on_sale: Option<Whole>,
    /// Upstream may leave it out when quoteType is 0 or 2.
    pub price: Option<Text>,
    /// Deprecated.
    pub jxhy_price: Option<Text>,
    pub sku_id: Option<IdNumber>,
    /// 32 hex characters; the id that order calls take.
    pub spec_id: Option<Text>,
    pub sku_attributes: List<SkuAttribute>,
    /// Deprecated.
    pub pf_jxhy_price: Option<Text>,
    /// Deprecated.
    pub consign_price: Option<Text>,
    pub cargo_number: Option<Text>,
    pub promotion_price: Option<Text>,
    pub fenxiao_price_info: Option<FenxiaoPriceInfo>,
    pub foreign_currency_price: Option<Decimal>,
    pub foreign_currency_promotion_price: Option<Decimal>,
    pub retail_price: Option<Text>,
    pub foreign_currency_retail_price: Option<Decimal>,
}

/// One attribute of a SKU.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SkuAttribute {
    pub attribute_id: Option<IdNumber>,
    pub attribute_name: Option<Text>,
    pub attribute_name_trans: Option<Text>,
    pub value: Option<Text>,
    pub value_trans: Option<Text>,
    pub sku_image_url: Option<Text>,
    pub sku_image_url_trans: Option<Text>,
}

/// Distribution prices of a SKU.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FenxiaoPriceInfo {
    /// Dropship incl. postage.
    pub one_piece_price: Option<Text>,
    /// Distribution price.
    pub offer_price: Option<Text>,
}

/// How a product is sold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProductSaleInfo {
    pub amount_on_sale: Option<Whole>,
    pub price_range_list: List<PriceRange>,
    /// Decimal, e.g. 3.50, in the requested currency.
    pub foreign_currency_price: Option<Decimal>,
    pub quote_type: Option<Whole>,
    /// Deprecated.
    pub consign_price: Option<Text>,
    /// Deprecated.
    pub jxhy_price: Option<Text>,
    pub unit_info: Option<UnitInfo>,
    pub fenxiao_sale_info: Option<FenxiaoSaleInfo>,
    pub retail_price: Option<Text>,
    pub foreign_currency_retail_price: Option<Decimal>,
}

/// One step of a tiered price.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PriceRange {
    pub start_quantity: Option<Whole>,
    pub price: Option<Text>,
    pub promotion_price: Option<Text>,
    pub foreign_currency_price: Option<Decimal>,
    pub foreign_currency_promotion_price: Option<Decimal>,
}

/// The unit of sale.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UnitInfo {
    pub unit: Option<Text>,
    pub trans_unit: Option<Text>,
}

/// Distribution terms of a product.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FenxiaoSaleInfo {
    pub one_piece_free_postage: Option<bool>,
    pub start_quantity: Option<Whole>,
    pub one_piece_price: Option<Text>,
    pub offer_price: Option<Text>,
}

/// The mixed-batch rule of the seller.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SellerMixSetting {
    /// Mixed batch allowed.
    pub general_hunpi: Option<bool>,
    pub mix_amount: Option<Whole>,
    pub mix_number: Option<Whole>,
}

/// Prices of a customer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChannelPrice {
    pub channel_sku_price_list: List<ChannelSkuPrice>,
}

/// The price of one SKU for a customer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChannelSkuPrice {
    pub sku_id: Option<IdNumber>,
    pub current_price: Option<Text>,
}
