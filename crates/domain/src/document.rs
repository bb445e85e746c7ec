//! A document: what a marketplace answered, kept as received beside the core that has rules.
//!
//! Nobody here reads into it. A view prints it overlaid with the core; a document that no view can read is the
//! connector's fault and shows as an unusable answer, never as an empty one.

use serde::{Deserialize, Serialize};

/// JSON text as received. Holds valid JSON because only connectors make it, from an answer that they have parsed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Document(pub String);

impl Document {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
