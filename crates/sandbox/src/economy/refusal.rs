//! Why the marketplace refuses: its own code and text. The wrapper round them differs by call and is the call's business.

use crate::api::ApiError;
use domain::{
    OfferId, SpecId,
    order::Refused,
    refund::{ApplyError, WrongState},
};
use serde_json::Value;
use std::fmt;

/// A refusal in the upstream's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub code: &'static str,
    pub text: String,
    /// The line that is at fault, where one is.
    pub line: Option<(OfferId, Option<SpecId>)>,
}

/// Why a decision of the economy did not come about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    Refused(Refusal),
    /// The file failed: what is in memory may be ahead of it, so that nothing is answered until it can be written again.
    Broken,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.text)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Broken => f.write_str("the economy cannot write to its file"),
        }
    }
}

impl std::error::Error for Refusal {}

impl std::error::Error for Failure {}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Failure {
    /// The answer of a call: a refusal in the call's own wrapper, a broken file as an error of the gateway.
    pub fn wrapped(self, wrap: impl FnOnce(Refusal) -> Value) -> ApiError {
        match self {
            Self::Refused(refusal) => ApiError::Answer(wrap(refusal)),
            Self::Broken => ApiError::Gateway {
                code: "gw.RemoteServiceUnavailable",
                message: "the sandbox cannot write to its file".to_owned(),
                status: 500,
            },
        }
    }
}

impl Refusal {
    pub fn new(code: &'static str, text: impl Into<String>) -> Self {
        Self { code, text: text.into(), line: None }
    }

    pub fn of_line(code: &'static str, text: impl Into<String>, offer: OfferId, spec: Option<SpecId>) -> Self {
        Self { code, text: text.into(), line: Some((offer, spec)) }
    }

    pub fn no_order() -> Self {
        Self::new("ORDER_NOT_EXIST", "order does not exist")
    }

    pub fn no_offer() -> Self {
        Self::new("OFFER_NOT_EXIST", "no such offer or specification")
    }

    pub fn no_refund() -> Self {
        Self::new("4005", "no such refund")
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        let code = match &refused {
            Refused::TooEarly => "CLOSE_ORDER_TOO_FAST",
            Refused::State(_) | Refused::NotShipped(_) => "ORDER_STATUS_ERROR",
            Refused::NotOfOrder(_) => "ORDER_ENTRY_NOT_EXIST",
            Refused::Amount => "PRICE_ERROR",
        };
        Self::new(code, refused.to_string())
    }
}

impl From<WrongState> for Refusal {
    fn from(wrong: WrongState) -> Self {
        Self::new("4007", wrong.to_string())
    }
}

impl From<ApplyError> for Refusal {
    fn from(error: ApplyError) -> Self {
        let code = match &error {
            ApplyError::NotOfOrder(_)
            | ApplyError::NotAllowed { .. }
            | ApplyError::MixedStates
            | ApplyError::AlreadyOpen(_) => "5010",
            ApplyError::Reason(_) => "5004",
            ApplyError::CountsNotAllowed | ApplyError::Count { .. } | ApplyError::CountOfOther(_) => "5013",
            ApplyError::Carriage { expected: domain::refund::apply::CarriageRule::None } => "5006",
            ApplyError::Payment { .. } | ApplyError::Carriage { .. } => "5011",
            ApplyError::Description => "5012",
            ApplyError::VoucherNeeded => "5005",
            ApplyError::TooManyVouchers => "5100",
        };
        Self::new(code, error.to_string())
    }
}
