//! `/developer/...`: the callback, its messages, the secret.

mod callback;
mod capabilities;
mod delivery;
mod envelope;
mod feed;
mod messages;
mod pause;
mod replay;
mod secret;
mod sequence;

use crate::{persona::Persona, world::World};
use serde_json::{Value, json};

pub const SET: &str = "/developer/callback/set";
pub const GET: &str = "/developer/callback/get";
pub const VERIFY: &str = "/developer/callback/verify";
pub const MESSAGES: &str = "/developer/message/page";
pub const EVENTS: &str = "/developer/event/page";
pub const REPLAY: &str = "/developer/message/replay";

/// Rows of the message list, newest first.
pub async fn rows(world: &World, persona: &Persona, filter: Value) -> Vec<Value> {
    let page = world.post(persona, MESSAGES, filter).await.accepted();
    page["records"].as_array().expect("rows").clone()
}

/// Rows about one object, oldest first.
pub async fn about(world: &World, persona: &Persona, object: &str) -> Vec<Value> {
    let mut rows = rows(world, persona, json!({"objectId": object, "pageSize": 50})).await;
    rows.reverse();
    rows
}
