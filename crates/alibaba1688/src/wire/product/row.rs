//! Rows of the image search and the store search.

use super::page::{InvoiceInfo, PriceInfo, ProductTradeInfo, PromotionModel, SellerDataInfoList, SimpleShippingInfo};
use crate::wire::Int;
use serde::{Deserialize, Serialize};

/// Item of the image search.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ImageProduct {
    pub image_url: Option<String>,
    pub subject: Option<String>,
    pub subject_trans: Option<String>,
    pub price_info: Option<PriceInfo>,
    pub offer_id: Option<Int>,
    pub is_jxhy: Option<bool>,
    pub repurchase_rate: Option<String>,
    pub month_sold: Option<Int>,
    pub trace_info: Option<String>,
    pub is_one_psale: Option<bool>,
    pub seller_identities: Option<Vec<String>>,
    pub offer_identities: Option<Vec<String>>,
    pub trade_score: Option<String>,
    pub promotion_model: Option<PromotionModel>,
    pub top_category_id: Option<Int>,
    pub second_category_id: Option<Int>,
    pub third_category_id: Option<Int>,
    pub is_patent_product: Option<bool>,
    pub create_date: Option<String>,
    pub modify_date: Option<String>,
    pub is_select: Option<bool>,
    pub seller_data_info: Option<SellerDataInfoList>,
    pub product_simple_shipping_info: Option<SimpleShippingInfo>,
    pub min_order_quantity: Option<Int>,
    pub token: Option<String>,
    #[serde(rename = "promotionURL")]
    pub promotion_url: Option<String>,
    pub company_name: Option<String>,
    pub company_address: Option<String>,
    pub offer_data_info: Option<OfferDataInfo>,
    pub sales7d: Option<String>,
    pub product_trade_info: Option<ProductTradeInfo>,
    pub invoice_info: Option<InvoiceInfo>,
}

/// Part of [`ImageProduct`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OfferDataInfo {
    pub offer_applause_rate: Option<String>,
    /// Several values joined with semicolons.
    pub kj_featured_services: Option<String>,
    pub quality_rfd_rate30d: Option<String>,
    pub repurchase_rate30d: Option<String>,
    pub pickup_rate24h30d: Option<String>,
}

/// Item of the store search.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SellerOffer {
    pub image_url: Option<String>,
    pub aigc_image_url: Option<String>,
    pub subject: Option<String>,
    pub subject_trans: Option<String>,
    pub offer_id: Option<Int>,
    pub is_jxhy: Option<bool>,
    pub repurchase_rate: Option<String>,
    pub month_sold: Option<Int>,
    pub trace_info: Option<String>,
    pub is_one_psale: Option<bool>,
    pub price_info: Option<StorePriceInfo>,
    pub create_date: Option<String>,
    pub modify_date: Option<String>,
    pub is_patent_product: Option<bool>,
    pub offer_identities: Option<Vec<String>>,
    /// String here, boolean in keyword search.
    pub is_select: Option<String>,
    pub token: Option<String>,
    #[serde(rename = "promotionURL")]
    pub promotion_url: Option<String>,
}

/// Part of [`SellerOffer`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct StorePriceInfo {
    pub price: Option<String>,
    pub jxhy_price: Option<String>,
    pub pf_jxhy_price: Option<String>,
    pub consign_price: Option<String>,
}
