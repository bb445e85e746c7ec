//! The five system headers of a signed call.
//!
//! Made anew for every try: a write whose nonce was seen before is refused, also when its `Idempotency-Key` is known.

use crate::{
    credentials::Credentials,
    sources::{NoRandomness, Sources},
};
use contract::signature::{Signed, header};

/// What a signed request carries beside its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemHeaders {
    pub access_key: String,
    /// Milliseconds since the epoch, or seconds, as text.
    pub timestamp: String,
    pub nonce: String,
    pub user_id: Option<String>,
    /// 32 upper-case hex characters.
    pub signature: String,
}

impl SystemHeaders {
    /// Signs with the time and a nonce from `sources`.
    pub fn fresh(credentials: &Credentials, sources: &Sources) -> Result<Self, NoRandomness> {
        Ok(Self::sign(credentials, sources.now().0.to_string(), sources.nonce()?))
    }

    /// Signs with a given time and nonce, as they are to stand in the headers.
    pub fn sign(credentials: &Credentials, timestamp: String, nonce: String) -> Self {
        let signed = Signed { access_key: &credentials.access_key, timestamp: &timestamp, nonce: &nonce };
        let signature = signed.sign(credentials.secret.expose());
        let (access_key, user_id) = (credentials.access_key.clone(), credentials.user_id.clone());
        Self { access_key, timestamp, nonce, user_id, signature }
    }

    /// Names and values in the order of the contract's table.
    pub fn pairs(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            (header::ACCESS_KEY, Some(self.access_key.as_str())),
            (header::TIMESTAMP, Some(self.timestamp.as_str())),
            (header::NONCE, Some(self.nonce.as_str())),
            (header::USER_ID, self.user_id.as_deref()),
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
    fn the_headers_are_those_of_the_contract_s_example() {
        let credentials = Credentials::new("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210");
        let nonce = "abcdefghijklmnopqrstuvwxyz012345".to_owned();
        let headers = SystemHeaders::sign(&credentials.for_user("2100000000001"), "1775221032".to_owned(), nonce);
        let names: Vec<_> = headers.pairs().map(|(name, _)| name).collect();
        assert_eq!(names, ["access-key", "timestamp", "nonce-str", "user-id", "signature"]);
        assert_eq!(headers.signature, "D5020791EE13AABD86A11338056566AB");
    }
}
