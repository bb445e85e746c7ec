//! Who signs: an access key, its secret and the sub-account that a call is made for.
//!
//! Invariant: the secret never reaches a log by accident; `Debug` shows `***` and there is no `Display`.

use std::fmt;

/// What the platform's console gives a developer (`test-developer.json` of an embedded installation holds the same).
#[derive(Debug, Clone)]
pub struct Credentials {
    /// 32 lower-case hex characters; sent with every request.
    pub access_key: String,
    /// Signs; is never sent.
    pub secret: Secret,
    /// The sub-account, 13 digits beginning 21000. `None` means the developer's default user.
    pub user_id: Option<String>,
    /// How calls are signed.
    pub scheme: Scheme,
}

/// How a call is signed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scheme {
    /// MD5 over key, time and nonce; covers nothing of the call itself.
    #[default]
    V1,
    /// HTTP Message Signatures (RFC 9421) with Content-Digest.
    Strong,
}

impl Credentials {
    /// Credentials for the developer's default user.
    pub fn new(access_key: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self { access_key: access_key.into(), secret: secret.into(), user_id: None, scheme: Scheme::V1 }
    }

    /// The same key, on behalf of one sub-account.
    #[must_use]
    pub fn for_user(mut self, user_id: impl Into<String>) -> Self {
        self.user_id = Some(user_id.into());
        self
    }

    /// The same key, signing strongly.
    #[must_use]
    pub fn strongly(mut self) -> Self {
        self.scheme = Scheme::Strong;
        self
    }
}

/// An access secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text itself, for signing or for a file of mode 0600. Not for logs.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_credential_does_not_show_its_secret() {
        let printed = format!("{:?}", Credentials::new("key", "fedcba98").for_user("2100000000001"));
        assert!(printed.contains("***") && printed.contains("key") && !printed.contains("fedcba98"), "{printed}");
    }
}
