//! Where a write begins: its intents are committed with nonce and keys, or what became of those of an earlier try is found
//! out first.
//!
//! A write may have several parts (orders of several merchants, payments of several orders). Each part is an intent of its
//! own with an outcome of its own; one key stands for all of them. A later try takes over what is done, asks for what is
//! not known, and does anew what was refused or never arrived. Rejected: one intent for the whole, which could only be
//! settled as a whole.

use crate::{
    Caller, Platform, Problem, Result, Ticket,
    intent::{Deed, NewOrder, Open, Outcome, Settled},
};
use std::cmp::Reverse;
use storage::Changes;

/// Where a use case stands when it may call the marketplace.
pub(crate) enum Start {
    /// Send it.
    Send(Box<Open>),
    /// An earlier try with the same key did it.
    Earlier(Outcome),
}

/// An intent of an earlier try.
struct Earlier {
    open: Open,
    /// `None` while nobody knows.
    outcome: Option<Outcome>,
}

impl Earlier {
    fn is_done(&self) -> bool {
        !matches!(self.outcome, None | Some(Outcome::Refused(_)))
    }
}

impl Platform {
    /// Begins a write of one part.
    pub(crate) async fn intend(&self, caller: &Caller, ticket: &Ticket, deed: Deed) -> Result<Start> {
        self.intend_with(caller, ticket, deed, Changes::new()).await
    }

    /// As [`Platform::intend`], with `more` in the first commit.
    pub(crate) async fn intend_with(
        &self,
        caller: &Caller,
        ticket: &Ticket,
        deed: Deed,
        more: Changes,
    ) -> Result<Start> {
        let mut starts = self.intend_all(caller, ticket, vec![deed], more).await?;
        starts.pop().unwrap_or_else(|| Err(Problem::Internal("a write without a part".to_owned())))
    }

    /// Begins a write of several parts, in one commit. Answers a start for each, in their order; an error where nobody
    /// knows yet what became of an earlier try.
    pub(crate) async fn intend_all(
        &self,
        caller: &Caller,
        ticket: &Ticket,
        deeds: Vec<Deed>,
        more: Changes,
    ) -> Result<Vec<Result<Start>>> {
        let write = ticket.write().unwrap_or_else(|| self.new_id());
        let asked = ticket.asked().filter(|_| deeds.len() == 1);
        let mut begun = more;
        let mut starts = Vec::with_capacity(deeds.len());
        for deed in deeds {
            let deed = match self.take_up(ticket, deed).await {
                Ok(Taken::Done(outcome)) => {
                    starts.push(Ok(Start::Earlier(outcome)));
                    continue;
                }
                Ok(Taken::Anew(deed)) => deed,
                Err(problem) => {
                    starts.push(Err(problem));
                    continue;
                }
            };
            let id = self.new_id();
            let (now, instance) = (self.clocks.wall(), self.config.instance);
            let (open, intent) = Open::begin(caller, (&write, id), deed, asked.cloned(), now, instance)?;
            begun = begun.begin_intent(&intent).and(open.hold_rows());
            starts.push(Ok(Start::Send(Box::new(open))));
        }
        self.commit_first(ticket, &write, begun).await?;
        ticket.set_sole(starts.len() == 1);
        if starts.iter().any(Result::is_err) {
            ticket.leave_open();
        }
        Ok(starts)
    }

    /// Whether an earlier try of this write has begun this part.
    pub(crate) fn was_begun(&self, ticket: &Ticket, deed: &Deed) -> Result<bool> {
        Ok(earlier(ticket, deed)?.is_some())
    }

    async fn take_up(&self, ticket: &Ticket, deed: Deed) -> Result<Taken> {
        let Some(earlier) = earlier(ticket, &deed)? else { return Ok(Taken::Anew(deed)) };
        let settled = match earlier.outcome {
            Some(Outcome::Refused(_)) => Settled::Nothing,
            Some(outcome) => Settled::Done(outcome),
            None => self.settle(&earlier.open).await?,
        };
        Ok(match settled {
            Settled::Done(outcome) => Taken::Done(outcome),
            // The same number goes upstream again: should the first try arrive after all, it is still one order.
            // The marketplace refuses what another one did, and the caller is told so.
            Settled::Nothing | Settled::ByAnother => Taken::Anew(match (earlier.open.deed, deed) {
                (Deed::CreateOrder(first), Deed::CreateOrder(again)) => {
                    Deed::CreateOrder(Box::new(NewOrder { own_number: first.own_number, ..*again }))
                }
                (_, deed) => deed,
            }),
        })
    }
}

enum Taken {
    Done(Outcome),
    Anew(Deed),
}

/// The intent of an earlier try of this part that says most: one that is done, else one that runs, else the last.
fn earlier(ticket: &Ticket, deed: &Deed) -> Result<Option<Earlier>> {
    let part = deed.part();
    let mut found: Vec<Earlier> = Vec::new();
    for intent in ticket.intents() {
        let open = Open::read(intent)?;
        if open.deed.part() == part {
            let outcome = intent.outcome.as_deref().and_then(|text| serde_json::from_str(text).ok());
            found.push(Earlier { open, outcome });
        }
    }
    found.reverse();
    found.sort_by_key(|e| Reverse((e.is_done(), e.outcome.is_none())));
    Ok(found.into_iter().next())
}
