//! How to talk to a seller.

use crate::wire::{Flag, Text};
use serde::{Deserialize, Serialize};

/// `wangwangnick.openuid.decrypt`: arguments.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ChatNameAsk {
    pub open_uid: Option<String>,
}

/// `wangwangnick.openuid.decrypt`: the answer, without a wrapper.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ChatName {
    pub wangwang_nick: Option<String>,
}

/// `account.wangwangUrl.get`: arguments.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ChatLinkAsk {
    pub to_open_uid: Option<String>,
}

/// `account.wangwangUrl.get`: the answer, in `result`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ChatLink {
    pub code: Option<Text>,
    pub message: Option<String>,
    /// The link.
    pub result: Option<String>,
    pub ret_codes: Option<String>,
    pub sub_code: Option<String>,
    pub sub_message: Option<String>,
    pub success: Option<Flag>,
}
