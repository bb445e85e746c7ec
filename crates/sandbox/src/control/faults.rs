//! Faults of chosen calls and push messages ([`crate::faults`]): setting, listing, clearing.

use super::{Outcome, Refused, read};
use crate::{
    economy::Economy,
    faults::{Fault, MOST, Row},
};
use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
};
use serde_json::{Map, Value, json};

pub async fn list(State(economy): State<Economy>) -> Outcome {
    Ok(Json(printed(&economy)))
}

/// Adds a fault; answers its number and all that are active.
pub async fn set(State(economy): State<Economy>, body: Bytes) -> Outcome {
    let fields: Map<String, Value> = read(&body)?;
    let fault = Fault::read(fields).map_err(Refused::bad)?;
    let full = || Refused::new(StatusCode::CONFLICT, format!("there are {MOST} faults already: clear some"));
    let id = economy.faults().set(fault).ok_or_else(full)?;
    let mut answer = printed(&economy);
    answer["id"] = json!(id);
    Ok(Json(answer))
}

pub async fn clear(State(economy): State<Economy>) -> Outcome {
    economy.faults().clear();
    Ok(Json(printed(&economy)))
}

pub async fn clear_one(State(economy): State<Economy>, Path(id): Path<String>) -> Outcome {
    let number: u64 = id.parse().map_err(|_| Refused::bad(format!("{id}: expected the number of a fault")))?;
    if !economy.faults().clear_one(number) {
        return Err(Refused::new(StatusCode::NOT_FOUND, format!("there is no fault {number}; it may be used up")));
    }
    Ok(Json(printed(&economy)))
}

fn printed(economy: &Economy) -> Value {
    json!({"faults": economy.faults().list().iter().map(row).collect::<Vec<_>>()})
}

fn row(Row { id, fault, left, struck }: &Row) -> Value {
    let mut row = json!({"id": id, "left": left, "struck": struck});
    if let (Some(row), Value::Object(asked)) = (row.as_object_mut(), fault.printed()) {
        row.extend(asked);
    }
    row
}
