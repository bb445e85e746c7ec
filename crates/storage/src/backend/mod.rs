//! The one interface behind which the databases lie.

mod postgres;
mod sqlite;

pub use postgres::Postgres;
pub use sqlite::Sqlite;

use crate::{
    BackupError, CommitError, Error,
    step::Step,
    value::{Row, Statement},
};
use async_trait::async_trait;
use std::path::PathBuf;

#[async_trait]
pub trait Backend: Send + Sync {
    /// Answers of statements that only read; several see one snapshot.
    async fn read(&self, statements: Vec<Statement>) -> Result<Vec<Vec<Row>>, Error>;

    /// All steps or none. Answers the returned rows of each step.
    async fn write(&self, steps: Vec<Step>) -> Result<Vec<Vec<Row>>, CommitError>;

    /// Whether a row that a transaction changed is locked until it has committed.
    fn locks_rows(&self) -> bool;

    /// Brings the tables to the version of this program, one process at a time.
    async fn migrate(&self) -> Result<(), Error>;

    /// Copies everything that was committed before into a new file; answers its bytes.
    async fn backup(&self, to: PathBuf) -> Result<u64, BackupError>;

    /// Finishes what is queued and lets go of the database.
    async fn close(&self);
}
