//! Who calls: key, time, signature, nonce, developer and user, in the contract's order.

use crate::{Gateway, fault::fault, strong};
use axum::body::Body;
use contract::{
    error::{Code, Fault},
    operation::Entry,
    signature::{NONCE_MAX, NONCE_MEMORY_MS, Signed, WINDOW_MS, header, timestamp_ms},
    strong::Claim,
};
use domain::{Timestamp, UserId};
use http::{HeaderMap, request::Parts};
use platform::{
    Caller,
    account::{Credential, NonceRule, SignatureRule, UserStanding},
};
use std::{
    borrow::Cow,
    sync::{Arc, atomic::Ordering},
};

/// A write's nonce is remembered for so much longer than its timestamp can be used: should the clock be set back by as much,
/// the same time comes a second time, and the request must not.
const SET_BACK_MS: i64 = 3_600_000;

/// What a request says of its caller, texts as sent.
pub struct SystemHeaders<'a> {
    access_key: Cow<'a, str>,
    timestamp: Cow<'a, str>,
    nonce: Cow<'a, str>,
    user_id: Option<&'a str>,
    proof: Proof<'a>,
}

enum Proof<'a> {
    /// The hex digits of the signature.
    V1(&'a str),
    Strong(Box<Claim>),
}

impl Proof<'_> {
    /// What refusals call the timestamp and the nonce.
    const fn names(&self) -> (&'static str, &'static str) {
        match self {
            Self::V1(_) => (header::TIMESTAMP, header::NONCE),
            Self::Strong(_) => ("created", "nonce"),
        }
    }
}

impl<'a> SystemHeaders<'a> {
    /// 40101 with the first that is missing. A request with `Signature-Input` is strong, and what it says of v1 is not looked at.
    pub fn read(headers: &'a HeaderMap) -> Result<Self, Fault> {
        let user_id = text(headers, header::USER_ID).filter(|id| !id.is_empty());
        if let Some(claim) = strong::claim(headers) {
            let claim = claim?;
            let [access_key, timestamp, nonce] =
                [&claim.access_key, &claim.created, &claim.nonce].map(|text| Cow::Owned(text.clone()));
            return Ok(Self { access_key, timestamp, nonce, user_id, proof: Proof::Strong(Box::new(claim)) });
        }
        Ok(Self {
            access_key: Cow::Borrowed(required(headers, header::ACCESS_KEY)?),
            timestamp: Cow::Borrowed(required(headers, header::TIMESTAMP)?),
            proof: Proof::V1(required(headers, header::SIGNATURE)?),
            nonce: Cow::Borrowed(text(headers, header::NONCE).unwrap_or_default()),
            user_id,
        })
    }

    /// What counts as the nonce: where there is none, the signature.
    fn one_of_a_kind(&self) -> String {
        match &self.proof {
            _ if !self.nonce.is_empty() => self.nonce.to_string(),
            Proof::V1(signature) => signature.to_ascii_uppercase(),
            Proof::Strong(claim) => claim.digits(),
        }
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| std::str::from_utf8(value.as_bytes()).ok())
}

fn required<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<&'a str, Fault> {
    text(headers, name)
        .filter(|t| !t.is_empty())
        .ok_or_else(|| Fault::field(Code::MissingCredentials, name, "the header is required"))
}

/// A caller whose signature holds; what is not yet checked is whether it may do this.
pub(crate) struct Proven {
    pub(crate) credential: Arc<Credential>,
    /// What counts as the request's nonce, and until when.
    pub(crate) nonce: String,
    pub(crate) nonce_until: Timestamp,
}

impl Gateway {
    /// Key, time and signature. A strong signature covers the body, which is read for it and handed on.
    pub(crate) async fn prove(
        &self,
        headers: &SystemHeaders<'_>,
        parts: &Parts,
        entry: &Entry,
        body: Body,
        now: Timestamp,
    ) -> Result<(Proven, Body), Fault> {
        let credential = self.platform.credential(&headers.access_key, now).await.map_err(fault)?;
        let credential =
            credential.ok_or_else(|| Fault::new(Code::UnknownAccessKey, "access-key: unknown or reset"))?;
        within_window(&headers.timestamp, headers.proof.names().0, now)?;
        let body = match &headers.proof {
            Proof::V1(signature) => {
                prove_v1(headers, signature, &credential)?;
                body
            }
            Proof::Strong(claim) => {
                if claim.is_expired(now.0) {
                    return Err(Fault::field(Code::TimestampOutOfRange, "expires", "has passed"));
                }
                let bytes = self.unproven(&parts.headers, body, entry.body_limit).await?;
                strong::holds(claim, parts, &bytes, credential.secret.expose())?;
                Body::from(bytes)
            }
        };
        Ok((
            Proven {
                credential,
                nonce: headers.one_of_a_kind(),
                nonce_until: now.plus_ms(NONCE_MEMORY_MS + SET_BACK_MS),
            },
            body,
        ))
    }

    /// Records the nonce; a write needs a new one, and a timestamp that this process could have seen.
    pub(crate) fn check_nonce(
        &self,
        headers: &SystemHeaders<'_>,
        proven: &Proven,
        writes: bool,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let (_, name) = headers.proof.names();
        if headers.nonce.chars().count() > NONCE_MAX {
            return Err(Fault::invalid(name, "1 to 64 characters"));
        }
        let needs_new = match proven.credential.developer.nonce_rule {
            NonceRule::Standard => writes,
            NonceRule::Strict if headers.nonce.is_empty() => {
                return Err(Fault::field(Code::MissingCredentials, name, "is required"));
            }
            NonceRule::Strict => true,
            NonceRule::Off => return Ok(()),
        };
        let fresh = self.nonces.record(&headers.access_key, &proven.nonce, self.uptime());
        if !needs_new {
            return Ok(());
        }
        if !fresh {
            return Err(Fault::field(Code::NonceReplayed, name, "was used before; a write needs a new one"));
        }
        // Nobody can make another request of a strong one that was overheard before the start.
        if writes && matches!(headers.proof, Proof::V1(_)) && before_start(&headers.timestamp, self.since(now)) {
            let text = "timestamp: lies before the start of this server; sign the request anew";
            return Err(Fault::new(Code::NonceReplayed, text));
        }
        Ok(())
    }

    /// Since when nobody else has heard requests. Where the clock is set back to before the start, everything that is signed
    /// by it would be older than the start, and is not.
    fn since(&self, now: Timestamp) -> Timestamp {
        let since = self.since.load(Ordering::Acquire);
        if now.0 >= since {
            return Timestamp(since);
        }
        // A whole window: what is on its way was signed a moment ago.
        let earlier = now.plus_ms(-WINDOW_MS);
        self.since.fetch_min(earlier.0, Ordering::AcqRel);
        earlier
    }

    /// Developer and user.
    pub(crate) async fn caller(
        &self,
        headers: &SystemHeaders<'_>,
        proven: &Proven,
        request_id: String,
    ) -> Result<Caller, Fault> {
        let developer = &proven.credential.developer;
        if !developer.enabled {
            return Err(Fault::new(Code::AccountDisabled, "the developer is disabled"));
        }
        let user = match headers.user_id {
            None => developer.default_user,
            Some(text) => text.parse::<UserId>().map_err(|_| no_user())?,
        };
        match self.platform.user_standing(developer.id, user).await.map_err(fault)? {
            UserStanding::Enabled => {}
            UserStanding::Disabled => return Err(Fault::new(Code::AccountDisabled, "user-id: the user is disabled")),
            UserStanding::Unknown => return Err(no_user()),
        }
        Ok(Caller { developer: developer.clone(), user, access_key: headers.access_key.to_string(), request_id })
    }
}

fn no_user() -> Fault {
    Fault::field(Code::UserNotAllowed, header::USER_ID, "not a user of this developer")
}

fn prove_v1(headers: &SystemHeaders<'_>, signature: &str, credential: &Credential) -> Result<(), Fault> {
    let SystemHeaders { access_key, timestamp, nonce, .. } = headers;
    if !(Signed { access_key, timestamp, nonce }).verify(signature, credential.secret.expose()) {
        return Err(Fault::new(Code::SignatureMismatch, "signature: does not match"));
    }
    match credential.developer.signature_rule {
        SignatureRule::Any => Ok(()),
        SignatureRule::Strong => {
            let text = "signature: the developer demands HTTP Message Signatures (RFC 9421); v1 was sent";
            Err(Fault::new(Code::StrongSignatureRequired, text))
        }
    }
}

fn within_window(text: &str, field: &str, now: Timestamp) -> Result<(), Fault> {
    let expected = "seconds or milliseconds since 1970, at most 600 s from the server's time";
    match timestamp_ms(text) {
        Some(ms) if ms.abs_diff(now.0) <= WINDOW_MS.unsigned_abs() => Ok(()),
        Some(_) | None => Err(Fault::field(Code::TimestampOutOfRange, field, format_args!("expected {expected}"))),
    }
}

/// A timestamp in seconds stands for its whole second.
fn before_start(text: &str, start: Timestamp) -> bool {
    let last = if text.len() <= 10 { 999 } else { 0 };
    timestamp_ms(text).is_some_and(|ms| ms + last < start.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_is_600_seconds_both_ways() {
        let now = Timestamp(1_775_221_032_000);
        for ok in ["1775221032", "1775220432", "1775221632", "1775221632000"] {
            assert!(within_window(ok, "timestamp", now).is_ok(), "{ok}");
        }
        for bad in ["1775220431", "1775221633", "1775221632001", "0", "x", ""] {
            assert_eq!(within_window(bad, "timestamp", now).unwrap_err().code, Code::TimestampOutOfRange, "{bad}");
        }
    }

    #[test]
    fn a_second_belongs_to_the_start_that_happened_in_it() {
        let start = Timestamp(1_775_221_032_500);
        assert!(!before_start("1775221032", start));
        assert!(before_start("1775221031", start));
        assert!(before_start("1775221032499", start));
    }
}
