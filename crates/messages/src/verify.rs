//! The verification of a callback URL: one signed message of type VERIFY, sent once and kept nowhere. HTTP 200 passes.

use crate::{
    address::AddressRule,
    callback_url::{CallbackUrl, UrlError},
    envelope::{Attempt, SealError, Sealed, seal},
    post::{Outcome, Poster},
    target::Target,
    topics::MessageEdition,
};
use domain::{DeveloperId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    #[error(transparent)]
    Url(#[from] UrlError),
    #[error(transparent)]
    Seal(#[from] SealError),
}

/// Posts the verification to `target.url`, verified or not; [`Outcome::acknowledged`] says whether it passed.
pub async fn verify(
    poster: &Poster,
    rule: &AddressRule,
    developer: DeveloperId,
    edition: MessageEdition,
    target: &Target,
    at: Timestamp,
) -> Result<Outcome, VerifyError> {
    let url = CallbackUrl::accept(&target.url, rule)?;
    let body = match edition {
        MessageEdition::V1 | MessageEdition::V2 => "{}",
        MessageEdition::Ka => "\"{}\"",
    };
    let message =
        Sealed { id: 0, developer, message_type: "VERIFY", platform: 1, body, sequence: None, request_id: None };
    let callback = seal(&message, Attempt { retry_count: 0, at }, target.key(), target.base)?;
    Ok(poster.post(&url, &callback.headers, callback.body.into()).await)
}
