//! Sending goods back and withdrawing a refund.

use super::voucher::file;
use crate::{
    Caller, Platform, Problem, Result, Ticket,
    intend::Start,
    intent::{Deed, Outcome},
    mirror::OwnRefund,
};
use connector::aftersale::SendBack;
use domain::{
    RefundId,
    refund::{Command, ReturnParcel},
};

/// The parcel that goes back, as the developer declares it.
#[derive(Debug, Clone)]
pub struct Return {
    pub refund: RefundId,
    pub company: String,
    pub bill: String,
    pub description: Option<String>,
    pub vouchers: Vec<String>,
}

impl Platform {
    pub async fn send_back(&self, caller: &Caller, ticket: &Ticket, ask: Return) -> Result<()> {
        let parcel = ReturnParcel { company: ask.company.clone(), bill: ask.bill.clone() };
        let own = self.own_refund(caller, ask.refund).await?;
        let own = match ticket.resumed() {
            Some(_) => own,
            None => {
                let own = self.require_refund(caller, own, &Command::BuyerSend(parcel.clone())).await?;
                self.check_return(caller, &ask).await?;
                own
            }
        };
        let order = self.own_order(caller, own.core.order_id).await?;
        let aftersale = self.aftersale(order.record.marketplace)?;
        let deed = Deed::SendBack { order: order.core.id, refund: ask.refund, parcel: Some(parcel) };
        let Start::Send(open) = self.intend(caller, ticket, deed).await? else { return Ok(()) };
        let upstream = SendBack {
            refund: ask.refund,
            company: ask.company,
            bill: ask.bill,
            description: ask.description,
            vouchers: ask.vouchers,
        };
        let sent = aftersale.send_back(order.record.account_id, &upstream).await;
        if let Err(error) = sent {
            return self.find_out(&open, ticket, error).await.map(drop);
        }
        self.observe_end(ticket, self.refund_look(caller, &own), open.end(&Outcome::Done)?).await?;
        Ok(())
    }

    pub async fn cancel_refund(&self, caller: &Caller, ticket: &Ticket, id: RefundId) -> Result<()> {
        let own = self.own_refund(caller, id).await?;
        let own = match ticket.resumed() {
            Some(_) => own,
            None => self.require_refund(caller, own, &Command::BuyerCancel).await?,
        };
        let order = self.own_order(caller, own.core.order_id).await?;
        let aftersale = self.aftersale(order.record.marketplace)?;
        let deed = Deed::CancelRefund { order: order.core.id, refund: id };
        let Start::Send(open) = self.intend(caller, ticket, deed).await? else { return Ok(()) };
        let sent = aftersale.cancel(order.record.account_id, id).await;
        if let Err(error) = sent {
            return self.find_out(&open, ticket, error).await.map(drop);
        }
        self.observe_end(ticket, self.refund_look(caller, &own), open.end(&Outcome::Done)?).await?;
        Ok(())
    }

    /// Refuses on a fresh mirror what has no arrow.
    async fn require_refund(&self, caller: &Caller, own: OwnRefund, command: &Command) -> Result<OwnRefund> {
        let now = self.clocks.world();
        if own.core.may(command, now).is_ok() {
            return Ok(own);
        }
        if own.core.is_open() {
            self.observe(self.refund_look(caller, &own)).await?;
        }
        let own = self.own_refund(caller, own.core.id).await?;
        own.core.may(command, now)?;
        Ok(own)
    }

    async fn check_return(&self, caller: &Caller, ask: &Return) -> Result<()> {
        let invalid = |field, expected: &str| Problem::Invalid { field, expected: expected.to_owned() };
        let own = self.own_refund(caller, ask.refund).await?;
        let order = self.own_order(caller, own.core.order_id).await?;
        let companies = self.aftersale(order.record.marketplace)?.companies().await?;
        if !companies.iter().any(|c| c.code == ask.company) {
            return Err(invalid("logisticsCompanyNo", "a companyNo of the company list"));
        }
        if !(1..=50).contains(&ask.bill.trim().chars().count()) {
            return Err(invalid("freightBill", "1 to 50 characters"));
        }
        if ask.vouchers.len() > 10 {
            return Err(file("vouchers", "expected at most 10 vouchers"));
        }
        self.check_vouchers(caller, &ask.vouchers).await?;
        let text = ask.description.as_ref().map(|d| d.chars().count());
        if text.is_some_and(|n| !(2..=200).contains(&n)) {
            return Err(invalid("description", "2 to 200 characters"));
        }
        Ok(())
    }
}
