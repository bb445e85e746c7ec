//! Care of the installation: backups and master keys.
//!
//! What is copied and where keys lie is the host's affair (files, the kind of database, a sandbox in the process or not), so
//! the host hands in a [`Custodian`]; here is only the way to it. Rejected: doing it from the command line beside the
//! server, which does not own the data folder.

use crate::{Platform, Problem, Result};
use async_trait::async_trait;
use std::path::{Path, PathBuf};

pub use storage::Rotated;

/// A copy that was made and is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// Absolute.
    pub file: PathBuf,
    pub bytes: u64,
}

/// A backup: the platform's database, and the sandbox's world where it lives in this process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    pub database: Copied,
    pub sandbox: Option<Copied>,
    pub took_ms: u64,
}

/// Who looks after the files of the installation.
#[async_trait]
pub trait Custodian: Send + Sync {
    /// Copies what must survive to `file`, an absolute path or a plain name.
    ///
    /// - everything acknowledged before the call is in the copy; writes go on meanwhile.
    /// - nothing is overwritten; an error leaves nothing behind.
    /// - runs to its end though nobody waits for it any more.
    async fn backup(&self, file: &Path) -> Result<Backup>;

    /// Makes a new master key, keeps it durably beside the old ones, and seals every secret anew. Answers also the file
    /// that holds the keys.
    ///
    /// - runs to its end though nobody waits for it any more.
    async fn rotate_key(&self) -> Result<(Rotated, PathBuf)>;
}

impl Platform {
    pub async fn backup(&self, file: &Path) -> Result<Backup> {
        self.custodian()?.backup(file).await
    }

    pub async fn rotate_key(&self) -> Result<(Rotated, PathBuf)> {
        self.custodian()?.rotate_key().await
    }

    fn custodian(&self) -> Result<&dyn Custodian> {
        self.custodian.as_deref().ok_or(Problem::NotOffered("care of files"))
    }
}
