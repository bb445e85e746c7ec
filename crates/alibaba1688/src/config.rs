//! What a connected 1688 app is.

use domain::AccountId;
use std::fmt;

/// Settings of the connector.
#[derive(Debug, Clone)]
pub struct Config {
    /// Scheme and host without a path, e.g. `https://gw.open.1688.com`.
    pub base_url: String,
    pub app_key: String,
    pub app_secret: AppSecret,
    /// `webSite` of the order calls: `1688`.
    pub site: String,
    /// Whose token serves the calls that concern no purchasing account: search, product detail, carriers. `None` sends
    /// none, which an app with single-user authorisation may do.
    pub catalog_account: Option<AccountId>,
}

/// The secret of the app; prints as `***`.
#[derive(Clone, PartialEq, Eq)]
pub struct AppSecret(String);

impl AppSecret {
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for AppSecret {
    fn from(secret: String) -> Self {
        Self(secret)
    }
}

impl fmt::Debug for AppSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}
