//! What wraps an answer. Each family of calls has a wrapper of its own; success may be a boolean or text, and a failure may
//! stand at the top, in `result` or in `result.result`.

use super::{Flag, Int, Text};
use serde::{Deserialize, Serialize};

/// A refusal by the gateway: HTTP 400 (401 for the code 401), sometimes 200.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GatewayError {
    pub error_code: Option<Text>,
    pub error_message: Option<String>,
    pub exception: Option<String>,
}

/// `{result: {success, code, message, result}}`: products, reasons, voucher, refund create, debit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Nested<T> {
    pub result: Option<Outcome<T>>,
}

impl<T> Default for Nested<T> {
    fn default() -> Self {
        Self { result: None }
    }
}

/// The inner part of [`Nested`]. Codes `200` and `S0000` are success.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outcome<T> {
    pub success: Option<Flag>,
    pub code: Option<Text>,
    pub message: Option<String>,
    pub result: Option<T>,
}

impl<T> Default for Outcome<T> {
    fn default() -> Self {
        Self { success: None, code: None, message: None, result: None }
    }
}

impl<T> Nested<T> {
    /// A success with `code` 200.
    pub fn ok(result: T) -> Self {
        Self::ok_as("200", result)
    }

    /// A success with this code: 200 of searches and details, S0000 of most other product calls.
    pub fn ok_as(code: &str, result: T) -> Self {
        Self {
            result: Some(Outcome {
                success: Some(Flag(true)),
                code: Some(code.into()),
                message: Some("success".to_owned()),
                result: Some(result),
            }),
        }
    }

    pub fn failed(code: &str, message: &str) -> Self {
        Self {
            result: Some(Outcome {
                success: Some(Flag(false)),
                code: Some(code.into()),
                message: Some(message.to_owned()),
                result: None,
            }),
        }
    }
}

/// `{result, success, errorCode, errorMessage, ..}`: order detail and list, refund reads, companies. Refund lists say
/// `errorMsg`; only the order list has `totalRecord`. Fields without a value are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Flat<T> {
    pub result: Option<T>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_record: Option<Int>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub success: Option<Flag>,
    pub error_code: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_msg: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ext_error_message: Option<String>,
}

impl<T> Default for Flat<T> {
    fn default() -> Self {
        Self {
            result: None,
            total_record: None,
            success: None,
            error_code: None,
            error_message: None,
            error_msg: None,
            ext_error_message: None,
        }
    }
}

/// `{result, success, code, message}`: order create.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Coded<T> {
    pub result: Option<T>,
    pub success: Option<Flag>,
    pub code: Option<Text>,
    pub message: Option<String>,
}

impl<T> Default for Coded<T> {
    fn default() -> Self {
        Self { result: None, success: None, code: None, message: None }
    }
}

/// `{result: {success, errorCode, errorInfo}}`: receipt, return parcel, refund cancel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Done {
    pub result: Option<DoneResult>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct DoneResult {
    pub success: Option<Flag>,
    pub error_code: Option<Text>,
    pub error_info: Option<String>,
}
