//! Opening a refund. Our copy of the rules refuses early, on a fresh mirror, what cannot succeed; the marketplace decides.

use super::voucher::file;
use crate::{
    Caller, Platform, Problem, Result, Ticket,
    intend::Start,
    intent::{Deed, Open, Outcome},
    mirror::OwnOrder,
    observe::Look,
};
use connector::{Error, Kind};
use domain::{
    RefundId,
    refund::{Application, Refund, apply},
};

impl Platform {
    pub async fn apply_refund(&self, caller: &Caller, ticket: &Ticket, ask: Application) -> Result<RefundId> {
        let own = self.own_order(caller, ask.order_id).await?;
        self.aftersale(own.record.marketplace)?;
        let own = if ticket.resumed().is_none() { self.check_application(caller, own, &ask).await? } else { own };
        let known = self.refunds_of(&own).await?.iter().map(|r| r.id).collect();
        let deed = Deed::ApplyRefund { order: ask.order_id, entries: ask.entries.clone(), known };
        match self.intend(caller, ticket, deed).await? {
            Start::Earlier(Outcome::Refund(id)) => Ok(id),
            Start::Earlier(other) => Err(Problem::Internal(format!("an application ended as {other:?}"))),
            Start::Send(open) => self.send_application(caller, ticket, &open, &own, &ask).await,
        }
    }

    async fn send_application(
        &self,
        caller: &Caller,
        ticket: &Ticket,
        open: &Open,
        own: &OwnOrder,
        ask: &Application,
    ) -> Result<RefundId> {
        let id = match self.aftersale(own.record.marketplace)?.apply(own.record.account_id, ask).await {
            Ok(id) => id,
            Err(error) if error.kind == Kind::RefundState => {
                match self.wrong_state(caller, open, own, ask, error).await {
                    Ok(id) => id,
                    Err(problem) => return Err(self.give_up(open, ticket, problem).await),
                }
            }
            Err(error) => return self.find_application(open, ticket, error).await,
        };
        let look = Look { refund: Some(id), ..self.look(caller, ask.order_id) };
        match self.observe_end(ticket, look, open.end(&Outcome::Refund(id))?).await {
            Ok(_) => Ok(id),
            Err(problem) if problem.is_absence() => {
                self.find_application(open, ticket, open.deed.names_nothing()).await
            }
            Err(problem) => Err(problem),
        }
    }

    async fn find_application(&self, open: &Open, ticket: &Ticket, error: Error) -> Result<RefundId> {
        match self.find_out(open, ticket, error).await? {
            Outcome::Refund(id) => Ok(id),
            other => Err(Problem::Internal(format!("an application ended as {other:?}"))),
        }
    }

    /// The marketplace has one code for a duplicate and for an order in another state; looking again tells them apart. A
    /// duplicate that asks for the very same, and that nobody knew of when this was sent, is this one: it was delivered
    /// twice, or an earlier try of it arrived late.
    async fn wrong_state(
        &self,
        caller: &Caller,
        intent: &Open,
        own: &OwnOrder,
        ask: &Application,
        refused: Error,
    ) -> Result<RefundId> {
        let aftersale = self.aftersale(own.record.marketplace)?;
        let refunds = aftersale.refunds_of(own.record.account_id, ask.order_id).await.unwrap_or_default();
        let open = refunds.iter().find(|r| r.is_open() && ask.entries.iter().any(|e| r.covers(*e)));
        if let Some(open) = open {
            if intent.is_new(open.id) && is_of(open, ask) && !self.is_another_requests(intent, open).await? {
                return Ok(open.id);
            }
            let look = Look { refund: Some(open.id), ..self.look(caller, ask.order_id) };
            if let Err(problem) = self.observe(look).await {
                tracing::warn!(refund = %open.id, ?problem, "an open refund could not be taken into the mirror");
            }
            return Err(Problem::DuplicateRefund("a sub-order already has an open refund".to_owned()));
        }
        Err(match refused.into() {
            Problem::Upstream(upstream) => Problem::OrderState(upstream.public_text()),
            other => other,
        })
    }

    /// Whether the refund is the doing of another request for the very same, which is being answered at this moment or was
    /// answered already.
    async fn is_another_requests(&self, own: &Open, refund: &Refund) -> Result<bool> {
        let id = refund.id;
        self.is_anothers(own, |other| other.applied_for(refund), |outcome| *outcome == Outcome::Refund(id)).await
    }

    async fn check_application(&self, caller: &Caller, own: OwnOrder, ask: &Application) -> Result<OwnOrder> {
        if ask.entries.is_empty() {
            return Err(Problem::Invalid { field: "orderEntryIds", expected: "at least one sub-order".to_owned() });
        }
        let allowed = |o: &OwnOrder| apply::allowed(&o.core, &ask.entries, Some(ask.request), ask.goods).map(|_| ());
        let own = self.require(caller, own, allowed).await?;
        if let Err(problem) = self.judge(&own, ask).await {
            // Refused on what the mirror says; make sure that it says the present.
            self.refresh(caller, &own).await?;
            let own = self.own_order(caller, ask.order_id).await?;
            self.judge(&own, ask).await.map_err(|again| prefer(problem, again))?;
            self.check_vouchers(caller, &ask.vouchers).await?;
            return Ok(own);
        }
        self.check_vouchers(caller, &ask.vouchers).await?;
        Ok(own)
    }

    async fn judge(&self, own: &OwnOrder, ask: &Application) -> Result<()> {
        let earlier = self.refunds_of(own).await?;
        let open = ask.entries.iter().find(|e| earlier.iter().any(|r| r.is_open() && r.covers(**e)));
        if let Some(entry) = open {
            return Err(apply::ApplyError::AlreadyOpen(*entry).into());
        }
        let reasons = self.reasons_of(own, &ask.entries, ask.goods).await?;
        apply::check(&own.core, &earlier, &reasons, ask)?;
        if ask.vouchers.len() > 5 { Err(file("vouchers", "expected 1 to 5 vouchers")) } else { Ok(()) }
    }

    /// Reads an order and all of its refunds again.
    pub(crate) async fn refresh(&self, caller: &Caller, own: &OwnOrder) -> Result<()> {
        let refunds = self.aftersale(own.record.marketplace)?.refunds_of(own.record.account_id, own.core.id).await?;
        let mirror = self.refunds_of(own).await?;
        for refund in refunds {
            let same = mirror.iter().any(|m| m.id == refund.id && m.status == refund.status && !m.is_open());
            if !same {
                self.observe(Look { refund: Some(refund.id), ..self.look(caller, own.core.id) }).await?;
            }
        }
        self.observe(self.look(caller, own.core.id)).await?;
        Ok(())
    }
}

/// Whether a refund is what was asked for.
fn is_of(refund: &Refund, ask: &Application) -> bool {
    ask.entries.iter().all(|e| refund.covers(*e))
        && refund.entries.len() == ask.entries.len()
        && (refund.apply_payment, refund.apply_carriage) == (ask.payment, ask.carriage)
        && (refund.request, refund.reason_id) == (ask.request, ask.reason_id)
}

/// The second judgement is the better informed one, unless it failed on the way.
fn prefer(first: Problem, again: Problem) -> Problem {
    match again {
        Problem::Upstream(_) | Problem::Internal(_) | Problem::Overloaded => first,
        other => other,
    }
}
