//! The product calls: keyword search and detail, over the catalogue and the economy's stock.

mod detail;
mod list;

use crate::{
    api::{Answer, ApiError, Caller, Params},
    catalogue::{Catalogue, Language, Product, Seller},
    economy::Economy,
};
use alibaba1688::wire::{
    envelope::Nested,
    product::{OfferDetailParam, OfferQueryParam},
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

/// `product.search.keywordQuery`
pub async fn keyword_query(economy: &Economy, _: &Caller, params: &Params) -> Answer {
    let query: OfferQueryParam = params.require_json("offerQueryParam")?;
    answer(list::page(&Shop::of(economy), &query)?)
}

/// `product.search.queryProductDetail`
pub async fn query_product_detail(economy: &Economy, _: &Caller, params: &Params) -> Answer {
    let query: OfferDetailParam = params.require_json("offerDetailParam")?;
    let shop = Shop::of(economy);
    let (product, language) = detail::asked(&shop, &query)?;
    let stock = Stock::of(economy, product);
    answer(detail::of(&shop, product, language, &stock)?)
}

fn answer<T: Serialize>(value: T) -> Answer {
    Ok(printed(&Nested::ok(value)))
}

/// A failure inside an ordinary answer.
pub(super) fn failure(code: &str, message: &str) -> ApiError {
    ApiError::Answer(printed(&Nested::<()>::failed(code, message)))
}

fn printed<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).expect("wire types have text keys only")
}
