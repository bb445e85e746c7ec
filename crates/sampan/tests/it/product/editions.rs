//! What differs between editions, as a table: the same question, asked in each, gives the same goods in each one's form.

use crate::{
    album,
    persona::Persona,
    purchase::goods,
    world::{World, on_each},
};
use contract::{
    Operation,
    operations::{
        bigmajor_product::BigMajorProductGet,
        ka_product::{KaCategoryGet, KaProductGet, KaProductImageSearch, KaProductSearch},
        v1_marketing::{GlobalSelection, HotList, Selection1688},
        v1_product::{
            CategoryGet, ProductGet, ProductImageSearch, ProductRecommend, ProductRelated, ProductSearch,
            ProductStoreSearch,
        },
        v2_marketing::{V2GlobalSelection, V2HotList, V2Selection1688},
        v2_product::{
            V2CategoryGet, V2ProductGet, V2ProductImageSearch, V2ProductRecommend, V2ProductRelated, V2ProductSearch,
            V2ProductStoreSearch,
        },
    },
};
use serde_json::{Value, json};

/// One question in v1, v2 and, where there is one, ka.
struct Twins {
    v1: &'static str,
    v2: &'static str,
    ka: Option<&'static str>,
    ask: Value,
    /// Where the rows are; the answer itself where empty.
    rows: &'static str,
    /// What the id is called.
    id: &'static str,
    /// Fields of a row in v2; `None`: as in v1.
    fields: Option<usize>,
}

async fn twins(world: &World) -> Vec<Twins> {
    let (seller, category) = seller_of(world, goods::JEANS).await;
    let related = json!({"pageNo": 1, "pageSize": 10, "language": "en"});
    let search = |v1, v2, ka, ask| Twins { v1, v2, ka, ask, rows: "/data", id: "offerId", fields: Some(8) };
    let picture = format!("{}/sandbox/pictures/{}/1.png", world.app.base_url, goods::JEANS);
    vec![
        search(ProductSearch::PATH, V2ProductSearch::PATH, Some(KaProductSearch::PATH), json!({"keyword": "jeans"})),
        search(
            ProductSearch::PATH,
            V2ProductSearch::PATH,
            Some(KaProductSearch::PATH),
            json!({"categoryId": category}),
        ),
        search(
            ProductImageSearch::PATH,
            V2ProductImageSearch::PATH,
            Some(KaProductImageSearch::PATH),
            json!({"imageBase64": null, "imageAddress": picture}),
        ),
        search(GlobalSelection::PATH, V2GlobalSelection::PATH, None, json!({"keyword": "T恤"})),
        search(Selection1688::PATH, V2Selection1688::PATH, None, json!({"keyword": "裤"})),
        Twins {
            fields: Some(9),
            ..search(ProductStoreSearch::PATH, V2ProductStoreSearch::PATH, None, json!({"sellerOpenId": seller}))
        },
        Twins {
            v1: ProductRecommend::PATH,
            v2: V2ProductRecommend::PATH,
            ka: None,
            ask: json!({"beginPage": 1, "pageSize": 5, "country": "en", "outMemberId": "21000070000"}),
            rows: "",
            id: "offerId",
            fields: None,
        },
        Twins {
            v1: ProductRelated::PATH,
            v2: V2ProductRelated::PATH,
            ka: None,
            ask: related,
            rows: "",
            id: "offerId",
            fields: None,
        },
        Twins {
            v1: HotList::PATH,
            v2: V2HotList::PATH,
            ka: None,
            ask: json!({"rankId": category, "rankType": "hot", "limit": 5, "language": "en"}),
            rows: "/rankProductModels",
            id: "itemId",
            fields: None,
        },
        Twins {
            v1: ProductGet::PATH,
            v2: V2ProductGet::PATH,
            ka: Some(KaProductGet::PATH),
            ask: json!({"country": "en"}),
            rows: "",
            id: "offerId",
            fields: None,
        },
    ]
}

/// The seller and the category of a product.
pub async fn seller_of(world: &World, offer: i64) -> (String, String) {
    let found = world.post(&world.developer, ProductGet::PATH, json!({"offerId": offer})).await.accepted();
    (found["sellerOpenId"].as_str().expect("a seller").to_owned(), found["categoryId"].to_string())
}

/// The opaque id of a product for a developer.
pub async fn opaque(world: &World, persona: &Persona, offer: i64) -> String {
    let real = world.post(&world.developer, ProductSearch::PATH, json!({"keyword": "jeans", "pageSize": 50})).await;
    let place = rows(&real.accepted(), "/data").iter().position(|r| r["offerId"] == offer).expect("the product");
    let page = world.post(persona, V2ProductSearch::PATH, json!({"keyword": "jeans", "pageSize": 50})).await.accepted();
    rows(&page, "/data")[place]["offerId"].as_str().expect("a text").to_owned()
}

fn rows(answer: &Value, at: &str) -> Vec<Value> {
    let found = answer.pointer(at).expect("rows");
    found.as_array().cloned().unwrap_or_else(|| vec![found.clone()])
}

fn asked(twin: &Twins, id: Value) -> Value {
    let mut ask = twin.ask.clone();
    if twin.v1 == ProductGet::PATH || twin.v1 == ProductRelated::PATH {
        ask["offerId"] = id;
    }
    ask
}

#[tokio::test]
async fn twins_show_the_same_goods() {
    album::make();
    on_each(async |world| {
        album::put(&world.config.data.join("sandbox"));
        let me = &world.developer;
        let jeans = opaque(world, me, goods::JEANS).await;
        for twin in twins(world).await {
            let v1 = world.post(me, twin.v1, asked(&twin, goods::JEANS.into())).await.accepted();
            let v2 = world.post(me, twin.v2, asked(&twin, jeans.clone().into())).await.accepted();
            let (shown, hidden) = (rows(&v1, twin.rows), rows(&v2, twin.rows));
            assert!(!shown.is_empty() && shown.len() == hidden.len(), "{}: {v1} {v2}", twin.v1);
            for (real, opaque) in shown.iter().zip(&hidden) {
                same_goods(&twin, real, opaque);
            }
            if let Some(path) = twin.ka {
                assert_eq!(world.post(me, path, asked(&twin, goods::JEANS.into())).await.accepted(), v1, "{path}");
            }
        }
    })
    .await;
}

/// The prices of a store have fewer fields in v1; what both have is the same.
fn agree(one: &Value, other: &Value) -> bool {
    match (one.as_object(), other.as_object()) {
        (Some(one), Some(other)) => one.iter().all(|(name, value)| agree(value, &other[name])),
        _ => one == other,
    }
}

fn same_goods(twin: &Twins, real: &Value, opaque: &Value) {
    let (number, text) = (real[twin.id].as_i64().expect("a number"), opaque[twin.id].as_str().expect("a text"));
    assert_eq!(text.len(), 22, "{}", twin.v2);
    let ids = [twin.id, "traceInfo"];
    let fields = opaque.as_object().expect("an object");
    for (name, value) in fields.iter().filter(|(name, _)| !ids.contains(&name.as_str())) {
        assert!(agree(&real[name], value), "{}: {name}: {} {value}", twin.v2, real[name]);
    }
    let count = real.as_object().expect("an object").len();
    assert_eq!(fields.len(), twin.fields.unwrap_or(count), "{}", twin.v2);
    if let Some(trace) = opaque["traceInfo"].as_str() {
        assert!(trace.contains(text) && !trace.contains(&number.to_string()), "{trace}");
    }
}

#[tokio::test]
async fn categories_are_the_same_in_every_edition() {
    on_each(async |world| {
        let ask = json!({"categoryId": 1_031_910, "language": "ja"});
        let v1 = world.post(&world.developer, CategoryGet::PATH, ask.clone()).await.accepted();
        assert_eq!((&v1["chineseName"], &v1["translatedName"]), (&json!("连衣裙"), &json!("ワンピース")));
        assert_eq!((&v1["level"], &v1["parentCateId"]), (&json!("2"), &json!(10_166)));
        for path in [V2CategoryGet::PATH, KaCategoryGet::PATH] {
            assert_eq!(world.post(&world.developer, path, ask.clone()).await.accepted(), v1, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn big_major_adds_what_the_customer_pays() {
    on_each(async |world| {
        let ask = json!({"offerId": goods::JEANS, "country": "en"});
        let mut ours = world.post(&world.developer, BigMajorProductGet::PATH, ask.clone()).await.accepted();
        let prices = ours["channelPrice"]["channelSkuPriceList"].take();
        let skus = ours["productSkuInfos"].as_array().expect("SKUs").clone();
        assert_eq!(prices.as_array().expect("prices").len(), skus.len());
        for (price, sku) in prices.as_array().expect("prices").iter().zip(&skus) {
            assert_eq!(price["skuId"], sku["skuId"]);
            assert!(price["currentPrice"].as_str().and_then(domain::Fen::from_yuan).is_some(), "{price}");
        }
        let v1 = world.post(&world.developer, ProductGet::PATH, ask).await.accepted();
        ours["channelPrice"] = v1["channelPrice"].clone();
        assert_eq!(ours, v1);
    })
    .await;
}

#[tokio::test]
async fn an_opaque_id_is_its_developers_own() {
    on_each(async |world| {
        let (me, other) = (&world.developer, world.another_with(json!({"editions": ["v2"]})).await);
        let (mine, theirs) = (opaque(world, me, goods::JEANS).await, opaque(world, &other, goods::JEANS).await);
        assert_ne!(mine, theirs);
        assert_eq!(mine, opaque(world, me, goods::JEANS).await, "the same each time");
        let related = |id: &str| json!({"offerId": id, "pageNo": 1, "pageSize": 10, "language": "en"});
        for id in [theirs.as_str(), "f6vE-dfY1NV37oG_fz9WSA", "short", &goods::JEANS.to_string(), ""] {
            world.post(me, V2ProductGet::PATH, json!({"offerId": id})).await.refused_for(40406, "offerId");
            world.post(me, V2ProductRelated::PATH, related(id)).await.refused_for(40406, "offerId");
        }
        assert_eq!(world.post(me, V2ProductGet::PATH, json!({"offerId": mine})).await.accepted()["offerId"], mine);
        assert_eq!(world.post(&other, V2ProductGet::PATH, json!({"offerId": theirs})).await.code(), 200);
    })
    .await;
}

#[tokio::test]
async fn opaque_ids_outlive_restarts_and_new_master_keys() {
    crate::world::on_each_changing(async |world| {
        let before = opaque(&world, &world.developer, goods::JEANS).await;
        world.post(&world.operator, "/operator/key/rotate", json!({})).await.accepted();
        assert_eq!(opaque(&world, &world.developer, goods::JEANS).await, before);
        let world = world.restart().await;
        assert_eq!(opaque(&world, &world.developer, goods::JEANS).await, before);
        world
    })
    .await;
}
