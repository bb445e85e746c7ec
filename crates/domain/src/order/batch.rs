//! Payment of several orders at once, as far as one order has to do with it.

use serde::{Deserialize, Serialize};

/// How it ended for an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BatchPay {
    Succeeded,
    Failed,
}

impl BatchPay {
    /// What is known once `told` was heard too. What was paid is not unpaid by a word that comes late.
    pub fn after(known: Option<Self>, told: Option<Self>) -> Option<Self> {
        match known {
            Some(Self::Succeeded) => known,
            Some(Self::Failed) | None => told.or(known),
        }
    }
}
