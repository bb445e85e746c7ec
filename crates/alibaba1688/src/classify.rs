//! Success or failure: the one place that looks. A 200 can be a failure, at the top, in `result` or in `result.result`.

use crate::{
    api::Api,
    errors::meaning,
    wire::{Flag, Text, order::FailedOffer},
};
use bytes::Bytes;
use connector::{Effect, Error, Kind, Result};
use http::{Response, StatusCode, header::RETRY_AFTER};
use serde::Deserialize;
use serde_json::value::RawValue;

/// A failure may stand this deep.
const DEPTH: usize = 3;

/// Where a level of an answer may say that it failed.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Signs<'a> {
    #[serde(rename = "error_code")]
    gateway_code: Option<Text>,
    #[serde(rename = "error_message")]
    gateway_message: Option<Text>,
    /// The category tree spells it with one s.
    #[serde(alias = "succes")]
    success: Option<Flag>,
    code: Option<Text>,
    error_code: Option<Text>,
    message: Option<Text>,
    error_message: Option<Text>,
    error_msg: Option<Text>,
    erro_msg: Option<Text>,
    error_info: Option<Text>,
    failed_offer_list: Option<Vec<FailedOffer>>,
    #[serde(borrow)]
    result: Option<&'a RawValue>,
}

/// The text of a successful answer, or what it says went wrong.
pub(crate) fn classify(api: &'static Api, answer: Response<Bytes>) -> Result<String> {
    let status = answer.status();
    let wait = retry_after(&answer);
    let text = String::from_utf8(answer.into_body().into()).map_err(|_| unusable(api, "not UTF-8"))?;
    let top = serde_json::from_str::<&RawValue>(&text).map_err(|_| not_json(api, status, wait))?;
    if let Some((code, message)) = failure(top.get()) {
        return Err(refusal(api, &code, &message, wait));
    }
    if status.is_success() { Ok(text) } else { Err(not_json(api, status, wait)) }
}

fn refusal(api: &'static Api, code: &str, message: &str, wait: Option<u64>) -> Error {
    let (kind, effect) = meaning(api.name, code, message);
    let mut error = Error::refused(kind, api.name, code, message);
    error.effect = if api.read { Effect::None } else { effect };
    error.retry_after_ms = wait;
    error
}

/// Code and text of the outermost level that failed.
fn failure(text: &str) -> Option<(String, String)> {
    let mut level = text;
    for _ in 0..DEPTH {
        if !level.trim_start().starts_with('{') {
            return None;
        }
        // What does not read as a wrapper is payload.
        let signs: Signs<'_> = serde_json::from_str(level).ok()?;
        let inner = signs.result;
        if signs.failed() {
            let deeper = inner.and_then(|r| failure(r.get()));
            return Some(signs.words().or(deeper).unwrap_or_default());
        }
        level = inner?.get();
    }
    None
}

impl Signs<'_> {
    fn failed(&self) -> bool {
        if self.gateway_code.is_some() {
            return true;
        }
        match self.success {
            Some(Flag(success)) => !success,
            None => [&self.code, &self.error_code].into_iter().flatten().any(|code| !is_success(&code.0)),
        }
    }

    /// `None` where the level says that it failed and not why.
    fn words(&self) -> Option<(String, String)> {
        let offer = self.failed_offer_list.iter().flatten().next();
        let offer_code = offer.and_then(|o| o.error_code.as_ref());
        let codes = [self.gateway_code.as_ref(), self.error_code.as_ref(), self.code.as_ref(), offer_code];
        let code = codes.into_iter().flatten().find(|c| !is_success(&c.0)).map(|c| c.0.clone());
        let texts = [
            &self.gateway_message,
            &self.error_message,
            &self.error_msg,
            &self.erro_msg,
            &self.error_info,
            &self.message,
        ];
        let own = texts.into_iter().flatten().map(|t| t.0.as_str()).find(|t| !t.is_empty());
        let text = own.or_else(|| offer.and_then(|o| o.error_message.as_deref())).map(str::to_owned);
        (code.is_some() || text.is_some()).then(|| (code.unwrap_or_default(), text.unwrap_or_default()))
    }
}

fn is_success(code: &str) -> bool {
    matches!(code, "" | "0" | "200" | "S0000" | "SUCCESS")
}

/// An answer that cannot be used. Nobody knows what became of a write.
pub(crate) fn unusable(api: &'static Api, detail: impl Into<String>) -> Error {
    let effect = if api.read { Effect::None } else { Effect::Unknown };
    Error::transport(Kind::Unreachable, effect, api.name, detail)
}

fn not_json(api: &'static Api, status: StatusCode, wait: Option<u64>) -> Error {
    let mut error = unusable(api, format!("HTTP {} without a usable body", status.as_u16()));
    if status == StatusCode::TOO_MANY_REQUESTS {
        (error.kind, error.effect) = (Kind::RateLimited, Effect::None);
    }
    error.retry_after_ms = wait;
    error
}

/// `Retry-After` in seconds, as milliseconds.
fn retry_after(answer: &Response<Bytes>) -> Option<u64> {
    let seconds: u64 = answer.headers().get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(seconds.saturating_mul(1000))
}
