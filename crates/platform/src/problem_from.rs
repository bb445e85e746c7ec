//! Refusals of the pure rules as problems: which field is at fault is known here, once.

use crate::problem::Problem;
use domain::{
    order::Refused,
    refund::{ApplyError, WrongState},
};

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::State(_) | Refused::TooEarly | Refused::NotShipped(_) | Refused::Amount => {
                Self::OrderState(refused.to_string())
            }
            Refused::NotOfOrder(_) => invalid("orderEntryIds", "sub-orders of this order"),
        }
    }
}

impl From<WrongState> for Problem {
    fn from(wrong: WrongState) -> Self {
        Self::RefundState(wrong.to_string())
    }
}

impl From<ApplyError> for Problem {
    fn from(error: ApplyError) -> Self {
        let text = error.to_string();
        match error {
            ApplyError::NotOfOrder(_) => invalid("orderEntryIds", "sub-orders of this order"),
            ApplyError::NotAllowed { .. } | ApplyError::MixedStates => Self::OrderState(text),
            ApplyError::AlreadyOpen(_) => Self::DuplicateRefund(text),
            ApplyError::Reason(_) => invalid("applyReasonId", "an id of the reason list"),
            ApplyError::CountsNotAllowed | ApplyError::Count { .. } => amount("orderEntryCountList", text),
            ApplyError::CountOfOther(_) => invalid("orderEntryCountList", "ids of orderEntryIds"),
            ApplyError::Payment { .. } => amount("applyPayment", text),
            ApplyError::Carriage { .. } => amount("applyCarriage", text),
            ApplyError::Description => invalid("description", "2 to 150 characters"),
            ApplyError::VoucherNeeded => Self::Missing { field: "vouchers" },
            ApplyError::TooManyVouchers => Self::File { field: "vouchers", expected: text },
        }
    }
}

fn invalid(field: &'static str, expected: &str) -> Problem {
    Problem::Invalid { field, expected: expected.to_owned() }
}

fn amount(field: &'static str, expected: String) -> Problem {
    Problem::Amount { field, expected }
}
