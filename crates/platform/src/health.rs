//! How the installation is: whether database and marketplaces answer, and what waits.

use crate::{Platform, SealedTokens};
use connector::{Capabilities, Tokens};
use domain::{Marketplace, Timestamp};
use std::time::{Duration, Instant};

pub use storage::Queues;

/// Who watches does not wait as long as who buys.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug, Clone)]
pub struct Health {
    pub wall: Timestamp,
    pub world: Timestamp,
    pub database: Check,
    pub marketplaces: Vec<MarketplaceHealth>,
    /// `None` where the database does not answer.
    pub queues: Option<Queues>,
}

/// Something that was tried.
#[derive(Debug, Clone)]
pub struct Check {
    /// Why it is not well.
    pub error: Option<String>,
    pub took: Duration,
}

#[derive(Debug, Clone)]
pub struct MarketplaceHealth {
    pub marketplace: Marketplace,
    pub check: Check,
    /// The marketplace's time minus ours.
    pub skew_ms: Option<i64>,
    pub authorisation: Authorisation,
}

/// Whether the account that buys by default has tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authorisation {
    Valid(Timestamp),
    /// Renewed at the next call.
    Expired(Timestamp),
    /// There is no such account, or it was never authorised.
    Missing,
    /// No master key at hand opens the tokens.
    Unreadable,
}

impl Platform {
    pub async fn health(&self) -> Health {
        let (database, queues) = self.database_health().await;
        let marketplaces = self.marketplaces.iter().map(|(name, offered)| self.marketplace_health(*name, offered));
        Health {
            wall: self.clocks.wall(),
            world: self.clocks.world(),
            database,
            marketplaces: futures::future::join_all(marketplaces).await,
            queues,
        }
    }

    async fn database_health(&self) -> (Check, Option<Queues>) {
        let began = Instant::now();
        let pinged = tokio::time::timeout(PATIENCE, self.storage.ping()).await;
        let took = began.elapsed();
        let error = match pinged {
            Ok(Ok(())) => None,
            Ok(Err(error)) => {
                tracing::warn!(%error, "the database does not answer");
                Some("the database does not answer; the log says why".to_owned())
            }
            Err(_) => Some(no_answer()),
        };
        let queues = match error {
            None => self.storage.queues(self.clocks.wall()).await.ok(),
            Some(_) => None,
        };
        (Check { error, took }, queues)
    }

    async fn marketplace_health(&self, marketplace: Marketplace, offered: &Capabilities) -> MarketplaceHealth {
        let began = Instant::now();
        let answer = match &offered.health {
            None => Err("it offers no check".to_owned()),
            Some(health) => match tokio::time::timeout(PATIENCE, health.check()).await {
                Ok(Ok(time)) => Ok(time),
                Ok(Err(error)) => Err(error.to_string()),
                Err(_) => Err(no_answer()),
            },
        };
        let took = began.elapsed();
        let skew_ms = answer.as_ref().ok().map(|time| time.ms_since(self.clocks.wall()));
        let authorisation = self.authorisation(marketplace).await;
        MarketplaceHealth { marketplace, check: Check { error: answer.err(), took }, skew_ms, authorisation }
    }

    async fn authorisation(&self, marketplace: Marketplace) -> Authorisation {
        let account = match self.storage.default_account(marketplace).await {
            Ok(Some(account)) if account.tokens.is_some() => account,
            Ok(_) => return Authorisation::Missing,
            Err(_) => return Authorisation::Unreadable,
        };
        match SealedTokens::new(self.storage.clone()).load(account.id).await {
            Ok(tokens) if tokens.expires_at > self.clocks.wall() => Authorisation::Valid(tokens.expires_at),
            Ok(tokens) => Authorisation::Expired(tokens.expires_at),
            Err(_) => Authorisation::Unreadable,
        }
    }
}

fn no_answer() -> String {
    format!("no answer within {} s", PATIENCE.as_secs())
}
