//! What was modified lately: lists by which missed pushes are noticed without a look at every object.

use crate::{Result, push::Subject};
use async_trait::async_trait;
use domain::{AccountId, Timestamp};

/// A span of the marketplace's time; both ends are inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from: Timestamp,
    pub to: Timestamp,
}

/// An object and when it was last modified: a row of a list, not a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Modified {
    pub subject: Subject,
    pub at: Timestamp,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    pub rows: Vec<Modified>,
    /// False where more was modified than the rows show: ask for a shorter span.
    pub whole: bool,
}

#[async_trait]
pub trait Recent: Send + Sync {
    /// Orders of the account that were last modified within the span, each once, whoever made them.
    async fn orders(&self, account: AccountId, span: Span) -> Result<Listed>;

    /// Refunds, in the same way.
    async fn refunds(&self, account: AccountId, span: Span) -> Result<Listed>;
}
