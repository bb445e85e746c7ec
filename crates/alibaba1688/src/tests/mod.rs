//! The connector against a scripted upstream: what is sent, and what each answer becomes.

mod calls;
mod catalog;
mod classifying;
mod mapping;
mod offering;
mod pushes;
mod tokens;
mod trails;

use crate::{Alibaba1688, AppSecret, Config};
use async_trait::async_trait;
use bytes::Bytes;
use connector::{Effect, Error, Kind, Policy, Result, TokenSet, Tokens, Transport, transport::Failure};
use domain::{AccountId, OrderId, Timestamp};
use http::{HeaderMap, Request, Response};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};
use tower::service_fn;

pub(super) const SECRET: &str = "sample-secret";
pub(super) const NOW: Timestamp = Timestamp(1_775_221_032_000);
pub(super) const REFUND: &str = include_str!("records/refund.json");
pub(super) const ORDER: &str = include_str!("records/order.json");

/// A request as the upstream sees it.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub path: String,
    pub fields: BTreeMap<String, String>,
    pub body: Bytes,
    pub headers: HeaderMap,
}

type Answers = dyn Fn(&Seen) -> std::result::Result<(u16, String), Failure> + Send + Sync;

/// An upstream that answers by a function of the request and remembers what it saw.
#[derive(Clone)]
pub(super) struct Script {
    answers: Arc<Answers>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Script {
    pub fn new(answers: impl Fn(&Seen) -> std::result::Result<(u16, String), Failure> + Send + Sync + 'static) -> Self {
        Self { answers: Arc::new(answers), seen: Arc::default() }
    }

    pub fn always(text: impl Into<String>) -> Self {
        let text = text.into();
        Self::new(move |_| Ok((200, text.clone())))
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub fn transport(&self) -> Transport {
        let script = self.clone();
        Transport::new(service_fn(move |request: Request<Bytes>| {
            let seen = Seen {
                path: request.uri().path().to_owned(),
                fields: form_urlencoded::parse(request.body()).into_owned().collect(),
                body: request.body().clone(),
                headers: request.headers().clone(),
            };
            let answer = (script.answers)(&seen);
            script.seen.lock().unwrap().push(seen);
            async move {
                tokio::task::yield_now().await;
                let (status, text) = answer?;
                Ok(Response::builder().status(status).body(Bytes::from(text)).unwrap())
            }
        }))
    }

    pub fn connect(&self) -> Alibaba1688 {
        self.connect_with(Arc::new(Kept::new("token-1", NOW.plus_secs(36_000))))
    }

    pub fn connect_with(&self, tokens: Arc<Kept>) -> Alibaba1688 {
        let config = Config {
            base_url: "https://gw.example/".to_owned(),
            app_key: "1234567".to_owned(),
            app_secret: AppSecret::new(SECRET),
            site: "1688".to_owned(),
            catalog_account: Some(account()),
        };
        let mut policy = Policy::new("alibaba1688");
        policy.backoff = Duration::from_millis(1);
        Alibaba1688::with_policy(config, self.transport(), tokens, Arc::new(|| NOW), &policy)
    }
}

/// Tokens of one account.
pub(super) struct Kept {
    tokens: Mutex<TokenSet>,
    pub saved: Mutex<Vec<String>>,
}

impl Kept {
    pub fn new(access: &str, expires_at: Timestamp) -> Self {
        let tokens = TokenSet { access_token: access.to_owned(), refresh_token: "refresh-1".to_owned(), expires_at };
        Self { tokens: Mutex::new(tokens), saved: Mutex::default() }
    }
}

#[async_trait]
impl Tokens for Kept {
    async fn load(&self, account: AccountId) -> Result<TokenSet> {
        if account.get() == 404 {
            return Err(Error::transport(Kind::Unauthorized, Effect::None, "tokens", "unknown account"));
        }
        Ok(self.tokens.lock().unwrap().clone())
    }

    async fn save(&self, _: AccountId, tokens: TokenSet) -> Result<()> {
        self.saved.lock().unwrap().push(tokens.access_token.clone());
        *self.tokens.lock().unwrap() = tokens;
        Ok(())
    }
}

pub(super) fn account() -> AccountId {
    AccountId::new(7).unwrap()
}

pub(super) fn order_id() -> OrderId {
    OrderId::new(3_296_622_397_215_134_260).unwrap()
}
