//! What the seller does to a product.

use super::{Outcome, Refused, id, read};
use crate::economy::Economy;
use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
};
use domain::{OfferId, SpecId};
use serde::Deserialize;
use serde_json::{Value, json};

/// Pieces that come at once, at most.
const MAX_PIECES: u32 = 100_000_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Restock {
    /// New pieces of each specification that is meant.
    pieces: u32,
    /// All, where left out.
    spec_id: Option<String>,
}

/// Puts new pieces on the shelf; what is there already stays.
pub async fn restock(State(economy): State<Economy>, Path(offer): Path<String>, body: Bytes) -> Outcome {
    let Restock { pieces, spec_id } = read(&body)?;
    let offer: OfferId = id(&offer)?;
    if !(1..=MAX_PIECES).contains(&pieces) {
        return Err(Refused::bad(format!("pieces: expected 1 to {MAX_PIECES}")));
    }
    let spec = spec_id.map(|text| SpecId::parse(&text).map_err(|_| Refused::bad(format!("specId: {text} is none"))));
    economy.restock(offer, spec.transpose()?, pieces).await?;
    Ok(Json(printed(&economy, offer)))
}

fn printed(economy: &Economy, offer: OfferId) -> Value {
    let skus = economy.catalogue().offer(offer).map(|product| product.skus.as_slice()).unwrap_or_default();
    let row = |spec: Option<&str>, stock: i64| json!({"specId": spec, "stock": stock});
    let mut rows: Vec<Value> =
        skus.iter().map(|s| row(Some(s.spec_id.as_str()), economy.stock(offer, Some(s.sku_id)))).collect();
    if rows.is_empty() {
        rows.push(row(None, economy.stock(offer, None)));
    }
    json!({"offerId": offer, "skus": rows})
}
