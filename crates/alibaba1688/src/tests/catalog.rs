//! Goods: documents without their wrappers, pictures that are uploaded once, and what is not there.

use super::{Script, Seen};
use connector::{Catalog, Kind, transport::Failure};
use domain::{
    Fen, OfferId,
    catalog::{CategoryQuery, ImageQuery, KeywordQuery, Listing, Picture, PoolQuery, ProductQuery, RelatedQuery},
};
use std::sync::atomic::{AtomicU32, Ordering};

fn wrapped(inner: &str) -> String {
    format!(r#"{{"result":{{"success":"true","code":"S0000","result":{inner}}}}}"#)
}

fn wrap(inner: &str) -> crate::Alibaba1688 {
    Script::always(wrapped(inner)).connect()
}

fn listing() -> Listing {
    Listing { page: 1, page_size: 20, language: "en".into(), ..Listing::default() }
}

#[tokio::test]
async fn goods_are_documents_and_what_is_off_sale_is_not_found() {
    let query = KeywordQuery { keyword: "jeans".into(), listing: Listing { price_from: Some(Fen(1999)), ..listing() } };
    let page = r#"{"totalRecords":0, "data":[]}"#;
    assert_eq!(wrap(page).search(&query).await.unwrap().as_str(), page);
    let product = ProductQuery { offer: OfferId::new(1).unwrap(), language: "en".into(), out_member_id: None };
    let detail = r#"{"offerId":1,"status":"published"}"#;
    assert_eq!(wrap(detail).product(&product).await.unwrap().as_str(), detail);
    for gone in [r#"{"offerId":1,"status":"member deleted"}"#, "null"] {
        assert_eq!(wrap(gone).product(&product).await.unwrap_err().kind, Kind::ProductNotFound);
    }
    let another = wrap(r#"{"offerId":2,"status":"published"}"#).product(&product).await.unwrap_err();
    assert_eq!(another.kind, Kind::Unreachable, "an answer that cannot be used");
    let script = Script::always(wrapped(page));
    script.connect().search(&query).await.unwrap();
    assert!(script.seen()[0].fields["offerQueryParam"].contains(r#""priceStart":"19.99""#));
}

#[tokio::test]
async fn a_list_that_is_left_out_is_empty() {
    let related = RelatedQuery { offer: OfferId::new(1).unwrap(), page: 1, page_size: 10, language: "en".into() };
    assert_eq!(wrap("null").related(&related).await.unwrap().as_str(), "[]");
    assert_eq!(wrap(r#"[{"offerId":2}]"#).related(&related).await.unwrap().as_str(), r#"[{"offerId":2}]"#);
}

#[tokio::test]
async fn a_category_may_stand_beside_success() {
    let query = CategoryQuery { category_id: 7, parent_id: None, language: "ja".into(), out_member_id: None };
    let category = r#"{"categoryId":7,"leaf":"true"}"#;
    assert_eq!(wrap(category).category(&query).await.unwrap().as_str(), category);
    let beside = Script::always(format!(r#"{{"success":"true","code":"S0000","message":null,"result":{category}}}"#));
    assert_eq!(beside.connect().category(&query).await.unwrap().as_str(), category);
    assert_eq!(wrap("null").category(&query).await.unwrap_err().kind, Kind::ObjectNotFound);
    let tree =
        Script::always(r#"{"succes":"true","categoryInfo":[{"categoryID":7}],"errorMsg":null,"errorCode":null}"#);
    assert_eq!(tree.connect().category_tree(7).await.unwrap().as_str(), r#"[{"categoryID":7}]"#);
    assert!(!tree.seen()[0].fields.contains_key("access_token"), "needs none");
    let unknown = Script::always(r#"{"succes":"false","errorCode":"500_1","errorMsg":"no"}"#);
    assert_eq!(unknown.connect().category_tree(7).await.unwrap_err().kind, Kind::ObjectNotFound);
}

#[tokio::test]
async fn what_has_no_code_of_its_own_is_handed_on() {
    let pool = PoolQuery {
        pool_id: 1,
        category_id: None,
        task_id: "t".into(),
        language: None,
        page: 1,
        page_size: 20,
        sort_field: None,
        sort_type: None,
    };
    let failed = |code: &str| {
        Script::always(format!(r#"{{"result":{{"success":false,"code":"{code}","message":"no"}}}}"#)).connect()
    };
    assert_eq!(failed("404").pool(&pool).await.unwrap_err().kind, Kind::ObjectNotFound);
    assert_eq!(failed("S0001").pool(&pool).await.unwrap_err().kind, Kind::Refused);
}

#[tokio::test]
async fn sellers_are_found_at_the_top_or_in_the_result() {
    let name = Script::always(r#"{"wangwangNick":"alitestforisv01"}"#).connect();
    assert_eq!(name.chat_name("BBB").await.unwrap(), "alitestforisv01");
    assert_eq!(Script::always("{}").connect().chat_name("BBB").await.unwrap_err().kind, Kind::ObjectNotFound);
    let link = Script::always(r#"{"result":{"success":true,"code":"200","result":"https://a/b"}}"#).connect();
    assert_eq!(link.chat_link("BBB").await.unwrap(), "https://a/b");
    let none = Script::always(r#"{"result":{"success":true,"result":null}}"#).connect();
    assert_eq!(none.chat_link("BBB").await.unwrap_err().kind, Kind::ObjectNotFound);
}

fn is(seen: &Seen, call: &str) -> bool {
    seen.path.contains(call)
}

fn image(picture: Picture) -> ImageQuery {
    ImageQuery { picture, region: None, listing: listing() }
}

#[tokio::test]
async fn a_picture_is_uploaded_once() {
    let script = Script::new(|seen| {
        Ok((200, wrapped(if is(seen, "image.upload") { "\"1490507813791335080\"" } else { r#"{"data":[]}"# })))
    });
    let connector = script.connect();
    for _ in 0..3 {
        connector.search_image(&image(Picture::Bytes(vec![0xff, 0xd8]))).await.unwrap();
    }
    connector.search_image(&image(Picture::Bytes(vec![0xff, 0xd9]))).await.unwrap();
    let seen = script.seen();
    assert_eq!(seen.iter().filter(|seen| is(seen, "image.upload")).count(), 2);
    assert!(seen[0].fields["uploadImageParam"].contains(r#""imageBase64":"/9g=""#));
    assert!(seen[1].fields["offerQueryParam"].contains(r#""imageId":"1490507813791335080""#));
}

#[tokio::test]
async fn an_address_needs_no_upload() {
    let script = Script::always(wrapped(r#"{"data":[]}"#));
    script.connect().search_image(&image(Picture::Address("https://a/b.jpg".into()))).await.unwrap();
    let seen = script.seen();
    assert_eq!(seen.len(), 1);
    assert!(seen[0].fields["offerQueryParam"].contains(r#""imageAddress":"https://a/b.jpg""#));
}

#[tokio::test]
async fn a_kept_id_that_is_refused_is_uploaded_again() {
    static UPLOADS: AtomicU32 = AtomicU32::new(0);
    fn answer(seen: &Seen) -> Result<(u16, String), Failure> {
        let text = if is(seen, "image.upload") {
            wrapped(&format!("\"{}\"", UPLOADS.fetch_add(1, Ordering::SeqCst) + 1))
        } else if UPLOADS.load(Ordering::SeqCst) == 1 && SEARCHES.fetch_add(1, Ordering::SeqCst) > 0 {
            r#"{"result":{"success":false,"code":"500","message":"imageId is gone"}}"#.to_owned()
        } else {
            wrapped(r#"{"data":[]}"#)
        };
        Ok((200, text))
    }
    static SEARCHES: AtomicU32 = AtomicU32::new(0);
    let connector = Script::new(answer).connect();
    for _ in 0..2 {
        connector.search_image(&image(Picture::Bytes(vec![0xff, 0xd8]))).await.unwrap();
    }
    assert_eq!(UPLOADS.load(Ordering::SeqCst), 2);
}
