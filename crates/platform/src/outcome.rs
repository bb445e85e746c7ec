//! The last commit of a write: what the marketplace did, and what the caller is told of it, together.
//!
//! A use case hands its outcome in, and [`Platform::finish`] commits it with the answer; so a write costs two commits, its
//! intent's and this one, and a key is never without its answer once the outcome is on record. Where somebody else has
//! changed the order meanwhile, the outcome is looked at anew and the answer kept after it. Rejected: composing the answer
//! before the commit inside the use case, which would have to know the editions.

use crate::{
    Platform, Result, Ticket,
    intent::{Ending, NewOrder, Open},
    mirror::OwnOrder,
    observe::{Look, Seen},
    orders::Known,
};
use domain::OrderId;
use storage::{Changes, CommitError};

/// An outcome on its way into the last commit.
pub(crate) struct Outgoing {
    changes: Changes,
    way: Way,
}

/// What it came from, should it have to be made anew.
enum Way {
    Look(Box<(Look, Ending)>),
    Create(Box<(Open, NewOrder, Vec<OrderId>)>),
}

impl Platform {
    /// As [`Platform::observe_with`]; where the write has no other part, the commit is left to [`Platform::finish`].
    pub(crate) async fn observe_end(&self, ticket: &Ticket, look: Look, ending: Ending) -> Result<Seen> {
        if ticket.is_sole() {
            let (seen, difference) = self.compare(&look).await?;
            if let Some(changes) = difference {
                let changes = changes.and(ending.changes()?);
                ticket.hand_in(Outgoing { changes, way: Way::Look(Box::new((look, ending))) });
                return Ok(seen);
            }
        }
        self.observe_with(look, &ending).await
    }

    /// As [`Platform::take_over`]; where the write has no other part, the commit is left to [`Platform::finish`].
    pub(crate) async fn take_over_at_end(
        &self,
        ticket: &Ticket,
        open: &Open,
        new: &NewOrder,
        ids: &[OrderId],
    ) -> Result<Vec<OwnOrder>> {
        if !ticket.is_sole() {
            return self.take_over(open, new, ids).await;
        }
        let known = if ticket.resumed().is_some() { Known::Perhaps } else { Known::No };
        let entrance = self.entrance(open, new, ids, known).await?;
        if entrance.orders.len() < ids.len() {
            return self.take_over(open, new, ids).await;
        }
        let changes = entrance.ending.changes()?.and(entrance.changes);
        let way = Way::Create(Box::new((open.clone(), new.clone(), ids.to_vec())));
        ticket.hand_in(Outgoing { changes, way });
        Ok(entrance.orders)
    }

    /// Commits what was handed in together with the answer; false where the answer is still to be committed.
    pub(crate) async fn commit_outgoing(&self, outgoing: Outgoing, answer: &Changes) -> Result<bool> {
        let together = outgoing.changes.and(answer.clone());
        let committed = match self.storage.commit(together).await {
            Ok(()) => true,
            Err(CommitError::Conflict(_)) => false,
            Err(error) => return Err(error.into()),
        };
        match outgoing.way {
            Way::Look(look) if committed => self.sights.outdate(look.0.order),
            Way::Look(look) => drop(self.observe_with(look.0, &look.1).await?),
            Way::Create(_) if committed => {}
            Way::Create(made) => drop(self.take_over(&made.0, &made.1, &made.2).await?),
        }
        self.deliverer.notify();
        Ok(committed)
    }
}
