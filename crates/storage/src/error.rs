//! What can go wrong between the house and its database.

use std::{error::Error as StdError, sync::Arc};

/// A failed read, or a failure that is nobody's decision.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// Too much is waiting already; nothing was done.
    #[error("the database is overloaded")]
    Overloaded,
    /// The database cannot be reached or refuses. The source is for the log and never leaves the house.
    #[error("the database is unavailable: {0}")]
    Unavailable(Arc<dyn StdError + Send + Sync>),
    /// A row holds what this program did not write.
    #[error("{place}: expected {expected}")]
    Corrupt { place: String, expected: &'static str },
    /// A secret that no key at hand opens.
    #[error("cannot open the secret of {0}: no master key fits")]
    Sealed(String),
    /// The database was made by a newer program.
    #[error("the database has version {found}, this program knows {known}; start the newer program")]
    TooNew { found: i64, known: i64 },
}

impl Error {
    pub(crate) fn unavailable(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::Unavailable(Arc::from(source.into()))
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::unavailable(error)
    }
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::unavailable(PostgresError(error))
    }
}

impl From<journal::Error> for Error {
    fn from(error: journal::Error) -> Self {
        match error {
            journal::Error::Overloaded => Self::Overloaded,
            other => Self::unavailable(other),
        }
    }
}

/// Why there is no backup. Nothing is left of it.
#[derive(Debug, Clone, thiserror::Error)]
pub enum BackupError {
    #[error("this database is a server's; its own tools make backups")]
    NotHere,
    /// Nothing is ever overwritten.
    #[error("{0} is there already")]
    Taken(std::path::PathBuf),
    /// The place cannot be written; the text names it.
    #[error("{0}")]
    Place(String),
    #[error(transparent)]
    Unavailable(Error),
}

impl From<journal::BackupError> for BackupError {
    fn from(error: journal::BackupError) -> Self {
        match error {
            journal::BackupError::Taken(path) => Self::Taken(path),
            error @ journal::BackupError::Io { .. } => Self::Place(error.to_string()),
            error @ (journal::BackupError::Sqlite(_) | journal::BackupError::CalledOff) => {
                Self::Unavailable(Error::unavailable(error))
            }
        }
    }
}

/// Prints the server's own words, which the driver's error hides in its source.
#[derive(Debug)]
struct PostgresError(tokio_postgres::Error);

impl std::fmt::Display for PostgresError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0.as_db_error() {
            Some(db) => write!(f, "{} [{}]", db.message(), db.code().code()),
            None => self.0.fmt(f),
        }
    }
}

impl StdError for PostgresError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

/// Which kind of record was not as expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    AccessKey,
    Account,
    Attempt,
    Binding,
    /// A row that is not there, or that another write is buying.
    CartRow,
    /// Room in a cart for one more row, or in a row for so many pieces.
    CartRoom,
    Counter,
    Delivery,
    Developer,
    Idempotency,
    InstallationSecret,
    Intent,
    Message,
    Meta,
    Nonce,
    Observation,
    Order,
    Payment,
    Preview,
    Push,
    Refund,
    Request,
    /// A lease of work that comes round.
    Round,
    User,
    Voucher,
}

/// Why nothing of a commit is kept.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CommitError {
    /// A record has another version than expected, exists already or is gone: load and decide again.
    #[error("{0:?} is not as expected")]
    Conflict(What),
    #[error("the database is overloaded")]
    Overloaded,
    /// After a lost connection it is not known whether the commit took place.
    #[error(transparent)]
    Unavailable(Error),
}

impl From<Error> for CommitError {
    fn from(error: Error) -> Self {
        match error {
            Error::Overloaded => Self::Overloaded,
            Error::Unavailable(_) | Error::Corrupt { .. } | Error::Sealed(_) | Error::TooNew { .. } => {
                Self::Unavailable(error)
            }
        }
    }
}

impl From<rusqlite::Error> for CommitError {
    fn from(error: rusqlite::Error) -> Self {
        Error::from(error).into()
    }
}

impl From<journal::Error> for CommitError {
    fn from(error: journal::Error) -> Self {
        Error::from(error).into()
    }
}
