//! Requests about a shopping cart. The cart is the caller's: the user of the header decides, whatever a body says.

use super::{FastAdress, Id, cargo, purchase, set, short};
use crate::error::Fault;
use domain::{
    CartRowId, IdCipher, OfferId, SpecId,
    cart::{MAX_PIECES, MAX_ROWS},
    purchase::{MAX_LINES, Receiver},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

/// A caller's own title of a product has at most this many characters.
const TITLE_MAX: usize = 500;
const PICTURE_MAX: usize = 1000;
/// Attributes as JSON text have at most this many characters.
const PROPERTIES_MAX: usize = 4000;
const NAME_MAX: usize = 100;
/// A caller's own number of a product or box has at most this many characters.
const OWN_MAX: usize = 100;

/// A checked addition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartAddition {
    pub offer: OfferId,
    /// `None` for products without specifications.
    pub spec: Option<SpecId>,
    pub pieces: u32,
    /// The seller that the caller names.
    pub seller: Option<String>,
    pub title: Option<String>,
    pub picture: Option<String>,
    pub properties: Option<String>,
    pub seller_name: Option<String>,
    pub product_no: Option<String>,
    pub container: Option<String>,
}

/// A request that adds to the cart.
pub trait AddsToCart {
    /// What is to be added. `ids` opens opaque ids.
    fn addition(&self, ids: &IdCipher) -> Result<CartAddition, Fault>;
}

/// Add to the cart of v1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CartAddBody {
    pub offer_id: Id,
    #[serde(flatten)]
    pub rest: CartAddFields,
}

impl AddsToCart for CartAddBody {
    fn addition(&self, _: &IdCipher) -> Result<CartAddition, Fault> {
        self.rest.addition(self.offer_id.parse("offerId")?)
    }
}

/// Add to the cart of v2.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CartAddV2Body {
    /// Opaque offer id; the marketplace's own is taken too.
    pub offer_map_id: Id,
    #[serde(flatten)]
    pub rest: CartAddFields,
}

impl AddsToCart for CartAddV2Body {
    fn addition(&self, ids: &IdCipher) -> Result<CartAddition, Fault> {
        self.rest.addition(self.offer_map_id.any_offer("offerMapId", ids)?)
    }
}

/// What is added, in every edition. Title, price and stock are read at the marketplace, whatever is said here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CartAddFields {
    /// The 1688 spec id, 32 hex digits; empty for products without SKUs.
    pub spec_id: String,
    /// The SKU follows from the specification.
    pub sku_id: Option<Id>,
    /// At most 500 characters; shown where the marketplace has none.
    pub item_title: Option<String>,
    /// At most 1000 characters; shown in place of the marketplace's picture.
    pub item_pic: Option<String>,
    /// Yuan.
    pub price: Option<Number>,
    /// From 1 on; added to what the cart has of the same specification.
    pub quantity: i64,
    /// Stock left.
    pub amount_on_sale: Option<i64>,
    /// JSON text of the SKU attributes, at most 4000 characters; shown in place of the marketplace's.
    pub properties: Option<String>,
    /// `sellerOpenId` of the product. Empty: the seller of the offer.
    pub seller_open_id: String,
    /// At most 100 characters; shown in place of the company's name.
    pub seller_nick_name: Option<String>,
    /// The caller's own product number, at most 100 characters.
    pub product_no: Option<String>,
    /// The caller's own box number, at most 100 characters.
    pub container: Option<String>,
    /// Accepted and ignored: the header decides.
    pub user_id: Option<Id>,
}

impl CartAddFields {
    fn addition(&self, offer: OfferId) -> Result<CartAddition, Fault> {
        let spec = set(Some(&self.spec_id));
        let spec = spec.map(|text| SpecId::parse(text).map_err(|e| Fault::invalid("specId", e.expected)));
        Ok(CartAddition {
            offer,
            spec: spec.transpose()?,
            pieces: pieces(self.quantity)?,
            seller: cargo::seller("sellerOpenId", Some(&self.seller_open_id))?,
            title: short("itemTitle", self.item_title.as_ref(), TITLE_MAX)?,
            picture: short("itemPic", self.item_pic.as_ref(), PICTURE_MAX)?,
            properties: short("properties", self.properties.as_ref(), PROPERTIES_MAX)?,
            seller_name: short("sellerNickName", self.seller_nick_name.as_ref(), NAME_MAX)?,
            product_no: short("productNo", self.product_no.as_ref(), OWN_MAX)?,
            container: short("container", self.container.as_ref(), OWN_MAX)?,
        })
    }
}

fn pieces(quantity: i64) -> Result<u32, Fault> {
    let pieces = u32::try_from(quantity).ok().filter(|n| (1..=MAX_PIECES).contains(n));
    pieces.ok_or_else(|| Fault::invalid("quantity", format_args!("1 to {MAX_PIECES} pieces")))
}

/// Delete rows of the cart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CartDeleteBody {
    /// 1 to 100 ids of cart rows; those that are not there do no harm.
    pub ids: Vec<Id>,
}

impl CartDeleteBody {
    pub fn rows(&self) -> Result<Vec<CartRowId>, Fault> {
        rows("ids", &self.ids, MAX_ROWS)
    }
}

/// Change the quantity of a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CartEditBody {
    /// Id of a cart row.
    pub id: Id,
    /// From 1 on.
    pub quantity: i64,
    /// Accepted and ignored, whatever it is.
    pub update_time: Option<Value>,
    /// The caller's own product number, at most 100 characters. Left out: as before.
    pub product_no: Option<String>,
    /// The caller's own box number, at most 100 characters. Left out: as before.
    pub container: Option<String>,
}

/// A checked change of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartChange {
    pub row: CartRowId,
    pub pieces: u32,
    pub product_no: Option<String>,
    pub container: Option<String>,
}

impl CartEditBody {
    pub fn change(&self) -> Result<CartChange, Fault> {
        Ok(CartChange {
            row: self.id.parse("id")?,
            pieces: pieces(self.quantity)?,
            product_no: short("productNo", self.product_no.as_ref(), OWN_MAX)?,
            container: short("container", self.container.as_ref(), OWN_MAX)?,
        })
    }
}

/// Preview of what rows of the cart would cost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CartPreviewBody {
    pub address_param: FastAdress,
    /// 1 to 50 ids of cart rows; one that stands there twice counts once.
    pub cart_ids: Vec<Id>,
}

impl CartPreviewBody {
    pub fn preview(&self) -> Result<(Vec<CartRowId>, Receiver), Fault> {
        Ok((rows("cartIds", &self.cart_ids, MAX_LINES)?, self.address_param.receiver()?))
    }
}

/// Orders of rows of the cart, one for each merchant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CartCreateBody {
    /// One of general, fenxiao, saleproxy, paired, repurchase, boutiquefenxiao, boutiquepifa, fenxiaonew.
    pub flow: String,
    /// To the seller, at most 500 characters.
    pub message: Option<String>,
    /// `promotionId` of the preview's shopPromotionList.
    pub shop_promotion_id: Option<String>,
    /// One of the preview's tradeModeNameList.
    pub trade_type: Option<String>,
    pub address_param: FastAdress,
    /// 1 to 50 ids of cart rows; one that stands there twice counts once.
    pub cart_ids: Vec<Id>,
    /// Accepted and ignored: the header decides.
    pub user_id: Option<Id>,
    /// Employee, at most 100 characters.
    pub staff_name: Option<String>,
}

/// A checked purchase from the cart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartPurchase {
    pub rows: Vec<CartRowId>,
    pub receiver: Receiver,
    pub flow: String,
    pub message: Option<String>,
    pub promotion_id: Option<String>,
    pub trade_type: Option<String>,
    pub staff_name: Option<String>,
}

impl CartCreateBody {
    pub fn purchase(&self) -> Result<CartPurchase, Fault> {
        Ok(CartPurchase {
            flow: purchase::flow(Some(&self.flow))?.ok_or_else(|| Fault::missing("flow"))?,
            trade_type: purchase::trade_type(self.trade_type.as_ref())?,
            rows: rows("cartIds", &self.cart_ids, MAX_LINES)?,
            receiver: self.address_param.receiver()?,
            message: purchase::message(self.message.as_ref())?,
            promotion_id: purchase::promotion(self.shop_promotion_id.as_ref())?,
            staff_name: purchase::staff(self.staff_name.as_ref())?,
        })
    }
}

/// 1 to `most` ids, each once.
fn rows(field: &str, ids: &[Id], most: usize) -> Result<Vec<CartRowId>, Fault> {
    if !(1..=most).contains(&ids.len()) {
        return Err(Fault::invalid(field, format_args!("1 to {most} ids of cart rows")));
    }
    let mut rows: Vec<CartRowId> = Vec::with_capacity(ids.len());
    for (at, id) in ids.iter().enumerate() {
        let row = id.parse(&format!("{field}[{at}]"))?;
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;
    use serde_json::json;

    fn ids() -> IdCipher {
        domain::IdKey::new([7; 32]).of(domain::DeveloperId::new(1).unwrap())
    }

    fn addition(change: &Value) -> Result<CartAddition, Fault> {
        let mut body = json!({"offerId": 743_470_146_022_i64, "specId": "e61a85a671bb3d0301d0412b51641c6b",
            "quantity": 2, "sellerOpenId": " "});
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        serde_json::from_value::<CartAddBody>(body).unwrap().addition(&ids())
    }

    #[test]
    fn an_addition_names_what_is_wrong_with_it() {
        let plain = addition(&json!({})).unwrap();
        assert_eq!((plain.pieces, plain.seller, plain.offer.get()), (2, None, 743_470_146_022));
        assert_eq!(addition(&json!({"specId": ""})).unwrap().spec, None);
        for (change, field) in [
            (json!({"quantity": 0}), "quantity"),
            (json!({"quantity": -1}), "quantity"),
            (json!({"quantity": 1_000_001}), "quantity"),
            (json!({"specId": "not a spec!"}), "specId"),
            (json!({"sellerOpenId": "a b"}), "sellerOpenId"),
            (json!({"itemTitle": "字".repeat(501)}), "itemTitle"),
            (json!({"properties": "x".repeat(4001)}), "properties"),
            (json!({"container": "x".repeat(101)}), "container"),
        ] {
            let fault = addition(&change).unwrap_err();
            assert_eq!((fault.code, fault.field.as_deref()), (Code::InvalidParameter, Some(field)));
        }
    }

    #[test]
    fn v2_takes_the_opaque_id_and_the_real_one() {
        let of = |id: &str| {
            let body = json!({"offerMapId": id, "specId": "", "quantity": 1, "sellerOpenId": ""});
            serde_json::from_value::<CartAddV2Body>(body).unwrap().addition(&ids())
        };
        let opaque = ids().seal(743_470_146_022).to_string();
        assert_eq!(of(&opaque).unwrap().offer, of("743470146022").unwrap().offer);
        let fault = of("L0PTnwSnx_dWNZWCtgK7Gg").unwrap_err();
        assert_eq!((fault.code, fault.field.as_deref()), (Code::ObjectNotFound, Some("offerMapId")));
    }

    #[test]
    fn rows_are_named_once_and_within_bounds() {
        let of = |ids: Vec<&str>| rows("cartIds", &ids.into_iter().map(Id::from).collect::<Vec<_>>(), 50);
        let ids: Vec<i64> = of(vec!["7", "5", "7"]).unwrap().into_iter().map(CartRowId::get).collect();
        assert_eq!(ids, [7, 5]);
        for bad in [vec![], vec!["1"; 51]] {
            assert_eq!(of(bad).unwrap_err().field.as_deref(), Some("cartIds"));
        }
        assert_eq!(of(vec!["1", "0"]).unwrap_err().field.as_deref(), Some("cartIds[1]"));
    }
}
