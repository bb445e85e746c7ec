//! The 1688 open platform: its wire types, its signatures, and the connector that speaks it.
//!
//! A call goes: capability ([`catalog`], [`ordering`], ..) → layers → [`gateway`] (token, signature, body) → transport →
//! [`classify`] (one table of codes) → [`map`] (wire to `domain`). Only [`wire`] and [`sign`] are for others: the embedded
//! marketplace speaks them from the other side.

pub mod sign;
pub mod wire;

mod aftersale;
mod api;
mod catalog;
mod classify;
mod config;
mod errors;
mod gateway;
mod health;
mod image;
mod map;
mod multipart;
mod ordering;
mod payment;
mod push;
mod recent;
mod token;

pub use api::recorded_name;
pub use config::{AppSecret, Config};
pub use gateway::Clock;

use connector::{Call, Capabilities, Policy, Result, Tokens, Transport, Upstream, layered};
use domain::AccountId;
use gateway::{Answer, Ask, Gateway};
use serde::Serialize;
use std::sync::Arc;
use tower::{ServiceExt, service_fn};

/// The connector to one 1688 app.
pub struct Alibaba1688 {
    upstream: Upstream<Ask, Answer>,
    config: Config,
    images: image::ImageIds,
}

impl Alibaba1688 {
    /// `clock` is the wall clock: signatures and tokens go by it.
    pub fn new(config: Config, transport: Transport, tokens: Arc<dyn Tokens>, clock: Clock) -> Self {
        Self::with_policy(config, transport, tokens, clock, &Policy::new("alibaba1688"))
    }

    /// As [`Alibaba1688::new`], with time limits, repeats and limits of one's own.
    pub fn with_policy(
        config: Config,
        transport: Transport,
        tokens: Arc<dyn Tokens>,
        clock: Clock,
        policy: &Policy,
    ) -> Self {
        let gateway = Arc::new(Gateway::new(config.clone(), transport, tokens, clock));
        let service = service_fn(move |call: Call<Ask>| {
            let gateway = Arc::clone(&gateway);
            async move { gateway.make(call).await }
        });
        Self { upstream: layered(service, policy), config, images: image::ImageIds::new() }
    }

    /// Everything that this marketplace has.
    pub fn capabilities(self: Arc<Self>) -> Capabilities {
        Capabilities {
            catalog: Some(self.clone()),
            ordering: Some(self.clone()),
            payment: Some(self.clone()),
            aftersale: Some(self.clone()),
            push: Some(self.clone()),
            recent: Some(self.clone()),
            health: Some(self),
        }
    }

    async fn ask<T: Serialize>(&self, api: &'static api::Api, account: AccountId, arguments: &T) -> Result<Answer> {
        self.make(Ask::new(api, arguments)?, Some(account)).await
    }

    /// A call that concerns no purchasing account.
    async fn ask_for_all<T: Serialize>(&self, api: &'static api::Api, arguments: &T) -> Result<Answer> {
        self.make(Ask::new(api, arguments)?, self.config.catalog_account).await
    }

    async fn make(&self, ask: Ask, account: Option<AccountId>) -> Result<Answer> {
        self.upstream.clone().oneshot(ask.call(account)).await
    }
}

#[cfg(test)]
mod tests;
