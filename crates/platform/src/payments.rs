//! The operator's side of payment: what waits for approval, and what the operator says to it.
//!
//! Approving debits once more, since money may have come meanwhile, and gives the cashier page where it has not. Whether an
//! order is paid is read from the order and kept nowhere else.

use crate::{
    Caller, Platform, Problem, Result, Ticket, intent::Deed, mirror::OwnOrder, orders::Remarks, problem::Thing,
};
use storage::{Changes, PaymentFilter, records};

pub use storage::records::{Payment, PaymentState};

/// Which payments are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Of unpaid orders, in this state.
    Unpaid(PaymentState),
    All,
}

/// A payment with its order.
#[derive(Debug, Clone)]
pub struct PaymentEntry {
    pub payment: Payment,
    pub order: OwnOrder,
    pub account: String,
    pub remarks: Option<Remarks>,
}

impl PaymentEntry {
    /// Where it stands: what the operator said, unless the order has gone on.
    pub fn state(&self) -> &'static str {
        if self.order.core.was_paid() {
            "paid"
        } else if self.order.core.status.is_final() {
            "closed"
        } else {
            self.payment.state.word()
        }
    }
}

/// What an approval came to.
#[derive(Debug, Clone)]
pub struct Approved {
    pub entry: PaymentEntry,
    /// Where the operator pays, if the debit did not go through.
    pub cashier_url: Option<String>,
}

impl Platform {
    /// A page over all developers, the longest waiting first, and how many there are in all.
    pub async fn payments(&self, which: Which, page: u32, size: u32) -> Result<(Vec<PaymentEntry>, i64)> {
        let filter = match which {
            Which::Unpaid(state) => {
                PaymentFilter { state: Some(state), unpaid: Some(true), ..PaymentFilter::default() }
            }
            Which::All => PaymentFilter::default(),
        };
        let offset = i64::from(page.saturating_sub(1)) * i64::from(size);
        let found = self.storage.payments(filter, offset, i64::from(size)).await?;
        let mut entries = Vec::with_capacity(found.items.len());
        for payment in found.items {
            entries.push(self.payment_entry(payment).await?);
        }
        Ok((entries, found.total))
    }

    pub async fn approve_payment(&self, operator: &Caller, ticket: &Ticket, id: i64) -> Result<Approved> {
        let payment = self.known_payment(id).await?;
        let owner = self.owner_of(operator, &payment).await?;
        let own = self.own_order(&owner, payment.order_id).await?;
        let own = match (ticket.resumed(), payment.state) {
            (None, PaymentState::Refused) => return Err(refused()),
            (None, PaymentState::Waiting | PaymentState::Approved) => {
                self.require(&owner, own, |o| o.core.may_pay()).await?
            }
            (Some(_), _) => own,
        };
        let decision = self.decision(&payment, PaymentState::Approved, None);
        let deed = Deed::PayOrder { order: payment.order_id, in_bulk: true };
        let start = self.intend_with(&owner, ticket, deed, decision).await?;
        let debited = self.debit(ticket, start, &own).await?;
        let cashier_url = if debited { None } else { self.cashier(&own).await?.cashier_url };
        Ok(Approved { entry: self.payment_entry(self.known_payment(id).await?).await?, cashier_url })
    }

    pub async fn refuse_payment(&self, ticket: &Ticket, id: i64, reason: Option<String>) -> Result<PaymentEntry> {
        let payment = self.known_payment(id).await?;
        match payment.state {
            PaymentState::Waiting => {}
            PaymentState::Approved => return Err(Problem::OrderState("the payment was approved".to_owned())),
            PaymentState::Refused => return Err(refused()),
        }
        let now = self.clocks.world();
        ticket.decide(self.decision(&payment, PaymentState::Refused, reason.clone()));
        let decided = Payment { state: PaymentState::Refused, decided_at: Some(now), reason, ..payment };
        self.payment_entry(decided).await
    }

    async fn known_payment(&self, id: i64) -> Result<Payment> {
        self.storage.payment(id).await?.ok_or(Problem::NotFound(Thing::Payment))
    }

    /// The change to `state`; nothing where it is so already.
    fn decision(&self, payment: &Payment, state: PaymentState, reason: Option<String>) -> Changes {
        if payment.state == state {
            return Changes::new();
        }
        let decided_at = Some(self.clocks.world());
        Changes::new().update_payment(&Payment { state, decided_at, reason, ..payment.clone() })
    }

    /// The operator pays in the name of the order's owner, whose order it stays.
    async fn owner_of(&self, operator: &Caller, payment: &Payment) -> Result<Caller> {
        let developer = self.developer(payment.developer_id).await?;
        Ok(Caller {
            developer: self.known_developer(&developer).await?,
            user: payment.user_id,
            access_key: String::new(),
            request_id: operator.request_id.clone(),
        })
    }

    async fn payment_entry(&self, payment: Payment) -> Result<PaymentEntry> {
        let record: Option<records::Order> = self.storage.order(payment.developer_id, payment.order_id).await?;
        let record = record.ok_or_else(|| Problem::Internal(format!("payment {} has no order", payment.id)))?;
        let account = self.storage.account(record.account_id).await?;
        let remarks = record.remarks.as_deref().and_then(|text| serde_json::from_str(text).ok());
        let account = account.map_or_else(|| record.account_id.to_string(), |account| account.login_id);
        Ok(PaymentEntry { payment, order: OwnOrder::read(record)?, account, remarks })
    }
}

fn refused() -> Problem {
    Problem::OrderState("the payment was refused; its developer may submit the order again".to_owned())
}
