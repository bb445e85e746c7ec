//! The system headers in the document, as components that each operation refers to.

use crate::signature::{NONCE_MAX, header};
use serde_json::{Value, json};

const SIGNED: &[&str] = &[
    header::ACCESS_KEY,
    header::TIMESTAMP,
    header::NONCE,
    header::USER_ID,
    header::SIGNATURE,
    header::SIGNATURE_INPUT,
    header::CONTENT_DIGEST,
];

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
            "v1: UPPER(HEX(MD5(access-key + timestamp + nonce-str + AccessSecret))), values only, no separators. In a request \
             with Signature-Input: the strong signature, `sampan=:` base64 `:`; such a request needs no access-key, timestamp \
             and nonce-str.",
            json!({"type": "string", "pattern": "^([0-9A-Fa-f]{32}|.*sampan=:[A-Za-z0-9+/]+=*:.*)$"})),
        header::SIGNATURE_INPUT: parameter(header::SIGNATURE_INPUT, false,
            "Makes the request a strong one (RFC 9421): `sampan=(\"@method\" \"@path\" ...);created=...;nonce=\"...\";\
             keyid=\"<access-key>\";alg=\"hmac-sha256\"`. Covers @method, @path, @query where there is one, user-id and \
             content-digest where the request has them.",
            json!({"type": "string"})),
        header::CONTENT_DIGEST: parameter(header::CONTENT_DIGEST, false,
            "sha-256 or sha-512 of the body (RFC 9530); a strong request with a body must have and cover it.",
            json!({"type": "string"})),
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
        "strongSignature": scheme(header::SIGNATURE_INPUT,
            "HTTP Message Signatures (RFC 9421), hmac-sha256 under the bytes of the access secret, label sampan, with \
             Content-Digest (RFC 9530). It covers method, path, query, user-id and body. A developer may be set to take no other."),
    })
}

/// Either scheme.
pub(super) fn requirements() -> Value {
    json!([{"accessKey": [], "signature": []}, {"strongSignature": []}])
}
