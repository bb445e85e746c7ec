//! A page of a search, and the rows of the keyword search. Prices are decimal text in yuan.

use super::row::{ImageProduct, SellerOffer};
use crate::wire::Int;
use serde::{Deserialize, Serialize};

/// One page; past the end `data` is empty.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Page<R> {
    /// Capped at 2000 upstream.
    pub total_records: Option<Int>,
    /// Floor(totalRecords / pageSize) + 1, not a ceiling: 2000 by 5 gives 401, 323 by 5 gives 65.
    pub total_page: Option<Int>,
    pub page_size: Option<Int>,
    pub current_page: Option<Int>,
    pub data: Option<Vec<R>>,
    /// Of the image search only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pic_region_info: Option<PicRegionInfo>,
}

pub type KeywordPage = Page<KeywordProduct>;
pub type ImagePage = Page<ImageProduct>;
pub type SellerOfferPage = Page<SellerOffer>;

/// Candidates for `region`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PicRegionInfo {
    /// E.g. `265,597,326,764`.
    pub current_region: Option<String>,
    /// Regions joined by semicolons.
    pub yolo_crop_region: Option<String>,
}

/// item of the keyword search.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct KeywordProduct {
    pub image_url: Option<String>,
    /// Image translated by AI.
    pub aigc_image_url: Option<String>,
    /// Chinese title.
    pub subject: Option<String>,
    /// Translated title.
    pub subject_trans: Option<String>,
    pub offer_id: Option<Int>,
    pub is_jxhy: Option<bool>,
    pub price_info: Option<PriceInfo>,
    /// Percent text, e.g. 10%.
    pub repurchase_rate: Option<String>,
    /// Sales of 30 days.
    pub month_sold: Option<Int>,
    /// Tracking text, object_id@<id>^object_type@offer (may arrive URL-encoded); report it back with the order.
    pub trace_info: Option<String>,
    /// Some upstream answers name it onePsale: the connector reads both.
    pub is_one_psale: Option<bool>,
    pub seller_identities: Option<Vec<String>>,
    pub offer_identities: Option<Vec<String>>,
    pub trade_score: Option<String>,
    pub white_image: Option<String>,
    pub promotion_model: Option<PromotionModel>,
    pub top_category_id: Option<Int>,
    pub second_category_id: Option<Int>,
    pub third_category_id: Option<Int>,
    pub is_patent_product: Option<bool>,
    /// yyyy-MM-dd HH:mm:ss, no zone, taken as UTC+8.
    pub create_date: Option<String>,
    pub modify_date: Option<String>,
    pub is_select: Option<bool>,
    pub min_order_quantity: Option<Int>,
    pub seller_data_info: Option<SellerDataInfoList>,
    pub product_simple_shipping_info: Option<SimpleShippingInfo>,
    /// Rebate token.
    pub token: Option<String>,
    #[serde(rename = "promotionURL")]
    pub promotion_url: Option<String>,
    pub sales7d: Option<String>,
    pub product_trade_info: Option<ProductTradeInfo>,
    pub invoice_info: Option<InvoiceInfo>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PriceInfo {
    /// Wholesale.
    pub price: Option<String>,
    /// Curated dropship price.
    pub jxhy_price: Option<String>,
    /// Curated wholesale price.
    pub pf_jxhy_price: Option<String>,
    /// Dropship price; meaningful when isOnePsale.
    pub consign_price: Option<String>,
    /// Promotional price.
    pub promotion_price: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PromotionModel {
    pub has_promotion: Option<bool>,
    pub promotion_type: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SellerDataInfoList {
    pub trade_medal_level: Option<String>,
    pub composite_service_score: Option<String>,
    pub logistics_experience_score: Option<String>,
    pub dispute_complaint_score: Option<String>,
    pub offer_experience_score: Option<String>,
    pub after_sales_experience_score: Option<String>,
    pub consulting_experience_score: Option<String>,
    pub repeat_purchase_percent: Option<String>,
    /// Years of membership.
    pub tp_year: Option<Int>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SimpleShippingInfo {
    pub shipping_time_guarantee: Option<String>,
    /// Percent text such as 99.12%; empty means 0.
    pub perfect_fulfillment_rate30d: Option<String>,
    pub pickup_within24h_rate30d: Option<String>,
    pub quality_return_rate30d: Option<String>,
    pub perfect_fulfillment_rate7d: Option<String>,
    pub pickup_within24h_rate7d: Option<String>,
    pub delayed_shipping_rate7d: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ProductTradeInfo {
    pub add_cart_count7d: Option<String>,
    pub pay_buyer_count7d: Option<String>,
    pub add_cart_count30d: Option<String>,
    pub pay_buyer_count30d: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct InvoiceInfo {
    pub support_online_invoice: Option<bool>,
    pub support_fast_invoice: Option<bool>,
    /// 普票 / 专票.
    pub invoice_types: Option<Vec<String>>,
    /// 一般纳税人 / 小规模纳税人.
    pub taxpayer_type: Option<String>,
}
