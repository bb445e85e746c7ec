//! Requests of the operator about the installation itself.

use crate::error::Fault;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::path::{Component, Path};

/// Make a backup.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BackupBody {
    /// Where the server writes it: an absolute path, or a plain name in the folder `backups` of its data folder. It must
    /// not exist. At most 1000 bytes.
    pub file: String,
}

impl BackupBody {
    pub fn file(&self) -> Result<&Path, Fault> {
        let path = Path::new(&self.file);
        let mut parts = path.components();
        let plain =
            matches!((parts.next(), parts.next()), (Some(Component::Normal(name)), None) if name == path.as_os_str());
        let named = path.is_absolute() && path.file_name().is_some() && !self.file.ends_with('/');
        let fits = self.file.len() <= 1000 && !self.file.contains('\0');
        let invalid = || Fault::invalid("file", "an absolute path on the server's machine, or a plain file name");
        if (plain || named) && fits { Ok(path) } else { Err(invalid()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_an_absolute_path_or_a_plain_name() {
        let taken = |file: &str| BackupBody { file: file.to_owned() }.file().is_ok();
        for file in ["a.db", "/var/backups/a.db", "字"] {
            assert!(taken(file), "{file}");
        }
        for file in ["", " /a", "a/b", "../a", ".", "..", "./a", "a/", "/", "/a/", "/a/..", "a\0b", &"x".repeat(1001)] {
            assert!(!taken(file), "{file:?}");
        }
    }
}
