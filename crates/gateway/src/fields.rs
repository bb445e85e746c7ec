//! The body check: the request's own schema, compiled at first use. Missing or null where something is required is 40002,
//! anything else that does not fit is 40003; the message names the field and says what was expected, never what was sent.

use crate::whole;
use contract::{
    error::Fault,
    operation::{Entry, Operation},
};
use jsonschema::{
    ValidationError, Validator,
    error::{TypeKind, ValidationErrorKind},
};
use serde_json::Value;
use std::sync::OnceLock;

/// The check of one operation.
pub(crate) struct Fields {
    entry: Entry,
    check: OnceLock<Option<Check>>,
}

struct Check {
    validator: Validator,
    /// Required fields that may be null. Null counts as left out, so they may be left out as well.
    nullable: Vec<String>,
}

impl Fields {
    pub(crate) const fn new(entry: Entry) -> Self {
        Self { entry, check: OnceLock::new() }
    }

    pub(crate) fn check(&self, body: &Value) -> Result<(), Fault> {
        let check = self.check.get_or_init(|| compile(&self.entry));
        let Some(Check { validator, nullable }) = check else {
            return Err(Fault::new(contract::error::Code::InternalError, "a fault of the platform"));
        };
        // A missing field says more than a wrong one, so it is named first.
        let mut first = None;
        for error in validator.iter_errors(body) {
            let found = explain(&error);
            if found.missing && nullable.contains(&found.field) {
                continue;
            }
            if found.missing {
                return Err(Fault::missing(found.field));
            }
            first.get_or_insert(found);
        }
        first.map_or(Ok(()), |found| Err(Fault::invalid(found.field, found.expected)))
    }
}

fn compile(entry: &Entry) -> Option<Check> {
    let schema = entry.request_document();
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let nullable = required.filter(|name| takes_null(&schema["properties"][*name])).map(str::to_owned).collect();
    let validator = whole::rules()
        .build(&schema)
        .inspect_err(|error| tracing::error!(operation = entry.id, %error, "the request schema does not compile"));
    Some(Check { validator: validator.ok()?, nullable })
}

fn takes_null(schema: &Value) -> bool {
    schema["type"].as_array().is_some_and(|types| types.iter().any(|t| t == "null"))
}

/// Reads a checked body into the request's type; what the schema cannot say is 40003 with the path.
pub(crate) fn read<T: Operation>(body: Value) -> Result<T::Request, Fault> {
    serde_path_to_error::deserialize(body).map_err(|error| {
        let path = error.path().to_string();
        let field = if path == "." { "body".to_owned() } else { path };
        Fault::invalid(field, said(&error.into_inner().to_string()))
    })
}

/// serde says `invalid value: integer `5`, expected …`; only what was expected is for the caller.
fn said(text: &str) -> String {
    let expected = text.rsplit_once("expected ").map_or(text, |(_, expected)| expected);
    expected.split(" at line").next().unwrap_or(expected).to_owned()
}

struct Found {
    field: String,
    missing: bool,
    expected: String,
}

fn explain(error: &ValidationError<'_>) -> Found {
    let path = error.instance_path().as_str();
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            Found { field: field(&format!("{path}/{name}")), missing: true, expected: String::new() }
        }
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            inner(error, context)
        }
        kind => Found { field: field(path), missing: error.instance().is_null(), expected: expected(kind) },
    }
}

/// A nullable object fails in both branches; the one that got further is the one that was meant.
fn inner(error: &ValidationError<'_>, context: &[Vec<ValidationError<'static>>]) -> Found {
    let depth = |e: &&ValidationError<'static>| e.instance_path().as_str().len();
    let meant = context.iter().flatten().filter(|e| depth(e) > error.instance_path().as_str().len()).max_by_key(depth);
    match meant {
        Some(deeper) => explain(deeper),
        None => {
            let words: Vec<String> =
                context.iter().flatten().map(|e| expected(e.kind())).filter(|w| w != "null").collect();
            Found {
                field: field(error.instance_path().as_str()),
                missing: error.instance().is_null(),
                expected: words.join(" or "),
            }
        }
    }
}

/// `/cargoParamList/0/quantity` as `cargoParamList[0].quantity`.
fn field(pointer: &str) -> String {
    let mut out = String::new();
    for part in pointer.split('/').filter(|p| !p.is_empty()) {
        if part.bytes().all(|b| b.is_ascii_digit()) {
            out.push_str(&format!("[{part}]"));
        } else {
            if !out.is_empty() {
                out.push('.');
            }
            out.push_str(&part.replace("~1", "/").replace("~0", "~"));
        }
    }
    if out.is_empty() { "body".to_owned() } else { out }
}

fn expected(kind: &ValidationErrorKind) -> String {
    match kind {
        ValidationErrorKind::Type { kind: TypeKind::Single(one) } => one.to_string(),
        ValidationErrorKind::Type { kind: TypeKind::Multiple(set) } => {
            let names: Vec<String> = set.iter().map(|t| t.to_string()).filter(|name| name != "null").collect();
            names.join(" or ")
        }
        ValidationErrorKind::Enum { options } => format!("one of {options}"),
        ValidationErrorKind::Minimum { limit } => format!("at least {limit}"),
        ValidationErrorKind::Maximum { limit } => format!("at most {limit}"),
        ValidationErrorKind::MinLength { limit } => format!("at least {limit} characters"),
        ValidationErrorKind::MaxLength { limit } => format!("at most {limit} characters"),
        ValidationErrorKind::MinItems { limit } => format!("at least {limit} elements"),
        ValidationErrorKind::MaxItems { limit } => format!("at most {limit} elements"),
        ValidationErrorKind::Format { format } => format!("the format {format}"),
        ValidationErrorKind::Pattern { pattern } => format!("the pattern {pattern}"),
        ValidationErrorKind::Custom { message, .. } => message.clone(),
        other => format!("a value that keeps the rule {}", other.keyword()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(schema: Value, body: Value) -> (String, bool, String) {
        let validator = jsonschema::validator_for(&schema).unwrap();
        let error = validator.iter_errors(&body).next().unwrap();
        let found = explain(&error);
        (found.field, found.missing, found.expected)
    }

    #[test]
    fn a_message_names_the_field_and_what_was_expected() {
        let schema = json!({"type":"object","required":["a"],"properties":{
            "a":{"type":["integer","string"]},
            "b":{"anyOf":[{"type":"object","required":["c"],"properties":{"c":{"type":"integer","minimum":1}}},{"type":"null"}]},
            "d":{"type":"array","items":{"type":"object","properties":{"q":{"type":"number"}}}}}});
        assert_eq!(found(schema.clone(), json!({})), ("a".into(), true, String::new()));
        assert!(found(schema.clone(), json!({"a":null})).1);
        assert_eq!(found(schema.clone(), json!({"a":true})), ("a".into(), false, "integer or string".into()));
        assert_eq!(found(schema.clone(), json!({"a":1,"b":{"c":0}})), ("b.c".into(), false, "at least 1".into()));
        assert_eq!(found(schema.clone(), json!({"a":1,"b":3})), ("b".into(), false, "object".into()));
        assert_eq!(found(schema, json!({"a":1,"d":[{},{"q":"x"}]})), ("d[1].q".into(), false, "number".into()));
    }
}
