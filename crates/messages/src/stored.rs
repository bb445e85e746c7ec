//! Targets as storage has them: the developer's verified URL and newest key.
//!
//! Read for each round of deliveries and not cached: a secret that was reset must not sign the next callback.

use crate::target::{Credentials, LookupError, Target};
use async_trait::async_trait;
use contract::callback::Base;
use domain::{DeveloperId, Timestamp};
use serde::Deserialize;
use std::sync::Arc;
use storage::{Storage, records::AccessKey};

/// What of a developer's settings concerns callbacks.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Settings {
    /// `rawBody` (default) or `messageBody`.
    callback_base: Option<String>,
}

/// The base of `Authorization` that a developer's settings (JSON object) choose with `callbackBase`.
pub fn base_of(settings: &str) -> Base {
    let settings: Settings = serde_json::from_str(settings).unwrap_or_default();
    match settings.callback_base.as_deref() {
        Some("messageBody") => Base::MessageBody,
        Some(_) | None => Base::RawBody,
    }
}

/// Looks targets up in storage.
pub struct StoredCredentials {
    storage: Storage,
    wall: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

impl StoredCredentials {
    /// `wall` rules which keys still hold.
    pub fn new(storage: Storage, wall: Arc<dyn Fn() -> Timestamp + Send + Sync>) -> Self {
        Self { storage, wall }
    }

    /// The target with the developer's present URL, verified or not; `None` without URL or key. For the verification.
    pub async fn unverified(&self, developer: DeveloperId) -> Result<Option<Target>, LookupError> {
        self.find(developer, |_| true).await
    }

    async fn find(
        &self,
        id: DeveloperId,
        passes: impl FnOnce(Option<Timestamp>) -> bool + Send,
    ) -> Result<Option<Target>, LookupError> {
        let lost = |error| LookupError(Arc::new(error));
        let Some(developer) = self.storage.developer(id).await.map_err(lost)? else { return Ok(None) };
        let Some(url) = developer.callback_url.filter(|_| passes(developer.callback_verified_at)) else {
            return Ok(None);
        };
        let now = (self.wall)();
        let keys = self.storage.access_keys(id).await.map_err(lost)?;
        let Some(newest) = keys.into_iter().find(|key| key.expires_at.is_none_or(|at| now < at)) else {
            return Ok(None);
        };
        let failing_since = self.storage.receiver_fails_since(id).await.map_err(lost)?;
        Ok(target(url, newest, base_of(&developer.settings), failing_since))
    }
}

fn target(url: String, key: AccessKey, base: Base, failing_since: Option<Timestamp>) -> Option<Target> {
    let secret = key.secret.expose_text()?.to_owned();
    Some(Target { url, access_key: key.access_key, secret, base, failing_since })
}

#[async_trait]
impl Credentials for StoredCredentials {
    async fn target(&self, developer: DeveloperId) -> Result<Option<Target>, LookupError> {
        self.find(developer, |verified_at| verified_at.is_some()).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_setting_chooses_the_base_and_anything_else_is_the_contracts_default() {
        assert_eq!(base_of(r#"{"callbackBase":"messageBody","other":1}"#), Base::MessageBody);
        for settings in [r#"{"callbackBase":"rawBody"}"#, r#"{"callbackBase":null}"#, "{}", ""] {
            assert_eq!(base_of(settings), Base::RawBody, "{settings}");
        }
    }
}
