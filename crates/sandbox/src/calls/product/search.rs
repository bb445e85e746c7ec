//! The searches by keyword and within a store.

use super::{
    Shop, failure,
    list::{self, filled},
    row,
};
use crate::{api::ApiError, catalogue::Product};
use alibaba1688::wire::product::{KeywordPage, OfferQueryParam, SellerOfferPage};

/// The keyword must be there; it may be empty where a category is named.
pub fn by_keyword(shop: &Shop, query: &OfferQueryParam) -> Result<KeywordPage, ApiError> {
    let language = list::language_of(query)?;
    let given = query.keyword.as_deref().ok_or_else(|| ApiError::missing("offerQueryParam.keyword"))?;
    let hits = match (filled(Some(given)), query.category_id) {
        (Some(keyword), _) => shop.catalogue.find_in(keyword, language),
        (None, Some(category)) => shop.catalogue.in_category(category.0),
        (None, None) => return Err(ApiError::missing("offerQueryParam.keyword")),
    };
    list::page(shop, hits, query, row::keyword)
}

pub fn in_store(shop: &Shop, query: &OfferQueryParam) -> Result<SellerOfferPage, ApiError> {
    let language = list::language_of(query)?;
    let open_id = filled(query.seller_open_id.as_deref());
    let open_id = open_id.ok_or_else(|| ApiError::missing("offerQueryParam.sellerOpenId"))?;
    let seller = shop.catalogue.seller_by_open_id(open_id);
    let seller = seller.ok_or_else(|| failure("404", "seller does not exist"))?;
    let hits: Vec<&Product> = match filled(query.keyword.as_deref()) {
        None => shop.catalogue.by_seller(&seller.login_id),
        Some(keyword) => {
            let all = shop.catalogue.find_in(keyword, language).into_iter();
            all.filter(|product| product.seller == seller.login_id).collect()
        }
    };
    list::page(shop, hits, query, row::store)
}
