//! Finding goods, and those who sell them. Answers are documents in the marketplace's own shapes; a text or word in a query
//! was checked before it comes here.

use crate::Result;
use async_trait::async_trait;
use domain::{
    Document, OfferId,
    catalog::{
        CategoryQuery, FreightQuery, ImageQuery, KeywordQuery, PoolQuery, ProductQuery, RankingQuery, RecommendQuery,
        RelatedQuery, SellerQuery,
    },
    offering::Offering,
};

#[async_trait]
pub trait Catalog: Send + Sync {
    /// A page of products, as a document in the shape of the marketplace's page (`totalRecords .. data`).
    ///
    /// - no hit is an empty page, not an error.
    async fn search(&self, query: &KeywordQuery) -> Result<Document>;

    /// A page of products that look alike, in the same shape.
    async fn search_image(&self, query: &ImageQuery) -> Result<Document>;

    /// A page of one shop's products, in the same shape.
    ///
    /// - `ObjectNotFound` for a seller who does not exist.
    async fn search_store(&self, query: &SellerQuery) -> Result<Document>;

    /// One product.
    ///
    /// - `ProductNotFound` when unknown, deleted or off sale.
    async fn product(&self, query: &ProductQuery) -> Result<Document>;

    /// What a buyer must know of one product, as the marketplace has it at this moment.
    ///
    /// - every specification that may be ordered is in it, at the unit price of a preview of as many pieces.
    /// - its seller is the one of [`crate::Ordering::seller`].
    /// - `ProductNotFound` as for [`Catalog::product`].
    async fn offering(&self, offer: OfferId) -> Result<Offering>;

    /// A list of what an end user may like.
    async fn recommended(&self, query: &RecommendQuery) -> Result<Document>;

    /// A list of products like one.
    ///
    /// - `ProductNotFound` when that one is unknown.
    async fn related(&self, query: &RelatedQuery) -> Result<Document>;

    /// A category with its translation and its children.
    ///
    /// - `ObjectNotFound` when unknown.
    async fn category(&self, query: &CategoryQuery) -> Result<Document>;

    /// A list of the category with this id in the marketplace's own language; of the first level for 0.
    ///
    /// - `ObjectNotFound` when unknown.
    async fn category_tree(&self, category_id: i64) -> Result<Document>;

    /// A ranking of a category.
    ///
    /// - `ObjectNotFound` when there is none.
    async fn ranking(&self, query: &RankingQuery) -> Result<Document>;

    /// What shipping inside the marketplace's country costs.
    ///
    /// - `ProductNotFound` when the product is unknown, `MixedSellers` for a SKU that is not of it.
    async fn freight(&self, query: &FreightQuery) -> Result<Document>;

    /// A list of a pool's rows; empty past the end.
    ///
    /// - `ObjectNotFound` for a pool that does not exist or is not granted.
    async fn pool(&self, query: &PoolQuery) -> Result<Document>;

    /// A link to chat with a seller. Only on a user's click, never in bulk.
    ///
    /// - `ObjectNotFound` for an unknown seller.
    async fn chat_link(&self, seller_open_id: &str) -> Result<String>;

    /// A seller's name in the marketplace's chat. Only on a user's click, never in bulk; not to be stored.
    ///
    /// - `ObjectNotFound` for an unknown seller.
    async fn chat_name(&self, seller_open_id: &str) -> Result<String>;
}
