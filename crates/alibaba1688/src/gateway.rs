//! One call of the open platform: arguments and system parameters, signature, form or multipart body, classified answer.
//!
//! This is the innermost service, inside the layers: each try has its own timestamp and the token of that moment.

use crate::{
    api::Api,
    classify::{classify, unusable},
    config::Config,
    multipart,
    sign::{self, SIGNATURE},
    token::TokenDesk,
    wire::form,
};
use bytes::Bytes;
use connector::{Call, Effect, Error, Kind, Result, Tokens, Transport, shown, trail};
use domain::{AccountId, Timestamp};
use form_urlencoded::Serializer;
use http::{Method, Request, header::CONTENT_TYPE, request::Builder};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tokio::time::Instant;
use tower::ServiceExt;

/// The wall clock.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The arguments of one call. A file goes outside the signature, as the part `imageData`.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    pub api: &'static Api,
    pub fields: Vec<(String, String)>,
    pub file: Option<Bytes>,
}

/// The text of an answer that was classified as success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub api: &'static Api,
    pub text: String,
}

/// The app at its gateway.
pub(crate) struct Gateway {
    pub config: Config,
    pub transport: Transport,
    pub clock: Clock,
    pub tokens: TokenDesk,
}

impl Ask {
    pub fn new<T: Serialize>(api: &'static Api, arguments: &T) -> Result<Self> {
        let fields = form::fields(arguments).map_err(|e| {
            Error::transport(Kind::Refused, Effect::None, api.name, format!("arguments cannot be written: {e}"))
        })?;
        Ok(Self { api, fields, file: None })
    }

    pub fn call(self, account: Option<AccountId>) -> Call<Self> {
        Call { operation: self.api.name, account, idempotent: self.api.read, payload: self }
    }
}

impl Answer {
    /// Reads the answer as `T`.
    pub fn read<'a, T: Deserialize<'a>>(&'a self) -> Result<T> {
        read(self.api, &self.text)
    }
}

/// Reads a part of an answer of `api`.
pub(crate) fn read<'a, T: Deserialize<'a>>(api: &'static Api, text: &'a str) -> Result<T> {
    serde_json::from_str(text).map_err(|e| unusable(api, format!("the answer is not of the documented shape: {e}")))
}

impl Gateway {
    pub fn new(config: Config, transport: Transport, tokens: Arc<dyn Tokens>, clock: Clock) -> Self {
        Self { config, transport, clock, tokens: TokenDesk::new(tokens) }
    }

    /// Makes the call with the account's token; once more with a new token where the upstream no longer takes the old one.
    pub async fn make(&self, call: Call<Ask>) -> Result<Answer> {
        let Some(account) = call.account else {
            return self.send(&call.payload, None).await;
        };
        let token = self.tokens.current(self, account).await?;
        let began = Instant::now();
        match self.send(&call.payload, Some(&token)).await {
            Err(error) if is_stale(&error) => {
                trail::note(call.operation, began, Some(&error));
                let fresh = self.tokens.renew(self, account, &token).await?;
                self.send(&call.payload, Some(&fresh)).await
            }
            outcome => outcome,
        }
    }

    /// Signs and sends once.
    pub async fn send(&self, ask: &Ask, token: Option<&str>) -> Result<Answer> {
        let request = self.request(ask, token)?;
        let answer = self.transport.clone().oneshot(request).await.map_err(|f| self.lost(ask.api, f))?;
        let body = ask.api.open.then(|| answer.body().clone());
        shown::answered(ask.api.name, body.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok()));
        Ok(Answer { api: ask.api, text: classify(ask.api, answer)? })
    }

    /// A read has no effect, whatever became of it.
    fn lost(&self, api: &'static Api, failure: connector::transport::Failure) -> Error {
        let mut error = failure.of(api.name);
        if api.read {
            error.effect = Effect::None;
        }
        error
    }

    fn request(&self, ask: &Ask, token: Option<&str>) -> Result<Request<Bytes>> {
        let path = format!("param2/1/{}/{}/{}", ask.api.namespace, ask.api.name, self.config.app_key);
        let fields = self.signed(&path, ask, token);
        let (kind, body) = match &ask.file {
            Some(file) => multipart::encode(&fields, "imageData", file),
            None => ("application/x-www-form-urlencoded; charset=utf-8".to_owned(), urlencoded(&fields)),
        };
        let base = self.config.base_url.trim_end_matches('/');
        let request =
            Request::builder().method(Method::POST).uri(format!("{base}/openapi/{path}")).header(CONTENT_TYPE, kind);
        named(request)
            .body(body)
            .map_err(|e| Error::transport(Kind::Unreachable, Effect::None, ask.api.name, format!("bad address: {e}")))
    }

    fn signed(&self, path: &str, ask: &Ask, token: Option<&str>) -> Vec<(String, String)> {
        let mut fields = ask.fields.clone();
        fields.push(("_aop_timestamp".to_owned(), (self.clock)().0.to_string()));
        fields.extend(token.map(|token| ("access_token".to_owned(), token.to_owned())));
        let pairs = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let signature = sign::request(self.config.app_secret.reveal(), path, pairs);
        fields.push((SIGNATURE.to_owned(), signature));
        fields
    }
}

/// Bears the request that caused this one and its trace, where there is one. Neither is part of the signature.
fn named(request: Builder) -> Builder {
    match trail::current() {
        None => request,
        Some(trail) => {
            request.header("x-request-id", trail.request_id()).header("traceparent", trail.next_span().to_string())
        }
    }
}

fn is_stale(error: &Error) -> bool {
    error.kind == Kind::Unauthorized && error.code.as_deref() == Some("401")
}

fn urlencoded(fields: &[(String, String)]) -> Bytes {
    let mut form = Serializer::new(String::new());
    form.extend_pairs(fields);
    form.finish().into()
}
