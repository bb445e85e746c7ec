//! Stores, selections, rankings, pools, categories, several details, freight.

use super::{editions::seller_of, offers, search};
use crate::{
    purchase::goods,
    world::{World, on_each},
};
use contract::{
    Operation,
    operations::{
        ka_product::{KaFreightEstimate, KaPoolList, KaProductGetMulti},
        v1_marketing::{GlobalSelection, HotList, Selection1688},
        v1_product::{CategoryGet, CategoryTreeGet, ProductGet, ProductStoreSearch},
    },
};
use serde_json::{Value, json};

async fn post(world: &World, path: &str, ask: Value) -> Value {
    world.post(&world.developer, path, ask).await.accepted()
}

#[tokio::test]
async fn a_store_shows_its_goods_only() {
    on_each(async |world| {
        let (seller, _) = seller_of(world, goods::JEANS).await;
        let all = offers(&post(world, ProductStoreSearch::PATH, json!({"sellerOpenId": seller, "pageSize": 50})).await);
        assert!(all.contains(&goods::JEANS));
        for offer in all.iter().take(3) {
            assert_eq!(seller_of(world, *offer).await.0, seller);
        }
        let narrowed = json!({"sellerOpenId": seller, "keyword": "牛仔裤", "pageSize": 50});
        let found = offers(&post(world, ProductStoreSearch::PATH, narrowed).await);
        assert!(found.contains(&goods::JEANS) && found.iter().all(|offer| all.contains(offer)));
    })
    .await;
}

#[tokio::test]
async fn a_selection_is_a_part_of_the_search() {
    on_each(async |world| {
        let ask = json!({"keyword": "裤", "pageSize": 50});
        for (path, word) in [(GlobalSelection::PATH, "isQqyx"), (Selection1688::PATH, "1688Selection")] {
            let mut filtered = ask.clone();
            filtered["filter"] = json!(word);
            let selected = post(world, path, ask.clone()).await;
            assert_eq!(selected, search(world, filtered.clone()).await);
            assert_eq!(selected, post(world, path, filtered).await, "the word once more changes nothing");
        }
    })
    .await;
}

#[tokio::test]
async fn a_ranking_is_of_its_category_and_length() {
    on_each(async |world| {
        let (_, category) = seller_of(world, goods::JEANS).await;
        for ranking in ["complex", "hot", "goodPrice", "anchorHot", "anchorNew", "anchorRecommend", "VNHot", "VNTrend"]
        {
            let ask = json!({"rankId": category, "rankType": ranking, "limit": 3, "language": "vi"});
            let found = post(world, HotList::PATH, ask).await;
            assert_eq!((&found["rankId"], &found["rankType"]), (&json!(category), &json!(ranking)));
            let rows = found["rankProductModels"].as_array().expect("rows");
            assert!(rows.len() <= 3 && rows.iter().zip(1..).all(|(row, place)| row["sort"] == place), "{found}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_pool_is_pulled_to_its_end() {
    on_each(async |world| {
        let page = |number: u32| json!({"offerPoolId": 1001, "taskId": "t1", "pageNo": number, "pageSize": 50});
        let mut pulled = std::collections::BTreeSet::new();
        let mut number = 1;
        let total = loop {
            let rows = post(world, KaPoolList::PATH, page(number)).await.as_array().expect("rows").clone();
            let Some(first) = rows.first() else { panic!("ended after {} rows", pulled.len()) };
            let total = first["offerPoolTotal"].as_u64().expect("a number");
            pulled.extend(rows.iter().map(|row| row["offerId"].as_i64().expect("an id")));
            if pulled.len() as u64 == total {
                break total;
            }
            number += 1;
        };
        assert!(total > 0);
        assert_eq!(post(world, KaPoolList::PATH, page(number + 1)).await, json!([]));
    })
    .await;
}

#[tokio::test]
async fn the_tree_is_walked_from_its_root() {
    on_each(async |world| {
        let roots = post(world, CategoryTreeGet::PATH, json!({"categoryId": 0})).await;
        let roots = roots.as_array().expect("nodes");
        assert!(roots.len() >= 15 && roots.iter().all(|node| node["level"] == 1), "{roots:?}");
        let first = &roots[0];
        let child = &first["childIDs"][0];
        assert_eq!(&first["childCategorys"][0]["id"], child);
        let node = post(world, CategoryTreeGet::PATH, json!({"categoryId": child})).await;
        assert_eq!((&node[0]["categoryID"], &node[0]["level"]), (child, &json!(2)));
        let root = post(world, CategoryGet::PATH, json!({"categoryId": "0", "language": "en"})).await;
        assert_eq!(root["children"].as_array().map(Vec::len), Some(roots.len()));
        assert_eq!(root["children"][0]["categoryId"], first["categoryID"]);
    })
    .await;
}

#[tokio::test]
async fn several_details_keep_the_order_without_the_unknown() {
    on_each(async |world| {
        let others = offers(&search(world, json!({"keyword": "T恤"})).await);
        let ask = json!({"offerIds": [others[0], 5, goods::JEANS.to_string(), others[1]], "country": "en"});
        let found = post(world, KaProductGetMulti::PATH, ask).await;
        let ids: Vec<&Value> = found.as_array().expect("rows").iter().map(|row| &row["offerId"]).collect();
        assert_eq!(ids, [&json!(others[0]), &json!(goods::JEANS), &json!(others[1])]);
        let one = post(world, ProductGet::PATH, json!({"offerId": goods::JEANS, "country": "en"})).await;
        assert_eq!(found[1], one);
    })
    .await;
}

#[tokio::test]
async fn freight_is_what_an_order_would_pay() {
    on_each(async |world| {
        let product = post(world, ProductGet::PATH, json!({"offerId": goods::JEANS, "country": "en"})).await;
        let sku = product["productSkuInfos"][0]["skuId"].to_string();
        let ask = json!({"offerId": goods::JEANS, "toProvinceCode": "330000", "toCityCode": "330100",
            "toCountryCode": "330108", "totalNum": 2, "logisticsSkuNumModels": [{"skuId": sku, "number": 2}]});
        let told = post(world, KaFreightEstimate::PATH, ask).await;
        assert_eq!(told["offerId"], goods::JEANS);
        assert!(told["freight"].as_str().and_then(domain::Fen::from_yuan).is_some(), "{told}");
        assert_eq!(told["productFreightSkuInfoModels"][0]["skuId"], json!(sku));
    })
    .await;
}
