//! The body of a request, and the envelope of an answer as a client reads it.

use contract::{envelope::Received, error::Code};
use serde_json::Value;

/// Bytes of a body.
pub fn run(data: &[u8]) {
    match gateway::read_object(data) {
        Ok(fields) => {
            let printed = Value::Object(fields.clone()).to_string();
            assert!(depth(&Value::Object(fields.clone())) <= 64);
            let again = gateway::read_object(printed.as_bytes()).expect("what was read is printed");
            // The last digit of a decimal is the parser's own.
            assert!(again == fields || !is_whole(&Value::Object(fields)));
        }
        Err(fault) => {
            assert_eq!(fault.code, Code::MalformedRequest);
            assert!(fault.message.len() < 200, "a refusal never repeats what was sent: {}", fault.message);
        }
    }
    if let Ok(envelope) = serde_json::from_slice::<Received<Value>>(data) {
        assert!(Code::from_number(envelope.code).is_none_or(|code| code.number() == envelope.code));
    }
}

/// No number with a fraction.
fn is_whole(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.values().all(is_whole),
        Value::Array(items) => items.iter().all(is_whole),
        Value::Number(number) => !number.is_f64(),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Object(fields) => 1 + fields.values().map(depth).max().unwrap_or(0),
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}
