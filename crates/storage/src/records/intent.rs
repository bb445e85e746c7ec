//! Intents: what was about to be done at a marketplace, written before it was done.

use crate::{column::words, record::record};
use domain::{DeveloperId, Timestamp};

words! {
    IntentState { Running = "running", Done = "done", Failed = "failed" }
}

record! {
    Intent in "intents" as Intent by [developer_id, id] {
        developer_id: DeveloperId,
        /// Unique over the installation.
        id: String,
        /// What is done, e.g. `order.create`.
        kind: String,
        /// What it is done to: our own number of a create, an order or refund id.
        subject: String,
        /// JSON of what is needed to settle it.
        payload: String,
        state: IntentState,
        created_at: Timestamp,
        /// JSON of how it ended; `None` while it runs.
        outcome: Option<String>,
        /// The installation whose process began it.
        instance: i64,
        /// The write that it is a part of: several intents of one write share it. `None` in rows of an older program.
        write_id: Option<String>,
    }
}

impl Intent {
    /// The write that it is a part of; one of an older program is its own.
    pub fn write(&self) -> &str {
        self.write_id.as_deref().unwrap_or(&self.id)
    }
}
