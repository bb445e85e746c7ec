//! Products, selections and rankings, and the way to a seller.

use super::{sheet::Sheet, weather::GONE};
use crate::{
    album,
    claim::with,
    product::{opaque, seller_of},
    purchase::goods,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

const NOBODY: &str = "BBBnobodyBBBnobodyBBBnobo";

/// A question, the operations that take it, and what is wrong with it when some fields differ.
type Row = (&'static [&'static str], Value, Vec<(Value, u32)>);

fn rows(seller: &str, category: &str, picture: &str) -> Vec<Row> {
    let recommend = json!({"beginPage": 1, "pageSize": 20, "country": "en", "outMemberId": "u1"});
    let pool = json!({"offerPoolId": 1001, "taskId": "t", "pageNo": 1, "pageSize": 5});
    let freight = json!({"offerId": goods::JEANS, "toProvinceCode": "330000", "toCityCode": "330100",
        "toCountryCode": "330108", "totalNum": 2, "logisticsSkuNumModels": []});
    let foreign_sku = json!({"logisticsSkuNumModels": [{"skuId": "7", "number": 1}]});
    vec![
        (
            &[
                "alibaba_product_keywords_query",
                "v2_alibaba_product_keywords_query",
                "ka_product_keywords_query",
                "alibaba_marketing_global_selection",
                "v2_alibaba_global_selection_keywords",
                "alibaba_marketing_1688_selection",
                "v2_alibaba_1688_selection_keywords",
            ],
            json!({"keyword": "裤"}),
            vec![],
        ),
        (
            &["alibaba_product_image_query", "v2_alibaba_product_image_query", "ka_product_image_query"],
            json!({"imageBase64": "", "imageAddress": picture}),
            vec![(json!({"imageBase64": STANDARD.encode("GIF89a")}), 40006)],
        ),
        (
            &["alibaba_product_query_selleroffer", "v2_alibaba_product_query_selleroffer"],
            json!({"sellerOpenId": seller}),
            vec![(json!({"sellerOpenId": NOBODY}), 40406)],
        ),
        (&["alibaba_product_recommend", "v2_alibaba_product_recommend"], recommend, vec![]),
        (
            &["alibaba_category_translation_get", "v2_alibaba_category_translation_get", "ka_product_category_get"],
            json!({"categoryId": 1_031_910, "language": "ja"}),
            vec![(json!({"categoryId": 999_999_999}), 40406)],
        ),
        (&["alibaba_category_get"], json!({"categoryId": 0}), vec![(json!({"categoryId": 999_999_999}), 40406)]),
        (
            &["alibaba_marketing_hot_list", "v2_alibaba_hot_list"],
            json!({"rankId": category, "rankType": "hot", "limit": 5, "language": "en"}),
            vec![(json!({"rankId": "999999999"}), 40406)],
        ),
        (&["ka_product_pool_list"], pool, vec![(json!({"offerPoolId": 7}), 40406)]),
        (&["ka_product_freight_estimate"], freight, vec![(json!({"offerId": 5}), 40402), (foreign_sku, 40004)]),
        (&["ka_product_detail_multi"], json!({"offerIds": [goods::JEANS]}), vec![]),
        (
            &["alibaba_product_detail_get", "ka_product_detail_get", "bigmajor_product_detail_get"],
            json!({"offerId": goods::JEANS, "country": "en"}),
            vec![(json!({"offerId": 5}), 40402)],
        ),
        (
            &["alibaba_product_related_recommend"],
            json!({"offerId": goods::JEANS, "pageNo": 1, "pageSize": 10, "language": "en"}),
            vec![(json!({"offerId": 5}), 40402)],
        ),
    ]
}

pub async fn questions(sheet: &mut Sheet<'_>) {
    let world = sheet.world;
    album::put(&world.config.data.join("sandbox"));
    let (seller, category) = seller_of(world, goods::JEANS).await;
    let picture = format!("{}/sandbox/pictures/{}/1.png", world.app.base_url, goods::JEANS);
    for (ids, ask, wrongs) in rows(&seller, &category, &picture) {
        for id in ids {
            for (wrong, code) in &wrongs {
                sheet.answers(id, &with(&ask, wrong.clone()), *code).await;
            }
            sheet.succeeds(id, &ask).await;
        }
    }
}

/// Products of v2 go by ids that mean something to one developer alone.
pub async fn opaque_ids(sheet: &mut Sheet<'_>) {
    let mine = opaque(sheet.world, &sheet.me, goods::JEANS).await;
    for (id, ask) in [
        ("v2_alibaba_product_detail_get", json!({"offerId": mine})),
        (
            "v2_alibaba_product_related_recommend",
            json!({"offerId": mine, "pageNo": 1, "pageSize": 10, "language": "en"}),
        ),
    ] {
        sheet.is_mine(id, &ask, 40406).await;
        sheet.answers_under(GONE, id, &ask, 40402).await;
        sheet.succeeds(id, &ask).await;
    }
}

pub async fn chats(sheet: &mut Sheet<'_>) {
    let (seller, _) = seller_of(sheet.world, goods::JEANS).await;
    let mine = opaque(sheet.world, &sheet.me, goods::JEANS).await;
    let me = sheet.me.clone();
    for (id, offer) in [
        ("alibaba_product_openuid_decrypt", goods::JEANS.to_string()),
        ("ka_im_openuid_decrypt", goods::JEANS.to_string()),
        ("v2_alibaba_product_openuid_decrypt", mine.clone()),
    ] {
        // A user may do it ten times a minute.
        sheet.me = sheet.world.second_user(&me).await;
        let ask = json!({"offerId": offer, "openUid": seller});
        sheet.answers(id, &with(&ask, json!({"openUid": NOBODY})), 40406).await;
        sheet.answers(id, &with(&ask, json!({"offerId": "5"})), 40402).await;
        sheet.succeeds(id, &ask).await;
    }
    sheet.me = me;
    let ask = json!({"offerId": mine, "openUid": seller});
    sheet.is_mine("v2_alibaba_product_openuid_decrypt", &ask, 40406).await;
}
