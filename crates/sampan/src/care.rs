//! Looks after the files of a running installation: backups while it writes, and the master key's exchange.
//!
//! The platform's database is copied before the sandbox's world: restored together, the marketplace is never behind what
//! the platform knows of it, as in life. Both works run to their end on a task of their own: a caller that hangs up must not
//! leave half of a backup, or a new key that is on disk and not in use.

use crate::{config::Config, data};
use async_trait::async_trait;
use platform::{
    Problem, Result,
    care::{Backup, Copied, Custodian, Rotated},
};
use sandbox::Sandbox;
use std::{
    ffi::OsString,
    fs::{self, DirBuilder},
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    sync::Arc,
};
use storage::{BackupError, MasterKey, Storage};
use tokio::{sync::Mutex, time::Instant};

/// Folder of the data folder for backups that are given a plain name.
const BACKUPS: &str = "backups";

/// The custodian of one data folder.
pub struct Keeper {
    inner: Arc<Inner>,
}

struct Inner {
    backups: PathBuf,
    storage: Storage,
    sandbox: Option<Arc<Sandbox>>,
    /// `None`: the keys are in the configuration, which only its author changes.
    key_file: Option<PathBuf>,
    /// One exchange at a time.
    rotating: Mutex<()>,
}

impl Keeper {
    pub fn new(config: &Config, storage: &Storage, sandbox: Option<&Arc<Sandbox>>) -> Self {
        let inner = Inner {
            backups: config.data_file(BACKUPS),
            storage: storage.clone(),
            sandbox: sandbox.cloned(),
            key_file: data::key_file(config),
            rotating: Mutex::new(()),
        };
        Self { inner: Arc::new(inner) }
    }
}

#[async_trait]
impl Custodian for Keeper {
    async fn backup(&self, file: &Path) -> Result<Backup> {
        let (inner, file) = (self.inner.clone(), file.to_owned());
        to_its_end(tokio::spawn(async move { inner.backup(&file).await })).await
    }

    async fn rotate_key(&self) -> Result<(Rotated, PathBuf)> {
        let inner = self.inner.clone();
        to_its_end(tokio::spawn(async move { inner.rotate_key().await })).await
    }
}

async fn to_its_end<T>(task: tokio::task::JoinHandle<Result<T>>) -> Result<T> {
    task.await.unwrap_or_else(|error| Err(Problem::Internal(error.to_string())))
}

impl Inner {
    async fn backup(&self, file: &Path) -> Result<Backup> {
        let began = Instant::now();
        let to = self.place(file)?;
        let beside = self.sandbox.as_ref().map(|sandbox| (sandbox, sandbox_copy(&to)));
        if let Some((_, beside)) = &beside
            && beside.symlink_metadata().is_ok()
        {
            return Err(refused(&BackupError::Taken(beside.clone())));
        }
        let bytes = self.storage.backup(&to).await.map_err(|error| refused(&error))?;
        let sandbox = match beside {
            None => None,
            Some((sandbox, beside)) => match sandbox.backup(&beside).await {
                Ok(bytes) => Some(Copied { file: beside, bytes }),
                Err(error) => {
                    // Half a backup is none.
                    drop(fs::remove_file(&to));
                    return Err(refused(&error.into()));
                }
            },
        };
        let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(file = %to.display(), bytes, took_ms, "a backup was made");
        Ok(Backup { database: Copied { file: to, bytes }, sandbox, took_ms })
    }

    /// Where a backup goes; plain names share a folder that is made when it is first needed.
    fn place(&self, file: &Path) -> Result<PathBuf> {
        if file.is_absolute() {
            return Ok(file.to_owned());
        }
        let made = DirBuilder::new().recursive(true).mode(0o700).create(&self.backups);
        let folder = made.and_then(|()| self.backups.canonicalize());
        Ok(folder.map_err(|error| bad_place(format!("{}: {error}", self.backups.display())))?.join(file))
    }

    async fn rotate_key(&self) -> Result<(Rotated, PathBuf)> {
        let file = self.key_file.as_ref().ok_or_else(keys_elsewhere)?;
        let _turn = self.rotating.lock().await;
        let (keys, file) = next_keys(file, self.storage.key_version()).map_err(Problem::Elsewhere)?;
        let rotated = self.storage.rotate(keys).await?;
        tracing::info!(version = rotated.version, resealed = rotated.resealed, "the master key was exchanged");
        Ok((rotated, file))
    }
}

/// The keys of the file with a newer one than `used`: the one that somebody has added to it, else one that is added now
/// and is on disk when this returns. Answers the file itself where it was named by a link.
fn next_keys(file: &Path, used: u8) -> std::result::Result<(MasterKey, PathBuf), String> {
    let shown = file.display();
    let file = file.canonicalize().map_err(|e| format!("{shown} cannot be found: {e}"))?;
    let mut text = data::key_text(&file)?;
    let read = |text: &str| MasterKey::parse(text).map_err(|e| format!("{shown}: {e}"));
    let keys = read(&text)?;
    if keys.version() > used {
        return Ok((keys, file));
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text += &keys.generate_next().map_err(|e| format!("{shown}: {e}"))?;
    let keys = read(&text)?;
    data::write_private(&file, text.as_bytes()).map_err(|e| {
        format!("{shown} cannot be written ({e}); add a line with the next version to it, then call this again")
    })?;
    Ok((keys, file))
}

/// `FILE.sandbox`.
fn sandbox_copy(file: &Path) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(".sandbox");
    name.into()
}

fn keys_elsewhere() -> Problem {
    let text = "the master keys are given by the configuration (master_key, SAMPAN_MASTER_KEY): keep them in a file \
                (master_key_file), start again, then exchange them";
    Problem::Elsewhere(text.to_owned())
}

fn refused(error: &BackupError) -> Problem {
    match error {
        BackupError::NotHere => {
            let text = "the platform's data is in PostgreSQL: back it up with pg_dump, or with base backups and \
                        continuous archiving for any point in time";
            Problem::Elsewhere(text.to_owned())
        }
        BackupError::Taken(path) => {
            let expected = format!("a name that is not taken: {} is there already", path.display());
            Problem::Invalid { field: "file", expected }
        }
        BackupError::Place(text) => bad_place(text.clone()),
        BackupError::Unavailable(error) => Problem::Internal(error.to_string()),
    }
}

fn bad_place(text: String) -> Problem {
    Problem::Invalid { field: "file", expected: format!("a place that the server can write: {text}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key_file(dir: &Path) -> PathBuf {
        let file = dir.join("key");
        data::write_private(&file, MasterKey::generate().unwrap().trim_end().as_bytes()).unwrap();
        file
    }

    #[test]
    fn a_new_version_is_added_behind_the_old_ones() {
        let dir = tempfile::tempdir().unwrap();
        let file = key_file(dir.path());
        let old = fs::read_to_string(&file).unwrap();
        let link = dir.path().join("link");
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let (keys, found) = next_keys(&link, 1).unwrap();
        assert_eq!((keys.version(), &found), (2, &file.canonicalize().unwrap()));
        let text = data::key_text(&file).unwrap();
        assert!(text.starts_with(&format!("{old}\n2:")), "the old key stays");
        assert!(link.symlink_metadata().unwrap().is_symlink());
    }

    #[test]
    fn a_version_that_somebody_has_added_is_taken() {
        let dir = tempfile::tempdir().unwrap();
        let file = key_file(dir.path());
        let text = format!("{}\n7:{}\n", fs::read_to_string(&file).unwrap(), "07".repeat(32));
        data::write_private(&file, text.as_bytes()).unwrap();
        assert_eq!(next_keys(&file, 1).unwrap().0.version(), 7);
        assert_eq!(fs::read_to_string(&file).unwrap(), text, "nothing was added");
        assert_eq!(next_keys(&file, 7).unwrap().0.version(), 8);
    }

    #[test]
    fn a_file_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let file = key_file(dir.path());
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(next_keys(&file, 1).unwrap_err().contains("chmod 600"));
    }
}
