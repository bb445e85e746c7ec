//! Finding goods: handed through, since nothing of a product has rules here. Several details are asked for side by side.

use crate::{Platform, Result};
use connector::Kind;
use domain::{
    Document, Marketplace,
    catalog::{
        CategoryQuery, FreightQuery, ImageQuery, KeywordQuery, PoolQuery, ProductQuery, RankingQuery, RecommendQuery,
        RelatedQuery, SellerQuery,
    },
};
use futures::{StreamExt, TryStreamExt, stream};

/// Details that are asked for at a time.
const SIDE_BY_SIDE: usize = 5;

macro_rules! handed_through {
    ($($name:ident: $query:ty;)*) => {$(
        pub async fn $name(&self, marketplace: Marketplace, query: &$query) -> Result<Document> {
            Ok(self.catalog_of(marketplace)?.$name(query).await?)
        }
    )*};
}

impl Platform {
    handed_through! {
        search: KeywordQuery;
        search_image: ImageQuery;
        search_store: SellerQuery;
        product: ProductQuery;
        recommended: RecommendQuery;
        related: RelatedQuery;
        category: CategoryQuery;
        ranking: RankingQuery;
        freight: FreightQuery;
        pool: PoolQuery;
    }

    pub async fn category_tree(&self, marketplace: Marketplace, category_id: i64) -> Result<Document> {
        Ok(self.catalog_of(marketplace)?.category_tree(category_id).await?)
    }

    /// Several products in the order of the queries, without those that are not on sale. The marketplace has no call for it.
    pub async fn products(&self, marketplace: Marketplace, queries: Vec<ProductQuery>) -> Result<Vec<Document>> {
        let catalog = self.catalog_of(marketplace)?;
        let ask = |query: ProductQuery| {
            let catalog = catalog.clone();
            async move {
                match catalog.product(&query).await {
                    Ok(document) => Ok(Some(document)),
                    Err(error) if error.kind == Kind::ProductNotFound => Ok(None),
                    Err(error) => Err(error),
                }
            }
        };
        let found: Vec<_> = stream::iter(queries).map(ask).buffered(SIDE_BY_SIDE).try_collect().await?;
        Ok(found.into_iter().flatten().collect())
    }
}
