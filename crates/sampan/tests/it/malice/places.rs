//! The places of a request: every field that its schema knows, also those inside lists and objects.

use contract::operation::Entry;
use serde_json::{Map, Value, json};
use std::fmt;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Field(String),
    /// The first element of a list.
    Item,
}

/// One place with what its schema takes.
#[derive(Debug, Clone)]
pub struct Place {
    steps: Vec<Step>,
    schema: Value,
}

/// All places of the requests of an operation.
pub fn of(entry: &Entry) -> Vec<Place> {
    let root = entry.request_document();
    let mut out = Vec::new();
    collect(&root, &root, &[], &mut out);
    out
}

fn collect(root: &Value, schema: &Value, steps: &[Step], out: &mut Vec<Place>) {
    for branch in branches(root, schema) {
        for (name, inner) in branch["properties"].as_object().into_iter().flatten() {
            enter(root, inner, [steps, &[Step::Field(name.clone())]].concat(), out);
        }
        if branch["items"].is_object() {
            enter(root, &branch["items"], [steps, &[Step::Item]].concat(), out);
        }
    }
}

fn enter(root: &Value, schema: &Value, steps: Vec<Step>, out: &mut Vec<Place>) {
    assert!(steps.len() < 20, "a schema that contains itself: {steps:?}");
    let types = branches(root, schema).iter().flat_map(|branch| words(&branch["type"])).collect::<Vec<_>>();
    let place = Place { steps: steps.clone(), schema: json!({"types": types, "format": schema["format"]}) };
    if !out.iter().any(|known| known.steps == place.steps) {
        out.push(place);
    }
    collect(root, schema, &steps, out);
}

/// The schema itself, what it refers to, and each alternative.
fn branches<'s>(root: &'s Value, schema: &'s Value) -> Vec<&'s Value> {
    let mut out = vec![schema];
    if let Some(reference) = schema["$ref"].as_str() {
        let target = root.pointer(reference.trim_start_matches('#')).expect("a definition");
        out.extend(branches(root, target));
    }
    for several in ["allOf", "anyOf", "oneOf"] {
        out.extend(schema[several].as_array().into_iter().flatten().flat_map(|one| branches(root, one)));
    }
    out
}

fn words(types: &Value) -> Vec<String> {
    match types {
        Value::String(one) => vec![one.clone()],
        Value::Array(several) => several.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

impl Place {
    /// The name of the field; of an element, that of its list.
    pub fn name(&self) -> &str {
        let field = |step: &'_ Step| matches!(step, Step::Field(_));
        match self.steps.iter().rev().find(|step| field(step)) {
            Some(Step::Field(name)) => name,
            _ => "",
        }
    }

    pub fn is_element(&self) -> bool {
        self.steps.last() == Some(&Step::Item)
    }

    pub fn is_top(&self) -> bool {
        self.steps.len() == 1
    }

    /// Whether it takes this JSON type; a place without a type takes all.
    pub fn takes(&self, kind: &str) -> bool {
        let types = self.schema["types"].as_array().expect("types");
        types.is_empty() || types.iter().any(|t| t == kind || (t == "number" && kind == "integer"))
    }

    pub fn is_list(&self) -> bool {
        self.takes("array") && !self.takes("object")
    }

    pub fn is_text(&self) -> bool {
        self.takes("string") && !self.takes("object")
    }

    /// Takes numbers and texts alike, as ids do.
    pub fn is_id(&self) -> bool {
        self.takes("integer") && self.is_text()
    }

    /// Puts a value there, with the lists and objects on the way.
    pub fn put(&self, body: &mut Value, value: Value) {
        let mut at = body;
        for step in &self.steps {
            at = match step {
                Step::Field(name) => {
                    if !at.is_object() {
                        *at = json!({});
                    }
                    &mut at[name]
                }
                Step::Item => {
                    if at.as_array().is_none_or(Vec::is_empty) {
                        *at = json!([null]);
                    }
                    &mut at[0]
                }
            };
        }
        *at = value;
    }

    /// What stands there.
    pub fn of<'v>(&self, body: &'v Value) -> Option<&'v Value> {
        self.steps.iter().try_fold(body, |at, step| match step {
            Step::Field(name) => at.get(name),
            Step::Item => at.get(0),
        })
    }

    /// Puts elements into the list of which it is one.
    pub fn parent_list(&self, body: &mut Value, elements: Vec<Value>) {
        let list = Self { steps: self.steps[..self.steps.len() - 1].to_vec(), schema: Value::Null };
        list.put(body, Value::Array(elements));
    }

    /// The body with another value there.
    pub fn with(&self, body: &Value, value: Value) -> Value {
        let mut body = if body.is_object() { body.clone() } else { Value::Object(Map::new()) };
        self.put(&mut body, value);
        body
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.steps.iter().enumerate() {
            match step {
                Step::Field(name) if at == 0 => write!(f, "{name}")?,
                Step::Field(name) => write!(f, ".{name}")?,
                Step::Item => write!(f, "[0]")?,
            }
        }
        Ok(())
    }
}

#[test]
fn every_field_of_an_example_is_a_place() {
    for entry in contract::OPERATIONS {
        let places = of(entry);
        for text in entry.examples {
            let example: Value = serde_json::from_str(text).expect("an example is JSON");
            for (name, value) in example.as_object().expect("an object") {
                let place = places.iter().find(|place| place.is_top() && place.name() == name);
                assert!(place.is_some(), "{} has no place {name}", entry.id);
                let elements = value.as_array().is_some_and(|list| !list.is_empty());
                let listed = places.iter().any(|place| place.to_string() == format!("{name}[0]"));
                assert!(!elements || listed, "{} has no place {name}[0]", entry.id);
            }
        }
    }
}
