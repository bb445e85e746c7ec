//! What the marketplace has on disk, read when nobody serves it: the evidence that does not pass through the platform.

use rusqlite::{Connection, OpenFlags};
use serde_json::Value;
use std::{collections::BTreeMap, path::Path};

/// The purchasing account that buys for the story.
const BUYER: &str = "sampan-test";

/// Orders and refunds of the story's buyer, with their records.
pub struct Market {
    pub orders: BTreeMap<i64, Value>,
    /// By the digits of their ids.
    pub refunds: BTreeMap<i64, Value>,
}

impl Market {
    pub fn read(data: &Path) -> Self {
        let file = data.join("sandbox/economy.sqlite");
        let connection = Connection::open_with_flags(&file, OpenFlags::SQLITE_OPEN_READ_WRITE);
        let connection = connection.expect("the file of the economy can be opened");
        let mut rows = connection.prepare("SELECT object, body FROM economy").expect("the economy has its table");
        let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows can be read");
        let rows: Vec<(String, String)> = rows.collect::<Result<_, _>>().expect("rows can be read");
        let of = |kind: &str| -> BTreeMap<i64, Value> {
            rows.iter().filter_map(|(key, body)| Some((id(key, kind)?, json(body)))).collect()
        };
        let mut orders = of("Order");
        orders.retain(|_, record| record["order"]["buyer"]["login_id"] == BUYER);
        let mut refunds = of("Refund");
        refunds.retain(|_, record| record["refund"]["order_id"].as_i64().is_some_and(|id| orders.contains_key(&id)));
        Self { orders, refunds }
    }

    /// Ids of the orders that carry each number that the platform sent.
    pub fn by_own_number(&self) -> BTreeMap<String, Vec<i64>> {
        let mut numbers: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for (id, record) in &self.orders {
            let number = record["order"]["out_order_id"].as_str().expect("each order carries the platform's number");
            numbers.entry(number.to_owned()).or_default().push(*id);
        }
        numbers
    }
}

fn id(key: &str, kind: &str) -> Option<i64> {
    json(key).get(kind)?.as_i64()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("the economy keeps JSON")
}
