//! Finding goods: handed through, since nothing of a product has rules here.

use crate::{Platform, Result};
pub use connector::catalog::KeywordQuery;
use domain::{Document, Marketplace, OfferId};

impl Platform {
    pub async fn search(&self, marketplace: Marketplace, query: &KeywordQuery) -> Result<Document> {
        Ok(self.catalog_of(marketplace)?.search(query).await?)
    }

    pub async fn product(
        &self,
        marketplace: Marketplace,
        offer: OfferId,
        language: &str,
        out_member_id: Option<&str>,
    ) -> Result<Document> {
        Ok(self.catalog_of(marketplace)?.product(offer, language, out_member_id).await?)
    }
}
