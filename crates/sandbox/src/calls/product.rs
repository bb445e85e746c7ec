//! The product calls: searches, detail, choices, categories, freight and chat, over the catalogue and the economy's stock.

mod category;
mod chat;
mod choice;
mod detail;
mod freight;
mod image;
mod list;
mod row;
mod search;

use crate::{
    api::{Answer, ApiError, Caller, Params},
    catalogue::{Catalogue, Language, Product, Seller},
    economy::Economy,
};
use alibaba1688::wire::{
    envelope::Nested,
    product::{
        OfferDetailParam, OfferPoolQueryParam, OfferQueryParam, ProductFreightQueryParams, RankQueryParams,
        RecommendOfferParam, RelatedQueryParams, UploadImageParam,
    },
};
use domain::Timestamp;
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;

/// What the printing of products needs beside the product itself.
pub(super) struct Shop {
    pub catalogue: Arc<Catalogue>,
    /// Public base URL of the sandbox, for pictures.
    pub base: String,
    pub now: Timestamp,
}

impl Shop {
    fn of(economy: &Economy) -> Self {
        Self { catalogue: economy.catalogue().clone(), base: economy.base_url(), now: economy.now() }
    }

    pub(super) fn seller(&self, product: &Product) -> Option<&Seller> {
        self.catalogue.seller(&product.seller)
    }
}

/// Pieces that are left now: one number for each specification, or one for a product without any.
pub(super) struct Stock(pub Vec<i64>);

impl Stock {
    fn of(economy: &Economy, product: &Product) -> Self {
        let left = |sku| economy.stock(product.offer_id, sku);
        let each = product.skus.iter().map(|s| left(Some(s.sku_id)));
        Self(if product.skus.is_empty() { vec![left(None)] } else { each.collect() })
    }
}

/// The language that was asked. A code that the catalogue does not speak gets no translation, as Chinese does.
pub(super) fn language(code: &str) -> Language {
    Language::parse(code).unwrap_or(Language::Chinese)
}

/// Codes of success: one of searches and details, one of most others.
const DONE: &str = "200";
const DONE_S: &str = "S0000";

/// `product.search.keywordQuery`
pub async fn keyword_query(economy: &Economy, _: &Caller, params: &Params) -> Answer {
    let query: OfferQueryParam = params.require_json("offerQueryParam")?;
    answer(DONE, search::by_keyword(&Shop::of(economy), &query)?)
}

/// `product.image.upload`
pub async fn image_upload(economy: &Economy, _: &Caller, params: &Params) -> Answer {
    let param: UploadImageParam = params.require_json("uploadImageParam")?;
    answer(DONE, image::upload(economy, param).await?)
}

/// `product.search.imageQuery`
pub async fn image_query(economy: &Economy, _: &Caller, params: &Params) -> Answer {
    let query: OfferQueryParam = params.require_json("offerQueryParam")?;
    answer(DONE, image::search(economy, &Shop::of(economy), &query).await?)
}

/// `product.search.querySellerOfferList`
pub async fn query_seller_offer_list(economy: &Economy, _: &Caller, params: &Params) -> Answer {
    let query: OfferQueryParam = params.require_json("offerQueryParam")?;
    answer(DONE, search::in_store(&Shop::of(economy), &query)?)
}

/// `product.search.offerRecommend`
pub async fn offer_recommend(economy: &Economy, _: &Caller, params: &Params) -> Answer {
    let query: RecommendOfferParam = params.require_json("recommendOfferParam")?;
    answer(DONE, choice::recommended(&Shop::of(economy), &query)?)
}

/// `product.related.recommend`
pub async fn related_recommend(economy: &Economy, _: &Caller, params: &Params) -> Answer {
    let query: RelatedQueryParams = params.require_json("relatedQueryParams")?;
    answer(DONE_S, choice::related(&Shop::of(economy), &query)?)
}

/// `product.topList.query`
pub async fn top_list_query(economy: &Economy, _: &Caller, params: &Params) -> Answer {
    let query: RankQueryParams = params.require_json("rankQueryParams")?;
    answer(DONE_S, choice::ranking(&Shop::of(economy), &query)?)
}

/// `pool.product.pull`
pub async fn pool_pull(economy: &Economy, _: &Caller, params: &Params) -> Answer {
    let query: OfferPoolQueryParam = params.require_json("offerPoolQueryParam")?;
    answer(DONE_S, choice::pool(&Shop::of(economy), &query)?)
}

/// `category.translation.getById`
pub async fn category_translation(economy: &Economy, _: &Caller, params: &Params) -> Answer {
    answer(DONE_S, category::translated(&Shop::of(economy), params)?)
}

/// `alibaba.category.get`
pub async fn category_get(economy: &Economy, _: &Caller, params: &Params) -> Answer {
    Ok(printed(&category::tree(&Shop::of(economy), params)?))
}

/// `product.freight.estimate`
pub async fn freight_estimate(economy: &Economy, _: &Caller, params: &Params) -> Answer {
    let query: ProductFreightQueryParams = params.require_json("productFreightQueryParamsNew")?;
    answer(DONE_S, freight::estimate(&Shop::of(economy), &query)?)
}

/// `wangwangnick.openuid.decrypt`, whose answer has no wrapper.
pub async fn wangwang_nick(economy: &Economy, _: &Caller, params: &Params) -> Answer {
    Ok(printed(&chat::name(&Shop::of(economy), params.require("openUid")?)))
}

/// `account.wangwangUrl.get`
pub async fn wangwang_url(economy: &Economy, _: &Caller, params: &Params) -> Answer {
    let link = chat::link(&Shop::of(economy), params.require("toOpenUid")?)?;
    Ok(serde_json::json!({ "result": link }))
}

/// `product.search.queryProductDetail`
pub async fn query_product_detail(economy: &Economy, _: &Caller, params: &Params) -> Answer {
    let query: OfferDetailParam = params.require_json("offerDetailParam")?;
    let shop = Shop::of(economy);
    let (product, language) = detail::asked(&shop, &query)?;
    let stock = Stock::of(economy, product);
    answer(DONE, detail::of(&shop, product, language, &stock)?)
}

fn answer<T: Serialize>(code: &str, value: T) -> Answer {
    Ok(printed(&Nested::ok_as(code, value)))
}

/// A product that is not there.
pub(super) fn gone() -> ApiError {
    failure("500_001", "商品不存在或已下架")
}

/// A failure inside an ordinary answer.
pub(super) fn failure(code: &str, message: &str) -> ApiError {
    ApiError::Answer(printed(&Nested::<()>::failed(code, message)))
}

fn printed<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).expect("wire types have text keys only")
}
