//! Buying, in the steps that many tests begin with.

use crate::{
    ask::Ask,
    persona::Persona,
    world::{World, until},
};
use serde_json::{Value, json};

/// Products whose sellers have a habit (docs/SANDBOX.md).
pub mod goods {
    /// Agrees to refunds at once; ships when told to.
    pub const JEANS: i64 = 889_512_351_602;
    /// Ships right after payment, agrees at once.
    pub const TOTE_BAG: i64 = 743_470_146_022;
    pub const TOTE_BAG_SPEC: &str = "e61a85a671bb3d0301d0412b51641c6b";
    pub const REFUSING: i64 = 719_931_282_576;
    pub const SLOW: i64 = 706_129_005_240;
    pub const SILENT: i64 = 705_007_377_547;
    pub const INSTANT: i64 = 824_321_843_642;
    pub const HALF: i64 = 664_960_943_202;
    pub const CHEAPER: i64 = 712_233_488_934;
    pub const SELLS_OUT: i64 = 932_305_701_914;
    pub const PUSHES_TWICE: i64 = 670_406_928_283;
    pub const OUT_OF_ORDER: i64 = 730_239_548_656;
    /// At least ten pieces, in batches of ten.
    pub const FLOWER_POTS: i64 = 724_051_984_858;
    /// No specifications, from one piece on.
    pub const PENS: i64 = 657_905_034_308;
}

/// An order as its buyer knows it. Amounts in fen.
#[derive(Debug, Clone)]
pub struct Bought {
    pub order: i64,
    pub entries: Vec<i64>,
    pub amounts: Vec<i64>,
    pub freight: i64,
}

impl Bought {
    pub fn goods(&self) -> i64 {
        self.amounts.iter().sum()
    }

    pub fn id(&self) -> String {
        self.order.to_string()
    }

    /// From the v1 order object.
    pub fn of(order: &Value) -> Self {
        let items = order["productItems"].as_array().expect("lines");
        Self {
            order: order["baseInfo"]["id"].as_i64().expect("an id"),
            entries: items.iter().map(|i| i["subItemID"].as_i64().expect("an id")).collect(),
            amounts: items.iter().map(|i| fen(&i["itemAmount"])).collect(),
            freight: fen(&order["baseInfo"]["shippingFee"]),
        }
    }
}

/// Yuan as a number of the wire, in fen.
pub fn fen(yuan: &Value) -> i64 {
    assert!(yuan.is_number(), "yuan are numbers: {yuan}");
    domain::Fen::from_yuan(&yuan.to_string()).unwrap_or_else(|| panic!("yuan: {yuan}")).0
}

pub fn address() -> Value {
    json!({"fullName": "王小明", "mobile": "13800000000", "provinceText": "广东省", "cityText": "广州市",
        "areaText": "白云区", "address": "太和镇物流园 8 号"})
}

pub fn line(offer: i64, spec: &str, quantity: i64) -> Value {
    json!({"offerId": offer, "specId": spec, "quantity": quantity})
}

/// A line of the calls for several merchants.
pub fn line_of(seller: &str, offer: i64, spec: &str, quantity: i64) -> Value {
    json!({"offerId": offer, "specId": spec, "quantity": quantity, "sellerOpenId": seller})
}

/// The body of a v1 create.
pub fn create_body(lines: Value) -> Value {
    json!({"flow": "general", "addressParam": address(), "cargoParamList": lines})
}

impl World {
    /// The specifications of a product.
    pub async fn specs(&self, offer: i64) -> Vec<String> {
        let ask = json!({"offerId": offer, "country": "en"});
        let product = self.post(&self.developer, "/alibaba/product/detail/get", ask).await.accepted();
        let rows = product["productSkuInfos"].as_array().expect("rows");
        rows.iter().map(|r| r["specId"].as_str().expect("a text").to_owned()).collect()
    }

    /// Who sells a product.
    pub async fn seller(&self, offer: i64) -> String {
        let ask = json!({"offerId": offer, "country": "en"});
        let product = self.post(&self.developer, "/alibaba/product/detail/get", ask).await.accepted();
        product["sellerOpenId"].as_str().expect("a text").to_owned()
    }

    /// A line of some pieces of the first specification of a product, under its seller.
    pub async fn line(&self, offer: i64, quantity: i64) -> Value {
        let spec = self.specs(offer).await.into_iter().next().unwrap_or_default();
        line_of(&self.seller(offer).await, offer, &spec, quantity)
    }

    /// Pieces of a specification that are left at the marketplace.
    pub async fn stock(&self, offer: i64, spec: &str) -> i64 {
        let ask = json!({"offerId": offer, "country": "en"});
        let product = self.post(&self.developer, "/alibaba/product/detail/get", ask).await.accepted();
        let rows = product["productSkuInfos"].as_array().expect("rows");
        let row = rows.iter().find(|r| r["specId"] == spec).expect("the specification");
        row["amountOnSale"].as_i64().expect("a number")
    }

    /// An unpaid order of `quantities` of the first specifications of a product.
    pub async fn order(&self, persona: &Persona, offer: i64, quantities: &[i64]) -> Bought {
        let specs = self.specs(offer).await;
        assert!(specs.len() >= quantities.len(), "{offer} has {} specifications", specs.len());
        let lines: Vec<Value> = specs.iter().zip(quantities).map(|(s, n)| line(offer, s, *n)).collect();
        let created = self.post(persona, "/alibaba/order/create", create_body(json!(lines))).await.accepted();
        assert_eq!(created.as_array().map(Vec::len), Some(1), "{created}");
        Bought::of(&created[0])
    }

    pub async fn pay(&self, persona: &Persona, order: i64) {
        let paid = self.get(persona, "/alibaba/order/pay/url", &[("orderId", &order.to_string())]).await.accepted();
        assert_eq!(paid["protocolPaySuccess"], true, "{paid}");
    }

    pub async fn paid_order(&self, persona: &Persona, offer: i64, quantities: &[i64]) -> Bought {
        let bought = self.order(persona, offer, quantities).await;
        self.pay(persona, bought.order).await;
        bought
    }

    /// A paid order whose seller has shipped everything.
    pub async fn shipped_order(&self, persona: &Persona, offer: i64, quantities: &[i64]) -> Bought {
        let bought = self.paid_order(persona, offer, quantities).await;
        if self.order_status(persona, bought.order).await == "waitsellersend" {
            self.ship(bought.order).await;
        }
        self.until_order(persona, bought.order, "waitbuyerreceive").await;
        bought
    }

    /// A completed order.
    pub async fn received_order(&self, persona: &Persona, offer: i64, quantities: &[i64]) -> Bought {
        let bought = self.shipped_order(persona, offer, quantities).await;
        self.receive(persona, &bought).await;
        bought
    }

    pub async fn receive(&self, persona: &Persona, bought: &Bought) {
        let body = json!({"orderId": bought.order, "orderEntryIds": bought.entries});
        let received = self.post(persona, "/alibaba/order/receivegoods", body).await.accepted();
        assert_eq!(received["success"], true, "{received}");
    }

    /// The seller ships what is left.
    pub async fn ship(&self, order: i64) {
        self.control(&format!("/sandbox/control/orders/{order}/ship"), json!({})).await;
    }

    /// The v1 order object.
    pub async fn order_detail(&self, persona: &Persona, order: i64) -> Value {
        let ask = json!({"webSite": "1688", "orderId": order.to_string()});
        self.post(persona, "/alibaba/order/detail", ask).await.accepted()
    }

    pub async fn order_status(&self, persona: &Persona, order: i64) -> String {
        let detail = self.order_detail(persona, order).await;
        detail["baseInfo"]["status"].as_str().expect("a text").to_owned()
    }

    pub async fn until_order(&self, persona: &Persona, order: i64, status: &str) -> Value {
        until(&format!("order {order} is {status}"), async || {
            let detail = self.order_detail(persona, order).await;
            (detail["baseInfo"]["status"] == status).then_some(detail)
        })
        .await
    }

    /// How many orders a developer has.
    pub async fn order_count(&self, persona: &Persona) -> i64 {
        let page = self.post(persona, "/alibaba/order/page", json!({})).await.accepted();
        page["total"].as_i64().expect("a number")
    }

    pub async fn ka(&self, persona: &Persona, tail: &str, body: Value) -> Value {
        self.send(persona, Ask::post(&format!("/alibaba/ka/{tail}"), &body)).await.accepted()
    }
}
