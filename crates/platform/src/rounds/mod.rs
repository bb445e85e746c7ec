//! What comes round: pushes that were missed are read back, what was modified lately is compared with the mirror, and open
//! objects that nobody has seen for long are looked at.
//!
//! A round is leased, so of several processes one makes it; it is short, and goes on where the last one stopped. Whatever
//! it finds goes the way of every push, so a push that comes late after all finds nothing to do. Rejected: timers of each
//! process, which would multiply the calls with the processes.

mod compare;
mod look_over;
mod read_back;

use crate::{
    Platform, Result,
    ingest::subject_text,
    jobs::SET_BACK_MS,
    observe::{Look, News, Seen},
};
use connector::push::Subject;
use domain::{AccountId, Marketplace, Timestamp};
use std::{collections::HashMap, sync::Arc, time::Duration};
use storage::{Changes, ClaimedRound, Dates, QueuedObservation, RoundClaim};
use tokio_util::sync::CancellationToken;

/// How often it is asked what is due.
const TICK: Duration = Duration::from_secs(1);
/// Longer than a round takes. One that takes longer may be made twice, which does no harm.
const LEASE_MS: i64 = 5 * 60_000;
/// A round that failed is tried again after this, or at its time where that is sooner.
const RETRY_MS: i64 = 30_000;
/// Looks of one round at the same time.
const SIDE_BY_SIDE: usize = 4;

/// How often each round is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounds {
    /// Missed pushes are read back.
    pub read_back_ms: i64,
    /// What was modified lately is compared.
    pub compare_ms: i64,
    /// World time after which a push counts as missed.
    pub late_ms: i64,
    /// An open object is looked at when nobody has seen it for so long, whatever the lists say.
    pub look_ms: i64,
}

impl Default for Rounds {
    fn default() -> Self {
        Self { read_back_ms: 60_000, compare_ms: 5 * 60_000, late_ms: 60_000, look_ms: 6 * 3_600_000 }
    }
}

/// One round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Round {
    ReadBack(Marketplace),
    Compare(Marketplace, AccountId),
    LookOver(Marketplace),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    ReadBack,
    Compare,
    LookOver,
}

/// How a round ended: how far it has come, and whether there is more to do at once.
#[derive(Clone, Copy)]
struct Done {
    position: Option<Timestamp>,
    more: bool,
}

impl Round {
    fn name(self) -> String {
        match self {
            Self::ReadBack(marketplace) => format!("read back:{}", marketplace.name()),
            Self::Compare(marketplace, account) => format!("compare:{}:{account}", marketplace.name()),
            Self::LookOver(marketplace) => format!("look over:{}", marketplace.name()),
        }
    }
}

impl Platform {
    /// Makes each round when it is due, until told to stop.
    pub async fn keep_rounds(self: Arc<Self>, stop: CancellationToken) {
        let made = async {
            tokio::join!(
                self.come_round(Kind::ReadBack),
                self.come_round(Kind::Compare),
                self.come_round(Kind::LookOver)
            )
        };
        stop.run_until_cancelled(made).await;
    }

    async fn come_round(&self, kind: Kind) {
        // What was pushed while nobody was here is read back at once.
        let mut starting = kind == Kind::ReadBack;
        loop {
            match self.make_due(kind, starting).await {
                Ok(more) => {
                    starting = false;
                    if more {
                        continue;
                    }
                }
                Err(problem) => tracing::warn!(?kind, ?problem, "what is due cannot be read"),
            }
            tokio::time::sleep(TICK).await;
        }
    }

    /// Makes what is due; true where there is more to do at once.
    async fn make_due(&self, kind: Kind, starting: bool) -> Result<bool> {
        let due: HashMap<String, Timestamp> = self.storage.rounds_due().await?.into_iter().collect();
        let now = self.clocks.wall();
        let due_by = if starting { Timestamp(i64::MAX) } else { now };
        let mut more = false;
        for round in self.rounds(kind).await? {
            let name = round.name();
            if due.get(&name).is_some_and(|at| *at > due_by) {
                continue;
            }
            let claim = RoundClaim { now, lease_ms: LEASE_MS, due_by };
            if let Some(claim) = self.storage.claim_round(&name, claim).await? {
                if due.contains_key(&name) || kind == Kind::ReadBack {
                    more |= self.make_round(round, &claim).await?;
                } else {
                    self.begin_round(round, &claim).await?;
                }
            }
        }
        Ok(more)
    }

    async fn rounds(&self, kind: Kind) -> Result<Vec<Round>> {
        let mut rounds = Vec::new();
        for (marketplace, offers) in &self.marketplaces {
            match kind {
                Kind::ReadBack => rounds.extend(offers.push.as_ref().map(|_| Round::ReadBack(*marketplace))),
                Kind::Compare if offers.recent.is_some() => {
                    let accounts = self.storage.account_ids(*marketplace).await?;
                    rounds.extend(accounts.into_iter().map(|account| Round::Compare(*marketplace, account)));
                }
                Kind::Compare => {}
                Kind::LookOver => rounds.extend(offers.ordering.as_ref().map(|_| Round::LookOver(*marketplace))),
            }
        }
        Ok(rounds)
    }

    /// A start has other things to do, and nothing was missed before there was anything.
    async fn begin_round(&self, round: Round, claim: &ClaimedRound) -> Result<()> {
        let due_at = self.clocks.wall().plus_ms(self.interval_ms(round));
        Ok(self.storage.commit(Changes::new().finish_round(claim, None, due_at)).await?)
    }

    async fn make_round(&self, round: Round, claim: &ClaimedRound) -> Result<bool> {
        let done = match round {
            Round::ReadBack(marketplace) => self.read_back(marketplace).await,
            Round::Compare(marketplace, account) => self.compare_lately(marketplace, account, claim.position).await,
            Round::LookOver(marketplace) => self.look_over(marketplace).await,
        };
        let interval = self.interval_ms(round);
        let (done, wait) = match done {
            Ok(done) => (done, if done.more { 0 } else { interval }),
            Err(problem) => {
                tracing::warn!(round = claim.name, ?problem, "a round failed");
                (Done { position: claim.position, more: false }, interval.min(RETRY_MS))
            }
        };
        let due_at = self.clocks.wall().plus_ms(wait);
        self.storage.commit(Changes::new().finish_round(claim, done.position, due_at)).await?;
        Ok(done.more)
    }

    fn interval_ms(&self, round: Round) -> i64 {
        match round {
            Round::ReadBack(_) => self.config.rounds.read_back_ms,
            Round::Compare(..) => self.config.rounds.compare_ms,
            Round::LookOver(_) => look_over::INTERVAL_MS,
        }
    }

    /// Puts right what was dated by a clock that has been set back since.
    pub(crate) async fn mend_rounds(&self, now: Timestamp) -> Result<()> {
        let Rounds { read_back_ms, compare_ms, .. } = self.config.rounds;
        let longest = read_back_ms.max(compare_ms).max(look_over::INTERVAL_MS);
        let dates = Dates {
            now,
            latest_due: now.plus_ms(longest + SET_BACK_MS),
            latest_lease: now.plus_ms(LEASE_MS + SET_BACK_MS),
        };
        self.storage.mend_rounds(dates).await?;
        Ok(())
    }

    /// Looks where a push seems to be missing, and counts what it brings. A look that fails is queued instead.
    async fn look_for_drift(&self, marketplace: Marketplace, look: Look) -> Result<()> {
        let subject = match look.refund {
            Some(refund) => Subject::Refund { refund, order: look.order },
            None => Subject::Order(look.order),
        };
        match self.observe(look).await {
            Ok(Seen { news: Some(news), .. }) => {
                let kind = match news {
                    News::Order => "order",
                    News::Refund => "refund",
                };
                tracing::info!(kind, subject = subject_text(subject).0, "a change came without its push");
                metrics::counter!("sampan_drift_total", "marketplace" => marketplace.name(), "kind" => kind)
                    .increment(1);
                Ok(())
            }
            Ok(Seen { news: None, .. }) => Ok(()),
            Err(problem) => {
                tracing::warn!(subject = subject_text(subject).0, ?problem, "a look failed and is queued");
                let ((subject, order_id), now) = (subject_text(subject), self.clocks.wall());
                let look = QueuedObservation { marketplace, subject, order_id, due_at: now, now };
                Ok(self.storage.commit(Changes::new().observe(&look)).await?)
            }
        }
    }

    /// Side by side, a few at a time; refunds first, since a look at a refund brings what it changed in its order.
    async fn look_for_each(&self, marketplace: Marketplace, looks: Vec<Look>) -> Result<()> {
        use futures::stream::{StreamExt, TryStreamExt};
        let looks = futures::stream::iter(looks).map(|look| self.look_for_drift(marketplace, look));
        looks.buffer_unordered(SIDE_BY_SIDE).try_collect().await
    }
}
