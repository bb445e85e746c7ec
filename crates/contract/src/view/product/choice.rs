//! Products that are shown without a search: recommended, related, ranked, pooled. Bare lists, no page wrapper.

use super::trace::TraceInfo;
use crate::{
    dialect::Dialect,
    offer::{HideIds, Offer},
    scalar::{IdNumber, List, Text, Whole},
};
use domain::IdCipher;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Item of the recommendation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", bound = "")]
#[schemars(bound = "")]
pub struct RecommendProduct<D: Dialect> {
    pub image_url: Option<Text>,
    pub subject: Option<Text>,
    pub subject_trans: Option<Text>,
    pub price_info: Option<RecommendPriceInfo>,
    pub offer_id: Option<Offer<D>>,
    pub month_sold: Option<Whole>,
    pub repurchase_rate: Option<Text>,
    pub trace_info: Option<TraceInfo<D>>,
    pub is_select: Option<bool>,
    #[serde(rename = "promotionURL")]
    pub promotion_url: Option<Text>,
    /// Spelled without `is` here.
    #[serde(rename = "onePsale", alias = "isOnePsale")]
    pub one_psale: Option<bool>,
    pub seller_identities: List<Text>,
}

impl<D: Dialect> HideIds for RecommendProduct<D> {
    fn hide_ids(&mut self, ids: &IdCipher) {
        self.offer_id.hide_ids(ids);
        self.trace_info.hide_ids(ids);
    }
}

/// Prices of a recommended product.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecommendPriceInfo {
    /// Wholesale.
    pub price: Option<Text>,
    /// Dropship price.
    pub consign_price: Option<Text>,
}

/// Item of the related products.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", bound = "")]
#[schemars(bound = "")]
pub struct RelatedProduct<D: Dialect> {
    pub image_url: Option<Text>,
    pub subject: Option<Text>,
    pub subject_trans: Option<Text>,
    pub price_info: Option<RelatedPriceInfo>,
    pub offer_id: Option<Offer<D>>,
    /// Sold in the last 90 days here, despite the name.
    pub month_sold: Option<Whole>,
    pub seller_identities: List<Text>,
    pub offer_identities: List<Text>,
    pub top_category_id: Option<IdNumber>,
    pub second_category_id: Option<IdNumber>,
    pub third_category_id: Option<IdNumber>,
}

impl<D: Dialect> HideIds for RelatedProduct<D> {
    fn hide_ids(&mut self, ids: &IdCipher) {
        self.offer_id.hide_ids(ids);
    }
}

/// Price of a related product.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RelatedPriceInfo {
    /// The lowest wholesale price.
    pub price: Option<Text>,
}

/// A ranking of a category.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", bound = "")]
#[schemars(bound = "")]
pub struct Ranking<D: Dialect> {
    /// Category id.
    pub rank_id: Option<Text>,
    pub rank_name: Option<Text>,
    pub rank_type: Option<Text>,
    pub rank_product_models: List<RankProduct<D>>,
}

impl<D: Dialect> HideIds for Ranking<D> {
    fn hide_ids(&mut self, ids: &IdCipher) {
        self.rank_product_models.hide_ids(ids);
    }
}

/// Row of a ranking.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", bound = "")]
#[schemars(bound = "")]
pub struct RankProduct<D: Dialect> {
    pub item_id: Option<Offer<D>>,
    pub title: Option<Text>,
    pub translate_title: Option<Text>,
    pub img_url: Option<Text>,
    /// Position.
    pub sort: Option<Whole>,
    pub service_list: List<Text>,
    /// Buyers in 30 days.
    pub buyer_num: Option<Whole>,
    /// Units in 30 days.
    pub sold_out: Option<Whole>,
    pub goods_score: Option<Text>,
}

impl<D: Dialect> HideIds for RankProduct<D> {
    fn hide_ids(&mut self, ids: &IdCipher) {
        self.item_id.hide_ids(ids);
    }
}

/// Row of a pool of offers; fetch details one by one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", bound = "")]
#[schemars(bound = "")]
pub struct PoolProduct<D: Dialect> {
    pub offer_id: Option<Offer<D>>,
    pub biz_category_id: Option<Text>,
    /// Pool size, repeated on every row.
    pub offer_pool_total: Option<Whole>,
}

impl<D: Dialect> HideIds for PoolProduct<D> {
    fn hide_ids(&mut self, ids: &IdCipher) {
        self.offer_id.hide_ids(ids);
    }
}
