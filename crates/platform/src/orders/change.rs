//! Cancelling an unpaid order and confirming receipt.

use crate::{
    Caller, Platform, Problem, Result, Ticket,
    intend::Start,
    intent::{Deed, Outcome},
};
use connector::{Effect, Kind, ordering::CancelReason};
use domain::{EntryId, OrderId};

/// A refusal that belongs into the answer rather than the envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declined {
    pub code: String,
    pub text: String,
}

impl Platform {
    pub async fn cancel_order(
        &self,
        caller: &Caller,
        ticket: &Ticket,
        order: OrderId,
        reason: CancelReason,
    ) -> Result<()> {
        let own = self.own_order(caller, order).await?;
        let ordering = self.ordering(own.record.marketplace)?;
        let own = match ticket.resumed() {
            Some(_) => own,
            None => {
                let now = self.clocks.world();
                self.require(caller, own, |o| o.core.may_cancel(now)).await?
            }
        };
        let Start::Send(open) = self.intend(caller, ticket, Deed::CancelOrder { order }).await? else { return Ok(()) };
        let sent = ordering.cancel(own.record.account_id, order, &reason).await;
        if let Err(error) = sent {
            return self.find_out(&open, ticket, error).await.map(drop);
        }
        self.observe_end(ticket, self.look(caller, order), open.end(&Outcome::Done)?).await?;
        Ok(())
    }

    /// Confirms receipt. What the marketplace itself refuses comes back as [`Declined`].
    pub async fn receive_goods(
        &self,
        caller: &Caller,
        ticket: &Ticket,
        order: OrderId,
        entries: Vec<EntryId>,
    ) -> Result<std::result::Result<(), Declined>> {
        if entries.is_empty() {
            return Err(Problem::Invalid { field: "orderEntryIds", expected: "at least one sub-order".to_owned() });
        }
        let own = self.own_order(caller, order).await?;
        let ordering = self.ordering(own.record.marketplace)?;
        let own = match ticket.resumed() {
            Some(_) => own,
            None => self.require(caller, own, |o| o.core.may_receive(&entries)).await?,
        };
        let deed = Deed::ReceiveGoods { order, entries: entries.clone() };
        let Start::Send(open) = self.intend(caller, ticket, deed).await? else { return Ok(Ok(())) };
        let sent = ordering.confirm_receipt(own.record.account_id, order, &entries).await;
        match sent {
            Ok(()) => {}
            Err(error) if error.effect == Effect::None && error.code.is_some() && refused(error.kind) => {
                let declined = Declined {
                    code: error.code.clone().unwrap_or_default(),
                    text: error.text.clone().unwrap_or_default(),
                };
                self.give_up(&open, ticket, error.into()).await;
                return Ok(Err(declined));
            }
            Err(error) => return self.find_out(&open, ticket, error).await.map(|_| Ok(())),
        }
        self.observe_end(ticket, self.look(caller, order), open.end(&Outcome::Done)?).await?;
        Ok(Ok(()))
    }
}

/// The marketplace said no to what was asked, as opposed to who asked or how often.
fn refused(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Refused | Kind::OrderState | Kind::OrderNotFound | Kind::InvalidParameter | Kind::MissingParameter
    )
}
