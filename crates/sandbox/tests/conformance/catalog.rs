//! `Catalog`: finding goods.

use super::market::{Market, refused};
use connector::{Kind, catalog::KeywordQuery};
use domain::{Document, Fen};
use serde_json::Value;

fn query(keyword: &str) -> KeywordQuery {
    KeywordQuery {
        keyword: keyword.to_owned(),
        category_id: None,
        page: 1,
        page_size: 50,
        language: "en".to_owned(),
        filter: None,
        sort: None,
        price_from: None,
        price_to: None,
        out_member_id: None,
    }
}

async fn page(market: &Market, query: &KeywordQuery) -> Value {
    let document = market.catalog().search(query).await.expect("a search answers");
    read(&document)
}

fn read(document: &Document) -> Value {
    serde_json::from_str(document.as_str()).expect("documents are JSON")
}

fn rows(page: &Value) -> &Vec<Value> {
    page["data"].as_array().expect("a page has rows in data")
}

fn offers(page: &Value) -> Vec<i64> {
    rows(page).iter().map(|row| row["offerId"].as_i64().expect("rows have offer ids")).collect()
}

pub async fn a_page_has_what_was_searched(market: Market) {
    let known = market.stage.known();
    let page = page(&market, &query(known.keyword)).await;
    for field in ["totalRecords", "totalPage", "pageSize", "currentPage"] {
        assert!(page[field].is_i64(), "{field}: {page}");
    }
    assert!(offers(&page).contains(&known.offer.get()), "{}: {page}", known.keyword);
    assert!(page["totalRecords"].as_u64() >= Some(rows(&page).len() as u64));
    let found = rows(&page).iter().find(|row| row["offerId"] == known.offer.get()).expect("the known offer");
    assert!(found["subjectTrans"].is_string(), "the language that was asked: {found}");
}

pub async fn pages_follow_each_other_and_end_empty(market: Market) {
    let keyword = market.stage.known().keyword;
    let all = offers(&page(&market, &query(keyword)).await);
    assert!(all.len() > 1, "a word of several products");
    let single = |page| KeywordQuery { page, page_size: 1, ..query(keyword) };
    let mut one_by_one = Vec::new();
    for number in 1..=u32::try_from(all.len()).expect("few") {
        let page = page(&market, &single(number)).await;
        assert_eq!((rows(&page).len(), &page["currentPage"]), (1, &Value::from(number)));
        one_by_one.extend(offers(&page));
    }
    assert_eq!(one_by_one, all);
    let beyond = page(&market, &single(u32::try_from(all.len()).expect("few") + 1)).await;
    assert!(rows(&beyond).is_empty());
}

pub async fn prices_bound_and_sort_a_page(market: Market) {
    let keyword = market.stage.known().keyword;
    let rising = KeywordQuery { sort: Some(r#"{"price":"asc"}"#.to_owned()), ..query(keyword) };
    let sorted = page(&market, &rising).await;
    let price = |row: &Value| Fen::from_yuan(row["priceInfo"]["price"].as_str().expect("a price")).expect("yuan");
    let prices: Vec<Fen> = rows(&sorted).iter().map(price).collect();
    assert!(prices.is_sorted() && !prices.is_empty(), "{prices:?}");
    let (cheapest, dearest) = (prices[0], prices[prices.len() - 1]);
    assert!(cheapest < dearest, "a word of products with different prices");
    let cheap = page(&market, &KeywordQuery { price_to: Some(cheapest), ..rising.clone() }).await;
    assert!(!rows(&cheap).is_empty() && rows(&cheap).iter().all(|row| price(row) <= cheapest));
    let dear = page(&market, &KeywordQuery { price_from: Some(dearest), ..rising }).await;
    assert!(!rows(&dear).is_empty() && rows(&dear).iter().all(|row| price(row) >= dearest));
}

pub async fn no_hit_is_an_empty_page(market: Market) {
    let page = page(&market, &query("zzqxjwv")).await;
    assert_eq!((rows(&page).len(), &page["totalRecords"]), (0, &Value::from(0)));
}

pub async fn a_product_is_told_in_the_language_that_was_asked(market: Market) {
    let offer = market.stage.known().offer;
    let english = market.catalog().product(offer, "en", None).await.expect("the product is there");
    let english = read(&english);
    assert_eq!(english["offerId"], offer.get());
    assert!(english["subject"].is_string() && english["subjectTrans"].is_string(), "{english}");
    let skus = english["productSkuInfos"].as_array().expect("a product has its SKUs");
    assert!(!skus.is_empty() && skus.iter().all(|sku| sku["specId"].is_string()));
}

pub async fn a_product_that_is_not_there_is_not_found(market: Market) {
    let gone = market.catalog().product(market.stage.unknown_offer(), "en", None).await;
    refused(Kind::ProductNotFound, gone);
}
