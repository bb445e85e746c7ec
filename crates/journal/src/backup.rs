//! A copy of the file while others write: one snapshot, whole or not there at all.
//!
//! `VACUUM INTO` reads one snapshot on a connection of its own; the log lets the writer go on meanwhile, only its folding
//! into the file waits. The copy grows under another name, is synced, and gets its own name by a link, which unlike a
//! rename never takes another file's place. Rejected: the online backup in steps, which begins anew whenever somebody
//! commits and so may never end under load; copying the file, which tears.

use crate::connect_reader;
use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// Why there is no copy. Nothing is left of it.
#[derive(Debug, Clone, thiserror::Error)]
pub enum BackupError {
    /// Nothing is ever overwritten.
    #[error("{0} is there already")]
    Taken(PathBuf),
    #[error("{path}: {error}")]
    Io { path: PathBuf, error: Arc<io::Error> },
    #[error("sqlite: {0}")]
    Sqlite(Arc<rusqlite::Error>),
    #[error("the copying was called off")]
    CalledOff,
}

impl From<rusqlite::Error> for BackupError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(Arc::new(error))
    }
}

/// Copies the database `file` to `to`, readable by its owner only. Answers its bytes.
pub fn copy(file: &Path, to: &Path) -> Result<u64, BackupError> {
    if to.symlink_metadata().is_ok() {
        return Err(BackupError::Taken(to.to_owned()));
    }
    let growing = growing(to);
    new_private(&growing).map_err(failed(&growing))?;
    let copied = vacuum(file, &growing).and_then(|()| publish(&growing, to));
    if copied.is_err() {
        // What cannot be removed has a name that says what it is.
        drop(fs::remove_file(&growing));
    }
    copied
}

/// A name beside `to` that no other copy has: two may be made at once, and one that a crash cut off stands in nobody's way.
fn growing(to: &Path) -> PathBuf {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let mut name = OsString::from(to);
    name.push(format!(".partial-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
    name.into()
}

fn new_private(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// The target may be an empty file.
fn vacuum(file: &Path, into: &Path) -> Result<(), BackupError> {
    let not_text = || io::Error::new(io::ErrorKind::InvalidInput, "the name is not UTF-8");
    let name = into.to_str().ok_or_else(not_text).map_err(failed(into))?;
    connect_reader(file)?.execute("VACUUM INTO ?1", [name])?;
    Ok(())
}

fn publish(growing: &Path, to: &Path) -> Result<u64, BackupError> {
    let written = File::open(growing).and_then(|file| {
        file.sync_all()?;
        file.metadata()
    });
    let size = written.map_err(failed(growing))?.len();
    fs::hard_link(growing, to).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => BackupError::Taken(to.to_owned()),
        _ => failed(to)(error),
    })?;
    fs::remove_file(growing).map_err(failed(growing))?;
    // The name is durable only with its folder.
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed(folder))?;
    Ok(size)
}

fn failed(path: &Path) -> impl Fn(io::Error) -> BackupError + use<> {
    let path = path.to_owned();
    move |error| BackupError::Io { path: path.clone(), error: Arc::new(error) }
}
