//! Whether push messages travel.

use super::{Outcome, read};
use crate::economy::{Economy, Travel};
use axum::{Json, body::Bytes, extract::State};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    travel: Travel,
}

pub async fn show(State(economy): State<Economy>) -> Outcome {
    Ok(Json(printed(&economy)))
}

pub async fn change(State(economy): State<Economy>, body: Bytes) -> Outcome {
    let Change { travel } = read(&body)?;
    economy.let_travel(travel).await?;
    Ok(Json(printed(&economy)))
}

fn printed(economy: &Economy) -> Value {
    json!({"travel": economy.travel(), "waiting": economy.waiting()})
}
