//! The published shapes of the cart.

use crate::sample::json;
use contract::{
    dialect::{V1Info, V2},
    offer::{HideIds, NamedOffer, Offer},
    request::CartEditBody,
    scalar::{IdNumber, Whole},
    view::cart::{AlibabaCart, CartItemInfo},
};
use domain::{DeveloperId, Fen, IdKey};
use serde_json::{Value, json};

/// The published answer of the v2 list; its values are placeholders.
const PUBLISHED: &str = r#"{"disableList":[],"enableList":[{"sellerOpenId":"","sellerNickName":"","cartItemInfos":[{"id":0,"offerMapId":"","specId":"","skuId":"","itemTitle":"","itemPic":"","price":0,"quantity":0,"amountOnSale":0,"properties":""}]}]}"#;

fn cart<D: contract::dialect::Dialect>() -> AlibabaCart<D> {
    let row = CartItemInfo {
        id: Some(IdNumber(75)),
        offer: NamedOffer { id: Some(Offer::new(743_470_146_022)) },
        spec_id: Some("e61a85a671bb3d0301d0412b51641c6b".into()),
        sku_id: Some("5204418736021".into()),
        item_title: Some("帆布包".into()),
        item_pic: Some("https://a/b.png".into()),
        price: Some(Fen(1950).into()),
        quantity: Some(Whole(2)),
        amount_on_sale: Some(Whole(760)),
        properties: Some("[]".into()),
    };
    let mut cart = AlibabaCart::default();
    cart.put(true, "BBBgGWh2O6JFI6v1aQuZVgRIA", Some("bag company"), row);
    cart
}

/// Names in their order, and what kind of value stands there.
fn shape(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields.iter().map(|(name, inner)| json!([name, shape(inner)])).collect(),
        Value::Array(rows) => rows.iter().map(shape).collect(),
        Value::Number(_) => json!("number"),
        Value::String(_) => json!("string"),
        Value::Bool(_) | Value::Null => json!("other"),
    }
}

#[test]
fn the_published_cart_has_these_names_and_types() {
    let ids = IdKey::new([7; 32]).of(DeveloperId::new(1).unwrap());
    let v2 = serde_json::to_value(cart::<V2>().hidden(&ids)).unwrap();
    assert_eq!(shape(&v2), shape(&json(PUBLISHED)));
    let row = &v2["enableList"][0]["cartItemInfos"][0];
    assert_eq!((&row["price"], &row["id"]), (&json!(19.5), &json!(75)), "yuan as a number");
    let v1 = serde_json::to_value(cart::<V1Info>().hidden(&ids)).unwrap();
    let twin = PUBLISHED.replace(r#""offerMapId":"""#, r#""offerId":0"#);
    assert_eq!(shape(&v1), shape(&json(&twin)));
    let read: AlibabaCart<V2> = serde_json::from_value(v2.clone()).unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), v2, "a client reads what was printed");
}

#[test]
fn a_date_object_that_leaked_into_the_published_edit_does_no_harm() {
    for leaked in [json!({"mutable": true, "firstDayOfWeek": "SUNDAY", "timeZone": {"ID": "x"}}), json!(5), json!(null)]
    {
        let body = json!({"id": "75", "quantity": 3, "updateTime": leaked, "productNo": null, "container": " "});
        let change = serde_json::from_value::<CartEditBody>(body).unwrap().change().unwrap();
        assert_eq!((change.row.get(), change.pieces, change.product_no, change.container), (75, 3, None, None));
    }
}
