//! The money of the purchasing accounts.

use super::{Outcome, id, read};
use crate::economy::Economy;
use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
};
use domain::{AccountId, Fen};
use serde::Deserialize;
use serde_json::json;

/// What is left out stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    /// Fen that password-free debits can take.
    balance: Option<Fen>,
    /// Whether there is an agreement on such debits.
    agreement: Option<bool>,
}

pub async fn change(State(economy): State<Economy>, Path(account): Path<String>, body: Bytes) -> Outcome {
    let Change { balance, agreement } = read(&body)?;
    let account: AccountId = id(&account)?;
    if let Some(balance) = balance {
        economy.set_balance(account, balance).await?;
    }
    if let Some(agreement) = agreement {
        economy.set_agreement(account, agreement).await?;
    }
    let now = economy.purchasing_account(account).await?;
    Ok(Json(
        json!({"accountId": account, "login": now.party.login_id, "balance": now.balance, "agreement": now.agreement}),
    ))
}
