//! Why a use case refuses, in terms of the house. The gateway gives each its public code.
//!
//! Public and inside texts are separate: what [`Problem::inside`] says is for the log and reaches no caller.

use connector::{Effect, Error};
use domain::CartRowId;

/// Kinds of upstream failures, for those who may not see connectors.
pub mod kind {
    pub use connector::Kind;
}

/// What was not found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    Product,
    Order,
    Refund,
    Shipment,
    Message,
    /// A URL for callbacks.
    Callback,
    Developer,
    User,
    Account,
    Payment,
    Request,
    /// A specification of a product that is there.
    Specification,
    /// A row of a cart, and where it was asked for.
    CartRow {
        field: &'static str,
        id: CartRowId,
    },
}

#[derive(Debug, Clone)]
pub enum Problem {
    Missing {
        field: &'static str,
    },
    Invalid {
        field: &'static str,
        expected: String,
    },
    Amount {
        field: &'static str,
        expected: String,
    },
    File {
        field: &'static str,
        expected: String,
    },
    NotFound(Thing),
    OrderState(String),
    RefundState(String),
    DuplicateRefund(String),
    PriceChanged(String),
    PreviewRequired(String),
    /// Another seller is named than that of the offer; by a line, counted from zero, where there are lines.
    OtherSeller(Option<usize>),
    /// A capability that the marketplace or this installation does not have.
    NotOffered(&'static str),
    /// This installation is looked after by other means; the text says by which.
    Elsewhere(String),
    NotGranted,
    NonceReplayed,
    /// The key or number of this field was used with other content.
    KeyConflict(&'static str),
    /// The first try with this key or number is being worked on.
    StillRunning(&'static str),
    Upstream(Upstream),
    /// A limit of our own on what a user may ask.
    TooMany {
        retry_after_s: u32,
    },
    Overloaded,
    Internal(String),
}

/// A marketplace's refusal or silence.
#[derive(Debug, Clone)]
pub struct Upstream {
    pub kind: connector::Kind,
    pub unknown_effect: bool,
    pub operation: &'static str,
    pub code: Option<String>,
    pub text: Option<String>,
    pub detail: Option<String>,
    pub retry_after_ms: Option<u64>,
}

impl Upstream {
    /// The upstream's own code and text; nothing of ours.
    pub fn public_text(&self) -> String {
        match (&self.code, &self.text) {
            (Some(code), Some(text)) => format!("the marketplace answered {code}: {text}"),
            (Some(code), None) => format!("the marketplace answered {code}"),
            (None, Some(text)) => format!("the marketplace answered: {text}"),
            (None, None) if self.kind == connector::Kind::Timeout => {
                "the marketplace did not answer in time".to_owned()
            }
            (None, None) if self.unknown_effect => {
                "the marketplace did not answer; the same Idempotency-Key finds out what became of the call".to_owned()
            }
            (None, None) => "the marketplace cannot be reached or its answer cannot be used".to_owned(),
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::Upstream(Upstream {
            kind: error.kind,
            unknown_effect: error.effect == Effect::Unknown,
            operation: error.operation,
            code: error.code,
            text: error.text,
            detail: error.detail,
            retry_after_ms: error.retry_after_ms,
        })
    }
}

impl Problem {
    /// An answer of a marketplace that cannot be used; `detail` is for the log.
    pub fn unusable(operation: &'static str, detail: impl Into<String>) -> Self {
        Error::transport(connector::Kind::Unreachable, Effect::None, operation, detail).into()
    }

    /// For the log only.
    pub fn inside(&self) -> Option<&str> {
        match self {
            Self::Internal(text) => Some(text),
            Self::Upstream(upstream) => upstream.detail.as_deref(),
            Self::Missing { .. }
            | Self::Invalid { .. }
            | Self::Amount { .. }
            | Self::File { .. }
            | Self::NotFound(_)
            | Self::OrderState(_)
            | Self::RefundState(_)
            | Self::DuplicateRefund(_)
            | Self::PriceChanged(_)
            | Self::PreviewRequired(_)
            | Self::OtherSeller(_)
            | Self::NotOffered(_)
            | Self::Elsewhere(_)
            | Self::NotGranted
            | Self::NonceReplayed
            | Self::KeyConflict(_)
            | Self::StillRunning(_)
            | Self::TooMany { .. }
            | Self::Overloaded => None,
        }
    }

    /// Whether a look brought nothing: the marketplace did not answer, or what it said could not be written down. What is
    /// known is still worth showing then.
    pub(crate) fn is_no_news(&self) -> bool {
        let silent = |kind| matches!(kind, connector::Kind::Timeout | connector::Kind::Unreachable);
        matches!(self, Self::Internal(_) | Self::Overloaded)
            || matches!(self, Self::Upstream(upstream) if silent(upstream.kind))
    }

    /// Whether asking again would bring the same: what was asked is refused, rather than who asks or how often.
    pub fn is_final(&self) -> bool {
        use connector::Kind;
        match self {
            Self::Upstream(upstream) => {
                !upstream.unknown_effect
                    && !matches!(
                        upstream.kind,
                        Kind::RateLimited | Kind::Unreachable | Kind::Unauthorized | Kind::Timeout | Kind::NotGranted
                    )
            }
            Self::Overloaded | Self::TooMany { .. } | Self::Internal(_) | Self::StillRunning(_) => false,
            Self::Missing { .. }
            | Self::Invalid { .. }
            | Self::Amount { .. }
            | Self::File { .. }
            | Self::NotFound(_)
            | Self::OrderState(_)
            | Self::RefundState(_)
            | Self::DuplicateRefund(_)
            | Self::PriceChanged(_)
            | Self::PreviewRequired(_)
            | Self::OtherSeller(_)
            | Self::NotOffered(_)
            | Self::Elsewhere(_)
            | Self::NotGranted
            | Self::NonceReplayed
            | Self::KeyConflict(_) => true,
        }
    }

    /// Whether an order or refund that was looked for is not there.
    pub(crate) fn is_absence(&self) -> bool {
        use connector::Kind::{OrderNotFound, RefundNotFound};
        matches!(self, Self::NotFound(Thing::Order | Thing::Refund))
            || matches!(self, Self::Upstream(upstream) if matches!(upstream.kind, OrderNotFound | RefundNotFound))
    }

    /// Whether the call may have had an effect that nobody has seen yet.
    pub fn is_ambiguous(&self) -> bool {
        matches!(self, Self::Upstream(upstream) if upstream.unknown_effect)
    }
}
