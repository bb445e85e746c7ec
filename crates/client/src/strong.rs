//! The strong signature of a call: what is added to it.
//!
//! Made anew for every try, like v1's headers, over the address and body that are sent.

use crate::{credentials::Credentials, error::ClientError, sources::Sources};
use contract::{
    signature::header,
    strong::{Message, Signer, digest},
};

/// What is signed of a call, as it travels.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// In capitals.
    pub method: &'a str,
    /// Percent-encoded, with the path of the base address.
    pub path: &'a str,
    /// Percent-encoded, without the question mark.
    pub query: Option<&'a str>,
    pub body: &'a [u8],
}

/// What a strongly signed request carries beside its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StrongHeaders {
    pub user_id: Option<String>,
    /// Of a call with a body.
    pub content_digest: Option<String>,
    pub signature_input: String,
    pub signature: String,
}

impl StrongHeaders {
    /// Signs with the time and a nonce from `sources`.
    pub fn fresh(credentials: &Credentials, sources: &Sources, target: &Target<'_>) -> Result<Self, ClientError> {
        Self::sign(credentials, sources.now().0 / 1000, &sources.nonce()?, target)
    }

    /// Signs with a given time (seconds since the epoch) and nonce.
    pub fn sign(
        credentials: &Credentials,
        created: i64,
        nonce: &str,
        target: &Target<'_>,
    ) -> Result<Self, ClientError> {
        let user_id = credentials.user_id.clone();
        let content_digest = (!target.body.is_empty()).then(|| digest::of(target.body));
        let field = |name: &str| match name {
            header::USER_ID => user_id.clone(),
            header::CONTENT_DIGEST => content_digest.clone(),
            _ => None,
        };
        let Target { method, path, query, .. } = *target;
        let signer = Signer { access_key: &credentials.access_key, created, nonce };
        let signed = signer.sign(&Message { method, path, query, field: &field }, credentials.secret.expose());
        let signed = signed.map_err(|fault| ClientError::Request(fault.message))?;
        Ok(Self { user_id, content_digest, signature_input: signed.signature_input, signature: signed.signature })
    }

    /// Names and values.
    pub fn pairs(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            (header::USER_ID, self.user_id.as_deref()),
            (header::CONTENT_DIGEST, self.content_digest.as_deref()),
            (header::SIGNATURE_INPUT, Some(self.signature_input.as_str())),
            (header::SIGNATURE, Some(self.signature.as_str())),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headers_are_those_of_the_published_vector() {
        let credentials = Credentials::new("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210");
        let target = Target {
            method: "POST",
            path: "/alibaba/ka/refund/detail",
            query: Some("ids=string"),
            body: br#"{"refundId":"TQ36706338027991577"}"#,
        };
        let nonce = "abcdefghijklmnopqrstuvwxyz012345";
        let headers =
            StrongHeaders::sign(&credentials.for_user("2100000000001"), 1_775_221_032, nonce, &target).unwrap();
        let names: Vec<_> = headers.pairs().map(|(name, _)| name).collect();
        assert_eq!(names, ["user-id", "content-digest", "signature-input", "signature"]);
        assert_eq!(headers.signature, "sampan=:JWIBx4Vi4Y7/jmaV0qhlV+7i3xx83WixfthfgYK8mSU=:");
    }
}
