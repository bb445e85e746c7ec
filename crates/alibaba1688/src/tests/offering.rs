//! A product detail to what a buyer must know of it.

use super::Script;
use crate::map::{self, Detail};
use connector::{Catalog, Kind};
use domain::{
    Fen, OfferId, SpecId,
    offering::{Offering, Tier},
};
use serde_json::{Value, json};

fn offer() -> OfferId {
    OfferId::new(706_627_393_257).unwrap()
}

fn detail() -> Value {
    json!({
        "offerId": 706_627_393_257_i64, "subject": "文件夹", "sellerOpenId": "BBB", "companyName": " ",
        "productImage": {"images": ["https://a/0.jpg", "https://a/1.jpg"]},
        "productSkuInfos": [
            {"specId": "aa", "skuId": "7", "price": "9.00", "amountOnSale": "12", "skuAttributes":
                [{"attributeId": 1, "attributeName": "颜色", "value": "蓝色", "skuImageUrl": "https://a/blue.jpg"}]},
            {"specId": "bb", "skuId": 8, "price": "9.00", "promotionPrice": "7.50", "amountOnSale": 0},
            {"skuId": 9, "price": "1.00"},
        ],
        "productSaleInfo": {"amountOnSale": 99, "quoteType": 1, "priceRangeList": [
            {"startQuantity": 100, "price": "6.00"}, {"startQuantity": 2, "price": "8.00", "promotionPrice": ""}]},
        "traceInfo": {"of": "no interest"},
    })
}

fn read(change: impl FnOnce(&mut Value)) -> Result<Offering, map::Odd> {
    let mut record = detail();
    change(&mut record);
    map::offering(offer(), &serde_json::from_value::<Detail>(record).unwrap())
}

#[test]
fn specifications_have_their_price_stock_and_attributes() {
    let found = read(|_| {}).unwrap();
    assert_eq!((found.seller.as_str(), &found.seller_name, found.title.as_str()), ("BBB", &None, "文件夹"));
    assert_eq!(found.image.as_deref(), Some("https://a/0.jpg"));
    assert_eq!(found.tiers, [Tier { from: 2, price: Fen(800) }, Tier { from: 100, price: Fen(600) }]);
    let [blue, other] = found.specs.as_slice() else { panic!("one without a spec id is none: {found:?}") };
    assert_eq!((blue.sku.unwrap().get(), blue.stock, blue.price), (7, Some(12), Some(Fen(900))));
    assert_eq!(blue.image.as_deref(), Some("https://a/blue.jpg"));
    let attributes: Value = serde_json::from_str(blue.attributes.as_ref().unwrap()).unwrap();
    assert_eq!((&attributes[0]["attributeName"], &attributes[0]["value"]), (&json!("颜色"), &json!("蓝色")));
    assert_eq!(attributes[0]["skuImageUrl"], Value::Null, "the picture has a place of its own");
    assert_eq!((other.price, &other.image, other.attributes.as_deref()), (Some(Fen(750)), &None, Some("[]")));
}

#[test]
fn the_quantity_the_specification_or_an_agreement_decides_the_price() {
    let price = |found: &Offering, pieces| {
        let spec = found.spec(Some(&SpecId::parse("aa").unwrap())).unwrap();
        found.price(spec, pieces).unwrap().0
    };
    assert_eq!(price(&read(|_| {}).unwrap(), 500), 900);
    let by_quantity = read(|r| r["productSaleInfo"]["quoteType"] = json!("2")).unwrap();
    assert_eq!((price(&by_quantity, 1), price(&by_quantity, 500)), (800, 600));
    let agreed =
        json!({"channelSkuPriceList": [{"skuId": 8, "currentPrice": "1.00"}, {"skuId": 7, "currentPrice": "5.00"}]});
    assert_eq!(price(&read(|r| r["channelPrice"] = agreed).unwrap(), 500), 500);
}

#[test]
fn a_product_without_specifications_has_one_of_its_own() {
    let found = read(|r| r["productSkuInfos"] = json!([])).unwrap();
    let own = found.spec(None).unwrap();
    assert_eq!((own.stock, &own.sku, &own.attributes, found.price(own, 3)), (Some(99), &None, &None, Some(Fen(800))));
}

#[test]
fn what_cannot_be_read_is_not_guessed() {
    for change in [
        (|r: &mut Value| r["sellerOpenId"] = json!("")) as fn(&mut Value),
        |r| r["productSkuInfos"][0]["price"] = json!("about 9"),
        |r| r["productSaleInfo"]["priceRangeList"][0]["startQuantity"] = json!(-1),
        |r| r["productSaleInfo"]["priceRangeList"][0]["price"] = Value::Null,
    ] {
        read(change).unwrap_err();
    }
}

#[tokio::test]
async fn it_is_asked_for_as_the_product_is() {
    let answer = |inner: &Value| format!(r#"{{"result":{{"success":"true","code":"S0000","result":{inner}}}}}"#);
    let script = Script::always(answer(&detail()));
    assert_eq!(script.connect().offering(offer()).await.unwrap(), read(|_| {}).unwrap());
    assert!(script.seen()[0].fields["offerDetailParam"].contains("706627393257"));
    let mut expired = detail();
    expired["status"] = json!("expired");
    for (gone, kind) in [(&expired, Kind::ProductNotFound), (&Value::Null, Kind::ProductNotFound)] {
        assert_eq!(Script::always(answer(gone)).connect().offering(offer()).await.unwrap_err().kind, kind);
    }
    let odd = Script::always(answer(&json!({"offerId": 1}))).connect().offering(offer()).await.unwrap_err();
    assert_eq!(odd.kind, Kind::Unreachable, "an answer that cannot be used");
}
