//! Rows of the searches as the marketplace gives them, under real ids.

use super::facts::{InvoiceInfo, PromotionModel};
use crate::{
    offer::HideIds,
    scalar::{IdNumber, List, Text, Whole},
};
use domain::IdCipher;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Item of the image search.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImageProduct {
    pub image_url: Option<Text>,
    /// Chinese title.
    pub subject: Option<Text>,
    /// Translated title.
    pub subject_trans: Option<Text>,
    pub price_info: Option<PriceInfo>,
    pub offer_id: Option<IdNumber>,
    pub is_jxhy: Option<bool>,
    pub repurchase_rate: Option<Text>,
    pub month_sold: Option<Whole>,
    pub trace_info: Option<Text>,
    #[serde(alias = "onePsale")]
    pub is_one_psale: Option<bool>,
    pub seller_identities: List<Text>,
    pub offer_identities: List<Text>,
    pub trade_score: Option<Text>,
    pub promotion_model: Option<PromotionModel>,
    pub top_category_id: Option<IdNumber>,
    pub second_category_id: Option<IdNumber>,
    pub third_category_id: Option<IdNumber>,
    pub is_patent_product: Option<bool>,
    pub create_date: Option<Text>,
    pub modify_date: Option<Text>,
    pub is_select: Option<bool>,
    pub seller_data_info: Option<SellerDataInfoList>,
    pub product_simple_shipping_info: Option<SimpleShippingInfo>,
    pub min_order_quantity: Option<Whole>,
    pub token: Option<Text>,
    #[serde(rename = "promotionURL")]
    pub promotion_url: Option<Text>,
    pub company_name: Option<Text>,
    pub company_address: Option<Text>,
    pub offer_data_info: Option<OfferDataInfo>,
    pub sales7d: Option<Text>,
    pub product_trade_info: Option<ProductTradeInfo>,
    pub invoice_info: Option<InvoiceInfo>,
}

/// Rates of a product.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfferDataInfo {
    pub offer_applause_rate: Option<Text>,
    /// Several values joined with semicolons.
    pub kj_featured_services: Option<Text>,
    pub quality_rfd_rate30d: Option<Text>,
    pub repurchase_rate30d: Option<Text>,
    pub pickup_rate24h30d: Option<Text>,
}

/// Item of the store search.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SellerOffer {
    pub image_url: Option<Text>,
    /// Image translated by AI.
    pub aigc_image_url: Option<Text>,
    pub subject: Option<Text>,
    pub subject_trans: Option<Text>,
    pub offer_id: Option<IdNumber>,
    pub is_jxhy: Option<bool>,
    pub repurchase_rate: Option<Text>,
    pub month_sold: Option<Whole>,
    pub trace_info: Option<Text>,
    #[serde(alias = "onePsale")]
    pub is_one_psale: Option<bool>,
    pub price_info: Option<StorePriceInfo>,
    pub create_date: Option<Text>,
    pub modify_date: Option<Text>,
    pub is_patent_product: Option<bool>,
    pub offer_identities: List<Text>,
    /// Text here, boolean in the keyword search.
    pub is_select: Option<Text>,
    pub token: Option<Text>,
    #[serde(rename = "promotionURL")]
    pub promotion_url: Option<Text>,
}

/// Prices of a product in its store.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StorePriceInfo {
    /// Wholesale.
    pub price: Option<Text>,
    /// Curated dropship price.
    pub jxhy_price: Option<Text>,
    /// Curated wholesale price.
    pub pf_jxhy_price: Option<Text>,
    /// Dropship price; meaningful when isOnePsale.
    pub consign_price: Option<Text>,
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
    pub offer_id: Option<IdNumber>,
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
    pub top_category_id: Option<IdNumber>,
    pub second_category_id: Option<IdNumber>,
    pub third_category_id: Option<IdNumber>,
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

macro_rules! real_ids {
    ($($row:ty),*) => {$(
        impl HideIds for $row {
            /// Serves only editions that show real ids.
            fn hide_ids(&mut self, _: &IdCipher) {}
        }
    )*};
}

real_ids!(KeywordProduct, ImageProduct, SellerOffer);
