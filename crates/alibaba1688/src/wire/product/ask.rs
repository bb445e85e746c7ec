//! Arguments of the product calls. `country` carries a language code, never a country.

use crate::wire::Int;
use serde::{Deserialize, Serialize};

/// `product.search.keywordQuery`, `product.search.imageQuery`, `product.search.querySellerOfferList`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct KeywordAsk {
    pub offer_query_param: Option<OfferQueryParam>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OfferQueryParam {
    pub keyword: Option<String>,
    /// From 1.
    pub begin_page: Option<Int>,
    pub page_size: Option<Int>,
    /// Comma-joined filter words.
    pub filter: Option<String>,
    /// JSON text with one key, e.g. `{"price":"asc"}`.
    pub sort: Option<String>,
    pub out_member_id: Option<String>,
    /// Decimal text in yuan, inclusive.
    pub price_start: Option<String>,
    /// Decimal text in yuan, inclusive.
    pub price_end: Option<String>,
    pub category_id: Option<Int>,
    pub country: Option<String>,
    /// Of the image search: what an upload gave.
    pub image_id: Option<String>,
    /// Of the image search: crop of the subject, e.g. `266,799,48,581`.
    pub region: Option<String>,
    /// Of the image search: a link of the marketplace.
    pub image_address: Option<String>,
    /// Of the store search: encrypted seller id.
    pub seller_open_id: Option<String>,
}

/// `product.search.queryProductDetail`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct DetailAsk {
    pub offer_detail_param: Option<OfferDetailParam>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OfferDetailParam {
    pub offer_id: Option<Int>,
    pub country: Option<String>,
    pub out_member_id: Option<String>,
}

/// `product.image.upload`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ImageUploadAsk {
    pub upload_image_param: Option<UploadImageParam>,
}

/// Arguments of `product.image.upload`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct UploadImageParam {
    /// Jpg or png, keep below 3 MB.
    pub image_base64: Option<String>,
    pub out_member_id: Option<String>,
}

/// `product.search.offerRecommend`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RecommendAsk {
    pub recommend_offer_param: Option<RecommendOfferParam>,
}

/// Arguments of `product.search.offerRecommend`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RecommendOfferParam {
    pub begin_page: Option<Int>,
    pub page_size: Option<Int>,
    pub country: Option<String>,
    pub out_member_id: Option<String>,
}

/// `product.related.recommend`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RelatedAsk {
    pub related_query_params: Option<RelatedQueryParams>,
}

/// Arguments of `product.related.recommend`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RelatedQueryParams {
    pub offer_id: Option<Int>,
    pub page_no: Option<Int>,
    /// At most 10.
    pub page_size: Option<Int>,
    pub language: Option<String>,
}

/// `product.topList.query`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RankingAsk {
    pub rank_query_params: Option<RankQueryParams>,
}

/// Arguments of `product.topList.query`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RankQueryParams {
    pub rank_id: Option<String>,
    pub rank_type: Option<String>,
    /// At most 20.
    pub limit: Option<Int>,
    pub language: Option<String>,
}

/// `product.freight.estimate`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct FreightAsk {
    pub product_freight_query_params_new: Option<ProductFreightQueryParams>,
}

/// Arguments of `product.freight.estimate`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ProductFreightQueryParams {
    pub offer_id: Option<Int>,
    pub to_province_code: Option<String>,
    pub to_city_code: Option<String>,
    pub to_country_code: Option<String>,
    pub total_num: Option<Int>,
    pub logistics_sku_num_models: Option<Vec<LogisticsSkuNumModel>>,
}

/// A line of [`ProductFreightQueryParams`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LogisticsSkuNumModel {
    pub sku_id: Option<String>,
    pub number: Option<Int>,
}

/// `pool.product.pull`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PoolAsk {
    pub offer_pool_query_param: Option<OfferPoolQueryParam>,
}

/// Arguments of `pool.product.pull`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OfferPoolQueryParam {
    pub offer_pool_id: Option<Int>,
    pub cate_id: Option<Int>,
    pub task_id: Option<String>,
    pub language: Option<String>,
    pub page_no: Option<Int>,
    pub page_size: Option<Int>,
    pub sort_field: Option<String>,
    pub sort_type: Option<String>,
}

/// `category.translation.getById`: flat, without a wrapper.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CategoryAsk {
    pub language: Option<String>,
    pub category_id: Option<Int>,
    pub parent_cate_id: Option<Int>,
    pub out_member_id: Option<String>,
}

/// `alibaba.category.get`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CategoryTreeAsk {
    /// 0 = first level; three levels in all.
    #[serde(rename = "categoryID")]
    pub category_id: Option<Int>,
}
