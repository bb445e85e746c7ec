//! Whether the app can use the open platform: `currentTime` proves algorithm, key and network, without a token.

use crate::{Alibaba1688, api, gateway::Ask, wire::Time};
use async_trait::async_trait;
use connector::{Health, Result};
use domain::Timestamp;
use serde_json::json;

#[async_trait]
impl Health for Alibaba1688 {
    async fn check(&self) -> Result<Timestamp> {
        let answer = self.make(Ask::new(&api::TIME, &json!({}))?, None).await?;
        let Time(now) = answer.read()?;
        Ok(now)
    }
}
