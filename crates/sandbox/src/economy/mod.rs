//! The simulated economy of the embedded 1688: orders, payments, parcels, refunds, stock, sellers with habits, and a
//! clock of its own.
//!
//! - One state in memory behind one lock. A decision is made under it and never waits; its rows are then written to a file
//!   of its own, and only what is on disk is answered (see [`file`]). What a read shows is on disk too.
//! - World time is the wall's plus an offset that only grows. What is due happens at its own instant, in order, before
//!   anything else is decided; so a jump of ten days and ten days of waiting give the same world.
//! - Every decision and id is drawn from (seed, object, step); see [`draw`].
//! - Rules of orders and refunds are `domain`'s; here is only what the marketplace adds.

pub mod account;
pub mod aftersale;
pub mod carriers;
mod control;
pub mod draw;
mod extinfo;
mod file;
pub mod habits;
pub mod outbox;
pub mod pricing;
pub mod purchase;
pub mod pusher;
mod reasons;
pub mod record;
pub(crate) mod refund_view;
pub mod refusal;
mod seeded;
mod stages;
mod state;
mod story;
mod timer;
mod together;
pub mod trade;
mod trade_view;
mod vouchers;
mod world;

#[cfg(test)]
mod tests;

pub use account::{Account, Grant, Token};
pub use file::OpenError;
pub use journal::BackupError;
pub use outbox::{Push, Travel};
pub use pusher::{PushTarget, SignedPush};
pub use refusal::{Failure, Refusal};
pub use seeded::orders as example_orders;
pub use world::World;

use crate::{catalogue::Catalogue, faults::Faults, pictures::Look};
use domain::{AccountId, Fen, OfferId, SkuId, Timestamp, refund::Deadlines};
use draw::Seed;
use file::{File, Mark, Reread};
use state::{Meta, State};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};
use tokio::sync::Notify;
use world::Fixed;

/// The clock on the wall.
pub type Wall = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How an economy is opened.
#[derive(Clone)]
pub struct Setup {
    /// The SQLite file; made where there is none.
    pub path: PathBuf,
    /// Seed of a new world; an existing one keeps its own.
    pub seed: u64,
    pub wall: Wall,
    pub catalogue: Arc<Catalogue>,
    pub look: Arc<Look>,
    /// Where this marketplace is reached, e.g. `http://127.0.0.1:8080`; can be set later ([`Economy::set_public_url`]).
    pub public_url: String,
    /// Signs push messages.
    pub app_secret: String,
}

/// A handle to a running economy; clones share it.
#[derive(Clone)]
pub struct Economy {
    inner: Arc<Inner>,
}

struct Inner {
    state: Mutex<State>,
    file: File,
    rereading: tokio::sync::Mutex<()>,
    fixed: Fixed,
    look: Arc<Look>,
    wall: Wall,
    app_secret: String,
    public_url: RwLock<String>,
    target: RwLock<Option<Arc<dyn PushTarget>>>,
    /// What goes wrong round the economy; never in it.
    faults: Faults,
    /// Rung when there may be something new to push.
    bell: Notify,
}

/// A decision that is not yet on disk.
struct Decided<T> {
    outcome: Result<T, Refusal>,
    changed: bool,
    /// What to wait for.
    mark: Mark,
}

impl Economy {
    /// Reads the world from its file, or makes a new one with the records of the contract's examples.
    pub async fn open(setup: Setup) -> Result<Self, OpenError> {
        let (file, mut state) = File::open(&setup.path).await?;
        let wall = (setup.wall)();
        if state.accounts().next().is_none() {
            state.set_meta(Meta { seed: setup.seed, ..Meta::default() });
            account::world(Seed(setup.seed), wall).into_iter().for_each(|a| state.put_account(a));
            seeded::enter(&mut state);
        }
        let fixed = Fixed { catalogue: setup.catalogue, seed: Seed(state.meta.seed), deadlines: Deadlines::default() };
        let faults = Faults::new(fixed.seed);
        let inner = Inner {
            state: Mutex::new(state),
            file,
            rereading: tokio::sync::Mutex::default(),
            fixed,
            look: setup.look,
            wall: setup.wall,
            app_secret: setup.app_secret,
            public_url: RwLock::new(plain_url(&setup.public_url)),
            target: RwLock::default(),
            faults,
            bell: Notify::new(),
        };
        let economy = Self { inner: Arc::new(inner) };
        // Writes a new world down, and lets happen what was due while nobody was here.
        economy.decide(|_| Ok(())).await.map_err(|_| OpenError::Journal(journal::Error::Closed))?;
        Ok(economy)
    }

    /// Makes one decision and answers once it is on disk.
    ///
    /// - what is due by now happens first.
    /// - a refusal, too, is answered only when everything that it may rest on is on disk.
    pub(crate) async fn decide<T>(
        &self,
        decision: impl FnOnce(&mut World<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Failure> {
        if self.inner.file.has_failed() {
            self.begin_anew().await?;
        }
        let Decided { outcome, changed, mark } = self.decide_in_memory(decision);
        self.inner.file.wait_for(mark).await.map_err(|_| Failure::Broken)?;
        if changed {
            self.inner.bell.notify_one();
        }
        outcome.map_err(Failure::Refused)
    }

    /// After a failed write memory is ahead of the file. Once the file takes writes again, memory becomes what it holds; what
    /// was not on disk was not answered either.
    async fn begin_anew(&self) -> Result<(), Failure> {
        let _one_at_a_time = self.inner.rereading.lock().await;
        if !self.inner.file.has_failed() {
            return Ok(());
        }
        let Reread { state: read, emptied } = self.inner.file.reread().await.map_err(|_| Failure::Broken)?;
        let mut state = self.state();
        *state = read;
        self.inner.file.begin_anew(emptied);
        tracing::info!("the sandbox's economy can be written again");
        Ok(())
    }

    fn decide_in_memory<T>(&self, decision: impl FnOnce(&mut World<'_>) -> Result<T, Refusal>) -> Decided<T> {
        let base_url = self.base_url();
        let mut state = self.state();
        let wall = (self.inner.wall)();
        let now = wall.plus_ms(state.meta.offset_ms);
        let mut world = World { state: &mut state, fixed: &self.inner.fixed, base_url: &base_url, now, wall };
        world.pass_until(now);
        let outcome = decision(&mut world);
        let rows = state.changes();
        Decided { outcome, changed: !rows.is_empty(), mark: self.inner.file.queue(rows) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic in a decision leaves records whole: each is replaced, never changed in place.
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// World time.
    pub fn now(&self) -> Timestamp {
        (self.inner.wall)().plus_ms(self.offset_ms())
    }

    /// World time minus wall time.
    pub fn offset_ms(&self) -> i64 {
        self.state().meta.offset_ms
    }

    /// Wall time.
    pub fn wall(&self) -> Timestamp {
        (self.inner.wall)()
    }

    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.inner.fixed.catalogue
    }

    /// Faults of calls and of push messages.
    pub fn faults(&self) -> &Faults {
        &self.inner.faults
    }

    /// The search by pictures.
    pub fn look(&self) -> &Arc<Look> {
        &self.inner.look
    }

    /// Where this marketplace is reached, without a slash at the end.
    pub fn base_url(&self) -> String {
        self.inner.public_url.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sets where this marketplace is reached; begins the URLs of pictures, vouchers and the cashier from now on.
    pub fn set_public_url(&self, url: &str) {
        *self.inner.public_url.write().unwrap_or_else(PoisonError::into_inner) = plain_url(url);
    }

    /// Pieces of a product (of one specification) that may still be bought.
    pub fn stock(&self, offer: OfferId, sku: Option<SkuId>) -> i64 {
        let Some(product) = self.inner.fixed.catalogue.offer(offer) else { return 0 };
        let sku = sku.and_then(|id| product.skus.iter().find(|s| s.sku_id == id));
        pricing::left(&self.state(), product, sku)
    }

    pub fn accounts(&self) -> Vec<Account> {
        self.state().accounts().cloned().collect()
    }

    /// The account that holds this access token, while it is valid.
    pub fn account_of(&self, token: &str) -> Option<AccountId> {
        let wall = (self.inner.wall)();
        self.state().accounts().find(|a| a.holds(token, wall)).map(|a| a.id)
    }

    /// A new access token for an account.
    pub async fn grant(&self, account: AccountId) -> Result<Grant, Failure> {
        self.decide(|world| {
            let mut account = world.account(account)?;
            let grant = account.grant(world.fixed.seed, world.wall);
            world.state.put_account(account);
            Ok(grant)
        })
        .await
    }

    /// A new access token for the account that holds this refresh token; refused when none does.
    pub async fn refresh(&self, refresh_token: &str) -> Result<Grant, Failure> {
        let wall = (self.inner.wall)();
        let holds = |a: &&Account| a.refresh.text == refresh_token && a.refresh.ends_at > wall;
        let holder = self.state().accounts().find(holds).map(|a| a.id);
        let unknown = || Failure::Refused(Refusal::new("401", "unknown or expired refresh token"));
        self.grant(holder.ok_or_else(unknown)?).await
    }

    /// Turns password-free debits of an account on or off.
    pub async fn set_agreement(&self, account: AccountId, agreement: bool) -> Result<(), Failure> {
        self.change_account(account, |a| a.agreement = agreement).await
    }

    /// Sets the money that password-free debits can take.
    pub async fn set_balance(&self, account: AccountId, balance: Fen) -> Result<(), Failure> {
        self.change_account(account, |a| a.balance = balance).await
    }

    pub async fn purchasing_account(&self, id: AccountId) -> Result<Account, Failure> {
        self.decide(|world| world.account(id)).await
    }

    async fn change_account(&self, id: AccountId, change: impl FnOnce(&mut Account)) -> Result<(), Failure> {
        self.decide(|world| {
            let mut account = world.account(id)?;
            change(&mut account);
            world.state.put_account(account);
            Ok(())
        })
        .await
    }

    /// Copies the file as it is at this moment; answers its bytes.
    pub async fn backup(&self, to: &Path) -> Result<u64, BackupError> {
        self.inner.file.backup(to).await
    }

    /// Finishes what is queued and closes the file.
    pub async fn close(&self) {
        self.inner.file.close().await;
    }
}

fn plain_url(url: &str) -> String {
    url.trim_end_matches('/').to_owned()
}
