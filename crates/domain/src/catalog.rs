//! What is asked of a catalogue: searches and lookups, checked before they come here. Only what several rooms hand on is
//! typed; the answers are documents.

use crate::{Fen, OfferId};

/// How a list of products is narrowed, sorted and cut.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    pub category_id: Option<i64>,
    /// From 1.
    pub page: u32,
    pub page_size: u32,
    /// Language code, e.g. `en`.
    pub language: String,
    /// Comma-joined words, all of which must hold.
    pub filter: Option<String>,
    /// JSON text with one key, e.g. `{"price":"asc"}`.
    pub sort: Option<String>,
    /// Inclusive.
    pub price_from: Option<Fen>,
    /// Inclusive.
    pub price_to: Option<Fen>,
    /// The caller's own end user.
    pub out_member_id: Option<String>,
}

impl Listing {
    /// Demands one more filter word.
    #[must_use]
    pub fn also(mut self, word: &str) -> Self {
        let words = self.filter.take().unwrap_or_default();
        let there = words.split(',').any(|w| w == word);
        let parts = [words.as_str(), if there { "" } else { word }];
        self.filter = Some(parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(","));
        self
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeywordQuery {
    /// Empty where only a category is given.
    pub keyword: String,
    pub listing: Listing,
}

/// The products of one shop.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SellerQuery {
    /// Encrypted seller id.
    pub seller_open_id: String,
    pub keyword: Option<String>,
    pub listing: Listing,
}

/// What is looked for in an image search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    /// Bytes of a jpg or png.
    Bytes(Vec<u8>),
    /// Where the marketplace has it.
    Address(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageQuery {
    pub picture: Picture,
    /// Crop of the subject: four comma-joined numbers.
    pub region: Option<String>,
    pub listing: Listing,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductQuery {
    pub offer: OfferId,
    pub language: String,
    pub out_member_id: Option<String>,
}

/// What an end user may like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecommendQuery {
    pub page: u32,
    pub page_size: u32,
    pub language: String,
    pub out_member_id: String,
}

/// Products like one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedQuery {
    pub offer: OfferId,
    pub page: u32,
    pub page_size: u32,
    pub language: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryQuery {
    /// 0 is the root.
    pub category_id: i64,
    pub parent_id: Option<i64>,
    pub language: String,
    pub out_member_id: Option<String>,
}

/// The first products of a category's ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankingQuery {
    pub category_id: String,
    pub ranking: String,
    pub limit: u32,
    pub language: String,
}

/// What some pieces of a product cost to ship inside China.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreightQuery {
    pub offer: OfferId,
    pub province_code: String,
    pub city_code: String,
    pub district_code: String,
    pub total: i64,
    /// SKU ids as text, with pieces.
    pub skus: Vec<(String, i64)>,
}

/// A page of a pool of offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolQuery {
    pub pool_id: i64,
    pub category_id: Option<i64>,
    /// The same for all pages of one pull.
    pub task_id: String,
    pub language: Option<String>,
    pub page: u32,
    pub page_size: u32,
    pub sort_field: Option<String>,
    pub sort_type: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_demanded_once() {
        let filter = |given: Option<&str>| {
            let listing = Listing { filter: given.map(str::to_owned), ..Listing::default() };
            listing.also("isQqyx").filter.unwrap()
        };
        assert_eq!(filter(None), "isQqyx");
        assert_eq!(filter(Some("qrr0")), "qrr0,isQqyx");
        assert_eq!(filter(Some("isQqyx,qrr0")), "isQqyx,qrr0");
    }
}
