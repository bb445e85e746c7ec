//! What the operator sees of backups and master keys.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BackupMade {
    /// Absolute, on the server's machine.
    pub file: String,
    pub bytes: i64,
    /// The sandbox's world, where it lives in the server.
    pub sandbox_file: Option<String>,
    pub sandbox_bytes: Option<i64>,
    pub took_ms: i64,
}

/// An exchange of master keys.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeyRotated {
    /// The version that seals from now on.
    pub version: i64,
    /// Secrets that were sealed again.
    pub resealed: i64,
    /// Versions that the database needs no more. Backups made before still need them.
    pub unused: Vec<i64>,
    /// The key file on the server's machine, which holds all of them.
    pub file: String,
}
