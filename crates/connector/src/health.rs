//! Whether a marketplace can be used.

use crate::Result;
use async_trait::async_trait;
use domain::Timestamp;

#[async_trait]
pub trait Health: Send + Sync {
    /// The marketplace's time, from one cheap signed call: it answers, and it takes our key.
    ///
    /// - needs no purchasing account, so it says nothing about tokens.
    async fn check(&self) -> Result<Timestamp>;
}
