//! A key file: `{baseUrl, developId?, accessKey, accessSecret, userId?}`, readable by its owner only.
//!
//! Written beside its place and renamed, so that a crash leaves the old key or the new one, never half a file.

use crate::cli::exit::Failure;
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::Path,
};

/// Where to call and as whom.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyFile {
    pub base_url: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub develop_id: Option<String>,
    pub access_key: String,
    pub access_secret: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
}

impl KeyFile {
    /// Reads a file; `instead` says what the caller can do where there is none.
    pub fn read(path: &Path, instead: &str) -> Result<Self, Failure> {
        let shown = path.display();
        let text = fs::read_to_string(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Failure::Usage(format!(
                "{shown} is not there: `sampan serve` writes it at its first start; name its folder with --data, or {instead}"
            )),
            _ => Failure::Usage(format!("{shown} cannot be read: {error}")),
        })?;
        serde_json::from_str(&text).map_err(|error| Failure::Usage(format!("{shown} is damaged: {error}")))
    }

    /// Refuses a place where a key file would hide another file or cannot be made, before there is a key to lose.
    pub fn may_be_made(path: &Path) -> Result<(), Failure> {
        let shown = path.display();
        if path.exists() {
            return Err(Failure::Usage(format!("{shown} is there already")));
        }
        match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
                Err(Failure::Usage(format!("{} is no folder", folder.display())))
            }
            _ => Ok(()),
        }
    }

    /// Writes or replaces the file, mode 0600.
    pub fn write(&self, path: &Path) -> Result<(), Failure> {
        let wrong = |error: io::Error| Failure::Usage(format!("{} cannot be written: {error}", path.display()));
        let text = serde_json::to_string_pretty(self).map_err(|error| wrong(error.into()))?;
        let beside = path.with_extension("json.new");
        private(&beside)
            .and_then(|mut file| {
                writeln!(file, "{text}")?;
                file.sync_all()
            })
            .map_err(wrong)?;
        fs::rename(&beside, path).map_err(wrong)
    }
}

fn private(path: &Path) -> io::Result<fs::File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
