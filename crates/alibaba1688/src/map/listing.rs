//! What all searches share, as the upstream names it.

use crate::wire::{Int, product::OfferQueryParam};
use domain::catalog::Listing;

pub(crate) fn listing(listing: &Listing) -> OfferQueryParam {
    OfferQueryParam {
        begin_page: Some(Int(listing.page.into())),
        page_size: Some(Int(listing.page_size.into())),
        filter: listing.filter.clone(),
        sort: listing.sort.clone(),
        out_member_id: listing.out_member_id.clone(),
        price_start: listing.price_from.map(|fen| fen.yuan().to_string()),
        price_end: listing.price_to.map(|fen| fen.yuan().to_string()),
        category_id: listing.category_id.map(Int),
        country: Some(listing.language.clone()),
        ..OfferQueryParam::default()
    }
}
