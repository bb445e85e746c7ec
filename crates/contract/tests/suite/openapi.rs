//! The document: complete, without dangling references, and true to what is printed.

use crate::sample::json;
use contract::{OPERATIONS, openapi};
use schemars::generate::{Contract, SchemaSettings};
use serde_json::Value;
use std::collections::BTreeSet;

fn references<'a>(value: &'a Value, out: &mut BTreeSet<&'a str>) {
    match value {
        Value::Object(map) => {
            out.extend(map.get("$ref").and_then(Value::as_str));
            map.values().for_each(|v| references(v, out));
        }
        Value::Array(list) => list.iter().for_each(|v| references(v, out)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn every_reference_resolves() {
    let document = openapi::document();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.len() > 50);
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

#[test]
fn no_definition_means_two_things() {
    let settings = |contract| SchemaSettings::draft2020_12().with(|s| s.contract = contract);
    let mut requests = settings(Contract::Deserialize).into_generator();
    let mut answers = settings(Contract::Serialize).into_generator();
    for operation in OPERATIONS {
        (operation.request_schema)(&mut requests);
        (operation.answer_schema)(&mut answers);
    }
    let answers = answers.take_definitions(true);
    for (name, schema) in requests.take_definitions(true) {
        assert!(answers.get(&name).is_none_or(|other| *other == schema), "{name}");
    }
}

#[test]
fn every_operation_says_how_it_is_called_and_how_it_refuses() {
    let document = openapi::document();
    for operation in OPERATIONS {
        let method = operation.method.name().to_ascii_lowercase();
        let item = &document["paths"][operation.path][&method];
        assert_eq!(item["operationId"], operation.id);
        for code in operation.errors {
            let refusal = &item["responses"][code.http().to_string()];
            assert!(refusal["description"].as_str().unwrap().contains(code.name()), "{} {code}", operation.id);
        }
    }
    let examples = document["components"]["examples"].as_object().unwrap();
    let envelope = jsonschema::validator_for(&document["components"]["schemas"]["Envelope"]).unwrap();
    assert!(examples.values().all(|example| envelope.is_valid(&example["value"])));
}

/// The schema of an answer, by itself.
fn answer(id: &str) -> jsonschema::Validator {
    let operation = OPERATIONS.iter().find(|o| o.id == id).unwrap();
    let settings = SchemaSettings::draft2020_12().with(|s| s.contract = Contract::Serialize);
    let mut generator = settings.into_generator();
    let mut schema = (operation.answer_schema)(&mut generator).to_value();
    schema["$defs"] = generator.take_definitions(true).into();
    jsonschema::validator_for(&schema).unwrap()
}

#[test]
fn the_published_answers_fit_their_schemas() {
    for (id, fixture) in [
        ("ka_refund_detail", include_str!("../fixtures/ka_refund_detail_response.json")),
        ("ka_refund_cancel", include_str!("../fixtures/ka_refund_cancel_response.json")),
        ("alibaba_refund_info", include_str!("../fixtures/v1_refund_info_response.json")),
    ] {
        let data = &json(fixture)["data"];
        let errors: Vec<String> = answer(id).iter_errors(data).map(|e| format!("{} {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{id}: {errors:?}");
    }
}

/// Names of fields under which answers have whole numbers that are ids, and which do not say so by their end.
const IDS_BY_ANOTHER_NAME: &[&str] = &["cantPayOrderList", "consignOfferList", "postFeeByDescOfferList", "phase"];

fn is_named_as_an_id(name: &str) -> bool {
    let ends = ["Id", "Ids", "ID", "IDs", "_id", "_ids"].iter().any(|end| name.ends_with(end));
    ends || name == "id" || name == "ids" || IDS_BY_ANOTHER_NAME.contains(&name)
}

/// Whole numbers under the name of an id, in the schema itself, in the rows of a list and in JSON text.
fn whole_ids<'a>(schema: &'a Value, name: &str, out: &mut Vec<(String, &'a Value)>) {
    match schema {
        Value::Object(map) => {
            let types = &schema["type"];
            let whole = types == "integer" || types.as_array().is_some_and(|all| all.iter().any(|t| t == "integer"));
            if whole && is_named_as_an_id(name) {
                out.push((name.to_owned(), schema));
            }
            for (key, inner) in map {
                match key.as_str() {
                    "properties" | "$defs" => {
                        inner.as_object().into_iter().flatten().for_each(|(name, field)| whole_ids(field, name, out));
                    }
                    "items" | "anyOf" | "contentSchema" => whole_ids(inner, name, out),
                    _ => {}
                }
            }
        }
        Value::Array(all) => all.iter().for_each(|one| whole_ids(one, name, out)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn every_whole_number_that_is_an_id_can_be_asked_for_as_text() {
    let mut answers = SchemaSettings::draft2020_12().with(|s| s.contract = Contract::Serialize).into_generator();
    let inline: Vec<Value> = OPERATIONS.iter().map(|o| (o.answer_schema)(&mut answers).to_value()).collect();
    let definitions = Value::Object(answers.take_definitions(true));
    let all = serde_json::json!({"properties": {"list": inline}, "$defs": definitions});
    let mut found = Vec::new();
    whole_ids(&all, "", &mut found);
    assert!(found.len() > 40, "{found:?}");
    for (name, schema) in found {
        assert_eq!(schema["x-id"], true, "{name}: {schema}");
    }
}
