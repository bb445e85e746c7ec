//! The searches: by keyword, by image, within a store. An empty text in an optional field means not set.

use super::{
    picture,
    words::{filter, language, member, open_id, prices, sort},
};
use crate::{
    error::Fault,
    request::{Id, paging, set},
    scalar::TextOrNull,
};
use domain::catalog::{ImageQuery, KeywordQuery, Listing, Picture, SellerQuery};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The fields that all searches share, read from a body that has them under the same names.
macro_rules! narrowed {
    ($body:expr) => {
        narrow(Narrowing {
            paging: (&$body.begin_page, &$body.page_size),
            prices: (&$body.price_start, &$body.price_end),
            words: [&$body.country, &$body.filter, &$body.sort, &$body.out_member_id],
            category: &$body.category_id,
        })
    };
}
/// Keyword search. An empty text in an optional field means not set.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeywordBody {
    /// This or `categoryId` must be given.
    pub keyword: Option<String>,
    /// From 1; default 1.
    pub begin_page: Option<i64>,
    /// 1 to 50; default 20.
    pub page_size: Option<i64>,
    /// Language code: en (default), ru, vi, ja, ko, fr, pt, es, th, id, ar, uz or cn.
    pub country: Option<String>,
    /// Comma-joined words, all of which must hold, e.g. `shipInToday,qrr0`.
    pub filter: Option<String>,
    /// JSON text with one key (price, rePurchaseRate, monthSold, onePPrice) and asc or desc, e.g. `{"price":"asc"}`.
    pub sort: Option<String>,
    /// The caller's own end-user id, at most 64 letters and digits.
    pub out_member_id: Option<String>,
    /// Lowest wholesale price, decimal yuan, inclusive.
    pub price_start: Option<String>,
    /// Highest wholesale price, decimal yuan, inclusive.
    pub price_end: Option<String>,
    pub category_id: Option<Id>,
}

impl KeywordBody {
    pub fn query(&self) -> Result<KeywordQuery, Fault> {
        let listing = narrowed!(self)?;
        let keyword = keyword(self.keyword.as_ref())?.unwrap_or_default();
        if keyword.is_empty() && listing.category_id.is_none() {
            return Err(Fault::missing("keyword"));
        }
        Ok(KeywordQuery { keyword, listing })
    }
}

/// Image search. An empty text in an optional field means not set.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImageBody {
    /// Plain base64 of a jpg or png of at most 3 MB, without a `data:` prefix. May be empty or null when imageAddress is
    /// given; when both are given, this one is searched.
    pub image_base64: TextOrNull,
    /// From 1; default 1.
    pub begin_page: Option<i64>,
    /// 1 to 50; default 20.
    pub page_size: Option<i64>,
    /// Language code; default en.
    pub country: Option<String>,
    /// Crop of the subject: four comma-joined whole numbers, e.g. `266,799,48,581`.
    pub region: Option<String>,
    /// Comma-joined words, as in the keyword search.
    pub filter: Option<String>,
    /// As in the keyword search.
    pub sort: Option<String>,
    /// Lowest wholesale price, decimal yuan, inclusive.
    pub price_start: Option<String>,
    /// Highest wholesale price, decimal yuan, inclusive.
    pub price_end: Option<String>,
    pub category_id: Option<Id>,
    /// Image URL; dependable only for links of the marketplace.
    pub image_address: Option<String>,
    /// The caller's own end-user id, at most 64 letters and digits.
    pub out_member_id: Option<String>,
}

impl ImageBody {
    pub fn query(&self) -> Result<ImageQuery, Fault> {
        let listing = narrowed!(self)?;
        let region = picture::region(self.region.as_ref())?;
        let picture = match (set(self.image_base64.0.as_ref()), set(self.image_address.as_ref())) {
            (Some(text), _) => Picture::Bytes(picture::bytes(text)?),
            (None, Some(address)) => Picture::Address(picture::address(address)?),
            (None, None) => return Err(Fault::missing("imageBase64")),
        };
        Ok(ImageQuery { picture, region, listing })
    }
}

/// Store search: products of one seller. An empty text in an optional field means not set.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SellerOfferBody {
    pub keyword: Option<String>,
    /// From 1; default 1.
    pub begin_page: Option<i64>,
    /// 1 to 50; default 20.
    pub page_size: Option<i64>,
    /// Comma-joined words, as in the keyword search.
    pub filter: Option<String>,
    /// As in the keyword search.
    pub sort: Option<String>,
    /// The caller's own end-user id, at most 64 letters and digits.
    pub out_member_id: Option<String>,
    /// Lowest wholesale price, decimal yuan, inclusive.
    pub price_start: Option<String>,
    /// Highest wholesale price, decimal yuan, inclusive.
    pub price_end: Option<String>,
    pub category_id: Option<Id>,
    /// Language code; default en.
    pub country: Option<String>,
    /// Encrypted seller id, from the product detail.
    pub seller_open_id: String,
}

impl SellerOfferBody {
    pub fn query(&self) -> Result<SellerQuery, Fault> {
        Ok(SellerQuery {
            seller_open_id: open_id("sellerOpenId", &self.seller_open_id)?,
            keyword: keyword(self.keyword.as_ref())?,
            listing: narrowed!(self)?,
        })
    }
}

struct Narrowing<'a> {
    paging: (&'a Option<i64>, &'a Option<i64>),
    prices: (&'a Option<String>, &'a Option<String>),
    /// Language, filter, sort, end user.
    words: [&'a Option<String>; 4],
    category: &'a Option<Id>,
}

fn narrow(given: Narrowing<'_>) -> Result<Listing, Fault> {
    let category_id = category(given.category.as_ref())?;
    let (page, page_size) = paging(("beginPage", *given.paging.0), ("pageSize", *given.paging.1))?;
    let (price_from, price_to) = prices(given.prices.0.as_ref(), given.prices.1.as_ref())?;
    let [country, words, order, user] = given.words.map(Option::as_ref);
    Ok(Listing {
        category_id,
        page,
        page_size,
        language: language("country", country)?,
        filter: filter(words)?,
        sort: sort(order)?,
        price_from,
        price_to,
        out_member_id: member(user)?,
    })
}

fn keyword(text: Option<&String>) -> Result<Option<String>, Fault> {
    crate::request::short("keyword", text, 200)
}

/// Text in the keyword search, a number in the others; both are taken everywhere, as for every id.
fn category(id: Option<&Id>) -> Result<Option<i64>, Fault> {
    let Some(text) = set(id.map(|id| &id.0)) else { return Ok(None) };
    let id = text.parse().ok().filter(|id| *id > 0);
    id.map(Some).ok_or_else(|| Fault::invalid("categoryId", "a category id"))
}

#[cfg(test)]
mod tests;
