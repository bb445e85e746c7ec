//! JSON text with line breaks and indentation, and every other character as it was.
//!
//! Works on the text, not on a tree: a tree would change numbers (`12.50`, ids beyond 2^64) and drop doubled keys, and
//! someone who debugs wants to see what was sent.

/// Indents well-formed JSON text by two spaces a level; empty objects and arrays stay on their line.
pub fn pretty(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if in_text {
            out.push(c);
            in_text = escaped || c != '"';
            escaped = !escaped && c == '\\';
            continue;
        }
        match c {
            ' ' | '\t' | '\r' | '\n' => {}
            '"' => {
                in_text = true;
                out.push(c);
            }
            '{' | '[' => {
                out.push(c);
                while chars.next_if(|next| next.is_ascii_whitespace()).is_some() {}
                if let Some(end) = chars.next_if(|next| matches!(next, '}' | ']')) {
                    out.push(end);
                } else {
                    depth += 1;
                    new_line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                new_line(&mut out, depth);
                out.push(c);
            }
            ',' => {
                out.push(c);
                new_line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            _ => out.push(c),
        }
    }
    out
}

fn new_line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_keep_every_character() {
        let text =
            r#"{"id":12345678901234567890123,"fee":12.50,"a":[],"b":{ },"t":"x, {\"y\": 1} \\","l":[1,{"z":null}]}"#;
        let expected = r#"{
  "id": 12345678901234567890123,
  "fee": 12.50,
  "a": [],
  "b": {},
  "t": "x, {\"y\": 1} \\",
  "l": [
    1,
    {
      "z": null
    }
  ]
}"#;
        assert_eq!(pretty(text), expected);
        assert_eq!(pretty(expected), expected);
    }
}
