//! What a call of the open platform sees: who calls, with which parameters, and how it may answer.
//!
//! Calls know no HTTP. A refusal has two shapes at this upstream: an error of its gateway (HTTP 400 or 401), or an
//! ordinary answer that carries the failure inside. Rejected: one handler trait a call; a function in a table is enough.

use bytes::Bytes;
use domain::AccountId;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;

/// The purchasing account whose token was sent; `None` for calls that need none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    pub account: Option<AccountId>,
}

impl Caller {
    /// The account of a call that the table of calls marks as needing a token.
    pub fn account(&self) -> Result<AccountId, ApiError> {
        self.account.ok_or_else(ApiError::unauthenticated)
    }
}

/// The parameters of one call: form and query fields as text, file parts as bytes.
#[derive(Debug, Clone, Default)]
pub struct Params {
    fields: BTreeMap<String, String>,
    files: BTreeMap<String, Bytes>,
}

impl Params {
    pub fn new(fields: BTreeMap<String, String>, files: BTreeMap<String, Bytes>) -> Self {
        Self { fields, files }
    }

    /// All text fields by name; what the signature is made of.
    pub fn fields(&self) -> &BTreeMap<String, String> {
        &self.fields
    }

    /// The text of a field; an empty one counts as not sent.
    pub fn str(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str).filter(|v| !v.trim().is_empty())
    }

    /// The text of a field that must be there (`gw.ParamMissing`).
    pub fn require(&self, name: &str) -> Result<&str, ApiError> {
        self.str(name).ok_or_else(|| ApiError::missing(name))
    }

    /// A whole number, bare or in quotes.
    pub fn i64(&self, name: &str) -> Result<Option<i64>, ApiError> {
        let read = |v: &str| v.trim().trim_matches('"').parse().map_err(|_| ApiError::invalid(name, "a whole number"));
        self.str(name).map(read).transpose()
    }

    /// `true` or `false`, bare or in quotes.
    pub fn bool(&self, name: &str) -> Result<Option<bool>, ApiError> {
        let read = |v: &str| match v.trim().trim_matches('"') {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(ApiError::invalid(name, "true or false")),
        };
        self.str(name).map(read).transpose()
    }

    /// A field that holds JSON text.
    pub fn json<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, ApiError> {
        let read = |v: &str| serde_json::from_str(v).map_err(|e| ApiError::invalid(name, &e.to_string()));
        self.str(name).map(read).transpose()
    }

    /// A JSON field that must be there.
    pub fn require_json<T: DeserializeOwned>(&self, name: &str) -> Result<T, ApiError> {
        self.json(name)?.ok_or_else(|| ApiError::missing(name))
    }

    /// A file part; an empty one is there.
    pub fn file(&self, name: &str) -> Option<&Bytes> {
        self.files.get(name)
    }

    /// Whether a field or a file part of this name was sent.
    pub fn has(&self, name: &str) -> bool {
        self.str(name).is_some() || self.files.contains_key(name)
    }
}

/// How a call refuses.
#[derive(Debug, Clone, PartialEq)]
pub enum ApiError {
    /// An error of the gateway: `{error_code, error_message}` with this HTTP status.
    Gateway { code: &'static str, message: String, status: u16 },
    /// HTTP 200 with a failure inside.
    Answer(Value),
}

/// What a call answers.
pub type Answer = Result<Value, ApiError>;

impl ApiError {
    /// HTTP 400 with this code.
    pub fn gateway(code: &'static str, message: impl Into<String>) -> Self {
        Self::Gateway { code, message: message.into(), status: 400 }
    }

    pub fn missing(name: &str) -> Self {
        Self::gateway("gw.ParamMissing", format!("Missing required parameter: {name}"))
    }

    /// A parameter that cannot be read. The upstream documents no code for it; this one is ours.
    pub fn invalid(name: &str, expected: &str) -> Self {
        Self::gateway("gw.ParamInvalid", format!("Parameter {name} cannot be read: expected {expected}"))
    }

    /// The world behind the call does not answer.
    pub fn unavailable(why: impl std::fmt::Display) -> Self {
        Self::Gateway { code: "gw.RemoteServiceUnavailable", message: why.to_string(), status: 500 }
    }

    pub fn unauthenticated() -> Self {
        Self::Gateway {
            code: "401",
            message: "Request need user authenticated: access_token missing or expired".to_owned(),
            status: 401,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(pairs: &[(&str, &str)]) -> Params {
        Params::new(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(), BTreeMap::new())
    }

    #[test]
    fn ids_keep_their_digits_and_blank_means_missing() {
        let p = params(&[("id", "3296622397216134260"), ("quoted", "\"12\""), ("blank", " "), ("bad", "1e3")]);
        assert_eq!(p.i64("id"), Ok(Some(3_296_622_397_216_134_260)));
        assert_eq!(p.i64("quoted"), Ok(Some(12)));
        assert_eq!(p.i64("blank"), Ok(None));
        assert!(p.i64("bad").is_err());
        assert!(matches!(p.require("blank"), Err(ApiError::Gateway { code: "gw.ParamMissing", .. })));
    }
}
