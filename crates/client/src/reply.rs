//! An answer as it came: status, headers, the envelope, and `data` as the text that was sent.
//!
//! Invariant: `data` is never read through a double. Ids beyond 2^53 and amounts keep every digit, because the text
//! itself is kept and a type is chosen only when the caller asks for one.

use crate::error::{ApiError, ClientError};
use contract::{Code, envelope::Received, signature::header};
use http::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use std::time::Duration;

/// The envelope round an answer, with `data` as its JSON text.
pub type Envelope = Received<Box<RawValue>>;

/// An answer that has no envelope, such as the OpenAPI document or the sandbox's controls.
#[derive(Debug, Clone)]
pub struct Plain {
    /// HTTP status.
    pub status: u16,
    pub headers: HeaderMap,
    /// The body as received.
    pub text: String,
}

/// A whole answer, whatever its code.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub envelope: Envelope,
    /// The body as received.
    pub text: String,
}

impl Reply {
    /// Reads the envelope; the reason of a failure is that of the reader.
    pub fn read(plain: Plain) -> Result<Self, serde_json::Error> {
        let envelope = serde_json::from_str(&plain.text)?;
        Ok(Self { status: plain.status, headers: plain.headers, envelope, text: plain.text })
    }

    pub fn is_success(&self) -> bool {
        self.envelope.code == Code::Success.number()
    }

    /// The answer, or the refusal that it carries.
    pub fn accepted(self) -> Result<Self, ClientError> {
        match self.refusal() {
            None => Ok(self),
            Some(error) => Err(error.into()),
        }
    }

    /// The JSON text of `data`, digit for digit as it was sent; `null` with errors.
    pub fn data_text(&self) -> &str {
        self.envelope.data.as_deref().map_or("null", RawValue::get)
    }

    /// `data` as a type of the caller's choice.
    pub fn data<T: DeserializeOwned>(&self) -> Result<T, ClientError> {
        serde_json::from_str(self.data_text()).map_err(ClientError::UnexpectedData)
    }

    /// Whether the platform gave the kept answer of an earlier try with the same `Idempotency-Key`.
    pub fn is_replayed(&self) -> bool {
        self.headers.get(header::IDEMPOTENT_REPLAYED).is_some_and(|v| v.as_bytes().eq_ignore_ascii_case(b"true"))
    }

    /// How long `Retry-After` asks to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        let seconds = self.headers.get(http::header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
        Some(Duration::from_secs(seconds))
    }

    /// The refusal that the answer carries, if it is one.
    pub fn refusal(&self) -> Option<ApiError> {
        let code = self.envelope.code;
        (!self.is_success()).then(|| ApiError {
            code,
            name: Code::from_number(code).map_or("UNKNOWN", Code::name),
            msg: self.envelope.msg.clone().unwrap_or_default(),
            request_id: self.envelope.request_id.clone(),
            status: self.status,
            retry_after: self.retry_after(),
        })
    }
}
