//! Paying several orders at once. What the purchasing account has no money for waits for the operator.
//!
//! Debits follow one another, so that money which does not cover all of them covers the first. Each is an intent of its own.

use crate::{Caller, Platform, Problem, Result, Ticket, intent::Deed, mirror::OwnOrder};
use domain::OrderId;
use storage::{
    Changes, CommitError, What,
    records::{Payment, PaymentState},
};

/// How often a payment that changes at the same moment is read again.
const TRIES: usize = 8;

/// What became of the orders of a bulk payment.
#[derive(Debug, Clone, Default)]
pub struct Submitted {
    pub debited: Vec<OrderId>,
    /// The operator has to approve these.
    pub waiting: Vec<OrderId>,
    /// Unknown orders, and those that cannot be paid.
    pub left_out: Vec<OrderId>,
}

impl Platform {
    pub async fn submit_to_pay(&self, caller: &Caller, ticket: &Ticket, ids: Vec<OrderId>) -> Result<Submitted> {
        let mut submitted = Submitted::default();
        let mut payable = Vec::new();
        for id in ids {
            match self.payable(caller, ticket, id).await? {
                Some(own) => payable.push(own),
                None => submitted.left_out.push(id),
            }
        }
        if payable.is_empty() {
            return Ok(submitted);
        }
        let deeds = payable.iter().map(|own| Deed::PayOrder { order: own.core.id, in_bulk: true }).collect();
        let starts = self.intend_all(caller, ticket, deeds, Changes::new()).await?;
        let mut unknown = None;
        for (own, start) in payable.iter().zip(starts) {
            let debited = match start {
                Ok(start) => self.debit(ticket, start, own).await,
                Err(problem) => Err(problem),
            };
            match debited {
                Ok(true) => submitted.debited.push(own.core.id),
                Ok(false) => {
                    self.wait_for_approval(caller, own.core.id).await?;
                    submitted.waiting.push(own.core.id);
                }
                Err(problem) if problem.is_final() => submitted.left_out.push(own.core.id),
                Err(problem) => unknown = unknown.or(Some(problem)),
            }
        }
        match unknown {
            None => Ok(submitted),
            Some(problem) => {
                // The next try with the same key goes on from here.
                ticket.leave_open();
                Err(problem)
            }
        }
    }

    /// The order, where it is this caller's and waits for payment, or where an earlier try has begun to pay it.
    async fn payable(&self, caller: &Caller, ticket: &Ticket, id: OrderId) -> Result<Option<OwnOrder>> {
        let own = match self.own_order(caller, id).await {
            Ok(own) => own,
            Err(Problem::NotFound(_)) => return Ok(None),
            Err(problem) => return Err(problem),
        };
        self.payment(own.record.marketplace)?;
        if self.was_begun(ticket, &Deed::PayOrder { order: id, in_bulk: true })? {
            return Ok(Some(own));
        }
        match self.require(caller, own, |o| o.core.may_pay()).await {
            Ok(own) => Ok(Some(own)),
            Err(Problem::OrderState(_)) => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// Puts the order on the operator's list; one that was refused there comes back.
    async fn wait_for_approval(&self, caller: &Caller, order: OrderId) -> Result<()> {
        for _ in 0..TRIES {
            let now = self.clocks.world();
            let known = self.storage.payment_of(caller.developer.id, order).await?;
            let changes = match known {
                Some(known) if known.state == PaymentState::Waiting => return Ok(()),
                Some(known) => Changes::new().update_payment(&Payment {
                    state: PaymentState::Waiting,
                    submitted_at: now,
                    decided_at: None,
                    reason: None,
                    ..known
                }),
                None => Changes::new().insert_payment(&Payment {
                    developer_id: caller.developer.id,
                    id: self.storage.ids(1).await?,
                    order_id: order,
                    user_id: caller.user,
                    state: PaymentState::Waiting,
                    submitted_at: now,
                    decided_at: None,
                    reason: None,
                    version: 1,
                }),
            };
            match self.storage.commit(changes).await {
                Err(CommitError::Conflict(What::Payment)) => {}
                done => return Ok(done?),
            }
        }
        Err(Problem::Internal(format!("the payment of order {order} changes faster than it can be read")))
    }
}
