//! The shopping cart: rows of each seller together, those that can be bought apart from those that cannot.

use crate::{
    dialect::Dialect,
    offer::{HideIds, NamedOffer},
    scalar::{IdNumber, List, Text, Whole, YuanNumber},
};
use domain::IdCipher;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A user's cart.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", bound = "")]
#[schemars(bound = "")]
pub struct AlibabaCart<D: Dialect> {
    /// Rows that can no longer be bought: gone, off sale or sold out.
    pub disable_list: List<CartShopItem<D>>,
    /// Rows that can be bought, as far as is known.
    pub enable_list: List<CartShopItem<D>>,
}

/// The rows of one seller.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", bound = "")]
#[schemars(bound = "")]
pub struct CartShopItem<D: Dialect> {
    pub seller_open_id: Option<Text>,
    pub seller_nick_name: Option<Text>,
    pub cart_item_infos: List<CartItemInfo<D>>,
}

/// One row.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", bound = "")]
#[schemars(bound = "")]
pub struct CartItemInfo<D: Dialect> {
    /// What `cartIds` take.
    pub id: Option<IdNumber>,
    #[serde(flatten)]
    pub offer: NamedOffer<D>,
    /// Empty for products without SKUs.
    pub spec_id: Option<Text>,
    pub sku_id: Option<Text>,
    pub item_title: Option<Text>,
    pub item_pic: Option<Text>,
    /// Yuan, of one piece, where all that the cart has of the product is bought together.
    pub price: Option<YuanNumber>,
    pub quantity: Option<Whole>,
    /// Stock left; 0 where it can no longer be bought.
    pub amount_on_sale: Option<Whole>,
    /// JSON text of the SKU attributes.
    pub properties: Option<Text>,
}

impl<D: Dialect> AlibabaCart<D> {
    /// Puts a row to those of its seller.
    pub fn put(&mut self, buyable: bool, seller: &str, seller_name: Option<&str>, row: CartItemInfo<D>) {
        let shops = if buyable { &mut self.enable_list.0 } else { &mut self.disable_list.0 };
        let place = shops.iter().position(|shop| shop.seller_open_id.as_deref() == Some(seller));
        let place = place.unwrap_or_else(|| {
            shops.push(CartShopItem { seller_open_id: Some(seller.into()), ..CartShopItem::default() });
            shops.len() - 1
        });
        let shop = &mut shops[place];
        shop.seller_nick_name = shop.seller_nick_name.take().or(seller_name.map(Text::from));
        shop.cart_item_infos.0.push(row);
    }
}

impl<D: Dialect> HideIds for AlibabaCart<D> {
    fn hide_ids(&mut self, ids: &IdCipher) {
        let shops = self.disable_list.0.iter_mut().chain(&mut self.enable_list.0);
        for row in shops.flat_map(|shop| &mut shop.cart_item_infos.0) {
            row.offer.hide_ids(ids);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        dialect::{V1Info, V2},
        offer::Offer,
    };
    use serde_json::{Value, json};

    fn cart<D: Dialect>() -> AlibabaCart<D> {
        let row = |id, offer| CartItemInfo {
            id: Some(IdNumber(id)),
            offer: NamedOffer { id: Some(Offer::new(offer)) },
            ..CartItemInfo::default()
        };
        let mut cart = AlibabaCart::default();
        cart.put(true, "A", None, row(1, 706_627_393_257));
        cart.put(true, "B", Some("bee"), row(2, 5));
        cart.put(true, "A", Some("ay"), row(3, 6));
        cart.put(false, "A", Some("ay"), row(4, 7));
        cart
    }

    #[test]
    fn rows_stand_under_their_seller_in_the_order_in_which_they_came() {
        let printed = serde_json::to_value(cart::<V1Info>()).unwrap();
        let ids = |list: &str| -> Vec<(Value, Value, Vec<Value>)> {
            let shops = printed[list].as_array().unwrap();
            let of = |shop: &Value| {
                let rows = shop["cartItemInfos"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
                (shop["sellerOpenId"].clone(), shop["sellerNickName"].clone(), rows)
            };
            shops.iter().map(of).collect()
        };
        assert_eq!(
            ids("enableList"),
            [(json!("A"), json!("ay"), vec![json!(1), json!(3)]), (json!("B"), json!("bee"), vec![json!(2)])]
        );
        assert_eq!(ids("disableList"), [(json!("A"), json!("ay"), vec![json!(4)])]);
    }

    #[test]
    fn v2_hides_what_v1_shows() {
        let ids = domain::IdKey::new([7; 32]).of(domain::DeveloperId::new(1_110_890_638_347_337_996).unwrap());
        let first = |printed: Value| printed["enableList"][0]["cartItemInfos"][0].clone();
        let plain = first(serde_json::to_value(cart::<V1Info>().hidden(&ids)).unwrap());
        assert_eq!(plain["offerId"], 706_627_393_257_i64);
        assert!(serde_json::to_value(cart::<V2>()).is_err(), "a real id does not print");
        let hidden = first(serde_json::to_value(cart::<V2>().hidden(&ids)).unwrap());
        assert_eq!((&hidden["offerMapId"], hidden.get("offerId")), (&json!("R-aUoSC327iDB9FRRbQ_IA"), None));
    }
}
