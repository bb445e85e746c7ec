//! Products without a search: recommended, related, ranked, pooled.

use super::{
    Shop, failure,
    list::{Cut, filled},
    row::{self, Row},
};
use crate::{
    api::ApiError,
    catalogue::{Language, Product, selection},
};
use alibaba1688::wire::{
    Int,
    product::{
        OfferPoolQueryParam, PoolProduct, RankProduct, RankQueryParams, Ranking, RecommendOfferParam, RecommendProduct,
        RelatedProduct, RelatedQueryParams,
    },
};
use domain::OfferId;
use std::cmp::Reverse;

const LIST_MAX: i64 = 50;
const RELATED_MAX: i64 = 10;
const RANKED_MAX: i64 = 20;

fn needed<'a>(name: &str, text: Option<&'a String>) -> Result<&'a str, ApiError> {
    filled(text.map(String::as_str)).ok_or_else(|| ApiError::missing(name))
}

fn told(name: &str, text: Option<&String>) -> Result<Language, ApiError> {
    Ok(super::language(needed(name, text)?))
}

/// A parameter that must be there.
fn number(name: &str, given: Option<Int>) -> Result<Int, ApiError> {
    given.ok_or_else(|| ApiError::missing(name))
}

pub fn recommended(shop: &Shop, query: &RecommendOfferParam) -> Result<Vec<RecommendProduct>, ApiError> {
    let buyer = needed("recommendOfferParam.outMemberId", query.out_member_id.as_ref())?;
    let language = told("recommendOfferParam.country", query.country.as_ref())?;
    let page = number("recommendOfferParam.beginPage", query.begin_page)?;
    let size = number("recommendOfferParam.pageSize", query.page_size)?;
    let cut = Cut::of(Some(page), Some(size), LIST_MAX)?;
    Ok(rows(shop, cut.rows(shop.catalogue.recommended(buyer)), language, row::recommended))
}

pub fn related(shop: &Shop, query: &RelatedQueryParams) -> Result<Vec<RelatedProduct>, ApiError> {
    let id = number("relatedQueryParams.offerId", query.offer_id)?;
    let language = told("relatedQueryParams.language", query.language.as_ref())?;
    let page = number("relatedQueryParams.pageNo", query.page_no)?;
    let size = number("relatedQueryParams.pageSize", query.page_size)?;
    let cut = Cut::of(Some(page), Some(size), RELATED_MAX)?;
    let product = OfferId::new(id.0).ok().and_then(|id| shop.catalogue.offer(id)).ok_or_else(super::gone)?;
    Ok(rows(shop, cut.rows(shop.catalogue.related(product)), language, row::related))
}

fn rows<'a, R>(
    shop: &Shop,
    products: impl Iterator<Item = &'a Product>,
    language: Language,
    print: fn(&Row<'_>) -> R,
) -> Vec<R> {
    products.filter_map(|product| Row::of(shop, product, language).map(|row| print(&row))).collect()
}

pub fn ranking(shop: &Shop, query: &RankQueryParams) -> Result<Ranking, ApiError> {
    let id = needed("rankQueryParams.rankId", query.rank_id.as_ref())?;
    let word = needed("rankQueryParams.rankType", query.rank_type.as_ref())?;
    let language = told("rankQueryParams.language", query.language.as_ref())?;
    let limit = number("rankQueryParams.limit", query.limit)?.0;
    if !(1..=RANKED_MAX).contains(&limit) {
        return Err(failure("400", "limit is 1 to 20"));
    }
    let kind = selection::Ranking::parse(word).ok_or_else(|| failure("400", "rankType is not known"))?;
    let category = id.parse().ok().and_then(|id| shop.catalogue.category(id));
    let category = category.ok_or_else(|| failure("404", "ranking does not exist"))?;
    let products = shop.catalogue.ranking(category.id, kind, usize::try_from(limit).unwrap_or(0));
    let ranked = products
        .into_iter()
        .zip(1..)
        .filter_map(|(product, place)| Row::of(shop, product, language).map(|row| rank(&row, place)));
    Ok(Ranking {
        rank_id: Some(id.to_owned()),
        rank_name: Some(category.zh.clone()),
        rank_type: Some(word.to_owned()),
        rank_product_models: Some(ranked.collect()),
    })
}

fn rank(row: &Row<'_>, place: i64) -> RankProduct {
    let service = match row.product.ship_within_hours {
        ..=24 => Some("sendGoods24H"),
        25..=48 => Some("sendGoods48H"),
        _ => None,
    };
    RankProduct {
        item_id: Some(Int(row.product.offer_id.get())),
        title: Some(row.product.title_zh.clone()),
        translate_title: row.title(),
        img_url: row.picture(),
        sort: Some(Int(place)),
        service_list: Some(service.into_iter().map(str::to_owned).collect()),
        buyer_num: row.figures.buyers(row.product.month_sold, 62).parse().ok().map(Int),
        sold_out: Some(Int(row.product.month_sold)),
        goods_score: Some(row.figures.part_score(3)),
    }
}

pub fn pool(shop: &Shop, query: &OfferPoolQueryParam) -> Result<Vec<PoolProduct>, ApiError> {
    let id = number("offerPoolQueryParam.offerPoolId", query.offer_pool_id)?;
    needed("offerPoolQueryParam.taskId", query.task_id.as_ref())?;
    let page = number("offerPoolQueryParam.pageNo", query.page_no)?;
    let size = number("offerPoolQueryParam.pageSize", query.page_size)?;
    let cut = Cut::of(Some(page), Some(size), LIST_MAX)?;
    let mut all = shop.catalogue.pool(id.0).ok_or_else(|| failure("404", "pool does not exist or is not granted"))?;
    if let Some(category) = query.cate_id {
        let below = shop.catalogue.below(category.0);
        all.retain(|product| below.contains(&product.category));
    }
    sort_pool(&mut all, query)?;
    let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let row = |product: &Product| PoolProduct {
        offer_id: Some(Int(product.offer_id.get())),
        biz_category_id: Some(product.category.to_string()),
        offer_pool_total: Some(Int(total)),
    };
    Ok(cut.rows(all).map(row).collect())
}

/// By orders or buyers of a month; who buys more also has more buyers here, so both are one order.
fn sort_pool(products: &mut [&Product], query: &OfferPoolQueryParam) -> Result<(), ApiError> {
    match (filled(query.sort_field.as_deref()), filled(query.sort_type.as_deref())) {
        (Some("order1m" | "buyer1m"), Some("ASC")) => products.sort_by_key(|p| p.month_sold),
        (Some("order1m" | "buyer1m"), Some("DESC") | None) => products.sort_by_key(|p| Reverse(p.month_sold)),
        (None, None | Some("ASC" | "DESC")) => {}
        (Some(_), _) | (None, Some(_)) => return Err(failure("400", "sortField or sortType is not known")),
    }
    Ok(())
}
