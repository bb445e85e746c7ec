//! What the seller does to a refund.

use super::{Outcome, id, read};
use crate::economy::Economy;
use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
};
use domain::refund::{Command, Refund};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refuse {
    reason: Option<String>,
}

pub async fn agree(State(economy): State<Economy>, Path(refund): Path<String>, body: Bytes) -> Outcome {
    let Nothing {} = read(&body)?;
    printed(economy.seller_steps(id(&refund)?, Command::SellerAgree).await?)
}

pub async fn refuse(State(economy): State<Economy>, Path(refund): Path<String>, body: Bytes) -> Outcome {
    let Refuse { reason } = read(&body)?;
    let reason = reason.filter(|r| !r.trim().is_empty()).unwrap_or_else(|| "卖家不同意退款".to_owned());
    printed(economy.seller_steps(id(&refund)?, Command::SellerReject { reason }).await?)
}

pub async fn receive(State(economy): State<Economy>, Path(refund): Path<String>, body: Bytes) -> Outcome {
    let Nothing {} = read(&body)?;
    printed(economy.seller_steps(id(&refund)?, Command::SellerReceive).await?)
}

fn printed(after: Refund) -> Outcome {
    Ok(Json(json!({"refundId": after.id.to_string(), "orderId": after.order_id, "status": after.status.word()})))
}
