//! The strong request signature: HTTP Message Signatures (RFC 9421) in one profile, with Content-Digest (RFC 9530).
//!
//! Label `sampan`; covered are `@method`, `@path`, `@query` where there is a query, `user-id` and `content-digest` where the
//! request has them (one with a body must); parameters `created` (the rule of v1's timestamp), `nonce` (the rule of v1's
//! nonce), `keyid` = access key, `alg` = `hmac-sha256`; the key is the bytes of the secret. Further fields may be covered.
//!
//! Structured fields are read and written by `sfv`; the signature base is ours. The crate `httpsig` was rejected: it brings
//! four families of public-key cryptography for the one HMAC that this profile has, and judges no profile.

mod base;
mod claim;
pub mod digest;
mod sign;
#[cfg(test)]
mod tests;

pub use base::Message;
pub use claim::Claim;
pub use sign::{Signed, Signer};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The label of our signature in `Signature-Input` and `Signature`.
pub const LABEL: &str = "sampan";

/// The one algorithm.
pub const ALGORITHM: &str = "hmac-sha256";

/// Names of parameters.
mod parameter {
    pub(super) const CREATED: &str = "created";
    pub(super) const EXPIRES: &str = "expires";
    pub(super) const NONCE: &str = "nonce";
    pub(super) const KEY_ID: &str = "keyid";
    pub(super) const ALG: &str = "alg";
}

/// Names of what is covered beside header fields.
mod component {
    pub(super) const METHOD: &str = "@method";
    pub(super) const PATH: &str = "@path";
    pub(super) const QUERY: &str = "@query";
    pub(super) const AUTHORITY: &str = "@authority";
}

/// HMAC-SHA256 over a signature base under the bytes of a secret.
fn mac(secret: &[u8], base: &str) -> Hmac<Sha256> {
    Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of any length").chain_update(base.as_bytes())
}
