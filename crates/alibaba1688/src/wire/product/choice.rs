//! Products that are shown without a search: recommended, related, ranked, pooled.

use crate::wire::Int;
use serde::{Deserialize, Serialize};

/// Item of the recommendation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RecommendProduct {
    pub image_url: Option<String>,
    pub subject: Option<String>,
    pub subject_trans: Option<String>,
    pub price_info: Option<RecommendPriceInfo>,
    pub offer_id: Option<Int>,
    pub month_sold: Option<Int>,
    pub repurchase_rate: Option<String>,
    pub trace_info: Option<String>,
    pub is_select: Option<bool>,
    #[serde(rename = "promotionURL")]
    pub promotion_url: Option<String>,
    /// Spelled without is in this answer.
    pub one_psale: Option<bool>,
    pub seller_identities: Option<Vec<String>>,
}

/// Part of [`RecommendProduct`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RecommendPriceInfo {
    pub price: Option<String>,
    pub consign_price: Option<String>,
}

/// Item of the related products.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RelatedProduct {
    pub image_url: Option<String>,
    pub subject: Option<String>,
    pub subject_trans: Option<String>,
    pub price_info: Option<RelatedPriceInfo>,
    pub offer_id: Option<Int>,
    /// Sold in the last 90 days here, despite the name.
    pub month_sold: Option<Int>,
    pub seller_identities: Option<Vec<String>>,
    pub offer_identities: Option<Vec<String>>,
    pub top_category_id: Option<Int>,
    pub second_category_id: Option<Int>,
    pub third_category_id: Option<Int>,
}

/// Part of [`RelatedProduct`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RelatedPriceInfo {
    /// Lowest wholesale price.
    pub price: Option<String>,
}

/// A ranking of a category.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Ranking {
    /// Category id.
    pub rank_id: Option<String>,
    pub rank_name: Option<String>,
    pub rank_type: Option<String>,
    pub rank_product_models: Option<Vec<RankProduct>>,
}

/// Row of a ranking.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RankProduct {
    pub item_id: Option<Int>,
    pub title: Option<String>,
    pub translate_title: Option<String>,
    pub img_url: Option<String>,
    /// Position.
    pub sort: Option<Int>,
    pub service_list: Option<Vec<String>>,
    /// Buyers in 30 days.
    pub buyer_num: Option<Int>,
    /// Units in 30 days.
    pub sold_out: Option<Int>,
    pub goods_score: Option<String>,
}

/// Row of a pool of offers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PoolProduct {
    pub offer_id: Option<Int>,
    pub biz_category_id: Option<String>,
    /// Pool size repeated on every row.
    pub offer_pool_total: Option<Int>,
}
