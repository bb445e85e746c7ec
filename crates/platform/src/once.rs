//! Once: a write runs once for its nonce, its Idempotency-Key and the caller's own number.
//!
//! [`Platform::begin`] reads what is known of them and hands out a [`Ticket`]. The use case puts the ticket's rows into its
//! first commit, so nonce, key and intent become durable together; [`Platform::finish`] keeps the answer. The caller's own
//! number works like a key that never expires and that only success keeps.

use crate::{Caller, Platform, Problem, Result, outcome::Outgoing, requests::Asked, under_way::AtWork};
use domain::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};
use storage::{
    Changes, CommitError, What,
    records::{Idempotency, IdempotencyState, Intent, IntentState, Nonce},
};

const DAY_MS: i64 = 24 * 3_600_000;
/// The code of success.
const SUCCESS: u32 = 200;

/// What makes a request one of a kind.
pub struct Ask {
    pub operation: &'static str,
    pub writes: bool,
    /// `None` where the developer's rule asks for none.
    pub nonce: Option<String>,
    pub nonce_until: Timestamp,
    pub content_hash: String,
    pub given: Vec<Given>,
    /// For the request log; reads are told when they are answered.
    pub asked: Option<Arc<Asked>>,
}

impl Ask {
    /// A request that only reads.
    pub fn read(operation: &'static str) -> Self {
        Self {
            operation,
            writes: false,
            nonce: None,
            nonce_until: Timestamp(0),
            content_hash: String::new(),
            given: Vec::new(),
            asked: None,
        }
    }
}

/// A key or number that the caller gave.
pub struct Given {
    /// Where it stood, for messages.
    pub field: &'static str,
    pub text: String,
    /// The caller's own number: scoped to the user, kept without a time limit, by success only.
    pub own_number: bool,
}

/// An answer that is given again: code, msg and `data` as JSON text.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Kept {
    pub code: u32,
    pub msg: String,
    pub data: String,
}

pub enum Begin {
    Go(Arc<Ticket>),
    Replay(Kept),
}

/// The right to run a write once. Reads carry one without rows.
#[derive(Default)]
pub struct Ticket {
    /// What the first commit records, until somebody takes it; with wall time.
    first: Mutex<Option<(Option<Nonce>, Timestamp)>>,
    keys: Vec<Key>,
    /// The write that the first commit began.
    write: Mutex<Option<String>>,
    /// The intents of earlier tries with the same key.
    resumed: Vec<Intent>,
    asked: Option<Arc<Asked>>,
    /// What a write that calls nobody has decided; committed with its answer.
    decided: Mutex<Changes>,
    /// Developers, users or keys are among it.
    changes_accounts: AtomicBool,
    /// The first commit was made.
    held: AtomicBool,
    at_work: Mutex<Option<AtWork>>,
    /// The intent ended without effect. Until then a failure leaves key and intent running, and a later try settles them.
    refused: AtomicBool,
    /// Of a part nobody knows the outcome yet, so the whole is not kept, whatever of it is told.
    open: AtomicBool,
    /// The write has one part, so its outcome and its answer go into one commit.
    sole: AtomicBool,
    outgoing: Mutex<Option<Outgoing>>,
}

struct Key {
    row: Idempotency,
    own_number: bool,
    /// The row of an earlier try that is taken over.
    earlier: Option<Idempotency>,
}

impl Ticket {
    /// An intent of an earlier try with the same key, whose outcome nobody has told the caller yet.
    pub(crate) fn resumed(&self) -> Option<&Intent> {
        self.intents().first()
    }

    /// All intents of earlier tries, the oldest first.
    pub(crate) fn intents(&self) -> &[Intent] {
        &self.resumed
    }

    /// The write that this try goes on with.
    pub(crate) fn write(&self) -> Option<String> {
        self.resumed().map(|intent| intent.write().to_owned())
    }

    /// The request, for the entry that rides in the commit which ends it.
    pub(crate) fn asked(&self) -> Option<&Arc<Asked>> {
        self.asked.as_ref()
    }

    /// The entry of the request log, unless an earlier commit of this write holds it.
    fn entry(&self, kept: &Kept) -> Result<Changes> {
        match &self.asked {
            Some(asked) if !asked.is_told(kept.code) => asked.tell(kept.code, &kept.msg),
            Some(_) | None => Ok(Changes::new()),
        }
    }

    /// The rows of the first commit; empty when they were taken before.
    fn take(&self, write: Option<&str>) -> Changes {
        let Some((nonce, now)) = self.first.lock().unwrap_or_else(PoisonError::into_inner).take() else {
            return Changes::new();
        };
        *self.write.lock().unwrap_or_else(PoisonError::into_inner) = write.map(str::to_owned);
        let first = nonce.iter().fold(Changes::new(), |changes, nonce| changes.nonce(nonce, now));
        self.keys.iter().fold(first, |changes, key| {
            let row = Idempotency { intent_id: write.map(str::to_owned), ..key.row.clone() };
            match &key.earlier {
                Some(earlier) => changes.retake_idempotency(&row, earlier.started_at),
                None => changes.begin_idempotency(&row, now),
            }
        })
    }

    fn untaken(&self) -> bool {
        self.first.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Nobody works on the keys any more, and nobody knows the outcome: the next try may ask for it at once.
    fn hand_back(&self) -> Changes {
        let intent_id = self.write.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.keys.iter().fold(Changes::new(), |changes, key| {
            let row = Idempotency { started_at: Timestamp(0), intent_id: intent_id.clone(), ..key.row.clone() };
            changes.retake_idempotency(&row, key.row.started_at)
        })
    }

    /// Hands in what a write that calls nobody has decided: [`Platform::finish`] commits it together with the answer, so
    /// that a crash leaves both or neither.
    pub(crate) fn decide(&self, changes: Changes) {
        let mut decided = self.decided.lock().unwrap_or_else(PoisonError::into_inner);
        *decided = std::mem::take(&mut *decided).and(changes);
    }

    /// As [`Ticket::decide`], for changes of developers, users or keys, which are cached.
    pub(crate) fn decide_account(&self, changes: Changes) {
        self.changes_accounts.store(true, Ordering::Release);
        self.decide(changes);
    }

    pub(crate) fn set_sole(&self, sole: bool) {
        self.sole.store(sole, Ordering::Release);
    }

    pub(crate) fn is_sole(&self) -> bool {
        self.sole.load(Ordering::Acquire)
    }

    /// Leaves the last commit of the write to [`Platform::finish`].
    pub(crate) fn hand_in(&self, outgoing: Outgoing) {
        *self.outgoing.lock().unwrap_or_else(PoisonError::into_inner) = Some(outgoing);
    }

    fn outgoing(&self) -> Option<Outgoing> {
        self.outgoing.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    pub(crate) fn leave_open(&self) {
        self.open.store(true, Ordering::Release);
    }

    /// It is on record that nothing was done: a failure frees the keys.
    pub(crate) fn refused(&self) {
        self.refused.store(true, Ordering::Release);
    }
}

enum Known {
    Nothing,
    Kept(Kept),
    /// A row that nobody works on any more, and the intents of its tries.
    Takeover(Box<(Idempotency, Vec<Intent>)>),
}

impl Platform {
    pub async fn begin(&self, caller: &Caller, ask: Ask) -> Result<Begin> {
        let mut ticket = Ticket::default();
        if !ask.writes {
            return Ok(Begin::Go(Arc::new(ticket)));
        }
        ticket.asked = ask.asked.clone();
        self.requests.count(caller.developer.id);
        let nonce = ask.nonce.clone().map(|nonce| Nonce {
            access_key: caller.access_key.clone(),
            nonce,
            expires_at: ask.nonce_until,
        });
        for given in &ask.given {
            let row = self.row(caller, &ask, given);
            let earlier = match self.known(&row, given).await? {
                Known::Kept(kept) => {
                    // A replay is a write's request too: its nonce counts.
                    let now = self.clocks.wall();
                    let used = nonce.iter().fold(Changes::new(), |changes, nonce| changes.nonce(nonce, now));
                    self.storage.commit(used.and(ticket.entry(&kept)?)).await?;
                    return Ok(Begin::Replay(kept));
                }
                Known::Takeover(found) => {
                    let (earlier, intents) = *found;
                    if ticket.resumed.is_empty() {
                        ticket.resumed = intents;
                    }
                    Some(earlier)
                }
                Known::Nothing => None,
            };
            ticket.keys.push(Key { row, own_number: given.own_number, earlier });
        }
        *ticket.first.get_mut().unwrap_or_else(PoisonError::into_inner) = Some((nonce, self.clocks.wall()));
        Ok(Begin::Go(Arc::new(ticket)))
    }

    fn row(&self, caller: &Caller, ask: &Ask, given: &Given) -> Idempotency {
        let now = self.clocks.wall();
        let operation =
            if given.own_number { format!("{}/{}", given.field, caller.user) } else { ask.operation.to_owned() };
        let expires_at = if given.own_number { Timestamp(i64::MAX) } else { now.plus_ms(DAY_MS) };
        Idempotency {
            developer_id: caller.developer.id,
            operation,
            key: given.text.clone(),
            content_hash: ask.content_hash.clone(),
            state: IdempotencyState::Running,
            started_at: now,
            answer: None,
            expires_at,
            intent_id: None,
        }
    }

    async fn known(&self, row: &Idempotency, given: &Given) -> Result<Known> {
        let Some(found) = self.storage.idempotency(row.developer_id, &row.operation, &row.key).await? else {
            return Ok(Known::Nothing);
        };
        if found.expires_at <= self.clocks.wall() {
            return Ok(Known::Nothing);
        }
        if found.content_hash != row.content_hash {
            return Err(Problem::KeyConflict(given.field));
        }
        if let Some(answer) = &found.answer {
            return serde_json::from_slice(answer.expose())
                .map(Known::Kept)
                .map_err(|e| Problem::Internal(format!("a kept answer cannot be read: {e}")));
        }
        let intents = match &found.intent_id {
            Some(write) => self.storage.intents_of_write(write).await?,
            None => Vec::new(),
        };
        if self.is_worked_on(&found, &intents) {
            return Err(Problem::StillRunning(given.field));
        }
        Ok(Known::Takeover(Box::new((found, intents))))
    }

    /// Whether somebody may still be working on a key whose answer is not kept.
    fn is_worked_on(&self, found: &Idempotency, intents: &[Intent]) -> bool {
        match intents.first() {
            Some(_) if intents.iter().all(|intent| intent.state != IntentState::Running) => false,
            Some(intent) if self.is_own(intent) => self.under_way.contains(intent.write()),
            Some(_) | None => self.is_recent(found.started_at),
        }
    }

    /// Whether nobody but this process can be working on it.
    pub(crate) fn is_own(&self, intent: &Intent) -> bool {
        !self.config.shared_database || intent.instance == self.config.instance
    }

    /// Whether a call that began then may still be under way. What lies far ahead was dated by a clock that was set back.
    fn is_recent(&self, began: Timestamp) -> bool {
        self.clocks.wall().ms_since(began).abs() < self.config.intent_ms
    }

    /// The first commit of a write: nonce and keys together with `more`. Only who made it holds the keys.
    pub(crate) async fn commit_first(&self, ticket: &Ticket, write: &str, more: Changes) -> Result<()> {
        let at_work = self.under_way.enter(write).ok_or(Problem::StillRunning("Idempotency-Key"))?;
        *ticket.at_work.lock().unwrap_or_else(PoisonError::into_inner) = Some(at_work);
        self.storage.commit(ticket.take(Some(write)).and(more)).await?;
        ticket.held.store(true, Ordering::Release);
        Ok(())
    }

    /// Keeps the answer of a write, or frees its keys where nothing happened that could be told again. What a write that
    /// calls nobody has decided is committed here, with nonce and answer.
    pub async fn finish(&self, ticket: &Ticket, answer: Option<Kept>) -> Result<()> {
        let untaken = ticket.untaken();
        if !untaken && !ticket.held.load(Ordering::Acquire) {
            // The first commit failed: the keys are somebody else's, or nobody's.
            return Ok(());
        }
        let closing = self.closing(ticket, untaken, answer)?;
        if let Some(outgoing) = ticket.outgoing() {
            let done = self.commit_outgoing(outgoing, &closing).await;
            if done.inspect_err(|_| ticket.asked.iter().for_each(|a| a.untold()))? {
                return Ok(());
            }
        }
        match self.storage.commit(closing).await {
            Ok(()) => {}
            // Another try with the same key has told the answer already; this caller gets the same.
            Err(CommitError::Conflict(What::Idempotency)) if !untaken => ticket.asked.iter().for_each(|a| a.untold()),
            Err(error) => return Err(error.into()),
        }
        if ticket.changes_accounts.load(Ordering::Acquire) {
            self.accounts.forget();
        }
        self.deliverer.notify();
        Ok(())
    }

    /// What becomes of the keys, and what else goes with the answer.
    fn closing(&self, ticket: &Ticket, untaken: bool, answer: Option<Kept>) -> Result<Changes> {
        // What the intents came to is on record or will be; a key that was freed could do it twice. And where a part of the
        // write is open the rest may be told, but only the whole is kept.
        let unknown = answer.is_none() && !ticket.refused.load(Ordering::Acquire);
        if !untaken && (unknown || ticket.open.load(Ordering::Acquire)) {
            return Ok(ticket.hand_back());
        }
        let first = if untaken { ticket.take(None) } else { Changes::new() };
        let keys = ticket.keys.iter().fold(first, |changes, key| match &answer {
            Some(kept) => key.close(changes, kept),
            None => key.free(changes),
        });
        let succeeded = answer.as_ref().is_some_and(|kept| kept.code == SUCCESS);
        let decided = std::mem::take(&mut *ticket.decided.lock().unwrap_or_else(PoisonError::into_inner));
        let changes = if succeeded { keys.and(decided) } else { keys };
        let entry = answer.as_ref().map_or_else(|| Ok(Changes::new()), |kept| ticket.entry(kept))?;
        Ok(changes.and(entry))
    }
}

impl Key {
    fn close(&self, changes: Changes, kept: &Kept) -> Changes {
        if self.own_number && kept.code != SUCCESS {
            return self.free(changes);
        }
        match serde_json::to_string(kept) {
            Ok(answer) => changes.finish_idempotency(&self.row, &answer),
            Err(_) => self.free(changes),
        }
    }

    fn free(&self, changes: Changes) -> Changes {
        changes.abandon_idempotency(&self.row)
    }
}
