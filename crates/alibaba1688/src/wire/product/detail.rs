//! The detail of one product. Prices are decimal text in yuan, sizes cm, weights kg unless a field says otherwise.

use super::page::{InvoiceInfo, PromotionModel};
use crate::wire::{Int, Text};
use serde::{Deserialize, Serialize};
use serde_json::Number;

/// One product with its specifications.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ProductDetail {
    pub offer_id: Option<Int>,
    pub category_id: Option<Int>,
    pub category_name: Option<String>,
    pub subject: Option<String>,
    pub subject_trans: Option<String>,
    /// Raw HTML with 1688 image maps and links.
    pub description: Option<String>,
    pub main_video: Option<String>,
    pub detail_video: Option<String>,
    pub product_image: Option<ProductImage>,
    pub product_attribute: Option<Vec<ProductAttribute>>,
    pub product_sku_infos: Option<Vec<ProductSku>>,
    pub product_sale_info: Option<ProductSale>,
    pub product_shipping_info: Option<ProductShipping>,
    pub is_jxhy: Option<bool>,
    /// Encrypted seller id.
    pub seller_open_id: Option<String>,
    pub min_order_quantity: Option<Int>,
    /// Pieces per lot.
    pub batch_number: Option<Int>,
    /// Listing state, see enum productStatus.
    pub status: Option<String>,
    pub tag_info_list: Option<Vec<TagInfo>>,
    pub trace_info: Option<String>,
    pub seller_mix_setting: Option<SellerMixSetting>,
    pub product_cargo_number: Option<String>,
    pub seller_data_info: Option<SellerDataInfoDetail>,
    /// Units sold.
    pub sold_out: Option<String>,
    pub channel_price: Option<ChannelPrice>,
    pub promotion_model: Option<PromotionModel>,
    pub trade_score: Option<String>,
    pub top_category_id: Option<Int>,
    pub second_category_id: Option<Int>,
    pub third_category_id: Option<Int>,
    pub selling_point: Option<Vec<String>>,
    pub offer_identities: Option<Vec<String>>,
    pub create_date: Option<String>,
    pub is_select: Option<String>,
    pub certificate_list: Option<Vec<Certificate>>,
    pub promotion_url: Option<String>,
    pub description_trans: Option<String>,
    pub product_image_trans: Option<ProductImage>,
    /// Seller company.
    pub company_name: Option<String>,
    pub invoice_info: Option<InvoiceInfo>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ProductImage {
    pub images: Option<Vec<String>>,
    pub white_image: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ProductAttribute {
    pub attribute_id: Option<String>,
    pub attribute_name: Option<String>,
    pub value: Option<String>,
    pub attribute_name_trans: Option<String>,
    pub value_trans: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ProductSku {
    /// Stock.
    pub amount_on_sale: Option<Int>,
    /// Upstream may leave it out when quoteType is 0 or 2.
    pub price: Option<String>,
    /// Deprecated.
    pub jxhy_price: Option<String>,
    pub sku_id: Option<Int>,
    /// 32 hex characters; the id that order calls take.
    pub spec_id: Option<Text>,
    pub sku_attributes: Option<Vec<SkuAttribute>>,
    /// Deprecated.
    pub pf_jxhy_price: Option<String>,
    /// Deprecated.
    pub consign_price: Option<String>,
    pub cargo_number: Option<String>,
    pub promotion_price: Option<String>,
    pub fenxiao_price_info: Option<FenxiaoPrice>,
    pub foreign_currency_price: Option<Number>,
    pub foreign_currency_promotion_price: Option<Number>,
    pub retail_price: Option<String>,
    pub foreign_currency_retail_price: Option<Number>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SkuAttribute {
    pub attribute_id: Option<Int>,
    pub attribute_name: Option<String>,
    pub attribute_name_trans: Option<String>,
    pub value: Option<String>,
    pub value_trans: Option<String>,
    pub sku_image_url: Option<String>,
    pub sku_image_url_trans: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct FenxiaoPrice {
    /// Dropship incl. postage.
    pub one_piece_price: Option<String>,
    /// Distribution price.
    pub offer_price: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ProductSale {
    pub amount_on_sale: Option<Int>,
    pub price_range_list: Option<Vec<PriceRange>>,
    /// Decimal, e.g. 3.50, in the requested currency.
    pub foreign_currency_price: Option<Number>,
    pub quote_type: Option<Int>,
    /// Deprecated.
    pub consign_price: Option<String>,
    /// Deprecated.
    pub jxhy_price: Option<String>,
    pub unit_info: Option<UnitInfo>,
    pub fenxiao_sale_info: Option<FenxiaoSale>,
    pub retail_price: Option<String>,
    pub foreign_currency_retail_price: Option<Number>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PriceRange {
    pub start_quantity: Option<Int>,
    pub price: Option<String>,
    pub promotion_price: Option<String>,
    pub foreign_currency_price: Option<Number>,
    pub foreign_currency_promotion_price: Option<Number>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct UnitInfo {
    pub unit: Option<String>,
    pub trans_unit: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct FenxiaoSale {
    pub one_piece_free_postage: Option<bool>,
    pub start_quantity: Option<Int>,
    pub one_piece_price: Option<String>,
    pub offer_price: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ProductShipping {
    pub send_goods_address_text: Option<String>,
    /// Kg.
    pub weight: Option<Number>,
    /// Cm.
    pub width: Option<Number>,
    /// Cm.
    pub height: Option<Number>,
    /// Cm.
    pub length: Option<Number>,
    pub sku_shipping_info_list: Option<Vec<SkuShipping>>,
    pub shipping_time_guarantee: Option<String>,
    pub sku_shipping_details: Option<Vec<SkuShippingDetail>>,
    pub pkg_size_source: Option<String>,
    pub official_length: Option<Number>,
    pub official_width: Option<Number>,
    pub official_height: Option<Number>,
    pub official_weight: Option<Number>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SkuShipping {
    pub spec_id: Option<Text>,
    pub sku_id: Option<Int>,
    /// Cm.
    pub width: Option<Number>,
    /// Cm.
    pub length: Option<Number>,
    /// Cm.
    pub height: Option<Number>,
    /// Grams here, kg elsewhere.
    pub weight: Option<Int>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SkuShippingDetail {
    /// String here, integer elsewhere.
    pub sku_id: Option<String>,
    pub width: Option<Number>,
    pub length: Option<Number>,
    pub height: Option<Number>,
    /// Kg.
    pub weight: Option<Number>,
    pub pkg_size_source: Option<String>,
    pub official_length: Option<Number>,
    pub official_width: Option<Number>,
    pub official_height: Option<Number>,
    pub official_weight: Option<Number>,
    pub ai_weight: Option<Number>,
    /// Percent text.
    pub ai_weight_accuracy: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TagInfo {
    pub key: Option<String>,
    pub value: Option<bool>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SellerMixSetting {
    /// Mixed batch allowed.
    pub general_hunpi: Option<bool>,
    pub mix_amount: Option<Int>,
    pub mix_number: Option<Int>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SellerDataInfoDetail {
    pub trade_medal_level: Option<String>,
    pub composite_service_score: Option<String>,
    pub logistics_experience_score: Option<String>,
    pub dispute_complaint_score: Option<String>,
    pub offer_experience_score: Option<String>,
    pub consulting_experience_score: Option<String>,
    /// Fraction, e.g. 0.4666.
    pub repeat_purchase_percent: Option<String>,
    pub after_sales_experience_score: Option<String>,
    pub collect30_day_within48_h_percent: Option<String>,
    pub quality_refund_within30_day: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ChannelPrice {
    pub channel_sku_price_list: Option<Vec<ChannelSkuPrice>>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ChannelSkuPrice {
    pub sku_id: Option<Int>,
    pub current_price: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Certificate {
    pub certificate_name: Option<String>,
    pub certificate_code: Option<String>,
    pub certificate_photo_list: Option<Vec<String>>,
}
