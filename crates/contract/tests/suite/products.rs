//! The published answers about products.

use crate::sample::json;
use contract::{
    dialect::{V1Info, V2},
    offer::HideIds,
    view::product::{Category, KeywordPage, ProductDetail, ProductPageV2, RecommendProduct, SellerOfferPageV2},
};
use domain::{DeveloperId, IdCipher, IdKey};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

fn ids() -> IdCipher {
    IdKey::new([7; 32]).of(DeveloperId::new(1_110_890_638_347_337_996).unwrap())
}

/// The document as a view prints it; what was published of it comes back as it was.
fn printed<T: HideIds + DeserializeOwned + Serialize>(published: &str) -> Value {
    let view = serde_json::to_value(T::read(published, &ids()).unwrap()).unwrap();
    let published = json(published);
    for (name, value) in published.as_object().unwrap().iter().filter(|(_, value)| !value.is_array()) {
        assert_eq!(&view[name], value, "{name}");
    }
    view
}

#[test]
fn the_published_detail_is_read_and_printed() {
    const DETAIL: &str = r#"{"offerId":706627393257,"categoryId":1033054,"categoryName":null,"subject":"PVC插页文件夹A4加厚活页本文件夹防水外壳学生试卷收纳档案夹","subjectTrans":"PVC insert folder A4 thickened loose-leaf book folder waterproof shell student examination paper storage file folder","description":"<div id=\"offer-template-0\"></div>..."}"#;
    let view = printed::<ProductDetail<V1Info>>(DETAIL);
    let names: Vec<&String> = view.as_object().unwrap().keys().take(6).collect();
    assert_eq!(names, ["offerId", "categoryId", "categoryName", "subject", "subjectTrans", "description"]);
    assert_eq!((&view["mainVideo"], &view["productSkuInfos"]), (&Value::Null, &json("[]")));
    let v2 = ProductDetail::<V2>::read(DETAIL, &ids()).unwrap();
    assert_eq!(serde_json::to_value(v2).unwrap()["offerId"], "R-aUoSC327iDB9FRRbQ_IA");
}

#[test]
fn the_published_pages_of_v2_have_eight_and_nine_fields() {
    let page = r#"{"totalRecords":2000,"totalPage":401,"pageSize":5,"currentPage":1,"data":[{"imageUrl":"https://cbu01.alicdn.com/img/ibank/O1CN01Gf8JoQ20i0lN5N8v2_!!2207943566882-0-cib.jpg","subject":"国潮男装t恤230g重磅短袖男女...","offerId":706627393257,"onePsale":true,"traceInfo":"object_id@706627393257^object_type@offer"}]}"#;
    let (search, store) = (printed::<ProductPageV2>(page), printed::<SellerOfferPageV2>(page));
    for (view, fields) in [(&search, 8), (&store, 9)] {
        let row = view["data"][0].as_object().unwrap();
        assert_eq!((row.len(), &row["offerId"]), (fields, &json("\"R-aUoSC327iDB9FRRbQ_IA\"")));
        assert!(!view.to_string().contains("706627393257"), "{view}");
    }
    assert_eq!(store["data"][0]["isOnePsale"], true);
    let v1 = printed::<KeywordPage>(page);
    assert_eq!((&v1["data"][0]["offerId"], &v1["data"][0]["isOnePsale"]), (&json("706627393257"), &json("true")));
    assert_eq!(v1["data"][0].as_object().unwrap().len(), 31);
}

#[test]
fn the_published_category_comes_back() {
    const CATEGORY: &str = r#"{"categoryId":1031910,"chineseName":"连衣裙","translatedName":"ワンピース","language":"ja","leaf":false,"level":"2","parentCateId":10166,"fromCache":true,"children":null}"#;
    let read = |text: &str| serde_json::to_value(serde_json::from_str::<Category>(text).unwrap()).unwrap();
    assert_eq!(read(CATEGORY), json(CATEGORY));
    assert_eq!(read(&CATEGORY.replace("false", "\"false\"")), json(CATEGORY), "the marketplace also writes text");
}

#[test]
fn a_recommendation_spells_its_own_way() {
    let row =
        printed::<RecommendProduct<V1Info>>(r#"{"offerId":706627393257,"onePsale":true,"promotionURL":"https://a/b"}"#);
    assert!(row.get("isOnePsale").is_none());
}

#[test]
fn a_customer_pays_the_promotional_price_first() {
    let read = |text: &str| ProductDetail::<V1Info>::read(text, &ids()).unwrap().with_customer_prices();
    let price =
        |text: &str| read(text).channel_price.unwrap().channel_sku_price_list[0].current_price.clone().unwrap().0;
    let own = r#"{"productSkuInfos":[{"skuId":1,"price":"9.00"}],"productSaleInfo":{"quoteType":1,"priceRangeList":[{"startQuantity":2,"price":"8.00"}]}}"#;
    assert_eq!(price(own), "9.00");
    assert_eq!(price(&own.replace(r#""price":"9.00""#, r#""price":"9.00","promotionPrice":"7.50""#)), "7.50");
    let by_quantity = own.replace(r#","price":"9.00""#, "");
    assert_eq!(price(&by_quantity), "8.00");
    let given = own.replace(
        "{\"productSkuInfos\"",
        r#"{"channelPrice":{"channelSkuPriceList":[{"skuId":1,"currentPrice":"6.00"}]},"productSkuInfos""#,
    );
    assert_eq!(price(&given), "6.00");
}
