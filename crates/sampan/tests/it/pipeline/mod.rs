//! What happens to a request before its operation (contract, Transport and System headers).

mod body;
mod fields;
mod limits;
mod nonce;
mod probes;
mod signature;
mod strong;
mod users;

use serde_json::{Value, json};

/// A read that every developer may call.
pub const READ: &str = "/developer/profile";
/// A write that every developer may call.
pub const WRITE: &str = "/developer/callback/set";

/// What [`WRITE`] sets.
pub fn setting(base: &str) -> Value {
    json!({ "signatureBase": base })
}
