//! Answers that are JSON and not what was promised. Written as text, since a number may be larger than any type holds.

use serde_json::Value;

/// Names whose value tells success from failure: they stay, so that an answer is not a refusal by accident.
const VERDICTS: &[&str] = &["success", "succes", "code", "errorCode", "error_code", "resultCode"];
/// A text of so many digits is a number in quotes.
const NUMERAL: usize = 10;

/// The answer with `number` in the place of every number, and of every long numeral in quotes.
pub(super) fn huge_numbers(answer: &Value, number: &str) -> String {
    let swap = |value: &Value| match value {
        Value::Number(_) => Some(number.to_owned()),
        Value::String(text) if text.len() >= NUMERAL && text.bytes().all(|b| b.is_ascii_digit()) => {
            Some(format!("\"{number}\""))
        }
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    let mut text = String::new();
    write(answer, &swap, &mut text);
    text
}

/// The answer with each value inside in another type's place: texts and numbers in lists, lists as text, truth in words.
pub(super) fn wrong_types(answer: &Value) -> String {
    let swap = |value: &Value| match value {
        Value::Number(_) | Value::String(_) => Some(format!("[{value}]")),
        Value::Bool(truth) => Some(format!("\"{}\"", if *truth { "yes" } else { "no" })),
        Value::Array(rows) => Some(format!("\"{} rows\"", rows.len())),
        Value::Null | Value::Object(_) => None,
    };
    let mut text = String::new();
    write(answer, &swap, &mut text);
    text
}

fn write(value: &Value, swap: &impl Fn(&Value) -> Option<String>, to: &mut String) {
    if let Some(other) = swap(value) {
        to.push_str(&other);
        return;
    }
    match value {
        Value::Object(fields) => {
            to.push('{');
            for (at, (name, value)) in fields.iter().enumerate() {
                if at > 0 {
                    to.push(',');
                }
                to.push_str(&Value::from(name.as_str()).to_string());
                to.push(':');
                if VERDICTS.contains(&name.as_str()) {
                    to.push_str(&value.to_string());
                } else {
                    write(value, swap, to);
                }
            }
            to.push('}');
        }
        Value::Array(rows) => {
            to.push('[');
            for (at, row) in rows.iter().enumerate() {
                if at > 0 {
                    to.push(',');
                }
                write(row, swap, to);
            }
            to.push(']');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => to.push_str(&value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_answer_keeps_its_verdict_and_loses_its_sense() {
        let answer = json!({"success": true, "code": "200", "result": {"id": 5, "no": "3296622397216134260",
            "name": "12", "rows": [1, "a", null], "paid": false}});
        assert_eq!(
            huge_numbers(&answer, "1e400"),
            r#"{"success":true,"code":"200","result":{"id":1e400,"no":"1e400","name":"12","rows":[1e400,"a",null],"paid":false}}"#
        );
        assert_eq!(
            wrong_types(&answer),
            r#"{"success":true,"code":"200","result":{"id":[5],"no":["3296622397216134260"],"name":["12"],"rows":"3 rows","paid":"no"}}"#
        );
    }
}
