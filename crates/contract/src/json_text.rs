//! JSON text with a space after each colon and comma, the style in which ka prints `skuInfos`.

use serde::Serialize;
use serde_json::ser::Formatter;
use std::io::{self, Write};

struct Spaced;

impl Formatter for Spaced {
    fn begin_array_value<W: Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }
}

/// Prints rows of texts and numbers.
pub(crate) fn spaced<T: Serialize>(value: &T) -> String {
    let mut out = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut out, Spaced);
    value.serialize(&mut serializer).expect("texts and numbers always print");
    String::from_utf8(out).expect("JSON is UTF-8")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn the_style_is_the_contract_s() {
        let text = super::spaced(&json!([{"name": "颜色", "value": "L, \"x\": y"}, {"name": "尺码", "value": "M"}]));
        let expected = r#"[{"name": "颜色", "value": "L, \"x\": y"}, {"name": "尺码", "value": "M"}]"#;
        assert_eq!(text, expected);
    }
}
