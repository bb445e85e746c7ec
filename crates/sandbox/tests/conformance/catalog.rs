//! `Catalog`: finding goods.

use super::{
    market::{Market, refused},
    stage::Seller,
};
use connector::{Kind, ordering::PreviewAsk};
use domain::{
    Document, Fen, OfferId, SpecId,
    catalog::{
        CategoryQuery, FreightQuery, ImageQuery, KeywordQuery, Listing, Picture, PoolQuery, ProductQuery, RankingQuery,
        RecommendQuery, RelatedQuery, SellerQuery,
    },
};
use serde_json::Value;

fn listing() -> Listing {
    Listing { page: 1, page_size: 50, language: "en".to_owned(), ..Listing::default() }
}

fn query(keyword: &str) -> KeywordQuery {
    KeywordQuery { keyword: keyword.to_owned(), listing: listing() }
}

fn narrowed(keyword: &str, listing: Listing) -> KeywordQuery {
    KeywordQuery { keyword: keyword.to_owned(), listing }
}

fn product(offer: OfferId) -> ProductQuery {
    ProductQuery { offer, language: "en".to_owned(), out_member_id: None }
}

async fn page(market: &Market, query: &KeywordQuery) -> Value {
    let document = market.catalog().search(query).await.expect("a search answers");
    read(&document)
}

fn read(document: &Document) -> Value {
    serde_json::from_str(document.as_str()).expect("documents are JSON")
}

fn rows(page: &Value) -> &Vec<Value> {
    page["data"].as_array().expect("a page has rows in data")
}

fn offers(page: &Value) -> Vec<i64> {
    rows(page).iter().map(|row| row["offerId"].as_i64().expect("rows have offer ids")).collect()
}

pub async fn a_page_has_what_was_searched(market: Market) {
    let known = market.stage.known();
    let page = page(&market, &query(known.keyword)).await;
    for field in ["totalRecords", "totalPage", "pageSize", "currentPage"] {
        assert!(page[field].is_i64(), "{field}: {page}");
    }
    assert!(offers(&page).contains(&known.offer.get()), "{}: {page}", known.keyword);
    assert!(page["totalRecords"].as_u64() >= Some(rows(&page).len() as u64));
    let found = rows(&page).iter().find(|row| row["offerId"] == known.offer.get()).expect("the known offer");
    assert!(found["subjectTrans"].is_string(), "the language that was asked: {found}");
}

pub async fn pages_follow_each_other_and_end_empty(market: Market) {
    let keyword = market.stage.known().keyword;
    let all = offers(&page(&market, &query(keyword)).await);
    assert!(all.len() > 1, "a word of several products");
    let single = |page| narrowed(keyword, Listing { page, page_size: 1, ..listing() });
    let mut one_by_one = Vec::new();
    for number in 1..=u32::try_from(all.len()).expect("few") {
        let page = page(&market, &single(number)).await;
        assert_eq!((rows(&page).len(), &page["currentPage"]), (1, &Value::from(number)));
        one_by_one.extend(offers(&page));
    }
    assert_eq!(one_by_one, all);
    let beyond = page(&market, &single(u32::try_from(all.len()).expect("few") + 1)).await;
    assert!(rows(&beyond).is_empty());
}

pub async fn prices_bound_and_sort_a_page(market: Market) {
    let keyword = market.stage.known().keyword;
    let rising = Listing { sort: Some(r#"{"price":"asc"}"#.to_owned()), ..listing() };
    let sorted = page(&market, &narrowed(keyword, rising.clone())).await;
    let price = |row: &Value| Fen::from_yuan(row["priceInfo"]["price"].as_str().expect("a price")).expect("yuan");
    let prices: Vec<Fen> = rows(&sorted).iter().map(price).collect();
    assert!(prices.is_sorted() && !prices.is_empty(), "{prices:?}");
    let (cheapest, dearest) = (prices[0], prices[prices.len() - 1]);
    assert!(cheapest < dearest, "a word of products with different prices");
    let cheap = page(&market, &narrowed(keyword, Listing { price_to: Some(cheapest), ..rising.clone() })).await;
    assert!(!rows(&cheap).is_empty() && rows(&cheap).iter().all(|row| price(row) <= cheapest));
    let dear = page(&market, &narrowed(keyword, Listing { price_from: Some(dearest), ..rising })).await;
    assert!(!rows(&dear).is_empty() && rows(&dear).iter().all(|row| price(row) >= dearest));
}

pub async fn no_hit_is_an_empty_page(market: Market) {
    let page = page(&market, &query("zzqxjwv")).await;
    assert_eq!((rows(&page).len(), &page["totalRecords"]), (0, &Value::from(0)));
}

pub async fn a_product_is_told_in_the_language_that_was_asked(market: Market) {
    let offer = market.stage.known().offer;
    let english = market.catalog().product(&product(offer)).await.expect("the product is there");
    let english = read(&english);
    assert_eq!(english["offerId"], offer.get());
    assert!(english["subject"].is_string() && english["subjectTrans"].is_string(), "{english}");
    let skus = english["productSkuInfos"].as_array().expect("a product has its SKUs");
    assert!(!skus.is_empty() && skus.iter().all(|sku| sku["specId"].is_string()));
}

pub async fn a_product_that_is_not_there_is_not_found(market: Market) {
    let gone = market.catalog().product(&product(market.stage.unknown_offer())).await;
    refused(Kind::ProductNotFound, gone);
}

pub async fn an_offering_is_told_as_it_would_be_bought(market: Market) {
    let (stage, ordering) = (&market.stage, market.ordering());
    for lines in [stage.cargo(Seller::Obliging, 2), stage.cargo(Seller::Silent, 1)] {
        let offer = lines[0].offer_id;
        let offering = market.catalog().offering(offer).await.expect("the product is there");
        assert_eq!(offering.offer, offer);
        assert_eq!(offering.seller, ordering.seller(offer).await.expect("a seller"));
        assert!(!offering.title.is_empty() && offering.image.is_some());
        let pieces = lines.iter().map(|l| l.quantity).sum();
        let ask = PreviewAsk { lines: lines.clone(), receiver: stage.receiver(), flow: None };
        let preview = ordering.preview(market.buyer(), &ask).await.expect("the lines may be bought");
        for line in preview.orders.iter().flat_map(|order| &order.lines) {
            let spec = offering.spec(line.spec_id.as_ref()).expect("what can be ordered is told");
            assert_eq!((spec.sku, offering.price(spec, pieces)), (line.sku_id, Some(line.unit_price)));
            assert!(spec.stock.is_some_and(|stock| stock > 0));
            assert!(read(&Document(spec.attributes.clone().expect("a specification has attributes"))).is_array());
        }
    }
    let unknown = SpecId::parse("nosuchspecification").expect("a spec id");
    let known = market.catalog().offering(stage.known().offer).await.expect("the product is there");
    assert!(known.spec(Some(&unknown)).is_none() && known.spec(None).is_none());
    refused(Kind::ProductNotFound, market.catalog().offering(stage.unknown_offer()).await);
}

fn list(document: &Document) -> Vec<Value> {
    read(document).as_array().expect("a list").clone()
}

/// The seller and the category of the known product.
async fn known(market: &Market) -> (String, i64, Value) {
    let known = read(&market.catalog().product(&product(market.stage.known().offer)).await.expect("a product"));
    let seller = known["sellerOpenId"].as_str().expect("a seller").to_owned();
    (seller, known["categoryId"].as_i64().expect("a category"), known)
}

pub async fn a_store_holds_its_own_goods(market: Market) {
    let (seller, ..) = known(&market).await;
    let store = |open_id: &str| SellerQuery { seller_open_id: open_id.to_owned(), keyword: None, listing: listing() };
    let page = read(&market.catalog().search_store(&store(&seller)).await.expect("a store answers"));
    assert!(offers(&page).contains(&market.stage.known().offer.get()), "{page}");
    refused(Kind::ObjectNotFound, market.catalog().search_store(&store("BBBnobody")).await);
}

pub async fn a_picture_finds_what_looks_like_it(market: Market) {
    let (picture, offer) = market.stage.picture();
    let image = |picture| ImageQuery { picture, region: None, listing: listing() };
    for _ in 0..2 {
        let found = market.catalog().search_image(&image(Picture::Bytes(picture.clone()))).await.expect("an answer");
        assert_eq!(offers(&read(&found)).first(), Some(&offer.get()), "once uploaded, twice searched");
    }
    let nothing = image(Picture::Address("https://elsewhere.example/a.jpg".to_owned()));
    assert!(rows(&read(&market.catalog().search_image(&nothing).await.expect("an answer"))).is_empty());
}

pub async fn goods_are_chosen_without_a_search(market: Market) {
    let (_, category, _) = known(&market).await;
    let recommend = RecommendQuery { page: 1, page_size: 3, language: "en".to_owned(), out_member_id: "u1".to_owned() };
    let liked = list(&market.catalog().recommended(&recommend).await.expect("a list"));
    assert!(liked.len() <= 3 && liked.iter().all(|row| row["offerId"].is_i64() && row["onePsale"].is_boolean()));
    let related = |offer| RelatedQuery { offer, page: 1, page_size: 10, language: "en".to_owned() };
    let near = list(&market.catalog().related(&related(market.stage.known().offer)).await.expect("a list"));
    assert!(near.iter().all(|row| row["offerId"] != market.stage.known().offer.get()), "not the product itself");
    refused(Kind::ProductNotFound, market.catalog().related(&related(market.stage.unknown_offer())).await);
    let ranking = |category_id: &str| RankingQuery {
        category_id: category_id.to_owned(),
        ranking: "hot".to_owned(),
        limit: 5,
        language: "en".to_owned(),
    };
    let ranked = read(&market.catalog().ranking(&ranking(&category.to_string())).await.expect("a ranking"));
    let ranked = ranked["rankProductModels"].as_array().expect("rows").clone();
    assert!(!ranked.is_empty() && ranked.iter().zip(1..).all(|(row, place)| row["sort"] == place), "{ranked:?}");
    refused(Kind::ObjectNotFound, market.catalog().ranking(&ranking("999999999")).await);
}

pub async fn a_pool_is_pulled_page_by_page(market: Market) {
    let pool = market.stage.pool();
    let ask = |pool_id, page| PoolQuery {
        pool_id,
        category_id: None,
        task_id: "pull-1".to_owned(),
        language: None,
        page,
        page_size: 5,
        sort_field: None,
        sort_type: None,
    };
    let first = list(&market.catalog().pool(&ask(pool, 1)).await.expect("a page"));
    assert_eq!(first.len(), 5);
    let total = first[0]["offerPoolTotal"].as_u64().expect("the size of the pool");
    let last = u32::try_from(total.div_ceil(5)).expect("few");
    assert!(!list(&market.catalog().pool(&ask(pool, last)).await.expect("a page")).is_empty());
    assert!(list(&market.catalog().pool(&ask(pool, last + 1)).await.expect("a page")).is_empty());
    refused(Kind::ObjectNotFound, market.catalog().pool(&ask(7, 1)).await);
}

pub async fn categories_form_a_tree(market: Market) {
    let (_, category, _) = known(&market).await;
    let ask =
        |category_id| CategoryQuery { category_id, parent_id: None, language: "ja".to_owned(), out_member_id: None };
    let found = read(&market.catalog().category(&ask(category)).await.expect("a category"));
    assert_eq!(found["categoryId"], category);
    assert!(found["chineseName"].is_string() && found["translatedName"].is_string(), "{found}");
    let parent = found["parentCateId"].as_i64().expect("a parent");
    let tree = list(&market.catalog().category_tree(parent).await.expect("a node"));
    let children = tree[0]["childIDs"].as_array().expect("children");
    assert!(children.contains(&Value::from(category)), "{tree:?}");
    assert!(list(&market.catalog().category_tree(0).await.expect("the first level")).len() > 1);
    refused(Kind::ObjectNotFound, market.catalog().category(&ask(999_999_999)).await);
    refused(Kind::ObjectNotFound, market.catalog().category_tree(999_999_999).await);
}

pub async fn freight_is_told_before_an_order(market: Market) {
    let (_, _, product) = known(&market).await;
    let sku = product["productSkuInfos"][0]["skuId"].as_i64().expect("a SKU").to_string();
    let ask = |offer, sku: &str| FreightQuery {
        offer,
        province_code: "330000".to_owned(),
        city_code: "330100".to_owned(),
        district_code: "330108".to_owned(),
        total: 2,
        skus: vec![(sku.to_owned(), 2)],
    };
    let offer = market.stage.known().offer;
    let told = read(&market.catalog().freight(&ask(offer, &sku)).await.expect("an estimate"));
    assert!(told["freight"].as_str().and_then(Fen::from_yuan).is_some(), "{told}");
    assert_eq!(told["productFreightSkuInfoModels"][0]["skuId"], sku);
    refused(Kind::MixedSellers, market.catalog().freight(&ask(offer, "7")).await);
    refused(Kind::ProductNotFound, market.catalog().freight(&ask(market.stage.unknown_offer(), &sku)).await);
}

pub async fn a_seller_can_be_talked_to(market: Market) {
    let (seller, ..) = known(&market).await;
    let link = market.catalog().chat_link(&seller).await.expect("a link");
    assert!(link.starts_with("http"), "{link}");
    assert!(!market.catalog().chat_name(&seller).await.expect("a name").is_empty());
    refused(Kind::ObjectNotFound, market.catalog().chat_link("BBBnobody").await);
    refused(Kind::ObjectNotFound, market.catalog().chat_name("BBBnobody").await);
}
