//! Access tokens of purchasing accounts. The platform keeps them (encrypted); a connector loads, refreshes and saves them.

use crate::Result;
use async_trait::async_trait;
use domain::{AccountId, Timestamp};
use std::fmt;

/// What an upstream's OAuth gave for one purchasing account.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenSet {
    pub access_token: String,
    pub refresh_token: String,
    pub expires_at: Timestamp,
}

impl fmt::Debug for TokenSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenSet").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// Where tokens are kept.
#[async_trait]
pub trait Tokens: Send + Sync {
    /// The tokens of an account.
    ///
    /// - `Unauthorized` when the account is unknown or was never authorised.
    async fn load(&self, account: AccountId) -> Result<TokenSet>;

    /// Keeps refreshed tokens; after it returns, every process loads them.
    async fn save(&self, account: AccountId, tokens: TokenSet) -> Result<()>;
}
