//! What JSON Schema cannot say of a number: it counts 2.0 and 1e30 among the integers, while a 64-bit number is read digit
//! by digit. Without this check a number that does not fit would be refused where its type is read, which does not always
//! know the field.

use jsonschema::{Keyword, ValidationError, ValidationOptions, paths::Location};
use serde_json::{Map, Value};

/// What is expected of a number of [`FORMAT`].
pub(crate) const EXPECTED: &str = "a whole number of 64 bits";
const FORMAT: &str = "int64";

struct Whole;

impl<'i> Keyword<'i> for Whole {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        if self.is_valid(instance) { Ok(()) } else { Err(ValidationError::custom(EXPECTED)) }
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        instance.as_number().is_none_or(serde_json::Number::is_i64)
    }
}

/// Any other format is a word for people.
struct AnyFormat;

impl<'i> Keyword<'i> for AnyFormat {
    fn validate(&self, _: &'i Value) -> Result<(), ValidationError<'i>> {
        Ok(())
    }

    fn is_valid(&self, _: &'i Value) -> bool {
        true
    }
}

fn format<'a>(
    _: &'a Map<String, Value>,
    format: &'a Value,
    _: Location,
) -> Result<Box<dyn for<'i> Keyword<'i>>, ValidationError<'a>> {
    Ok(if format == FORMAT { Box::new(Whole) } else { Box::new(AnyFormat) })
}

/// The rules of a request's schema.
pub(crate) fn rules() -> ValidationOptions<'static> {
    jsonschema::options().with_keyword("format", format)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_number_of_64_bits_has_neither_fraction_nor_exponent() {
        let schema = json!({"properties": {
            "n": {"type": ["integer", "null"], "format": "int64"},
            "id": {"type": ["integer", "string"], "format": "int64"},
            "time": {"type": "string", "format": "date-time"}}});
        let rules = rules().build(&schema).unwrap();
        let fits = |text: &str| rules.is_valid(&serde_json::from_str(text).unwrap());
        for good in ["-9223372036854775808", "9223372036854775807", "0", "null"] {
            assert!(fits(&format!(r#"{{"n":{good}}}"#)), "{good}");
        }
        for bad in ["9223372036854775808", "1e18", "2.0", "1e300", "18446744073709551615"] {
            assert!(!fits(&format!(r#"{{"n":{bad}}}"#)), "{bad}");
        }
        for (id, fit) in
            [("9223372036854775807", true), ("\"x\"", true), ("1e18", false), ("9223372036854775808", false)]
        {
            assert_eq!(fits(&format!(r#"{{"id":{id}}}"#)), fit, "{id}");
        }
        assert!(fits(r#"{"time":"yesterday"}"#));
    }
}
