//! The operator's requests about payments that wait.

use super::{Id, paging, set, short};
use crate::error::{Code, Fault};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Payments that wait for the operator, or did.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PaymentListBody {
    /// `waiting`, `approved` or `refused`, of unpaid orders; or `all`. Default `waiting`.
    pub state: Option<String>,
    /// From 1; default 1.
    pub page: Option<i64>,
    /// 1 to 50; default 20.
    pub page_size: Option<i64>,
}

/// Which payments are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentWords {
    Waiting,
    Approved,
    Refused,
    All,
}

impl PaymentListBody {
    /// Which, page and size.
    pub fn filter(&self) -> Result<(PaymentWords, u32, u32), Fault> {
        let which = match set(self.state.as_ref()) {
            None | Some("waiting") => PaymentWords::Waiting,
            Some("approved") => PaymentWords::Approved,
            Some("refused") => PaymentWords::Refused,
            Some("all") => PaymentWords::All,
            Some(_) => return Err(Fault::invalid("state", "waiting, approved, refused or all")),
        };
        let (page, size) = paging(("page", self.page), ("pageSize", self.page_size))?;
        Ok((which, page, size))
    }
}

/// One payment.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PaymentIdBody {
    pub payment_id: Id,
}

impl PaymentIdBody {
    pub fn payment(&self) -> Result<i64, Fault> {
        payment(&self.payment_id)
    }
}

/// Refuse a payment.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PaymentRefuseBody {
    pub payment_id: Id,
    /// For the operators who come after, at most 200 characters.
    pub reason: Option<String>,
}

impl PaymentRefuseBody {
    pub fn payment(&self) -> Result<i64, Fault> {
        payment(&self.payment_id)
    }

    pub fn reason(&self) -> Result<Option<String>, Fault> {
        short("reason", self.reason.as_ref(), 200)
    }
}

/// What cannot be an id is of no payment.
fn payment(id: &Id) -> Result<i64, Fault> {
    id.0.trim().parse().map_err(|_| Fault::field(Code::ObjectNotFound, "paymentId", "no such payment"))
}
