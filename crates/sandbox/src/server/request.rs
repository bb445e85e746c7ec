//! From an HTTP request to a call: the path of the open platform, and its parameters from query, form and multipart.

use crate::api::{ApiError, Params};
use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, header},
};
use bytes::Bytes;
use std::collections::BTreeMap;

/// Longer bodies are refused. A picture of 3 MB is 4 MB of base64, and more where a form escapes it.
pub const BODY_LIMIT: usize = 8 << 20;

/// The parts of `{protocol}/1/{namespace}/{api}/{appKey}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub namespace: String,
    pub api: String,
    pub app_key: String,
    /// What is signed of the path: from the protocol on.
    pub signed_path: String,
}

impl Target {
    /// Reads what follows `/openapi/`.
    pub fn parse(path: &str) -> Result<Self, ApiError> {
        let parts: Vec<&str> = path.split('/').collect();
        let (namespace, api, app_key) = match parts.as_slice() {
            ["param2" | "http", "1", namespace, api, app_key] => (namespace, api, *app_key),
            ["param2" | "http", "1", namespace, api] => (namespace, api, ""),
            _ => return Err(unsupported(path)),
        };
        let [namespace, api, app_key] = [*namespace, *api, app_key].map(str::to_owned);
        Ok(Self { namespace, api, app_key, signed_path: path.to_owned() })
    }
}

pub fn unsupported(name: &str) -> ApiError {
    ApiError::gateway("gw.APIUnsupported", format!("The request APIName is invalid: {name}"))
}

/// Reads all parameters. A field of the body wins over one of the query.
pub async fn params(query: Option<&str>, headers: &HeaderMap, body: Body) -> Result<Params, ApiError> {
    let mut fields = form(query.unwrap_or_default().as_bytes());
    let mut files = BTreeMap::new();
    let body = to_bytes(body, BODY_LIMIT).await.map_err(|_| too_large())?;
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if kind.starts_with("multipart/form-data") {
        multipart(kind, body, &mut fields, &mut files).await?;
    } else {
        fields.extend(form(&body));
    }
    Ok(Params::new(fields, files))
}

fn too_large() -> ApiError {
    let message = format!("The request body is longer than {BODY_LIMIT} bytes");
    ApiError::Gateway { code: "gw.EntityTooLarge", message, status: 413 }
}

fn form(text: &[u8]) -> BTreeMap<String, String> {
    form_urlencoded::parse(text).into_owned().collect()
}

async fn multipart(
    kind: &str,
    body: Bytes,
    fields: &mut BTreeMap<String, String>,
    files: &mut BTreeMap<String, Bytes>,
) -> Result<(), ApiError> {
    let broken = |e: multer::Error| ApiError::gateway("gw.ParamInvalid", format!("The multipart body is broken: {e}"));
    let boundary = multer::parse_boundary(kind).map_err(broken)?;
    let stream = futures::stream::iter([Ok::<_, std::convert::Infallible>(body)]);
    let mut parts = multer::Multipart::new(stream, boundary);
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        let Some(name) = part.name().map(str::to_owned) else { continue };
        let is_file = part.file_name().is_some();
        let bytes = part.bytes().await.map_err(broken)?;
        match String::from_utf8(bytes.to_vec()) {
            Ok(text) if !is_file => drop(fields.insert(name, text)),
            _ => drop(files.insert(name, bytes)),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_namespace_api_and_app() {
        let t = Target::parse("param2/1/com.alibaba.trade/alibaba.trade.cancel/1234567").unwrap();
        assert_eq!(
            (t.namespace.as_str(), t.api.as_str(), t.app_key.as_str()),
            ("com.alibaba.trade", "alibaba.trade.cancel", "1234567")
        );
        assert_eq!(Target::parse("param2/1/com.alibaba.trade/alibaba.trade.cancel").unwrap().app_key, "");
        for bad in ["", "param2", "json/1/a/b/c", "param2/2/a/b/c", "param2/1/a/b/c/d"] {
            assert!(Target::parse(bad).is_err(), "{bad}");
        }
    }
}
