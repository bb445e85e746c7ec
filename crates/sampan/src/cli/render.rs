//! JSON for people whose shape a command need not know: objects as lines, lists of objects as tables.

use super::screen::{Screen, Tone};
use serde_json::{Map, Value};

/// Prints JSON text; what is no JSON is printed as it is.
pub fn render(text: &str, screen: &mut Screen) {
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Array(rows)) => list(&rows, screen),
        Ok(Value::Object(fields)) => object(&fields, screen),
        Ok(Value::Null) => screen.line("done"),
        Ok(Value::String(text)) => screen.line(&text),
        Ok(Value::Bool(_) | Value::Number(_)) => screen.line(text.trim()),
        Err(_) => screen.line(text),
    }
}

/// Plain fields first, then each list under its name.
fn object(fields: &Map<String, Value>, screen: &mut Screen) {
    let (lists, plain): (Vec<_>, Vec<_>) = fields.iter().partition(|(_, value)| is_table(value));
    let pairs: Vec<_> = plain.into_iter().map(|(name, value)| (name.as_str(), cell(value))).collect();
    screen.pairs(&pairs);
    for (name, value) in lists {
        let title = screen.paint(Tone::Strong, name);
        screen.line(&title);
        list(value.as_array().map_or(&[], Vec::as_slice), screen);
    }
}

fn is_table(value: &Value) -> bool {
    value.as_array().is_some_and(|rows| !rows.is_empty() && rows.iter().all(Value::is_object))
}

fn list(rows: &[Value], screen: &mut Screen) {
    let Some(first) = rows.first().and_then(Value::as_object) else {
        return rows.iter().for_each(|row| screen.line(&cell(row)));
    };
    let head: Vec<&str> = first.keys().map(String::as_str).collect();
    let cells = |row: &Value| head.iter().map(|name| row.get(*name).map(cell).unwrap_or_default()).collect();
    let body: Vec<Vec<String>> = rows.iter().map(cells).collect();
    screen.table(&head, &body);
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            items.iter().map(cell).collect::<Vec<_>>().join(", ")
        }
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}
