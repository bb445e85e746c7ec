//! Between connector and marketplace: the line, the pushes that come back, the tokens.

use async_trait::async_trait;
use bytes::Bytes;
use connector::{Error, Kind, TokenSet, Tokens, Transport, transport::Failure};
use domain::AccountId;
use sandbox::{PushTarget, SignedPush};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};
use tower::{ServiceExt, service_fn};

/// What happens to what is sent.
#[derive(Default)]
pub struct Line {
    pub cut: AtomicBool,
    pub loses_next_answer: AtomicBool,
}

/// Keeps what is posted, and acknowledges it.
#[derive(Default)]
pub struct Pushes(Mutex<Vec<SignedPush>>);

/// Tokens in memory.
pub struct Kept(Mutex<HashMap<AccountId, TokenSet>>);

impl Kept {
    pub fn new(tokens: HashMap<AccountId, TokenSet>) -> Self {
        Self(Mutex::new(tokens))
    }
}

impl Pushes {
    /// All that was posted so far, in order of arrival.
    pub fn posted(&self) -> Vec<SignedPush> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

pub fn through(line: Arc<Line>, transport: Transport) -> Transport {
    Transport::new(service_fn(move |request: http::Request<Bytes>| {
        let (line, transport) = (line.clone(), transport.clone());
        async move {
            if line.cut.load(Ordering::SeqCst) {
                return Err(Failure::NotSent("the line is cut".to_owned()));
            }
            let answer = transport.oneshot(request).await?;
            if line.loses_next_answer.swap(false, Ordering::SeqCst) {
                return Err(Failure::Broken("the answer is lost".to_owned()));
            }
            Ok(answer)
        }
    }))
}

#[async_trait]
impl PushTarget for Pushes {
    async fn post(&self, push: &SignedPush) -> Option<u16> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(push.clone());
        Some(200)
    }
}

#[async_trait]
impl Tokens for Kept {
    async fn load(&self, account: AccountId) -> connector::Result<TokenSet> {
        let tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&account).cloned();
        tokens.ok_or_else(|| Error::refused(Kind::Unauthorized, "tokens", "", "never authorised"))
    }

    async fn save(&self, account: AccountId, tokens: TokenSet) -> connector::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(account, tokens);
        Ok(())
    }
}
