//! What is not there and what is not understood, as a table.

use crate::{purchase::goods, world::on_each};
use contract::{
    Operation,
    operations::{
        bigmajor_product::BigMajorProductGet,
        ka_product::{KaCategoryGet, KaFreightEstimate, KaPoolList, KaProductGetMulti},
        v1_marketing::{GlobalSelection, HotList, Selection1688},
        v1_product::{CategoryGet, CategoryTreeGet, ProductRecommend, ProductRelated, ProductStoreSearch},
        v2_marketing::{V2GlobalSelection, V2HotList, V2Selection1688},
        v2_product::{V2CategoryGet, V2ProductRecommend, V2ProductSearch, V2ProductStoreSearch},
    },
};
use serde_json::{Value, json};

/// Paths, a question that is answered, and what is wrong with it when one field has another value.
type Row = (Vec<&'static str>, Value, Vec<(&'static str, Value, u32)>);

fn table() -> Vec<Row> {
    let hot = json!({"rankId": "1031910", "rankType": "hot", "limit": 5, "language": "en"});
    let pool = json!({"offerPoolId": 1001, "taskId": "t", "pageNo": 1, "pageSize": 5});
    let freight = json!({"offerId": goods::JEANS, "toProvinceCode": "330000", "toCityCode": "330100",
        "toCountryCode": "330108", "totalNum": 2, "logisticsSkuNumModels": []});
    let recommend = json!({"beginPage": 1, "pageSize": 20, "country": "en", "outMemberId": "u1"});
    let selections = vec![
        GlobalSelection::PATH,
        Selection1688::PATH,
        V2GlobalSelection::PATH,
        V2Selection1688::PATH,
        V2ProductSearch::PATH,
    ];
    vec![
        (
            selections,
            json!({"keyword": "x"}),
            vec![("keyword", json!(""), 40002), ("filter", json!("free"), 40003), ("pageSize", json!(51), 40003)],
        ),
        (
            vec![ProductStoreSearch::PATH, V2ProductStoreSearch::PATH],
            json!({"sellerOpenId": ""}),
            vec![
                ("sellerOpenId", json!(""), 40002),
                ("sellerOpenId", json!("BBBnobodyBBBnobodyBBBnobo"), 40406),
                ("sellerOpenId", json!("a b"), 40003),
            ],
        ),
        (
            vec![CategoryGet::PATH, V2CategoryGet::PATH, KaCategoryGet::PATH],
            json!({"categoryId": 1_031_910, "language": "ja"}),
            vec![
                ("categoryId", json!(999_999_999), 40406),
                ("categoryId", json!("x"), 40003),
                ("language", json!("jp"), 40003),
                ("language", json!(""), 40002),
            ],
        ),
        (
            vec![CategoryTreeGet::PATH],
            json!({"categoryId": 0}),
            vec![("categoryId", json!(999_999_999), 40406), ("categoryId", json!(-1), 40003)],
        ),
        (
            vec![ProductRecommend::PATH, V2ProductRecommend::PATH],
            recommend,
            vec![("outMemberId", json!(""), 40002), ("country", json!("xx"), 40003), ("beginPage", json!(0), 40003)],
        ),
        (
            vec![ProductRelated::PATH],
            json!({"offerId": goods::JEANS, "pageNo": 1, "pageSize": 10, "language": "en"}),
            vec![("offerId", json!(5), 40402), ("pageSize", json!(11), 40003), ("language", json!(""), 40002)],
        ),
        (
            vec![HotList::PATH, V2HotList::PATH],
            hot,
            vec![
                ("rankId", json!("999999999"), 40406),
                ("rankId", json!("x"), 40003),
                ("rankType", json!("best"), 40003),
                ("limit", json!(21), 40003),
            ],
        ),
        (
            vec![KaPoolList::PATH],
            pool,
            vec![
                ("offerPoolId", json!(7), 40406),
                ("sortField", json!("price"), 40003),
                ("sortType", json!("down"), 40003),
                ("taskId", json!(""), 40002),
            ],
        ),
        (
            vec![KaFreightEstimate::PATH],
            freight,
            vec![
                ("offerId", json!(5), 40402),
                ("logisticsSkuNumModels", json!([{"skuId": "7", "number": 1}]), 40004),
                ("toCityCode", json!("Hangzhou"), 40003),
                ("totalNum", json!(0), 40003),
            ],
        ),
        (
            vec![KaProductGetMulti::PATH],
            json!({"offerIds": [goods::JEANS]}),
            vec![
                ("offerIds", json!([]), 40003),
                ("offerIds", json!(["x"]), 40003),
                ("offerIds", json!(vec![1; 21]), 40003),
                ("country", json!("xx"), 40003),
            ],
        ),
        (
            vec![BigMajorProductGet::PATH],
            json!({"offerId": goods::JEANS}),
            vec![("offerId", json!(5), 40402), ("offerId", json!("x"), 40003), ("country", json!("xx"), 40003)],
        ),
    ]
}

#[tokio::test]
async fn each_wrong_field_has_its_code() {
    on_each(async |world| {
        for (paths, ask, wrongs) in table() {
            for path in paths {
                if !path.contains("selleroffer") {
                    world.post(&world.developer, path, ask.clone()).await.accepted();
                }
                for (field, value, code) in &wrongs {
                    let mut ask = ask.clone();
                    ask[*field] = value.clone();
                    // The marketplace's own words do not know our fields.
                    let named = if (40000..40004).contains(code) { *field } else { "" };
                    world.post(&world.developer, path, ask).await.refused_for(*code, named);
                }
            }
        }
    })
    .await;
}
