//! Tokens of purchasing accounts for the connectors: kept sealed in storage.

use async_trait::async_trait;
use connector::{Effect, Error, Kind, TokenSet, Tokens};
use domain::{AccountId, Timestamp};
use serde::{Deserialize, Serialize};
use storage::{Changes, Secret, Storage, records::Account};

const OPERATION: &str = "tokens";

#[derive(Serialize, Deserialize)]
struct Kept {
    access_token: String,
    refresh_token: String,
    expires_at: Timestamp,
}

/// What a purchasing account keeps as its tokens.
pub fn sealed(tokens: &TokenSet) -> Secret {
    let kept = Kept {
        access_token: tokens.access_token.clone(),
        refresh_token: tokens.refresh_token.clone(),
        expires_at: tokens.expires_at,
    };
    Secret::new(serde_json::to_vec(&kept).unwrap_or_default())
}

/// [`Tokens`] over storage.
pub struct SealedTokens {
    storage: Storage,
}

impl SealedTokens {
    pub fn new(storage: Storage) -> Self {
        Self { storage }
    }

    async fn account(&self, id: AccountId) -> connector::Result<Account> {
        let found = self.storage.account(id).await.map_err(|e| unavailable(&e))?;
        found.ok_or_else(|| unauthorized(format!("purchasing account {id} is unknown")))
    }
}

fn unavailable(error: &dyn std::error::Error) -> Error {
    Error::transport(Kind::Unreachable, Effect::None, OPERATION, error.to_string())
}

fn unauthorized(detail: String) -> Error {
    Error::transport(Kind::Unauthorized, Effect::None, OPERATION, detail)
}

#[async_trait]
impl Tokens for SealedTokens {
    async fn load(&self, account: AccountId) -> connector::Result<TokenSet> {
        let found = self.account(account).await?;
        let secret = found.tokens.ok_or_else(|| unauthorized(format!("account {account} was never authorised")))?;
        let kept: Kept = serde_json::from_slice(secret.expose())
            .map_err(|_| unauthorized(format!("the tokens of account {account} cannot be read")))?;
        Ok(TokenSet { access_token: kept.access_token, refresh_token: kept.refresh_token, expires_at: kept.expires_at })
    }

    async fn save(&self, account: AccountId, tokens: TokenSet) -> connector::Result<()> {
        let mut found = self.account(account).await?;
        found.tokens = Some(sealed(&tokens));
        // Two processes may refresh at once; whoever comes second finds newer tokens there and keeps them.
        match self.storage.commit(Changes::new().update_account(&found)).await {
            Ok(_) | Err(storage::CommitError::Conflict(_)) => Ok(()),
            Err(error) => Err(unavailable(&error)),
        }
    }
}
