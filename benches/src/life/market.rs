//! What a buyer does, at the upstream's protocol or through the platform; and what a person does by the control API.

use async_trait::async_trait;
use serde_json::{Value, json};

/// An offer with its specification.
pub type Goods = (i64, &'static str);

/// Two specifications of a seller who ships when he is told to and agrees to refunds at once.
pub const WILLING: [Goods; 2] =
    [(889_512_351_602, "530ad00177264564503ec3b848650652"), (889_512_351_602, "1214498cfd37e13d789c332bf4058cac")];
/// Of a seller who never answers a refund.
pub const SILENT: [Goods; 1] = [(705_007_377_547, "ba0e2c9adb0299f2bcf3df9613253656")];

/// An order as its buyer knows it.
#[derive(Debug, Clone)]
pub struct Bought {
    pub order: i64,
    /// Sub-orders, each with its amount in fen.
    pub lines: Vec<(i64, i64)>,
}

/// A refund that is asked for.
pub struct Ask<'a> {
    pub order: i64,
    pub line: &'a (i64, i64),
    pub goods_status: &'static str,
}

/// One buyer, one call at a time.
#[async_trait]
pub trait Market: Send {
    async fn preview(&mut self, goods: &[Goods]) -> Result<(), String>;
    /// Makes an order and reads it.
    async fn create(&mut self, goods: &[Goods]) -> Result<Bought, String>;
    async fn pay(&mut self, bought: &Bought) -> Result<(), String>;
    async fn receive(&mut self, order: i64, line: i64) -> Result<(), String>;
    async fn refund(&mut self, ask: &Ask<'_>) -> Result<(), String>;
    /// The status of an order.
    async fn status(&mut self, order: i64) -> Result<String, String>;
    /// POST to the control API.
    async fn control(&mut self, path: &str, body: Value) -> Result<Value, String>;
}

pub fn address() -> Value {
    json!({"fullName": "王小明", "mobile": "13800000000", "provinceText": "广东省", "cityText": "广州市",
        "areaText": "白云区", "address": "太和镇物流园 8 号"})
}

pub fn cargo(goods: &[Goods]) -> Value {
    goods.iter().map(|(offer, spec)| json!({"offerId": offer, "specId": spec, "quantity": 1})).collect()
}

/// Sub-orders and amounts of a printed order.
pub fn lines(items: &Value) -> Vec<(i64, i64)> {
    let fen = |yuan: &Value| domain::Fen::from_yuan(&yuan.to_string()).map(|fen| fen.0);
    let line = |item: &Value| Some((item["subItemID"].as_i64()?, fen(&item["itemAmount"])?));
    items.as_array().into_iter().flatten().filter_map(line).collect()
}

/// Makes room for many orders, as a person may by the control API: the stock is finite, and so is the buyer's money.
pub async fn provide(market: &mut dyn Market) -> Result<(), String> {
    for (offer, _) in [WILLING[0], SILENT[0]] {
        market.control(&format!("offers/{offer}/restock"), json!({"pieces": 10_000_000})).await?;
    }
    for account in 1..=3 {
        market.control(&format!("accounts/{account}"), json!({"balance": 1_000_000_000_000_i64})).await?;
    }
    Ok(())
}
