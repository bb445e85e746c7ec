//! Image search: by bytes, by address, and what is no picture.

use super::{offers, search};
use crate::{
    album,
    ask::Ask,
    purchase::goods,
    world::{World, on_each},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use contract::{
    Operation,
    operations::{ka_product::KaProductImageSearch, v1_product::ProductImageSearch, v2_product::V2ProductImageSearch},
    request::PICTURE_MAX,
};
use serde_json::{Value, json};

const PATHS: [&str; 3] = [ProductImageSearch::PATH, V2ProductImageSearch::PATH, KaProductImageSearch::PATH];

/// A picture of a product, of another size than the one that its row shows.
fn picture(offer: i64) -> String {
    let catalogue = sandbox::catalogue::Catalogue::embedded();
    let product = catalogue.offer(domain::OfferId::new(offer).unwrap()).expect("the product");
    BASE64_STANDARD.encode(sandbox::pictures::draw(product, 1, 310).expect("a picture"))
}

async fn found(world: &World, ask: Value) -> Value {
    world.post(&world.developer, PATHS[0], ask).await.accepted()
}

#[tokio::test]
async fn a_picture_of_a_product_finds_it_first() {
    album::make();
    on_each(async |world| {
        album::put(&world.config.data.join("sandbox"));
        let page = found(world, json!({"imageBase64": picture(goods::JEANS), "pageSize": 50})).await;
        assert_eq!(offers(&page).first(), Some(&goods::JEANS));
        assert!(page["data"][0]["companyName"].is_string() && page["data"][0]["offerDataInfo"].is_object());
        let address = format!("{}/sandbox/pictures/{}/1.png", world.app.base_url, goods::JEANS);
        let by_address = found(world, json!({"imageBase64": "", "imageAddress": address, "pageSize": 50})).await;
        assert_eq!(offers(&by_address).first(), Some(&goods::JEANS));
        for nothing in [json!({"imageBase64": null}), json!({"imageBase64": ""}), json!({})] {
            let mut elsewhere = nothing;
            elsewhere["imageAddress"] = json!("https://elsewhere.example/a.jpg");
            assert_eq!(found(world, elsewhere).await["totalRecords"], 0);
        }
    })
    .await;
}

#[tokio::test]
async fn further_pages_cut_the_same_result() {
    album::make();
    on_each(async |world| {
        album::put(&world.config.data.join("sandbox"));
        let picture = picture(goods::JEANS);
        let all = offers(&found(world, json!({"imageBase64": picture, "pageSize": 50})).await);
        let second = found(world, json!({"imageBase64": picture, "pageSize": 1, "beginPage": 2})).await;
        assert_eq!(offers(&second), all.iter().skip(1).take(1).copied().collect::<Vec<_>>());
        let price =
            search(world, json!({"keyword": "jeans", "pageSize": 50})).await["data"][0]["priceInfo"]["price"].clone();
        let narrowed = json!({"imageBase64": picture, "pageSize": 50, "priceStart": "0.01", "priceEnd": price});
        let narrowed = found(world, narrowed).await;
        let yuan = |price: &Value| price.as_str().and_then(|text| text.parse::<f64>().ok()).expect("a price");
        let prices = narrowed["data"].as_array().expect("rows").iter().map(|row| yuan(&row["priceInfo"]["price"]));
        assert!(prices.max_by(f64::total_cmp).expect("goods of that price") <= yuan(&price));
    })
    .await;
}

#[tokio::test]
async fn what_is_no_picture_is_refused() {
    on_each(async |world| {
        let base64 = |bytes: &[u8]| BASE64_STANDARD.encode(bytes);
        let mut large = vec![0xff, 0xd8, 0xff];
        large.resize(PICTURE_MAX + 1, 0);
        for path in PATHS {
            for (ask, code, field) in [
                (json!({}), 40002, "imageBase64"),
                (json!({"imageBase64": null, "imageAddress": null}), 40002, "imageBase64"),
                (json!({"imageBase64": "&"}), 40003, "imageBase64"),
                (json!({"imageBase64": 5}), 40003, "imageBase64"),
                (json!({"imageBase64": base64(b"GIF89a")}), 40006, "imageBase64"),
                (json!({"imageBase64": base64(&large)}), 40006, "imageBase64"),
                (json!({"imageBase64": picture(goods::JEANS), "region": "1,2"}), 40003, "region"),
                (json!({"imageBase64": "", "imageAddress": "file:///etc/passwd"}), 40003, "imageAddress"),
            ] {
                world.post(&world.developer, path, ask).await.refused_for(code, field);
            }
            let beyond = format!(r#"{{"imageBase64":"{}"}}"#, "A".repeat(6 * 1024 * 1024));
            world.send(&world.developer, Ask::raw(path, beyond)).await.refused(41301);
        }
    })
    .await;
}
