//! A page of a keyword search.

use super::facts::{InvoiceInfo, PromotionModel};
use crate::scalar::{List, Text, Whole};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Page wrapper inside the envelope data, so rows sit at data.data.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeywordPage {
    /// At most 2000.
    pub total_records: Option<Whole>,
    /// Floor(totalRecords / pageSize) + 1, not a ceiling: 2000 by 5 gives 401, 323 by 5 gives 65.
    pub total_page: Option<Whole>,
    pub page_size: Option<Whole>,
    pub current_page: Option<Whole>,
    pub data: List<KeywordProduct>,
}

/// Item of the keyword search.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeywordProduct {
    pub image_url: Option<Text>,
    /// Image translated by AI.
    pub aigc_image_url: Option<Text>,
    /// Chinese title.
    pub subject: Option<Text>,
    /// Translated title.
    pub subject_trans: Option<Text>,
    pub offer_id: Option<Whole>,
    pub is_jxhy: Option<bool>,
    pub price_info: Option<PriceInfo>,
    /// Percent text, e.g. 10%.
    pub repurchase_rate: Option<Text>,
    /// Sales of 30 days.
    pub month_sold: Option<Whole>,
    /// Tracking text, `object_id@<id>^object_type@offer` (may arrive URL-encoded); report it back with the order.
    pub trace_info: Option<Text>,
    /// Dropshipping of a single piece. Some answers of the marketplace leave out the `is`.
    #[serde(alias = "onePsale")]
    pub is_one_psale: Option<bool>,
    pub seller_identities: List<Text>,
    pub offer_identities: List<Text>,
    pub trade_score: Option<Text>,
    pub white_image: Option<Text>,
    pub promotion_model: Option<PromotionModel>,
    pub top_category_id: Option<Whole>,
    pub second_category_id: Option<Whole>,
    pub third_category_id: Option<Whole>,
    pub is_patent_product: Option<bool>,
    /// yyyy-MM-dd HH:mm:ss, no zone, taken as UTC+8.
    pub create_date: Option<Text>,
    pub modify_date: Option<Text>,
    pub is_select: Option<bool>,
    pub min_order_quantity: Option<Whole>,
    pub seller_data_info: Option<SellerDataInfoList>,
    pub product_simple_shipping_info: Option<SimpleShippingInfo>,
    /// Rebate token.
    pub token: Option<Text>,
    #[serde(rename = "promotionURL")]
    pub promotion_url: Option<Text>,
    pub sales7d: Option<Text>,
    pub product_trade_info: Option<ProductTradeInfo>,
    pub invoice_info: Option<InvoiceInfo>,
}

/// Prices of a product.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PriceInfo {
    /// Wholesale.
    pub price: Option<Text>,
    /// Curated dropship price.
    pub jxhy_price: Option<Text>,
    /// Curated wholesale price.
    pub pf_jxhy_price: Option<Text>,
    /// Dropship price; meaningful when isOnePsale.
    pub consign_price: Option<Text>,
    /// Promotional price.
    pub promotion_price: Option<Text>,
}

/// Scores of the seller.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SellerDataInfoList {
    pub trade_medal_level: Option<Text>,
    pub composite_service_score: Option<Text>,
    pub logistics_experience_score: Option<Text>,
    pub dispute_complaint_score: Option<Text>,
    pub offer_experience_score: Option<Text>,
    pub after_sales_experience_score: Option<Text>,
    pub consulting_experience_score: Option<Text>,
    pub repeat_purchase_percent: Option<Text>,
    /// Years of membership.
    pub tp_year: Option<Whole>,
}

/// How fast the seller ships.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SimpleShippingInfo {
    pub shipping_time_guarantee: Option<Text>,
    /// Percent text such as 99.12%; empty means 0.
    pub perfect_fulfillment_rate30d: Option<Text>,
    pub pickup_within24h_rate30d: Option<Text>,
    pub quality_return_rate30d: Option<Text>,
    pub perfect_fulfillment_rate7d: Option<Text>,
    pub pickup_within24h_rate7d: Option<Text>,
    pub delayed_shipping_rate7d: Option<Text>,
}

/// How the product sells.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProductTradeInfo {
    pub add_cart_count7d: Option<Text>,
    pub pay_buyer_count7d: Option<Text>,
    pub add_cart_count30d: Option<Text>,
    pub pay_buyer_count30d: Option<Text>,
}

impl KeywordPage {
    /// Reads the marketplace's answer.
    pub fn read(document: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(document)
    }
}
