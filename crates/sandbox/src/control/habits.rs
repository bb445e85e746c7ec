//! The habits of sellers with the products that have them, like a sheet of test cards.

use super::Outcome;
use crate::catalogue::{Catalogue, Habit, Product};
use axum::Json;
use serde_json::{Value, json};

pub async fn list() -> Outcome {
    let catalogue = Catalogue::embedded();
    let rows: Vec<Value> = Habit::ALL.iter().map(|habit| row(*habit, &catalogue)).collect();
    Ok(Json(json!({"habits": rows})))
}

fn row(habit: Habit, catalogue: &Catalogue) -> Value {
    let offers: Vec<Value> = catalogue.written().iter().filter(|p| p.habit == habit).map(offer).collect();
    json!({"habit": habit.name(), "says": habit.says(), "offers": offers})
}

fn offer(product: &Product) -> Value {
    json!({
        "offerId": product.offer_id,
        "title": product.title_zh,
        "titleEn": product.title_en,
        "price": product.lowest_price().yuan().to_string(),
        "minOrderQuantity": product.min_order,
        "specIds": product.skus.iter().map(|s| s.spec_id.as_str()).collect::<Vec<_>>(),
    })
}
