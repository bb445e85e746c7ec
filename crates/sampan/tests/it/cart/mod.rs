//! `/alibaba/cart/...` and its twins in v2.

mod bounds;
mod buy;
mod editions;
mod foreign;
mod look;
mod once;
mod preview;
mod rows;

use crate::{
    answer::Answer,
    ask::Ask,
    persona::Persona,
    purchase::{address, goods},
    world::World,
};
use serde_json::{Value, json};

/// Both editions by the beginning of their paths.
pub const EDITIONS: [&str; 2] = ["/alibaba/cart", "/v2/alibaba/cart"];
pub const CREATE: &str = "/alibaba/cart/create/order";

/// The body of an addition in v1.
pub fn addition(offer: i64, spec: &str, quantity: i64) -> Value {
    json!({"offerId": offer, "specId": spec, "quantity": quantity, "sellerOpenId": ""})
}

pub fn bag(quantity: i64) -> Value {
    addition(goods::TOTE_BAG, goods::TOTE_BAG_SPEC, quantity)
}

pub fn create_body(rows: &[i64]) -> Value {
    json!({"flow": "general", "addressParam": address(), "cartIds": rows})
}

pub fn preview_body(rows: &[i64]) -> Value {
    json!({"addressParam": address(), "cartIds": rows})
}

/// The rows of a list with their sellers, those that can be bought first.
pub fn items(cart: &Value) -> Vec<Value> {
    let lists = ["enableList", "disableList"].into_iter().flat_map(|list| cart[list].as_array().expect("a list"));
    lists.flat_map(|shop| shop["cartItemInfos"].as_array().expect("rows").clone()).collect()
}

impl World {
    pub async fn add_to_cart(&self, who: &Persona, body: Value) -> Answer {
        self.post(who, "/alibaba/cart/add", body).await
    }

    pub async fn cart(&self, who: &Persona) -> Value {
        self.get(who, "/alibaba/cart/list", &[]).await.accepted()
    }

    /// Ids and pieces of all rows, in the order of their ids.
    pub async fn cart_rows(&self, who: &Persona) -> Vec<(i64, i64)> {
        let number = |value: &Value| value.as_i64().expect("a number");
        let cart = self.cart(who).await;
        let mut rows: Vec<_> = items(&cart).iter().map(|row| (number(&row["id"]), number(&row["quantity"]))).collect();
        rows.sort_unstable();
        rows
    }

    /// Puts some pieces of the first specification of each product into the cart; answers the ids of their rows.
    pub async fn fill_cart(&self, who: &Persona, wanted: &[(i64, i64)]) -> Vec<i64> {
        let mut rows = Vec::new();
        for (offer, quantity) in wanted {
            let spec = self.specs(*offer).await.into_iter().next().unwrap_or_default();
            self.add_to_cart(who, addition(*offer, &spec, *quantity)).await.accepted();
            rows.push(self.cart_rows(who).await.last().expect("the new row").0);
        }
        rows
    }

    pub async fn buy_cart(&self, who: &Persona, rows: &[i64]) -> Answer {
        self.post(who, CREATE, create_body(rows)).await
    }

    pub async fn buy_cart_under(&self, who: &Persona, rows: &[i64], key: &str) -> Answer {
        self.send(who, Ask::post(CREATE, &create_body(rows)).key(key)).await
    }
}
