//! An answer as a caller reads it. What holds for every answer (contract, Envelope) is asserted when it is read.

use axum::{body::Body, response::Response};
use contract::error::Code;
use http::HeaderMap;
use http_body_util::BodyExt;
use serde_json::Value;

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
    pub json: Value,
}

impl Answer {
    pub async fn read(response: Response<Body>) -> Self {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let bytes = response.into_body().collect().await.expect("an answer is complete").to_bytes();
        let text = String::from_utf8(bytes.to_vec()).expect("an answer is UTF-8");
        let json: Value =
            serde_json::from_str(&text).unwrap_or_else(|e| panic!("{status}: not an envelope ({e}): {text}"));
        let answer = Self { status, headers, text, json };
        answer.check_envelope();
        answer
    }

    fn check_envelope(&self) {
        let keys: Vec<&str> = self.json.as_object().expect("an object").keys().map(String::as_str).collect();
        let always = ["requestId", "code", "developId", "msg", "data"];
        assert!(keys == always || keys == [&always[..], &["upstream"]].concat(), "{self:?}");
        let id = self.request_id();
        assert!(id.len() == 32 && id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')), "requestId {id}");
        let code = Code::from_number(self.code()).unwrap_or_else(|| panic!("no code of the table: {self:?}"));
        assert_eq!(self.status, code.http(), "the status is the class of the code: {self:?}");
        let content_type = self.headers["content-type"].to_str().unwrap();
        assert!(content_type.starts_with("application/json"), "{content_type}");
        if code == Code::Success {
            assert!(self.msg().starts_with("成功"), "{self:?}");
            assert!(self.json["developId"].is_string(), "{self:?}");
        } else {
            assert!(self.json["data"].is_null() && !self.msg().is_empty(), "{self:?}");
        }
    }

    pub fn code(&self) -> u32 {
        self.json["code"].as_u64().and_then(|c| u32::try_from(c).ok()).expect("code is a number")
    }

    pub fn msg(&self) -> &str {
        self.json["msg"].as_str().expect("msg is a text")
    }

    pub fn request_id(&self) -> &str {
        self.json["requestId"].as_str().expect("requestId is a text")
    }

    pub fn data(&self) -> &Value {
        &self.json["data"]
    }

    /// Whether the answer was kept and is given again.
    pub fn replayed(&self) -> bool {
        self.headers.get("Idempotent-Replayed").is_some_and(|v| v == "true")
    }

    /// `data` of a success.
    #[track_caller]
    pub fn accepted(self) -> Value {
        assert_eq!(self.code(), 200, "{}", self.text);
        self.json["data"].clone()
    }

    /// A refusal with this code.
    #[track_caller]
    pub fn refused(self, code: u32) -> Self {
        assert_eq!(self.code(), code, "{}", self.text);
        self
    }

    /// A refusal with this code whose text names the field.
    #[track_caller]
    pub fn refused_for(self, code: u32, field: &str) -> Self {
        assert_eq!(self.code(), code, "{}", self.text);
        assert!(self.msg().contains(field), "{} does not name {field}", self.msg());
        self
    }
}
