//! The data folder: one process owns it, secrets in it are readable by its user alone.

use crate::{
    config::{Config, check_master_key},
    privacy,
};
use secrecy::ExposeSecret;
use serde::Serialize;
use std::{
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io::{self, Read, Seek, Write},
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
};
use storage::MasterKey;

const PRIVATE: u32 = 0o600;

/// Held for as long as the process owns the folder.
pub struct Owned {
    _lock: File,
}

/// A key file, as the client commands read it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyFile<'a> {
    pub base_url: &'a str,
    pub develop_id: String,
    pub access_key: &'a str,
    pub access_secret: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
}

/// Takes the folder, or says who has it.
pub fn own(dir: &Path) -> Result<Owned, String> {
    let shown = dir.display();
    // What lies in it is private: names, addresses, keys.
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(dir)
        .map_err(|e| format!("data: {shown} cannot be made: {e}"))?;
    let path = dir.join("lock");
    let mut lock = OpenOptions::new()
        .create(true)
        .read(true)
        .write(true)
        .truncate(false)
        .mode(PRIVATE)
        .open(&path)
        .map_err(|e| format!("data: {} cannot be opened: {e}", path.display()))?;
    let mut owner = String::new();
    if let Err(error) = lock.try_lock() {
        if let TryLockError::Error(error) = error {
            return Err(format!("data: {shown} cannot be locked: {error}"));
        }
        lock.read_to_string(&mut owner).map_err(|e| format!("data: {shown} is in use ({e})"))?;
        return Err(format!("data: {shown} is in use by the process {}", owner.trim()));
    }
    let write = |lock: &mut File| -> io::Result<()> {
        lock.set_len(0)?;
        lock.rewind()?;
        writeln!(lock, "{}", std::process::id())?;
        lock.flush()
    };
    write(&mut lock).map_err(|e| format!("data: {} cannot be written: {e}", path.display()))?;
    Ok(Owned { _lock: lock })
}

/// The mark of the folder, made at its first start: what bears it in a shared database was done by this process or by the
/// one that owned the folder before it. A copy of the folder is another one, since its file has another number.
pub fn instance(dir: &Path) -> Result<i64, String> {
    let path = dir.join("instance");
    let failed = |e: io::Error| format!("data: {}: {e}", path.display());
    if !path.exists() {
        write_private(&path, hex::encode(&crate::app::random()[..8]).as_bytes()).map_err(failed)?;
    }
    let drawn = fs::read_to_string(&path).map_err(failed)?;
    let drawn = u64::from_str_radix(drawn.trim(), 16).map_err(|e| format!("data: {}: {e}", path.display()))?;
    let number = fs::metadata(&path).map_err(failed)?.ino();
    Ok((drawn ^ number).cast_signed())
}

/// The master key: from the environment or configuration, from a file, or made in the folder at the first start.
pub fn master_key(config: &Config) -> Result<MasterKey, String> {
    if let Some(text) = &config.master_key {
        return read_key(text.expose_secret()).map_err(|e| format!("master_key: {e}"));
    }
    let path = key_path(config);
    let shown = path.display();
    if !path.exists() {
        if config.master_key_file.is_some() {
            return Err(format!("master_key_file: {shown} is not there"));
        }
        let text = MasterKey::generate().map_err(|e| format!("master_key: {e}"))?;
        write_private(&path, text.as_bytes()).map_err(|e| format!("master_key: {shown} cannot be written: {e}"))?;
    }
    read_key(&key_text(&path)?).map_err(|e| format!("master_key: {shown}: {e}"))
}

fn read_key(text: &str) -> Result<MasterKey, String> {
    let key = MasterKey::parse(text).map_err(|e| e.to_string())?;
    check_master_key(text)?;
    Ok(key)
}

/// The file that holds the master keys; none where the configuration itself does.
pub fn key_file(config: &Config) -> Option<PathBuf> {
    config.master_key.is_none().then(|| key_path(config))
}

fn key_path(config: &Config) -> PathBuf {
    config.master_key_file.clone().unwrap_or_else(|| config.data_file("master.key"))
}

/// The text of a file with master keys, which only its owner may read.
pub fn key_text(path: &Path) -> Result<String, String> {
    privacy::check_file(path)?;
    fs::read_to_string(path).map_err(|e| format!("master_key: {} cannot be read: {e}", path.display()))
}

/// Writes a key file in one step: a reader sees the old one or the new one.
pub fn write_key_file(path: &Path, file: &KeyFile<'_>) -> io::Result<()> {
    let mut text = serde_json::to_vec_pretty(file)?;
    text.push(b'\n');
    write_private(path, &text)
}

/// Writes a file of mode 0600 in one step; it is on disk when this returns.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = path.with_extension("new");
    let mut file = OpenOptions::new().create(true).write(true).truncate(true).mode(PRIVATE).open(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&temporary, path)?;
    // The name is durable only with its folder.
    path.parent().map_or(Ok(()), |dir| File::open(dir)?.sync_all())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_owner_is_told_of_the_first() {
        let dir = tempfile::tempdir().unwrap();
        let first = own(dir.path()).unwrap();
        let refused = own(dir.path()).err().unwrap();
        assert!(refused.contains(&std::process::id().to_string()), "{refused}");
        drop(first);
        assert!(own(dir.path()).is_ok());
    }

    #[test]
    fn a_folder_keeps_its_mark_and_a_copy_has_another() {
        let (dir, copy) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let mark = instance(dir.path()).unwrap();
        assert_eq!(instance(dir.path()).unwrap(), mark);
        fs::copy(dir.path().join("instance"), copy.path().join("instance")).unwrap();
        assert_ne!(instance(copy.path()).unwrap(), mark);
    }

    #[test]
    fn a_made_master_key_is_private_and_kept() {
        let dir = tempfile::tempdir().unwrap();
        let config = Config { data: dir.path().to_owned(), ..Config::default() };
        let key = master_key(&config).unwrap();
        let sealed = key.seal(b"secret", "x").unwrap();
        assert_eq!(master_key(&config).unwrap().open(&sealed, "x").unwrap().expose(), b"secret");
        let path = dir.path().join("master.key");
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
        assert!(master_key(&config).unwrap_err().contains("chmod 600"));
    }
}
