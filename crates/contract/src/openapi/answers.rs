//! Answers in the document: the envelope with typed `data`, and each HTTP status with the codes that it can carry.

use crate::{
    envelope::SUCCESS,
    error::Code,
    operation::{Entry, SHARED_ERRORS},
    signature::header,
};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

const REQUEST_ID: &str = "ef3eb87802e645708d5896b548410756";

/// The envelope without a type for `data`.
pub(super) fn envelope() -> Value {
    json!({
        "type": "object",
        "description": "Every answer. Errors carry data null.",
        "required": ["requestId", "code", "developId", "msg", "data"],
        "properties": {
            "requestId": {"type": "string", "pattern": "^[0-9a-f]{32}$", "description": "Looks the call up in the log."},
            "code": {"type": "integer", "description": "200 is success."},
            "developId": {"type": ["string", "null"], "description": "Null before the signature holds."},
            "msg": {"type": "string"},
            "data": {},
            "upstream": upstream(),
        },
    })
}

/// [`crate::upstream::Upstream`]: only where the request asked for it.
fn upstream() -> Value {
    json!({
        "type": "object",
        "description": "With X-Include-Upstream: what the marketplace said, as received but for tokens and keys.",
        "properties": {
            "calls": {"type": "array", "items": {"type": "object", "properties": {
                "api": {"type": "string", "description": "The marketplace's name of the call."},
                "answer": {"description": "Null where it was no JSON, or is about more than this caller's things."},
            }}},
            "mirror": {"type": "array", "items": {"type": "object", "properties": {
                "object": {"enum": ["order", "refund"]},
                "id": {"type": "string"},
                "asOf": {"type": "string", "format": "date-time"},
                "document": {},
            }}},
            "leftOut": {"type": "integer", "description": "What found no room (1 MiB, 100 entries)."},
        },
    })
}

pub(super) fn responses(entry: &Entry, data: Value) -> Value {
    let mut out = Map::new();
    out.insert("200".to_owned(), success(data));
    for (status, codes) in by_status(entry) {
        out.insert(status.to_string(), refusal(status, &codes));
    }
    out.into()
}

fn success(data: Value) -> Value {
    let schema = json!({
        "allOf": [{"$ref": "#/components/schemas/Envelope"}],
        "type": "object",
        "properties": {"code": {"const": Code::Success.number()}, "msg": {"type": "string", "description": SUCCESS}, "data": data},
    });
    json!({
        "description": Code::Success.meaning(),
        "headers": limits(),
        "content": {"application/json": {"schema": schema}},
    })
}

fn by_status(entry: &Entry) -> BTreeMap<u16, Vec<Code>> {
    let codes: BTreeSet<Code> = SHARED_ERRORS.iter().chain(entry.errors).copied().collect();
    let mut out: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
    for code in codes {
        out.entry(code.http()).or_default().push(code);
    }
    out
}

fn refusal(status: u16, codes: &[Code]) -> Value {
    let names: Vec<String> = codes.iter().map(Code::to_string).collect();
    let numbers: Vec<u32> = codes.iter().map(|c| c.number()).collect();
    let examples: Map<String, Value> = codes
        .iter()
        .map(|c| (c.name().to_owned(), json!({"$ref": format!("#/components/examples/{}", c.name())})))
        .collect();
    let schema = json!({
        "allOf": [{"$ref": "#/components/schemas/Envelope"}],
        "properties": {"code": {"enum": numbers}, "data": {"type": "null"}},
    });
    let mut out = json!({
        "description": names.join(", "),
        "content": {"application/json": {"schema": schema, "examples": examples}},
    });
    out["headers"] = limits();
    if matches!(status, 429 | 503) {
        out["headers"]["Retry-After"] = json!({"description": "Seconds.", "schema": {"type": "integer"}});
    }
    out
}

/// Where a limit holds, and the signature held.
fn limits() -> Value {
    let field = |text: &str| json!({"description": text, "schema": {"type": "string"}});
    json!({
        header::RATE_LIMIT_POLICY: field("The limits that hold, such as `\"reads\";q=600;w=60, \"day\";q=100000;w=86400`."),
        header::RATE_LIMIT: field("What is left of them, such as `\"reads\";r=599;t=1, \"day\";r=99999;t=3600`."),
    })
}

/// One example of each refusal.
pub(super) fn examples() -> Value {
    let refusals = Code::ALL.iter().filter(|c| **c != Code::Success);
    let rows = refusals.map(|code| {
        let answer = json!({
            "requestId": REQUEST_ID,
            "code": code.number(),
            "developId": null,
            "msg": code.meaning(),
            "data": null,
        });
        (code.name().to_owned(), json!({"summary": code.to_string(), "value": answer}))
    });
    rows.collect::<Map<_, _>>().into()
}
