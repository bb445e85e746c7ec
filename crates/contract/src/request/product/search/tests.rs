//! The searches as they are published, and each field that can be wrong.

use super::*;
use crate::error::Code;
use domain::Fen;
use serde_json::{Value, json};

fn keyword_query(body: Value) -> Result<KeywordQuery, Fault> {
    serde_json::from_value::<KeywordBody>(body).unwrap().query()
}

fn image(body: Value) -> Result<ImageQuery, Fault> {
    serde_json::from_value::<ImageBody>(body).unwrap().query()
}

#[test]
fn the_published_search_is_understood() {
    let found = keyword_query(json!({"keyword": "男鞋", "beginPage": 1, "pageSize": 20, "country": "en",
        "filter": "shipInToday,ksCiphertext", "sort": "{\"price\":\"desc\"}", "outMemberId": "",
        "priceStart": "633.69", "priceEnd": "647.60", "categoryId": ""}))
    .unwrap()
    .listing;
    assert_eq!((found.price_from, found.price_to), (Some(Fen(63_369)), Some(Fen(64_760))));
    assert_eq!(found.sort.as_deref(), Some(r#"{"price":"desc"}"#));
    assert_eq!((found.category_id, found.out_member_id), (None, None));
}

#[test]
fn each_wrong_field_is_named() {
    assert_eq!(keyword_query(json!({"keyword": " "})).unwrap_err().code, Code::MissingParameter);
    for (field, value) in [
        ("beginPage", json!(0)),
        ("pageSize", json!(51)),
        ("country", json!("zz")),
        ("filter", json!("shipInToday,nothing")),
        ("sort", json!("{\"price\":\"up\"}")),
        ("sort", json!("{\"price\":\"asc\",\"monthSold\":\"asc\"}")),
        ("priceStart", json!("1.234")),
        ("categoryId", json!("x")),
        ("outMemberId", json!("a-b")),
    ] {
        let mut body =
            json!({"keyword": "x", "sellerOpenId": "BBB", "imageBase64": null, "imageAddress": "https://a/b"});
        body[field] = value;
        let store = serde_json::from_value::<SellerOfferBody>(body.clone()).unwrap().query().unwrap_err();
        for fault in [keyword_query(body.clone()).unwrap_err(), image(body).unwrap_err(), store] {
            assert_eq!((fault.code, fault.field.as_deref()), (Code::InvalidParameter, Some(field)));
        }
    }
    let fault = keyword_query(json!({"categoryId": 7, "priceStart": "2", "priceEnd": "1"})).unwrap_err();
    assert_eq!(fault.field.as_deref(), Some("priceEnd"));
}

#[test]
fn a_picture_comes_as_bytes_or_as_an_address() {
    let png = "iVBORw0KGgo=";
    let both = image(json!({"imageBase64": png, "imageAddress": "https://a/b.jpg"})).unwrap();
    assert!(matches!(both.picture, Picture::Bytes(bytes) if bytes.len() == 8));
    let address =
        image(json!({"imageBase64": "", "imageAddress": "https://a/b.jpg", "region": "266,799,48,581"})).unwrap();
    assert_eq!(address.picture, Picture::Address("https://a/b.jpg".into()));
    assert_eq!(address.region.as_deref(), Some("266,799,48,581"));
    for (code, field, body) in [
        (Code::MissingParameter, "imageBase64", json!({"imageBase64": null, "imageAddress": ""})),
        (Code::InvalidParameter, "imageBase64", json!({"imageBase64": "data:image/png;base64,iVBORw0KGgo="})),
        (Code::FileNotAllowed, "imageBase64", json!({"imageBase64": "xxxx"})),
        (Code::InvalidParameter, "imageAddress", json!({"imageBase64": null, "imageAddress": "ftp://a"})),
        (Code::InvalidParameter, "region", json!({"imageBase64": png, "region": "1,2,3"})),
        (Code::InvalidParameter, "region", json!({"imageBase64": png, "region": "1,2,3,-4"})),
    ] {
        let fault = image(body).unwrap_err();
        assert_eq!((fault.code, fault.field.as_deref()), (code, Some(field)), "{fault}");
    }
}
