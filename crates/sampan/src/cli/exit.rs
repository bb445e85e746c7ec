//! How a command ends: four exit codes that scripts can rely on, and the reason in words.
//!
//! 0 done; 1 the server said no, or what was to be proved does not hold; 2 the call was wrong on this side (arguments,
//! files, addresses); 3 nothing usable came back (no connection, no whole answer, another service).

use client::{ClientError, NoRandomness};
use serde_json::{Value, json};
use std::{fmt, process::ExitCode};

/// How a command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Done,
    Refused,
    Usage,
    Unreachable,
}

impl Exit {
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Refused => 1,
            Self::Usage => 2,
            Self::Unreachable => 3,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    Client(ClientError),
    /// Refused without an envelope, or a proof that does not hold.
    Refused(String),
    /// Something on this side: arguments, files, a port that is taken.
    Usage(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Client(ClientError::Api(error)) => {
                let request = error.request_id.as_deref().unwrap_or("unknown");
                write!(f, "{error} (request {request})")
            }
            Self::Client(error) => error.fmt(f),
            Self::Refused(text) | Self::Usage(text) => f.write_str(text),
        }
    }
}

impl From<ClientError> for Failure {
    fn from(error: ClientError) -> Self {
        Self::Client(error)
    }
}

impl From<NoRandomness> for Failure {
    fn from(error: NoRandomness) -> Self {
        Self::Client(error.into())
    }
}

impl Failure {
    pub fn usage(message: impl Into<String>) -> Self {
        Self::Usage(message.into())
    }

    pub const fn exit(&self) -> Exit {
        match self {
            Self::Client(ClientError::Api(_)) | Self::Refused(_) => Exit::Refused,
            Self::Client(ClientError::Request(_)) | Self::Usage(_) => Exit::Usage,
            Self::Client(
                ClientError::Unreachable { .. }
                | ClientError::Interrupted { .. }
                | ClientError::NotThePlatform { .. }
                | ClientError::UnexpectedData(_)
                | ClientError::NoRandomness(_),
            ) => Exit::Unreachable,
        }
    }

    /// What to try next, where there is something to try.
    pub const fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Client(ClientError::Unreachable { .. }) => {
                Some("is `sampan serve` running? --base-url names another address")
            }
            Self::Client(_) | Self::Refused(_) | Self::Usage(_) => None,
        }
    }

    /// The form for `--json`: `{"error": {"exit", "message", "code"?, "name"?, "requestId"?, "status"?}}`.
    pub fn document(&self) -> Value {
        let mut error = json!({ "exit": self.exit().code(), "message": self.to_string() });
        if let Self::Client(ClientError::Api(api)) = self {
            error["message"] = json!(api.msg);
            error["code"] = json!(api.code);
            error["name"] = json!(api.name);
            error["requestId"] = json!(api.request_id);
            error["status"] = json!(api.status);
        }
        json!({ "error": error })
    }
}
