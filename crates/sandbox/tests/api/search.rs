//! Finding products and reading one.

use crate::kit::{Market, market};
use axum::http::StatusCode;
use serde_json::{Value, json};

const PRODUCT: &str = "com.alibaba.fenxiao.crossborder";

async fn search(m: &Market, ask: Value) -> Value {
    let mut query = json!({"beginPage": 1, "pageSize": 20, "country": "en"});
    query.as_object_mut().unwrap().extend(ask.as_object().unwrap().clone());
    let (status, answer) =
        m.call(PRODUCT, "product.search.keywordQuery", &[("offerQueryParam", &query.to_string())]).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    answer["result"].clone()
}

async fn detail(m: &Market, offer: i64, country: &str) -> Value {
    let ask = json!({"offerId": offer, "country": country}).to_string();
    let (status, answer) = m.call(PRODUCT, "product.search.queryProductDetail", &[("offerDetailParam", &ask)]).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    answer["result"].clone()
}

fn prices(page: &Value) -> Vec<f64> {
    let rows = page["result"]["data"].as_array().unwrap();
    rows.iter().map(|r| r["priceInfo"]["price"].as_str().unwrap().parse().unwrap()).collect()
}

#[tokio::test]
async fn a_keyword_in_either_language_finds_the_goods() {
    let m = market().await;
    for (keyword, part) in [("jeans", "牛仔裤"), ("牛仔裤", "牛仔裤"), ("保温杯", "保温"), ("thermos", "保温")]
    {
        let page = search(&m, json!({"keyword": keyword})).await;
        let first = &page["result"]["data"][0];
        assert!(first["subject"].as_str().unwrap().contains(part), "{keyword}: {first}");
        assert!(first["subjectTrans"].is_string());
        assert!(first["imageUrl"].as_str().unwrap().starts_with("http://sandbox.test/sandbox/pictures/"));
        assert!(page["result"]["totalRecords"].as_i64().unwrap() >= 2, "{keyword}");
    }
    let none = search(&m, json!({"keyword": "submarine"})).await;
    assert_eq!((&none["result"]["totalRecords"], &none["result"]["data"]), (&json!(0), &json!([])));
}

#[tokio::test]
async fn pages_count_as_the_upstream_counts() {
    let m = market().await;
    let all = search(&m, json!({"keyword": "women", "pageSize": 50})).await["result"].clone();
    let total = all["totalRecords"].as_i64().unwrap();
    assert!(total > 3);
    let page = search(&m, json!({"keyword": "women", "pageSize": 3, "beginPage": 2})).await["result"].clone();
    assert_eq!(page["totalPage"], total / 3 + 1);
    assert_eq!((&page["currentPage"], &page["pageSize"]), (&json!(2), &json!(3)));
    assert_eq!(page["data"][0]["offerId"], all["data"][3]["offerId"]);
    let past = search(&m, json!({"keyword": "women", "beginPage": 99})).await;
    assert_eq!(past["result"]["data"], json!([]));
}

#[tokio::test]
async fn sorts_filters_and_price_ranges_hold() {
    let m = market().await;
    let up = prices(&search(&m, json!({"keyword": "women", "sort": r#"{"price":"asc"}"#})).await);
    assert!(up.len() > 2 && up.is_sorted(), "{up:?}");
    let range = json!({"keyword": "women", "priceStart": "20", "priceEnd": "60.00"});
    let inside = prices(&search(&m, range).await);
    assert!(!inside.is_empty() && inside.iter().all(|p| (20.0..=60.0).contains(p)), "{inside:?}");
    let page = search(&m, json!({"keyword": "women", "filter": "shipIn24Hours,ksCiphertext"})).await;
    let fast = page["result"]["data"].as_array().unwrap().clone();
    assert!(fast.iter().all(|r| r["productSimpleShippingInfo"]["shippingTimeGuarantee"] == "shipIn24Hours"));
    let shoes = search(&m, json!({"keyword": "women", "categoryId": 1038378})).await;
    assert!(shoes["result"]["data"].as_array().unwrap().iter().all(|r| r["topCategoryId"] == 1038378));
    assert_eq!(search(&m, json!({"keyword": "women", "filter": "cheap"})).await["success"], false);
    assert_eq!(search(&m, json!({"keyword": "women", "sort": "price"})).await["success"], false);
}

#[tokio::test]
async fn a_detail_is_whole_and_translated_on_demand() {
    let m = market().await;
    let d = detail(&m, 889_512_351_602, "en").await["result"].clone();
    assert_eq!((&d["categoryId"], &d["quoteType"]), (&json!(1032051), &Value::Null));
    assert_eq!(d["productSaleInfo"]["quoteType"], 1);
    let sku = &d["productSkuInfos"][0];
    assert_eq!(sku["specId"], "530ad00177264564503ec3b848650652");
    assert_eq!((&sku["price"], &sku["amountOnSale"]), (&json!("29.00"), &json!(500)));
    assert_eq!(sku["skuAttributes"][0]["valueTrans"], "Black [328] DLN");
    assert_eq!(d["productShippingInfo"]["skuShippingInfoList"][0]["weight"], 450);
    assert_eq!(d["productShippingInfo"]["skuShippingDetails"][0]["weight"], 0.45);
    assert_eq!(d["productImage"]["images"].as_array().unwrap().len(), 4);
    assert!(d["subjectTrans"].is_string() && d["companyName"].is_string());
    let plain = detail(&m, 889_512_351_602, "cn").await["result"].clone();
    assert_eq!((&plain["subjectTrans"], &plain["productAttribute"][0]["valueTrans"]), (&Value::Null, &Value::Null));
    assert_eq!(plain["subject"], d["subject"]);
    let vietnamese = detail(&m, 889_512_351_602, "vi").await["result"].clone();
    assert!(vietnamese["subjectTrans"].as_str().unwrap().starts_with("Quần jean"), "{}", vietnamese["subjectTrans"]);
    assert_eq!(vietnamese["productSkuInfos"][0]["skuAttributes"][0]["attributeNameTrans"], "Màu sắc");
    assert!(!d.to_string().contains("alicdn"));
}

#[tokio::test]
async fn an_unknown_offer_is_a_failure_inside_200() {
    let m = market().await;
    let answer = detail(&m, 1, "en").await;
    assert_eq!((&answer["success"], &answer["code"]), (&json!(false), &json!("500_001")));
}
