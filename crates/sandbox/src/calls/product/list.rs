//! A page of the keyword search.

use super::{Shop, failure, language};
use crate::{
    api::ApiError,
    catalogue::{
        Language, Product, Seller,
        figures::{Figures, percent},
        filter::{self, PriceRange, Sort},
    },
    pictures,
};
use alibaba1688::wire::{
    Int,
    product::{
        InvoiceInfo, KeywordPage, KeywordProduct, OfferQueryParam, PriceInfo, ProductTradeInfo, PromotionModel,
        SellerDataInfoList, SimpleShippingInfo,
    },
};
use domain::Fen;

/// Totals above this are printed as this.
const TOTAL_CAP: i64 = 2000;
const PAGE_SIZE: i64 = 20;
const PAGE_SIZE_MAX: i64 = 50;

pub fn page(shop: &Shop, query: &OfferQueryParam) -> Result<KeywordPage, ApiError> {
    let keyword = filled(query.keyword.as_deref()).ok_or_else(|| ApiError::missing("offerQueryParam.keyword"))?;
    let country = filled(query.country.as_deref()).ok_or_else(|| ApiError::missing("offerQueryParam.country"))?;
    let language = language(country);
    let (number, size) = paging(query)?;
    let mut hits = shop.catalogue.find_in(keyword, language);
    narrow(&mut hits, shop, query)?;
    if let Some(sort) = filled(query.sort.as_deref()) {
        Sort::parse(sort).ok_or_else(|| failure("400", "sort is not known"))?.apply(&mut hits);
    }
    let total = i64::try_from(hits.len()).unwrap_or(TOTAL_CAP).min(TOTAL_CAP);
    let skipped = usize::try_from((number - 1).saturating_mul(size)).unwrap_or(usize::MAX);
    let shown = hits.into_iter().skip(skipped).take(usize::try_from(size).unwrap_or(0));
    let rows = shown.filter_map(|p| Some(row(shop, p, shop.seller(p)?, language)));
    Ok(KeywordPage {
        total_records: Some(Int(total)),
        // Not a ceiling: the upstream counts one page more when the last one is full.
        total_page: Some(Int(total / size + 1)),
        page_size: Some(Int(size)),
        current_page: Some(Int(number)),
        data: Some(rows.collect()),
    })
}

/// An empty text means not set.
fn filled(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|t| !t.is_empty())
}

fn paging(query: &OfferQueryParam) -> Result<(i64, i64), ApiError> {
    let number = query.begin_page.map_or(1, |n| n.0);
    let size = query.page_size.map_or(PAGE_SIZE, |n| n.0);
    if number < 1 || !(1..=PAGE_SIZE_MAX).contains(&size) {
        return Err(failure("400", "beginPage counts from 1, pageSize from 1 to 50"));
    }
    Ok((number, size))
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

fn row(shop: &Shop, product: &Product, seller: &Seller, language: Language) -> KeywordProduct {
    let figures = Figures::of(product, seller);
    let path = shop.catalogue.path(product.category);
    let level = |i: usize| path.get(i).map(|c| Int(c.id));
    let (price, one) = (product.lowest_price().yuan().to_string(), figures.has_tag("isOnePsale"));
    KeywordProduct {
        image_url: Some(pictures::url(&shop.base, product.offer_id, 1)),
        subject: Some(product.title_zh.clone()),
        subject_trans: product.title_translated(language),
        offer_id: Some(Int(product.offer_id.get())),
        is_jxhy: Some(false),
        price_info: Some(PriceInfo {
            consign_price: one.then(|| price.clone()),
            price: Some(price),
            ..PriceInfo::default()
        }),
        repurchase_rate: Some(product.repurchase.clone()),
        month_sold: Some(Int(product.month_sold)),
        trace_info: Some(trace(product)),
        is_one_psale: Some(one),
        seller_identities: Some(figures.seller_identities()),
        offer_identities: Some(figures.offer_identities()),
        trade_score: Some(seller.score.clone()),
        white_image: Some(pictures::url(&shop.base, product.offer_id, 0)),
        promotion_model: Some(no_promotion()),
        top_category_id: level(0),
        second_category_id: level(1),
        third_category_id: level(2),
        is_patent_product: Some(false),
        create_date: Some(product.created.clone()),
        modify_date: Some(product.created.clone()),
        is_select: Some(figures.has_tag("select")),
        min_order_quantity: Some(Int(product.min_order.into())),
        seller_data_info: Some(seller_data(seller, &figures)),
        product_simple_shipping_info: Some(shipping(&figures)),
        sales7d: Some(figures.sold_week().to_string()),
        product_trade_info: Some(trade(product, &figures)),
        invoice_info: Some(invoices(&figures)),
        ..KeywordProduct::default()
    }
}

/// The tracking text that a caller reports back with an order.
pub(super) fn trace(product: &Product) -> String {
    format!("object_id@{}^object_type@offer", product.offer_id)
}

pub(super) fn no_promotion() -> PromotionModel {
    PromotionModel { has_promotion: Some(false), promotion_type: None }
}

pub(super) fn invoices(figures: &Figures<'_>) -> InvoiceInfo {
    let (general, types) =
        if figures.is_factory() { (true, vec!["普票", "专票"]) } else { (false, vec!["普票"]) };
    InvoiceInfo {
        support_online_invoice: Some(true),
        support_fast_invoice: Some(general),
        invoice_types: Some(types.into_iter().map(str::to_owned).collect()),
        taxpayer_type: Some(if general { "一般纳税人" } else { "小规模纳税人" }.to_owned()),
    }
}

fn seller_data(seller: &Seller, figures: &Figures<'_>) -> SellerDataInfoList {
    SellerDataInfoList {
        trade_medal_level: Some(seller.medal.clone()),
        composite_service_score: Some(seller.score.clone()),
        logistics_experience_score: Some(figures.part_score(1)),
        dispute_complaint_score: Some(figures.part_score(2)),
        offer_experience_score: Some(figures.part_score(3)),
        after_sales_experience_score: Some(figures.part_score(4)),
        consulting_experience_score: Some(figures.part_score(5)),
        repeat_purchase_percent: Some(seller.repeat_percent.clone()),
        tp_year: Some(Int(seller.years.into())),
    }
}

fn shipping(figures: &Figures<'_>) -> SimpleShippingInfo {
    SimpleShippingInfo {
        shipping_time_guarantee: figures.guarantee().map(str::to_owned),
        perfect_fulfillment_rate30d: Some(percent(figures.fulfilled())),
        pickup_within24h_rate30d: Some(percent(figures.picked_up_24h())),
        quality_return_rate30d: Some(percent(figures.quality_returns())),
        perfect_fulfillment_rate7d: Some(percent(figures.fulfilled())),
        pickup_within24h_rate7d: Some(percent(figures.picked_up_24h())),
        delayed_shipping_rate7d: Some(percent(10_000 - figures.picked_up_48h())),
    }
}

fn trade(product: &Product, figures: &Figures<'_>) -> ProductTradeInfo {
    let (week, month) = (figures.sold_week(), product.month_sold);
    ProductTradeInfo {
        add_cart_count7d: Some(figures.buyers(week, 140)),
        pay_buyer_count7d: Some(figures.buyers(week, 62)),
        add_cart_count30d: Some(figures.buyers(month, 140)),
        pay_buyer_count30d: Some(figures.buyers(month, 62)),
    }
}
