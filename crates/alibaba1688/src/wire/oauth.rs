//! Tokens of a purchasing account (`system.oauth2/getToken`). No `Debug`: the fields are secrets.

use super::Text;
use serde::{Deserialize, Serialize};

/// The answer to an authorisation or a refresh; a refresh may leave the refresh token out.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TokenAnswer {
    pub access_token: Option<String>,
    pub refresh_token: Option<String>,
    /// Seconds; number or text.
    pub expires_in: Option<Text>,
    pub expires_time: Option<Text>,
    pub refresh_token_timeout: Option<String>,
    /// Login id.
    pub resource_owner: Option<String>,
    pub uid: Option<Text>,
    #[serde(rename = "aliId")]
    pub ali_id: Option<Text>,
    #[serde(rename = "memberId")]
    pub member_id: Option<String>,
}
