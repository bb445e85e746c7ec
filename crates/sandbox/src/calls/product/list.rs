//! What all lists of products share: which page, what is let through, in which order.

use super::{Shop, failure, row::Row};
use crate::{
    api::ApiError,
    catalogue::{
        Language, Product,
        filter::{self, PriceRange, Sort},
    },
};
use alibaba1688::wire::{
    Int,
    product::{OfferQueryParam, Page},
};
use domain::Fen;

/// Totals above this are printed as this.
const TOTAL_CAP: i64 = 2000;
const PAGE_SIZE: i64 = 20;
const PAGE_SIZE_MAX: i64 = 50;

/// The page of `hits` that the query asks for.
pub fn page<R>(
    shop: &Shop,
    mut hits: Vec<&Product>,
    query: &OfferQueryParam,
    print: fn(&Row<'_>) -> R,
) -> Result<Page<R>, ApiError> {
    let language = language_of(query)?;
    let cut = Cut::of(query.begin_page, query.page_size, PAGE_SIZE_MAX)?;
    narrow(&mut hits, shop, query)?;
    if let Some(sort) = filled(query.sort.as_deref()) {
        Sort::parse(sort).ok_or_else(|| failure("400", "sort is not known"))?.apply(&mut hits);
    }
    let total = i64::try_from(hits.len()).unwrap_or(TOTAL_CAP).min(TOTAL_CAP);
    let rows = cut.rows(hits).filter_map(|product| Row::of(shop, product, language));
    Ok(Page {
        total_records: Some(Int(total)),
        // Not a ceiling: the upstream counts one page more when the last one is full.
        total_page: Some(Int(total / cut.size + 1)),
        page_size: Some(Int(cut.size)),
        current_page: Some(Int(cut.number)),
        data: Some(rows.map(|row| print(&row)).collect()),
        pic_region_info: None,
    })
}

/// The language of a search, which must be named.
pub fn language_of(query: &OfferQueryParam) -> Result<Language, ApiError> {
    let country = filled(query.country.as_deref()).ok_or_else(|| ApiError::missing("offerQueryParam.country"))?;
    Ok(super::language(country))
}

/// An empty text means not set.
pub fn filled(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|t| !t.is_empty())
}

/// A page of a list.
#[derive(Debug, Clone, Copy)]
pub struct Cut {
    number: i64,
    size: i64,
}

impl Cut {
    pub fn of(number: Option<Int>, size: Option<Int>, most: i64) -> Result<Self, ApiError> {
        let number = number.map_or(1, |n| n.0);
        let size = size.map_or(PAGE_SIZE.min(most), |n| n.0);
        if number < 1 || !(1..=most).contains(&size) {
            return Err(failure("400", &format!("pages count from 1, a page has 1 to {most} rows")));
        }
        Ok(Self { number, size })
    }

    pub fn rows(self, all: Vec<&Product>) -> impl Iterator<Item = &Product> {
        let skipped = usize::try_from((self.number - 1).saturating_mul(self.size)).unwrap_or(usize::MAX);
        all.into_iter().skip(skipped).take(usize::try_from(self.size).unwrap_or(0))
    }
}

fn narrow(hits: &mut Vec<&Product>, shop: &Shop, query: &OfferQueryParam) -> Result<(), ApiError> {
    let words: Vec<&str> =
        query.filter.as_deref().unwrap_or_default().split(',').filter_map(|w| filled(Some(w))).collect();
    let seller = |p: &Product| shop.catalogue.seller(&p.seller);
    for word in &words {
        let example = shop.catalogue.written().first().and_then(|p| filter::passes(word, p, seller(p)?, shop.now));
        example.ok_or_else(|| failure("400", &format!("filter {word} is not known")))?;
    }
    let passes = |p: &Product, w: &str| seller(p).and_then(|s| filter::passes(w, p, s, shop.now)) == Some(true);
    let range = PriceRange { from: yuan(query.price_start.as_deref())?, to: yuan(query.price_end.as_deref())? };
    let within = |p: &Product, id: Int| shop.catalogue.path(p.category).iter().any(|c| c.id == id.0);
    hits.retain(|p| {
        words.iter().all(|w| passes(p, w))
            && range.holds(p.lowest_price())
            && query.category_id.is_none_or(|id| within(p, id))
    });
    Ok(())
}

fn yuan(text: Option<&str>) -> Result<Option<Fen>, ApiError> {
    let read = |t: &str| Fen::from_yuan(t).ok_or_else(|| failure("400", "a price is decimal text in yuan"));
    filled(text).map(read).transpose()
}
