//! Paying: the password-free debit first, else a cashier page. A debit that says no may have gone through all the same, so
//! the order is read before anything else is said.

use crate::{
    Caller, Platform, Problem, Result, Ticket,
    intend::Start,
    intent::{Deed, Open, Outcome},
    mirror::OwnOrder,
};
use connector::Kind;
use domain::OrderId;

/// How a payment stands.
#[derive(Debug, Clone)]
pub struct Paid {
    pub order: OrderId,
    /// The debit went through; no page is needed.
    pub debited: bool,
    pub cashier_url: Option<String>,
    pub left_out: Vec<OrderId>,
}

impl Platform {
    pub async fn pay(&self, caller: &Caller, ticket: &Ticket, id: &str) -> Result<Paid> {
        let own = self.own_order_by(caller, id).await?;
        self.payment(own.record.marketplace)?;
        let order = own.core.id;
        let own = match ticket.resumed() {
            Some(_) => own,
            None => self.require(caller, own, |o| o.core.may_pay()).await?,
        };
        let start = self.intend(caller, ticket, Deed::PayOrder { order, in_bulk: false }).await?;
        let debited = self.debit(ticket, start, &own).await?;
        if debited {
            return Ok(Paid { order, debited, cashier_url: None, left_out: Vec::new() });
        }
        self.cashier(&own).await
    }

    /// Whether the order is paid now.
    pub(crate) async fn debit(&self, ticket: &Ticket, start: Start, own: &OwnOrder) -> Result<bool> {
        match start {
            Start::Earlier(_) => Ok(true),
            Start::Send(open) => self.send_debit(ticket, &open, own).await,
        }
    }

    async fn send_debit(&self, ticket: &Ticket, open: &Open, own: &OwnOrder) -> Result<bool> {
        let order = own.core.id;
        let said = match self.payment(own.record.marketplace)?.debit(own.record.account_id, order).await {
            Ok(said) => said,
            Err(error) if error.kind == Kind::InsufficientBalance => false,
            Err(error) => return self.find_out(open, ticket, error).await.map(|_| true),
        };
        let seen = self.observe(open.look(order, None)).await?;
        let paid = seen.order.was_paid();
        if paid && !said && self.is_a_rivals(open).await? {
            return Err(self.give_up(open, ticket, open.deed.too_late()).await);
        }
        let outcome = if paid { Outcome::Done } else { Outcome::Refused("not debited".to_owned()) };
        self.commit_end(&open.end(&outcome)?).await?;
        Ok(paid)
    }

    pub(crate) async fn cashier(&self, own: &OwnOrder) -> Result<Paid> {
        let order = own.core.id;
        let page = self.payment(own.record.marketplace)?.cashier(own.record.account_id, &[order]).await?;
        if page.left_out.contains(&order) {
            return Err(Problem::OrderState("the marketplace leaves the order out of payment".to_owned()));
        }
        Ok(Paid { order, debited: false, cashier_url: page.url, left_out: page.left_out })
    }
}
