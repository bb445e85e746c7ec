//! What a check found, and what to do about it.

use crate::cli::{exit::Failure, screen::Tone};
use serde::Serialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Good,
    /// Worth knowing; nothing fails because of it yet.
    Warn,
    Bad,
}

impl State {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }

    pub const fn tone(self) -> Tone {
        match self {
            Self::Good => Tone::Good,
            Self::Warn => Tone::Strong,
            Self::Bad => Tone::Bad,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub check: String,
    pub state: State,
    pub says: String,
    pub todo: Option<String>,
}

impl Finding {
    pub fn good(check: &str, says: impl Into<String>) -> Self {
        Self { check: check.to_owned(), state: State::Good, says: says.into(), todo: None }
    }

    pub fn warn(check: &str, says: impl Into<String>, todo: impl Into<String>) -> Self {
        Self { check: check.to_owned(), state: State::Warn, says: says.into(), todo: Some(todo.into()) }
    }

    pub fn bad(check: &str, says: impl Into<String>, todo: impl Into<String>) -> Self {
        Self { state: State::Bad, ..Self::warn(check, says, todo) }
    }

    /// A call that was to tell something failed itself.
    pub fn unasked(check: &str, failure: &Failure) -> Self {
        let todo = failure.hint().unwrap_or("the finding above, or the message, says why");
        Self::bad(check, failure.to_string(), todo)
    }
}
