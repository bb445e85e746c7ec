//! The open platform's protocol: one path form, one order of checks, one error form.
//!
//! Checks in the documented order: API name, permission of the app, signature, token, required parameters. A refusal of
//! this layer is HTTP 400 (401 for a token); what a call refuses is its own business ([`crate::api`]). A fault
//! ([`crate::faults`]) strikes what has passed signature and token.

mod request;
mod table;

use crate::{
    api::{ApiError, Caller, Params},
    economy::Economy,
    oauth,
    replay::{self, Played, Tape},
};
use alibaba1688::sign;
use axum::{
    Json, Router,
    extract::{Path, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::any,
};
use request::Target;
use serde_json::{Value, json};
use std::sync::Arc;
use table::Call;

pub use request::BODY_LIMIT;
pub use table::CALLS;

/// The app that is registered at this marketplace.
#[derive(Clone)]
pub struct App {
    pub key: String,
    pub secret: String,
}

/// What the protocol needs: the app and the world.
#[derive(Clone)]
pub struct Platform {
    pub app: Arc<App>,
    pub economy: Economy,
    pub consents: Arc<oauth::Consents>,
    /// What is answered as it was recorded.
    pub tape: Arc<Tape>,
}

/// Serves `/openapi/...`.
pub fn router(platform: Platform) -> Router {
    Router::new().route("/openapi/{*call}", any(receive)).with_state(platform)
}

async fn receive(State(platform): State<Platform>, Path(path): Path<String>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let answer = async {
        let target = Target::parse(&path)?;
        let params = request::params(head.uri.query(), &head.headers, body).await?;
        platform.answer(&target, &params).await
    };
    let outcome = answer.await;
    let result = if outcome.is_ok() { "ok" } else { "refused" };
    metrics::counter!("sandbox_calls_total", "result" => result).increment(1);
    response(outcome)
}

fn response(outcome: Result<Said, ApiError>) -> Response {
    match outcome {
        Ok(Said::Now(value)) | Err(ApiError::Answer(value)) => Json(value).into_response(),
        Ok(Said::Then(played)) => played.into_response(),
        Ok(Said::Otherwise(response)) => response,
        Err(ApiError::Gateway { code, message, status }) => refusal(code, &message, status),
    }
}

fn refusal(code: &str, message: &str, status: u16) -> Response {
    tracing::info!(code, message, "sandbox call refused");
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    (status, Json(json!({"error_code": code, "error_message": message, "exception": message}))).into_response()
}

/// An answer of the economy, a recorded one, or what a fault has left of either.
enum Said {
    Now(Value),
    Then(Played),
    Otherwise(Response),
}

impl Platform {
    async fn answer(&self, target: &Target, params: &Params) -> Result<Said, ApiError> {
        if target.app_key.is_empty() {
            return Err(ApiError::gateway("gw.AppKeyMissing", "The app key is not the last part of the path"));
        }
        if (target.namespace.as_str(), target.api.as_str()) == ("system.oauth2", "getToken") {
            let call = async { oauth::token(self, target.app_key.as_str(), params).await.map(Said::Now) };
            return self.under_faults(target, params, call).await;
        }
        let call = table::find(&target.namespace, &target.api)
            .ok_or_else(|| request::unsupported(&format!("{}:{}-1", target.namespace, target.api)))?;
        self.check_app(&target.app_key)?;
        self.check_signature(target, params)?;
        let caller = self.check_token(call, params)?;
        self.under_faults(target, params, self.speak(target, call, &caller, params)).await
    }

    /// Makes the call, unless a fault strikes it.
    async fn under_faults(
        &self,
        target: &Target,
        params: &Params,
        call: impl Future<Output = Result<Said, ApiError>>,
    ) -> Result<Said, ApiError> {
        let Some(blow) = self.economy.faults().of_call(&self.economy, &target.api, params) else { return call.await };
        tracing::info!(call = target.api, fault = ?blow, "a fault strikes a sandbox call");
        let looks = !replay::changes(&format!("{}/{}", target.namespace, target.api));
        Ok(Said::Otherwise(blow.play(looks, async { response(call.await) }).await))
    }

    /// As recorded, or as the economy answers.
    async fn speak(&self, target: &Target, call: &Call, caller: &Caller, params: &Params) -> Result<Said, ApiError> {
        if let Some(played) = self.tape.play(&format!("{}/{}", target.namespace, target.api), params.fields()) {
            return Ok(Said::Then(played));
        }
        let missing = call.required.iter().find(|name| !params.has(name));
        missing.map_or(Ok(()), |name| Err(ApiError::missing(name)))?;
        (call.handler)(&self.economy, caller, params).await.map(Said::Now)
    }

    fn check_app(&self, key: &str) -> Result<(), ApiError> {
        if key == self.app.key {
            return Ok(());
        }
        Err(ApiError::gateway("gw.APIACLDecline", "AppKey is not allowed(acl)"))
    }

    fn check_signature(&self, target: &Target, params: &Params) -> Result<(), ApiError> {
        let given = params.str(sign::SIGNATURE).ok_or_else(|| {
            ApiError::gateway("gw.SignatureMissing", "The request is not signed: _aop_signature is missing")
        })?;
        let fields = params.fields().iter().map(|(k, v)| (k.as_str(), v.as_str()));
        if sign::verify_request(&self.app.secret, &target.signed_path, fields, given) {
            return Ok(());
        }
        Err(ApiError::gateway("gw.SignatureInvalid", "Invalid signature"))
    }

    /// A token that was sent must be valid, even where none is needed.
    fn check_token(&self, call: &Call, params: &Params) -> Result<Caller, ApiError> {
        match params.str("access_token") {
            None if call.needs_token => Err(ApiError::unauthenticated()),
            None => Ok(Caller { account: None }),
            Some(token) => {
                let account = self.economy.account_of(token).ok_or_else(ApiError::unauthenticated)?;
                Ok(Caller { account: Some(account) })
            }
        }
    }
}
