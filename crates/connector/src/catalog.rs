//! Finding goods.

use crate::Result;
use async_trait::async_trait;
use domain::{Document, Fen, OfferId};

/// A keyword search. Texts are checked against the contract's enums before they come here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeywordQuery {
    pub keyword: String,
    pub category_id: Option<i64>,
    pub page: u32,
    pub page_size: u32,
    /// Language code, e.g. `en`.
    pub language: String,
    /// Comma-joined filter words.
    pub filter: Option<String>,
    /// JSON text with one key, e.g. `{"price":"asc"}`.
    pub sort: Option<String>,
    pub price_from: Option<Fen>,
    pub price_to: Option<Fen>,
    pub out_member_id: Option<String>,
}

#[async_trait]
pub trait Catalog: Send + Sync {
    /// A page of products, as a document in the shape of the marketplace's page (`totalRecords .. data`).
    ///
    /// - no hit is an empty page, not an error.
    async fn search(&self, query: &KeywordQuery) -> Result<Document>;

    /// One product, as a document.
    ///
    /// - `ProductNotFound` when unknown, deleted or off sale.
    async fn product(&self, offer: OfferId, language: &str, out_member_id: Option<&str>) -> Result<Document>;
}
