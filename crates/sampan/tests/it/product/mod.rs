//! `/alibaba/product/...` and `/alibaba/ka/product/...`.

mod chat;
mod chosen;
mod editions;
mod image;
mod refused;

pub use editions::{opaque, seller_of};

use crate::{
    purchase::goods,
    world::{World, on_each},
};
use contract::{
    Operation,
    operations::{
        ka_product::{KaProductGet, KaProductSearch},
        v1_product::{ProductGet, ProductSearch},
    },
};
use serde_json::{Value, json};

const SEARCHES: [&str; 2] = [ProductSearch::PATH, KaProductSearch::PATH];
const DETAILS: [&str; 2] = [ProductGet::PATH, KaProductGet::PATH];

async fn search(world: &World, ask: Value) -> Value {
    world.post(&world.developer, SEARCHES[0], ask).await.accepted()
}

fn offers(page: &Value) -> Vec<i64> {
    page["data"].as_array().expect("rows").iter().map(|r| r["offerId"].as_i64().expect("an id")).collect()
}

#[tokio::test]
async fn a_keyword_finds_in_both_languages_and_both_editions() {
    on_each(async |world| {
        for keyword in ["牛仔裤", "jeans"] {
            let found = search(world, json!({"keyword": keyword, "pageSize": 50})).await;
            assert!(offers(&found).contains(&goods::JEANS), "{keyword}");
            let ka =
                world.post(&world.developer, SEARCHES[1], json!({"keyword": keyword, "pageSize": 50})).await.accepted();
            assert_eq!(ka, found);
        }
        let nothing = search(world, json!({"keyword": "没有这种东西"})).await;
        assert_eq!((&nothing["totalRecords"], &nothing["data"]), (&json!(0), &json!([])));
    })
    .await;
}

#[tokio::test]
async fn pages_cut_the_same_result_and_end_empty() {
    on_each(async |world| {
        let whole = search(world, json!({"keyword": "T恤", "pageSize": 50})).await;
        let all = offers(&whole);
        assert!(all.len() >= 3, "{whole}");
        let total = whole["totalRecords"].as_i64().unwrap();
        let mut cut = Vec::new();
        for page in 1..=all.len().div_ceil(10) {
            let part = search(world, json!({"keyword": "T恤", "beginPage": page, "pageSize": 10})).await;
            assert_eq!((&part["currentPage"], &part["pageSize"]), (&json!(page), &json!(10)));
            assert_eq!(
                (&part["totalRecords"], &part["totalPage"]),
                (&json!(total), &json!(total / 10 + 1)),
                "floor + 1"
            );
            cut.extend(offers(&part));
        }
        let beyond = search(world, json!({"keyword": "T恤", "beginPage": total / 10 + 2, "pageSize": 10})).await;
        assert_eq!(beyond["data"], json!([]));
        assert_eq!(cut, all);
    })
    .await;
}

#[tokio::test]
async fn prices_limit_and_sort() {
    on_each(async |world| {
        let ask = json!({"keyword": "裤", "priceStart": "20", "priceEnd": "45.00", "sort": "{\"price\":\"desc\"}", "pageSize": 50});
        let found = search(world, ask).await;
        let rows = found["data"].as_array().unwrap().iter();
        let prices: Vec<i64> =
            rows.map(|r| domain::Fen::from_yuan(r["priceInfo"]["price"].as_str().expect("text")).expect("yuan").0).collect();
        assert!(prices.len() >= 2 && prices.iter().all(|p| (2000..=4500).contains(p)), "{prices:?}");
        assert!(prices.is_sorted_by(|a, b| a >= b), "{prices:?}");
    })
    .await;
}

#[tokio::test]
async fn a_product_has_its_specifications_and_pictures_of_this_server() {
    on_each(async |world| {
        for path in DETAILS {
            let ask = json!({"offerId": goods::JEANS.to_string(), "country": "en"});
            let product = world.post(&world.developer, path, ask).await.accepted();
            assert_eq!(product["offerId"], goods::JEANS);
            let sku = &product["productSkuInfos"][0];
            assert!(sku["specId"].as_str().is_some_and(|s| s.len() == 32) && sku["amountOnSale"].is_i64(), "{sku}");
            let picture = product["productImage"]["images"][0].as_str().expect("a picture");
            assert!(picture.starts_with(&world.app.base_url), "{picture}");
            let ask = http::Request::get(picture).body(axum::body::Body::empty()).unwrap();
            assert_eq!(world.fetch(ask).await.status(), 200);
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_not_there_or_not_understood_is_named() {
    on_each(async |world| {
        for path in DETAILS {
            for (ask, code, field) in [
                (json!({"offerId": 5, "country": "en"}), 40402, ""),
                (json!({"offerId": "x", "country": "en"}), 40003, "offerId"),
                (json!({"offerId": goods::JEANS, "country": "xx"}), 40003, "country"),
            ] {
                world.post(&world.developer, path, ask).await.refused_for(code, field);
            }
        }
        for path in SEARCHES {
            for (ask, code, field) in [
                (json!({}), 40002, "keyword"),
                (json!({"keyword": " "}), 40002, "keyword"),
                (json!({"keyword": "x", "beginPage": 0}), 40003, "beginPage"),
                (json!({"keyword": "x", "pageSize": 51}), 40003, "pageSize"),
                (json!({"keyword": "x", "sort": "price"}), 40003, "sort"),
                (json!({"keyword": "x", "filter": "free"}), 40003, "filter"),
                (json!({"keyword": "x", "priceStart": "1,5"}), 40003, "priceStart"),
                (json!({"keyword": "x", "priceStart": "5", "priceEnd": "1"}), 40003, "priceEnd"),
            ] {
                world.post(&world.developer, path, ask).await.refused_for(code, field);
            }
        }
    })
    .await;
}
