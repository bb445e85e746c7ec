//! Of two requests for the same, whose doing it was.
//!
//! Where a call was not plainly done, looking at the object tells that it stands as wanted, and not by whom. If another
//! write for the same has a success on record, it was that one's, and this caller is told that he came too late. Rejected:
//! one write at a time for each object, held by a row in the database: a second caller would wait for a marketplace that
//! does not answer the first.

use crate::{
    Platform, Problem, Result,
    intent::{Deed, Open, Outcome},
};
use std::{mem::discriminant, time::Duration};
use storage::records::{Intent, IntentState};

/// How often, and how far apart, it is asked what becomes of another write for the same.
const LOOKS: usize = 40;
const PAUSE: Duration = Duration::from_millis(50);

impl Deed {
    /// Whether one of the two leaves nothing for the other.
    fn rivals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::ReceiveGoods { entries, .. }, Self::ReceiveGoods { entries: others, .. }) => {
                entries.iter().any(|entry| others.contains(entry))
            }
            _ => discriminant(self) == discriminant(other) && self.subject() == other.subject(),
        }
    }

    /// What a caller is told whose deed another one has done.
    pub(crate) fn too_late(&self) -> Problem {
        let text = "another request has done this at the same moment".to_owned();
        match self {
            Self::SendBack { .. } | Self::CancelRefund { .. } => Problem::RefundState(text),
            Self::CreateOrder(_)
            | Self::PayOrder { .. }
            | Self::CancelOrder { .. }
            | Self::ReceiveGoods { .. }
            | Self::ApplyRefund { .. } => Problem::OrderState(text),
        }
    }
}

impl Platform {
    /// Whether what stands as this deed wants it is another write's doing.
    pub(crate) async fn is_a_rivals(&self, own: &Open) -> Result<bool> {
        self.is_anothers(own, |other| own.deed.rivals(&other.deed), |outcome| *outcome == Outcome::Done).await
    }

    /// Whether it is the doing of another write, one of those that `may` be it and that came to what it `is`. Where it does
    /// not become known in time, the eldest of those that are still under way counts.
    pub(crate) async fn is_anothers(
        &self,
        own: &Open,
        may: impl Fn(&Open) -> bool,
        is: impl Fn(&Outcome) -> bool,
    ) -> Result<bool> {
        let mut elder = false;
        for _ in 0..LOOKS {
            let intents = self.storage.intents_of(own.developer, &own.deed.subject()).await?;
            let mine = intents.iter().find(|intent| intent.id == own.id);
            let (mut undecided, age) = (false, mine.map(age));
            elder = false;
            // Earlier tries of the same write are this request too.
            for other in intents.iter().filter(|i| i.id != own.id && mine.is_none_or(|m| m.write() != i.write())) {
                if other.state == IntentState::Failed || !may(&Open::read(other)?) {
                    continue;
                }
                match other.outcome.as_deref().map(serde_json::from_str) {
                    Some(Ok(outcome)) if is(&outcome) => return Ok(true),
                    Some(_) => {}
                    None => {
                        undecided = true;
                        elder = elder || age.is_none_or(|own| self::age(other) < own);
                    }
                }
            }
            if !undecided {
                return Ok(false);
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(elder)
    }
}

fn age(intent: &Intent) -> (domain::Timestamp, &str) {
    (intent.created_at, &intent.id)
}
