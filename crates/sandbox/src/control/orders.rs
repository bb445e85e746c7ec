//! What buyer's bank and seller do to an order.

use super::{Outcome, Refused, id, read};
use crate::economy::Economy;
use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
};
use domain::{
    EntryId, Fen,
    order::{Closer, Order},
};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Ship {
    /// All that are not shipped, where left out.
    entry_ids: Option<Vec<EntryId>>,
}

/// New amounts of all lines, or a percentage of the present ones; a new freight. At least one of them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ModifyPrice {
    amounts: Option<Vec<Fen>>,
    percent: Option<u32>,
    freight: Option<Fen>,
}

pub async fn pay(State(economy): State<Economy>, Path(order): Path<String>, body: Bytes) -> Outcome {
    let Nothing {} = read(&body)?;
    printed(economy.pay(id(&order)?).await?)
}

pub async fn ship(State(economy): State<Economy>, Path(order): Path<String>, body: Bytes) -> Outcome {
    let Ship { entry_ids } = read(&body)?;
    printed(economy.ship(id(&order)?, entry_ids).await?)
}

/// Who closes it: `seller`, or `platform` for the marketplace's back office.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
enum By {
    Seller,
    Platform,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Close {
    by: By,
    remark: Option<String>,
}

pub async fn close(State(economy): State<Economy>, Path(order): Path<String>, body: Bytes) -> Outcome {
    let Close { by, remark } = read(&body)?;
    let by = match by {
        By::Seller => Closer::Seller,
        By::Platform => Closer::Platform,
    };
    printed(economy.close_order(id(&order)?, by, remark).await?)
}

pub async fn modify_price(State(economy): State<Economy>, Path(order): Path<String>, body: Bytes) -> Outcome {
    let ask: ModifyPrice = read(&body)?;
    let order = id(&order)?;
    let present =
        economy.order(order).ok_or_else(|| Refused::new(StatusCode::NOT_FOUND, "there is no such order"))?.order;
    let amounts = amounts(&present, &ask)?;
    printed(economy.modify_price(order, amounts, ask.freight.unwrap_or(present.shipping_fee)).await?)
}

fn amounts(order: &Order, ask: &ModifyPrice) -> Result<Vec<Fen>, Refused> {
    let present = order.lines.iter().map(|l| l.amount);
    match (&ask.amounts, ask.percent) {
        (Some(_), Some(_)) => Err(Refused::bad("amounts, percent: give one of them, not both")),
        (Some(amounts), None) if amounts.len() == order.lines.len() => Ok(amounts.clone()),
        (Some(_), None) => Err(Refused::bad(format!("amounts: expected {}, one for each line", order.lines.len()))),
        (None, Some(percent @ 1..=1000)) => Ok(present.map(|a| Fen(a.times(percent).0 / 100).max(Fen(1))).collect()),
        (None, Some(_)) => Err(Refused::bad("percent: expected 1 to 1000")),
        (None, None) if ask.freight.is_some() => Ok(present.collect()),
        (None, None) => Err(Refused::bad("expected amounts, percent or freight")),
    }
}

fn printed(order: Order) -> Outcome {
    Ok(Json(json!({
        "orderId": order.id,
        "status": order.status.word(),
        "amounts": order.lines.iter().map(|l| l.amount).collect::<Vec<_>>(),
        "freight": order.shipping_fee,
        "total": order.total(),
    })))
}
