//! Arguments of the product calls. `country` carries a language code, never a country.

use crate::wire::Int;
use serde::{Deserialize, Serialize};

/// `product.search.keywordQuery`.
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
