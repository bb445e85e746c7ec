//! Reads as functions, writes as values, claims as leases; SQLite and PostgreSQL behind one interface.
//!
//! - A read is a method of [`Storage`] that answers records.
//! - A write is one [`Changes`] value, committed whole by [`Storage::commit`] or not at all.
//! - A work queue is claimed: one statement hands out leases, and only the holder of the last one may finish.
//!
//! There is no other way in. Rejected: a transaction handed to the caller, which would hold the only writer of SQLite for
//! as long as the caller thinks, and an ORM, which would hide which statements a request costs.
//!
//! SQL texts are shared by both databases; a column is BIGINT, TEXT or bytes. Every row of a tenant is keyed by its
//! developer first, so that tables can be partitioned by it.

mod backend;
mod changes;
mod claims;
mod column;
mod daily_use;
mod error;
mod keyring;
mod mend;
mod migrations;
mod numbers;
mod reads;
mod record;
pub mod records;
mod rotation;
mod seal;
mod step;
mod sweep;
mod value;

pub use changes::{CartEdit, CartOf, Changes, OrderChange, QueuedObservation};
pub use claims::{ClaimedDelivery, ClaimedObservation, ClaimedRound, Outcome, Receiver, Report, RoundClaim, Share};
pub use error::{BackupError, CommitError, Error, What};
pub use mend::Dates;
pub use reads::{FeedEntry, FeedPage, MessageEntry, MessageFilter, OrderFilter, Page, PaymentFilter, Period, Queues};
pub use rotation::Rotated;
pub use seal::{InvalidKeys, MasterKey, Random, Secret};

use backend::{Backend, Postgres, Sqlite};
use keyring::Keyring;
use numbers::{Ids, Numbers};
use record::Record;
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use value::{Row, Statement};

/// A handle to the database; clones share it.
#[derive(Clone)]
pub struct Storage {
    backend: Arc<dyn Backend>,
    keys: Keyring,
    ids: Arc<Ids>,
    numbers: Arc<Numbers>,
    /// Stamped on leases, so that a successor knows which ones a dead process left.
    instance: i64,
}

impl Storage {
    /// Opens or creates a SQLite file and brings its tables up to date.
    pub async fn open_sqlite(path: impl AsRef<Path>, key: MasterKey) -> Result<Self, Error> {
        Self::start(Arc::new(Sqlite::open(path.as_ref())?), key).await
    }

    /// Connects to PostgreSQL (`postgres://user:password@host/database`) and brings its tables up to date. Processes that
    /// start at the same moment do so one after the other.
    pub async fn open_postgres(url: &str, key: MasterKey) -> Result<Self, Error> {
        Self::start(Arc::new(Postgres::open(url)?), key).await
    }

    async fn start(backend: Arc<dyn Backend>, key: MasterKey) -> Result<Self, Error> {
        backend.migrate().await?;
        Ok(Self { backend, keys: Keyring::new(key), ids: Arc::default(), numbers: Arc::default(), instance: 0 })
    }

    /// A handle whose leases bear the mark of one installation.
    #[must_use]
    pub fn of_instance(self, instance: i64) -> Self {
        Self { instance, ..self }
    }

    /// Commits all of `changes` or nothing.
    ///
    /// - `Conflict` names the first record that was not as expected: load and decide again.
    /// - `Overloaded`: nothing was done.
    pub async fn commit(&self, changes: Changes) -> Result<(), CommitError> {
        if changes.is_empty() {
            return Ok(());
        }
        // Held until the commit, so that an exchange of the keys can wait for it.
        let key = self.keys.current();
        let steps = changes
            .into_steps(self.backend.locks_rows())
            .into_iter()
            .map(|step| step.sealed(&key))
            .collect::<Result<_, _>>()?;
        let written = self.backend.write(steps).await.map(drop);
        drop(key);
        written
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), Error> {
        self.rows(Statement::new("SELECT CAST(1 AS BIGINT)", Vec::new())).await.map(drop)
    }

    /// Copies the database as it is at this moment into a new file that only its owner may read; answers its bytes.
    /// Everything that was committed before is in it; writers are not held up. Secrets stay sealed.
    ///
    /// - `NotHere`: the database is a server's; its own tools make backups.
    pub async fn backup(&self, to: impl Into<PathBuf>) -> Result<u64, BackupError> {
        self.backend.backup(to.into()).await
    }

    /// The version of the master key that seals.
    pub fn key_version(&self) -> u8 {
        self.keys.current().version()
    }

    /// Finishes what is queued and lets go of the database.
    pub async fn close(&self) {
        self.backend.close().await;
    }

    async fn rows(&self, statement: Statement) -> Result<Vec<Row>, Error> {
        Ok(self.backend.read(vec![statement]).await?.pop().unwrap_or_default())
    }

    async fn all<R: Record>(&self, statement: Statement) -> Result<Vec<R>, Error> {
        self.rows(statement).await?.into_iter().map(R::from_row).collect()
    }

    /// The one row that a unique index finds.
    async fn first<R: Record>(&self, statement: Statement) -> Result<Option<R>, Error> {
        self.rows(statement.short()).await?.into_iter().next().map(R::from_row).transpose()
    }
}
