//! The one error of upstream calls.

use std::{error::Error as StdError, fmt};

/// What went wrong, in terms that every marketplace shares. Each kind has one public code (gateway).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    ProductNotFound,
    OrderNotFound,
    RefundNotFound,
    ShipmentNotFound,
    /// Anything else: a category, a ranking, a pool, a seller.
    ObjectNotFound,
    MissingParameter,
    InvalidParameter,
    MixedSellers,
    AmountNotAllowed,
    FileNotAllowed,
    NotGranted,
    OrderState,
    RefundState,
    OutOfStock,
    BelowMinimum,
    InsufficientBalance,
    RateLimited,
    /// The marketplace refused for a reason that has no kind of its own; code and text are in the error.
    Refused,
    /// No connection, or an answer that cannot be used.
    Unreachable,
    /// Authorisation missing, expired or too small.
    Unauthorized,
    /// No answer in time.
    Timeout,
}

/// What is known of the call's effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// It had none: refused, or never sent. The same call may be made again.
    None,
    /// It may have happened: sent, and no usable answer came. Ask before repeating a write.
    Unknown,
}

/// A failed upstream call. `code` and `text` are the upstream's own; `detail` is for the log and never leaves the house.
#[derive(Debug, Clone)]
pub struct Error {
    pub kind: Kind,
    pub effect: Effect,
    /// The upstream call, e.g. `alibaba.trade.createRefund`.
    pub operation: &'static str,
    pub code: Option<String>,
    pub text: Option<String>,
    pub detail: Option<String>,
    /// How long the upstream asks us to wait.
    pub retry_after_ms: Option<u64>,
}

impl Error {
    /// A refusal: the upstream answered and nothing happened.
    pub fn refused(kind: Kind, operation: &'static str, code: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            kind,
            effect: Effect::None,
            operation,
            code: Some(code.into()),
            text: Some(text.into()),
            detail: None,
            retry_after_ms: None,
        }
    }

    /// A failure of the way: nothing usable came back.
    pub fn transport(kind: Kind, effect: Effect, operation: &'static str, detail: impl Into<String>) -> Self {
        Self { kind, effect, operation, code: None, text: None, detail: Some(detail.into()), retry_after_ms: None }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?}", self.operation, self.kind)?;
        if let Some(code) = &self.code {
            write!(f, " [{code}]")?;
        }
        if let Some(text) = &self.text {
            write!(f, " {text}")?;
        }
        if let Some(detail) = &self.detail {
            write!(f, " ({detail})")?;
        }
        Ok(())
    }
}

impl StdError for Error {}
