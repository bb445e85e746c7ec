//! The envelope of every answer: `{"requestId", "code", "developId", "msg", "data"}`, `developId` spelled so.
//!
//! Written in one pass from borrowed data: `data` is never turned into a tree first. Errors carry `data` null.

use crate::error::{Code, Fault};
use domain::DeveloperId;
use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct};
use std::{borrow::Cow, fmt, str::FromStr};

/// The text of `msg` on success.
pub const SUCCESS: &str = "成功";

/// Looks a call up in the log: 32 lower-case hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RequestId([u8; 16]);

impl RequestId {
    /// From 16 bytes of the caller: the moment, then random ones.
    pub const fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The digits as ASCII, without an allocation: every answer prints them several times.
    pub fn digits(&self) -> [u8; 32] {
        let mut digits = [b'0'; 32];
        // Cannot fail: the place is twice as long as the bytes.
        hex::encode_to_slice(self.0, &mut digits).unwrap_or_default();
        digits
    }
}

fn text(digits: &[u8; 32]) -> &str {
    std::str::from_utf8(digits).unwrap_or_default()
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(text(&self.digits()))
    }
}

impl FromStr for RequestId {
    type Err = hex::FromHexError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut bytes = [0; 16];
        hex::decode_to_slice(text, &mut bytes).map(|()| Self(bytes))
    }
}

impl Serialize for RequestId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(text(&self.digits()))
    }
}

/// An answer to be written.
#[derive(Debug, Clone)]
pub struct Envelope<'a, T: Serialize> {
    pub request_id: RequestId,
    pub code: Code,
    /// `None` before the signature holds.
    pub develop_id: Option<DeveloperId>,
    pub msg: Cow<'a, str>,
    pub data: Option<T>,
}

impl<'a, T: Serialize> Envelope<'a, T> {
    pub fn success(request_id: RequestId, develop_id: DeveloperId, data: T) -> Self {
        Self::success_saying(request_id, develop_id, SUCCESS, data)
    }

    /// Success whose text says more, e.g. which merchants of a create failed.
    pub fn success_saying(
        request_id: RequestId,
        develop_id: DeveloperId,
        msg: impl Into<Cow<'a, str>>,
        data: T,
    ) -> Self {
        Self { request_id, code: Code::Success, develop_id: Some(develop_id), msg: msg.into(), data: Some(data) }
    }
}

impl<'a> Envelope<'a, ()> {
    pub fn refusal(request_id: RequestId, develop_id: Option<DeveloperId>, fault: &'a Fault) -> Self {
        Self { request_id, code: fault.code, develop_id, msg: Cow::Borrowed(&fault.message), data: None }
    }
}

impl<T: Serialize> Serialize for Envelope<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Envelope", 5)?;
        out.serialize_field("requestId", &self.request_id)?;
        out.serialize_field("code", &self.code.number())?;
        out.serialize_field("developId", &self.develop_id.map(|id| id.to_string()))?;
        out.serialize_field("msg", &self.msg)?;
        out.serialize_field("data", &self.data)?;
        out.end()
    }
}

/// An answer as a client reads it. `code` stays a number, since a newer server may know more codes.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Received<T> {
    pub request_id: Option<String>,
    pub code: u32,
    pub develop_id: Option<String>,
    #[serde(default)]
    pub msg: Option<String>,
    #[serde(default = "Option::default")]
    pub data: Option<T>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: RequestId = RequestId::new([
        0xef, 0x3e, 0xb8, 0x78, 0x02, 0xe6, 0x45, 0x70, 0x8d, 0x58, 0x96, 0xb5, 0x48, 0x41, 0x07, 0x56,
    ]);

    #[test]
    fn success_is_the_contract_s_example() {
        let developer = DeveloperId::new(1_356_764_224_096_829_747).unwrap();
        let text = serde_json::to_string(&Envelope::success(ID, developer, "售后订单取消成功")).unwrap();
        assert_eq!(
            text,
            r#"{"requestId":"ef3eb87802e645708d5896b548410756","code":200,"developId":"1356764224096829747","msg":"成功","data":"售后订单取消成功"}"#
        );
        let back: Received<String> = serde_json::from_str(&text).unwrap();
        assert_eq!((back.code, back.data.as_deref()), (200, Some("售后订单取消成功")));
    }

    #[test]
    fn a_refusal_has_null_data() {
        let fault = Fault::missing("refundId");
        let text = serde_json::to_string(&Envelope::refusal(ID, None, &fault)).unwrap();
        assert!(
            text.ends_with(r#""code":40002,"developId":null,"msg":"refundId: is required","data":null}"#),
            "{text}"
        );
    }
}
