//! The world's clock: wall time plus an offset that only grows.

use super::{Outcome, Refused, read};
use crate::economy::Economy;
use axum::{Json, body::Bytes, extract::State};
use serde::Deserialize;
use serde_json::{Value, json};

/// Ten years: no deadline of this marketplace is longer.
const MAX_SECONDS: i64 = 10 * 366 * 86_400;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    seconds: i64,
}

pub async fn show(State(economy): State<Economy>) -> Outcome {
    Ok(Json(printed(&economy)))
}

/// Moves the world's time; all that falls due on the way happens before this answers.
pub async fn advance(State(economy): State<Economy>, body: Bytes) -> Outcome {
    let Advance { seconds } = read(&body)?;
    if !(0..=MAX_SECONDS).contains(&seconds) {
        return Err(Refused::bad(format!("seconds: expected 0 to {MAX_SECONDS}")));
    }
    economy.advance(seconds).await?;
    Ok(Json(printed(&economy)))
}

fn printed(economy: &Economy) -> Value {
    let (world, wall) = (economy.now(), economy.wall());
    json!({"world": world.iso(), "worldMs": world, "wall": wall.iso(), "wallMs": wall, "offsetMs": economy.offset_ms()})
}
