//! Reading a request: query string or body, bounded before it is read, as one JSON object.

use axum::body::Body;
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use contract::{
    error::{Code, Fault},
    operation::{Content, Entry, Method},
};
use http::{HeaderMap, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde_json::{Map, Value};
use std::time::Duration;

/// How long a body may take to arrive: it holds a place among the requests that are worked on.
const PATIENCE: Duration = Duration::from_secs(10);
/// Nesting of a body, at most.
const MAX_DEPTH: usize = 64;

/// The fields of a request from wherever its operation takes them. In a POST a field of the body wins over the query's.
pub(crate) async fn fields(
    entry: &Entry,
    query: Option<&str>,
    headers: &HeaderMap,
    body: Body,
) -> Result<Value, Fault> {
    let mut fields = from_query(entry, query.unwrap_or_default());
    if entry.method == Method::Post {
        let bytes = read(body, headers, entry.body_limit).await?;
        let given = match kind(headers) {
            Kind::Multipart(boundary) if entry.content == Content::MultipartOrJson => form(bytes, boundary).await?,
            Kind::Json => object(&bytes)?,
            Kind::Multipart(_) | Kind::Other => return Err(malformed("content-type: expected application/json")),
        };
        fields.extend(given.into_iter().filter(|(_, value)| !value.is_null()));
    }
    Ok(Value::Object(fields))
}

fn from_query(entry: &Entry, query: &str) -> Map<String, Value> {
    form_urlencoded::parse(query.as_bytes())
        .filter(|(name, _)| entry.query.iter().any(|field| field.name == name))
        .map(|(name, value)| (name.into_owned(), Value::String(value.into_owned())))
        .collect()
}

pub(crate) async fn read(body: Body, headers: &HeaderMap, limit: usize) -> Result<Bytes, Fault> {
    let too_large = || Fault::new(Code::BodyTooLarge, format!("body: expected at most {limit} bytes"));
    let announced =
        headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(too_large());
    }
    let Ok(read) = tokio::time::timeout(PATIENCE, Limited::new(body, limit).collect()).await else {
        return Err(malformed("body: expected within 10 s"));
    };
    match read {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.downcast_ref::<LengthLimitError>().is_some() => Err(too_large()),
        Err(_) => Err(malformed("body: ended before it was complete")),
    }
}

enum Kind {
    Json,
    Multipart(String),
    Other,
}

fn kind(headers: &HeaderMap) -> Kind {
    let Some(value) = headers.get(header::CONTENT_TYPE) else { return Kind::Json };
    let text = value.to_str().unwrap_or_default();
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/json" | "" => Kind::Json,
        "multipart/form-data" => multer::parse_boundary(text).map_or(Kind::Other, Kind::Multipart),
        _ => Kind::Other,
    }
}

/// A body as one JSON object; an empty one counts as `{}`.
pub fn object(bytes: &[u8]) -> Result<Map<String, Value>, Fault> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(Map::new());
    }
    if depth(bytes) > MAX_DEPTH {
        return Err(malformed("body: expected at most 64 levels of nesting"));
    }
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Err(malformed("body: expected one JSON object")),
        Err(error) => Err(malformed(&format!("body: not JSON (line {}, column {})", error.line(), error.column()))),
    }
}

/// The deepest nesting of brackets outside texts; cheap, and taken before a parser recurses.
fn depth(bytes: &[u8]) -> usize {
    let (mut now, mut most, mut in_text, mut escaped) = (0_usize, 0, false, false);
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => {
                now += 1;
                most = most.max(now);
            }
            b'}' | b']' if !in_text => now = now.saturating_sub(1),
            _ => {}
        }
    }
    most
}

/// A form: file parts become base64 text, which is what the same field takes in JSON.
async fn form(bytes: Bytes, boundary: String) -> Result<Map<String, Value>, Fault> {
    let bad = |error: multer::Error| malformed(&format!("body: not a form ({error})"));
    let mut parts = multer::Multipart::new(futures::stream::iter([Ok::<_, std::io::Error>(bytes)]), boundary);
    let mut fields = Map::new();
    while let Some(part) = parts.next_field().await.map_err(bad)? {
        let Some(name) = part.name().map(str::to_owned) else { continue };
        let is_file = part.file_name().is_some() || part.content_type().is_some();
        let content = part.bytes().await.map_err(bad)?;
        let text = if is_file { STANDARD.encode(&content) } else { String::from_utf8_lossy(&content).into_owned() };
        fields.insert(name, Value::String(text));
    }
    Ok(fields)
}

fn malformed(text: &str) -> Fault {
    Fault::new(Code::MalformedRequest, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_texts_do_not_nest() {
        assert_eq!(depth(br#"{"a":"[[[\"{{"}"#), 1);
        assert_eq!(depth("[".repeat(65).as_bytes()), 65);
        assert!(object(format!("{{\"a\":{}{}}}", "[".repeat(63), "]".repeat(63)).as_bytes()).is_ok());
        assert!(object(format!("{{\"a\":{}{}}}", "[".repeat(64), "]".repeat(64)).as_bytes()).is_err());
    }

    #[test]
    fn a_body_is_one_object_or_nothing() {
        assert_eq!(object(b" \n").unwrap().len(), 0);
        for bad in ["[]", "1", "{", "{\"a\":1}x", "\u{feff}{}", "null"] {
            assert_eq!(object(bad.as_bytes()).unwrap_err().code, Code::MalformedRequest, "{bad}");
        }
    }
}
