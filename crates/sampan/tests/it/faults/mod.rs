//! Faults of the sandbox, as a developer meets them: the contract's code, nothing changed that should not be, and all well
//! again without a restart.
//!
//! What a fault does on the wire is tried in the sandbox's own tests; here is what becomes of it behind the connector.

mod breaker;
mod mirror;
mod pushes;
mod reads;
mod writes;

use crate::{ask::Ask, world::World};
use http::Method;
use serde_json::{Value, json};

const FAULTS: &str = "/sandbox/control/faults";
const DETAIL: &str = "product.search.queryProductDetail";
const SEARCH: &str = "product.search.keywordQuery";
const ORDER: &str = "alibaba.trade.get.buyerView";

/// Faults after which nobody can know what became of a call, with the code that the developer gets.
fn unclear() -> Vec<(Value, u32)> {
    vec![
        (json!({"fault": "code", "code": "gw.RemoteServiceTimeout", "message": "too slow"}), 50202),
        (json!({"fault": "http"}), 50202),
        (json!({"fault": "http", "status": 504}), 50202),
        (json!({"fault": "hang"}), 50401),
        (json!({"fault": "drip"}), 50401),
        (json!({"fault": "cut"}), 50202),
        (json!({"fault": "html"}), 50202),
        (json!({"fault": "truncated_json"}), 50202),
        (json!({"fault": "huge_numbers", "number": "1e400"}), 50202),
        (json!({"fault": "huge_numbers", "number": "99999999999999999999"}), 50202),
        (json!({"fault": "huge_numbers"}), 50202),
        (json!({"fault": "wrong_types"}), 50202),
        (json!({"fault": "bad_gzip"}), 50202),
        (json!({"fault": "huge_body"}), 50202),
    ]
}

/// `fault` with more fields.
fn with(fault: &Value, more: Value) -> Value {
    crate::claim::with(fault, more)
}

impl World {
    async fn fault(&self, fault: Value) -> Value {
        self.control(FAULTS, fault).await
    }

    /// What is active.
    async fn faults(&self) -> Vec<Value> {
        let (status, text) = self.page(self.operator.request(&Ask::get(FAULTS, &[]))).await;
        assert_eq!(status, 200, "{text}");
        let answer: Value = serde_json::from_str(&text).expect("JSON");
        answer["faults"].as_array().expect("rows").clone()
    }

    async fn heal(&self) {
        let ask = Ask::get(FAULTS, &[]).method(Method::DELETE);
        assert_eq!(self.page(self.operator.request(&ask)).await.0, 200);
    }

    /// Writes that nobody has settled.
    async fn open_intents(&self) -> String {
        self.database.text("SELECT CAST(COUNT(*) AS TEXT) FROM intents WHERE state = 'running'").await
    }
}

/// How often the first active fault has struck.
fn struck(faults: &[Value]) -> u64 {
    faults.first().and_then(|fault| fault["struck"].as_u64()).expect("an active fault")
}
