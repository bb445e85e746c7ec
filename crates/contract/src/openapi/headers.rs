//! The system headers in the document, as components that each operation refers to.

use crate::signature::{NONCE_MAX, header};
use serde_json::{Value, json};

const SIGNED: &[&str] = &[header::ACCESS_KEY, header::TIMESTAMP, header::NONCE, header::USER_ID, header::SIGNATURE];

/// What any request may ask beside its operation.
const OPTIONS: &[&str] = &[header::IDS, header::INCLUDE_UPSTREAM];

pub(super) fn references(writes: bool) -> impl Iterator<Item = Value> {
    let key = writes.then_some(header::IDEMPOTENCY_KEY);
    SIGNED
        .iter()
        .copied()
        .chain(key)
        .chain(OPTIONS.iter().copied())
        .map(|name| json!({"$ref": format!("#/components/parameters/{name}")}))
}

pub(super) fn parameters() -> Value {
    json!({
        header::ACCESS_KEY: parameter(header::ACCESS_KEY, true, "The developer's key.",
            json!({"type": "string", "pattern": "^[0-9a-f]{32}$"})),
        header::TIMESTAMP: parameter(header::TIMESTAMP, true,
            "UTC epoch in seconds (10 digits) or milliseconds (13 digits), at most 600 s from the server's time.",
            json!({"type": "string", "pattern": "^[0-9]+$"})),
        header::NONCE: parameter(header::NONCE, false,
            "Random text, 32 characters advised. Each try of a request that changes state needs a fresh one.",
            json!({"type": "string", "maxLength": NONCE_MAX})),
        header::USER_ID: parameter(header::USER_ID, false,
            "Sub-account; the developer's default user where it is left out.", json!({"type": "string"})),
        header::SIGNATURE: parameter(header::SIGNATURE, true,
            "UPPER(HEX(MD5(access-key + timestamp + nonce-str + AccessSecret))), values only, no separators.",
            json!({"type": "string", "pattern": "^[0-9A-Fa-f]{32}$"})),
        header::IDEMPOTENCY_KEY: parameter(header::IDEMPOTENCY_KEY, false,
            "1 to 64 printable ASCII characters. The same key and content give the first answer again for 24 h.",
            json!({"type": "string", "minLength": 1, "maxLength": 64})),
        header::IDS: parameter(header::IDS, false,
            "string: every id of `data` that is an integer below is printed as text, for clients whose numbers are doubles; \
             number: as below. The query parameter `ids` says the same and wins.",
            json!({"type": "string", "enum": ["string", "number"]})),
        header::INCLUDE_UPSTREAM: parameter(header::INCLUDE_UPSTREAM, false,
            "true: the envelope has a member `upstream` after `data`, with what the marketplace answered. Granted by the \
             operator (else 40301); not in the edition v2, whose ids are opaque (40301).",
            json!({"type": "string", "enum": ["true", "false"]})),
    })
}

fn parameter(name: &str, required: bool, description: &str, schema: Value) -> Value {
    json!({"name": name, "in": "header", "required": required, "description": description, "schema": schema})
}

pub(super) fn schemes() -> Value {
    let scheme = |name: &str, text: &str| json!({"type": "apiKey", "in": "header", "name": name, "description": text});
    json!({
        "accessKey": scheme(header::ACCESS_KEY, "Names the developer."),
        "signature": scheme(header::SIGNATURE,
            "MD5 over access-key, timestamp, nonce-str and the access secret, in upper-case hex. It covers neither path nor body, so \
             a request that changes state is refused when its nonce was seen before."),
    })
}

pub(super) fn requirement() -> Value {
    json!({"accessKey": [], "signature": []})
}
