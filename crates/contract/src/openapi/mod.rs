//! The OpenAPI 3.1 document, made from the table of operations when it is asked for.
//!
//! Requests and answers have their own schema generators: a request may leave out what is optional, an answer prints every
//! field. Both put their definitions under `components/schemas`; a test holds that no name means two things.

mod answers;
mod headers;

use crate::{
    limits::RouteClass,
    operation::{Content, Entry, Method},
    operations::OPERATIONS,
};
use schemars::{
    SchemaGenerator,
    generate::{Contract, SchemaSettings},
};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The whole document.
pub fn document() -> Value {
    let mut schemas = Schemas::new();
    let mut paths = Map::new();
    for entry in OPERATIONS {
        let item = paths.entry(entry.path).or_insert_with(|| json!({}));
        item[entry.method.name().to_ascii_lowercase()] = operation(entry, &mut schemas);
    }
    json!({
        "openapi": "3.1.0",
        "info": info(),
        "servers": [{"url": "/"}, {"url": "/api"}],
        "security": headers::requirements(),
        "tags": tags(),
        "paths": paths,
        "components": {
            "parameters": headers::parameters(),
            "securitySchemes": headers::schemes(),
            "examples": answers::examples(),
            "schemas": schemas.definitions(),
        },
    })
}

/// The two generators, with definitions under one roof.
struct Schemas {
    requests: SchemaGenerator,
    answers: SchemaGenerator,
}

impl Schemas {
    fn new() -> Self {
        let settings = |contract| {
            SchemaSettings::draft2020_12().with(|s| {
                s.definitions_path = "/components/schemas".into();
                s.meta_schema = None;
                s.contract = contract;
            })
        };
        Self {
            requests: settings(Contract::Deserialize).into_generator(),
            answers: settings(Contract::Serialize).into_generator(),
        }
    }

    fn definitions(mut self) -> Map<String, Value> {
        let mut all = self.requests.take_definitions(true);
        all.extend(self.answers.take_definitions(true));
        all.insert("Envelope".to_owned(), answers::envelope());
        all.sort_keys();
        all
    }
}

fn info() -> Value {
    json!({
        "title": "Sampan",
        "version": env!("CARGO_PKG_VERSION"),
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        "description": "One signed HTTP API over cross-border marketplaces. Every answer is an envelope; `code` 200 is \
            success, and the HTTP status follows the code. Ids are 64-bit: requests take a number or a text.",
    })
}

fn tags() -> Value {
    let groups: BTreeSet<&str> = OPERATIONS.iter().map(|o| o.group).collect();
    groups.into_iter().map(|name| json!({"name": name})).collect()
}

fn operation(entry: &Entry, schemas: &mut Schemas) -> Value {
    let mut out = json!({
        "operationId": entry.id,
        "summary": entry.title,
        "tags": [entry.group],
        "x-edition": entry.edition.name(),
        "x-writes": entry.writes,
        "x-limit-class": RouteClass::of(entry).map(RouteClass::word),
        "parameters": parameters(entry),
        "responses": answers::responses(entry, (entry.answer_schema)(&mut schemas.answers).to_value()),
    });
    if entry.method == Method::Post {
        out["requestBody"] = request_body(entry, schemas);
    }
    out
}

fn parameters(entry: &Entry) -> Vec<Value> {
    let query = entry.query.iter().map(|field| {
        json!({
            "name": field.name,
            "in": "query",
            "required": field.required,
            "description": field.note,
            "schema": {"type": "string"},
            "examples": query_examples(entry, field.name),
        })
    });
    query.chain(headers::references(entry.writes)).collect()
}

fn query_examples(entry: &Entry, field: &str) -> Value {
    let values = examples(entry);
    let named = values.iter().enumerate().filter(|(_, value)| !value[field].is_null());
    named.map(|(at, value)| ((at + 1).to_string(), json!({"value": value[field]}))).collect::<Map<_, _>>().into()
}

fn request_body(entry: &Entry, schemas: &mut Schemas) -> Value {
    let schema = (entry.request_schema)(&mut schemas.requests).to_value();
    let shown: Map<String, Value> =
        examples(entry).into_iter().enumerate().map(|(at, v)| ((at + 1).to_string(), json!({"value": v}))).collect();
    let mut content = Map::new();
    content.insert("application/json".to_owned(), json!({"schema": schema, "examples": shown}));
    let document = entry.request_document();
    match entry.content {
        Content::Json => {}
        Content::MultipartOrJson => {
            content.insert("multipart/form-data".to_owned(), json!({"schema": form(&document)}));
        }
    }
    let from_query = |name: &Value| entry.query.iter().any(|field| *name == field.name);
    let required = document["required"].as_array().is_some_and(|names| !names.iter().all(from_query));
    json!({"required": required, "content": content})
}

/// The same fields as file parts.
fn form(request: &Value) -> Value {
    let names = request["properties"].as_object().into_iter().flat_map(Map::keys);
    let parts: Map<String, Value> =
        names.map(|name| (name.clone(), json!({"type": "string", "format": "binary"}))).collect();
    json!({"type": "object", "required": request["required"], "properties": parts})
}

fn examples(entry: &Entry) -> Vec<Value> {
    entry
        .examples
        .iter()
        .map(|text| serde_json::from_str(text).expect("examples are JSON texts, as their test holds"))
        .collect()
}
