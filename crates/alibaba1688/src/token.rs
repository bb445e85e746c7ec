//! Access tokens: taken from where the platform keeps them, renewed when they run out, one renewal at a time for an account.
//!
//! A token that was taken serves for a few seconds of calls. Should another process renew it meanwhile, the marketplace
//! refuses the old one, and whoever was refused reads anew. Who waited for the lock finds the token that the other one got
//! and renews nothing.

use crate::{
    api,
    classify::unusable,
    gateway::{Ask, Gateway},
    wire::oauth::TokenAnswer,
};
use connector::{Effect, Error, Kind, Result, TokenSet, Tokens, trail};
use domain::{AccountId, Timestamp};
use serde_json::json;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// Renewed so long before it runs out, so that a call never sets out with a dying token.
const MARGIN_MS: i64 = 60_000;

/// So long a token is taken for the one that is kept.
const REMEMBER: Duration = Duration::from_secs(5);

type Lock = Arc<tokio::sync::Mutex<()>>;

/// A token and when it was read.
struct Known {
    tokens: TokenSet,
    read: Instant,
}

pub(crate) struct TokenDesk {
    tokens: Arc<dyn Tokens>,
    /// One lock for each purchasing account; there are as many as the operator has accounts.
    locks: Mutex<HashMap<AccountId, Lock>>,
    known: Mutex<HashMap<AccountId, Known>>,
}

impl TokenDesk {
    pub fn new(tokens: Arc<dyn Tokens>) -> Self {
        Self { tokens, locks: Mutex::default(), known: Mutex::default() }
    }

    /// The account's token, renewed where it is about to run out.
    pub async fn current(&self, gateway: &Gateway, account: AccountId) -> Result<String> {
        let now = (gateway.clock)();
        if let Some(token) = self.known(account, now) {
            return Ok(token);
        }
        let held = self.load(account).await?;
        if is_fresh(&held, now) {
            return Ok(held.access_token);
        }
        self.renew(gateway, account, &held.access_token).await
    }

    /// A token other than `stale`.
    pub async fn renew(&self, gateway: &Gateway, account: AccountId, stale: &str) -> Result<String> {
        let lock = self.lock(account);
        let _turn = lock.lock().await;
        let held = self.load(account).await?;
        if held.access_token != stale && is_fresh(&held, (gateway.clock)()) {
            return Ok(held.access_token);
        }
        let fresh = refresh(gateway, &held).await?;
        self.tokens.save(account, fresh.clone()).await?;
        self.remember(account, &fresh);
        metrics::counter!("upstream_token_refreshes_total", "marketplace" => "alibaba1688").increment(1);
        Ok(fresh.access_token)
    }

    async fn load(&self, account: AccountId) -> Result<TokenSet> {
        let held = self.tokens.load(account).await?;
        self.remember(account, &held);
        Ok(held)
    }

    fn remember(&self, account: AccountId, tokens: &TokenSet) {
        let known = Known { tokens: tokens.clone(), read: Instant::now() };
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(account, known);
    }

    fn known(&self, account: AccountId, now: Timestamp) -> Option<String> {
        let all = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all.get(&account)?;
        (known.read.elapsed() < REMEMBER && is_fresh(&known.tokens, now)).then(|| known.tokens.access_token.clone())
    }

    fn lock(&self, account: AccountId) -> Lock {
        let mut locks = self.locks.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(locks.entry(account).or_default())
    }
}

fn is_fresh(tokens: &TokenSet, now: Timestamp) -> bool {
    tokens.expires_at.ms_since(now) > MARGIN_MS
}

async fn refresh(gateway: &Gateway, held: &TokenSet) -> Result<TokenSet> {
    let now = (gateway.clock)();
    let ask = Ask::new(
        &api::TOKEN,
        &json!({
            "grant_type": "refresh_token",
            "client_id": gateway.config.app_key,
            "client_secret": gateway.config.app_secret.reveal(),
            "refresh_token": held.refresh_token,
        }),
    )?;
    let began = Instant::now();
    let answer = gateway.send(&ask, None).await;
    trail::note(api::TOKEN.name, began, answer.as_ref().err());
    let answer = answer.map_err(not_renewed)?;
    let tokens: TokenAnswer = answer.read().map_err(not_renewed)?;
    let access_token = tokens.access_token.filter(|t| !t.is_empty());
    let seconds = tokens.expires_in.and_then(|s| s.0.trim().parse::<i64>().ok());
    let (Some(access_token), Some(seconds)) = (access_token, seconds) else {
        return Err(not_renewed(unusable(&api::TOKEN, "no access token in the answer")));
    };
    let refresh_token = tokens.refresh_token.filter(|t| !t.is_empty()).unwrap_or_else(|| held.refresh_token.clone());
    Ok(TokenSet { access_token, refresh_token, expires_at: now.plus_secs(seconds) })
}

/// The call that needed the token was not made. A refusal to renew means that the account must be authorised again.
fn not_renewed(error: Error) -> Error {
    let kind = match error.kind {
        Kind::Refused | Kind::InvalidParameter | Kind::MissingParameter => Kind::Unauthorized,
        kind => kind,
    };
    Error { kind, effect: Effect::None, ..error }
}
