//! Calls of the platform itself.

use crate::{
    api::{Answer, Caller, Params},
    economy::Economy,
};
use serde_json::Value;

/// `currentTime`: the time as JSON text. It is the wall's: callers compare it with theirs.
pub async fn current_time(economy: &Economy, _: &Caller, _: &Params) -> Answer {
    Ok(Value::String(economy.wall().compact()))
}
