//! What the marketplace has on disk: the evidence that does not pass through the platform.

use crate::world::World;
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;
use std::collections::BTreeMap;

/// The records of one moment, by id.
pub struct Ledger {
    pub orders: BTreeMap<i64, Value>,
    pub refunds: BTreeMap<i64, Value>,
    /// Money of all purchasing accounts, in fen.
    pub money: i64,
}

impl Ledger {
    pub fn of(world: &World) -> Self {
        let file = world.config.data.join("sandbox/economy.sqlite");
        let connection = Connection::open_with_flags(&file, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("the file opens");
        let mut rows = connection.prepare("SELECT object, body FROM economy").expect("the economy has its table");
        let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows can be read");
        let rows: Vec<(String, String)> = rows.collect::<Result<_, _>>().expect("rows can be read");
        let of = |kind: &str| -> BTreeMap<i64, Value> {
            rows.iter().filter_map(|(key, body)| Some((json(key).get(kind)?.as_i64()?, json(body)))).collect()
        };
        let balance = |account: &Value| account["balance"].as_i64().expect("fen");
        Self { orders: of("Order"), refunds: of("Refund"), money: of("Account").values().map(balance).sum() }
    }

    pub fn order(&self, id: i64) -> &Value {
        &self.orders[&id]["order"]
    }

    /// How many steps a refund has taken.
    pub fn steps(&self, refund: &str) -> i64 {
        let id: i64 = refund.trim_start_matches("TQ").parse().expect("digits");
        self.refunds[&id]["refund"]["steps"].as_i64().expect("a number")
    }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("the economy keeps JSON")
}
