//! Who may read the secrets on this machine: the server's user alone. Looked at when the server starts, and by the doctor.

use crate::{config::Config, data};
use std::{
    fs::{self, Permissions},
    io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

/// Bits of group and others.
const OTHERS: u32 = 0o077;
/// A folder that holds one of them is ours.
const OURS: [&str; 4] = ["instance", "sampan.db", "master.key", "sandbox"];
/// Made by whoever takes a folder, before anything is known of it.
const LOCK: &str = "lock";

/// Files that hold secrets, whether they are there or not.
pub fn secret_files(data: &Path, config: Option<&Config>) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        ["operator.json", "test-developer.json", "instance"].iter().map(|name| data.join(name)).collect();
    match config {
        Some(config) => {
            files.extend(data::key_file(config));
            files.extend(config.tls.files().map(|(_, key)| key.to_owned()));
        }
        None => files.push(data.join("master.key")),
    }
    files
}

/// That nobody else may read a file.
pub fn check_file(path: &Path) -> Result<(), String> {
    let shown = path.display();
    let open = is_open(path).map_err(|e| format!("{shown} cannot be read: {e}"))?;
    if open { Err(format!("{shown} can be read by others; chmod 600 {shown}")) } else { Ok(()) }
}

/// Whether group or others may do anything with it.
pub fn is_open(path: &Path) -> io::Result<bool> {
    Ok(fs::metadata(path)?.permissions().mode() & OTHERS != 0)
}

/// Closes the data folder to others, and refuses secrets that others could have read: those must be exchanged, which only
/// the operator can decide.
pub fn keep(config: &Config) -> Result<(), String> {
    close(&config.data)?;
    let there = secret_files(&config.data, Some(config)).into_iter().filter(|file| file.exists());
    for file in there {
        check_file(&file)
            .map_err(|refused| format!("data: {refused}, and exchange what is in it if somebody may have read it"))?;
    }
    Ok(())
}

/// A folder of our own is closed; one that holds other things as well is left alone, and refused.
fn close(folder: &Path) -> Result<(), String> {
    let shown = folder.display();
    let failed = |e: io::Error| format!("data: {shown} cannot be closed to others: {e}; chmod 700 {shown}");
    if !is_open(folder).map_err(failed)? {
        return Ok(());
    }
    let is_new = fs::read_dir(folder).map_err(failed)?.flatten().all(|entry| entry.file_name() == LOCK);
    if !is_new && !OURS.iter().any(|name| folder.join(name).exists()) {
        return Err(format!(
            "data: {shown} can be entered by others and holds things that are not Sampan's; name a folder of its own, or \
             chmod 700 {shown}"
        ));
    }
    fs::set_permissions(folder, Permissions::from_mode(0o700)).map_err(failed)?;
    tracing::warn!(folder = %shown, "the data folder could be entered by others; its mode is 0700 now");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(path: &Path, mode: u32) {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_new_folder_and_one_of_ours_are_closed_and_a_shared_one_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let config = Config { data: folder.path().to_owned(), ..Config::default() };
        set(folder.path(), 0o755);
        fs::write(folder.path().join(LOCK), "1").unwrap();
        keep(&config).unwrap();
        assert_eq!(mode(folder.path()), 0o700);
        set(folder.path(), 0o755);
        fs::write(folder.path().join("notes"), "x").unwrap();
        assert!(keep(&config).unwrap_err().contains("chmod 700"));
        assert_eq!(mode(folder.path()), 0o755, "and left as it was");
        fs::write(folder.path().join("sampan.db"), "x").unwrap();
        keep(&config).unwrap();
        assert_eq!(mode(folder.path()), 0o700);
    }

    #[test]
    fn a_secret_that_others_can_read_ends_the_start() {
        let folder = tempfile::tempdir().unwrap();
        let config = Config { data: folder.path().to_owned(), ..Config::default() };
        set(folder.path(), 0o700);
        for name in ["operator.json", "test-developer.json", "master.key"] {
            let file = folder.path().join(name);
            fs::write(&file, "x").unwrap();
            for open in [0o644, 0o640, 0o604] {
                set(&file, open);
                let refused = keep(&config).unwrap_err();
                assert!(refused.contains(name) && refused.contains("chmod 600"), "{refused}");
            }
            set(&file, 0o600);
            keep(&config).unwrap();
        }
    }
}
