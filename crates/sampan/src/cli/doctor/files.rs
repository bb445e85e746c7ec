//! What only files can tell: whether the configuration loads as `serve` would load it, and who may read the secrets.

use super::finding::Finding;
use crate::{
    cli::access::Global,
    config::{Config, Flags},
    privacy,
    tls::Certificates,
};
use std::path::{Path, PathBuf};

/// The folder that is meant where none is named; then the configuration decides.
const DEFAULT_FOLDER: &str = "./sampan-data";

pub fn configuration(file: Option<PathBuf>, global: &Global) -> (Vec<Finding>, Option<Config>) {
    let named = (global.data != Path::new(DEFAULT_FOLDER)).then(|| global.data.clone());
    match Config::load(&Flags { file, data: named, ..Flags::default() }) {
        Ok(config) => {
            let database = if config.database_url.is_some() { "PostgreSQL" } else { "SQLite" };
            let market = match (&config.alibaba1688, config.sandbox.enabled) {
                (Some(_), _) => "live 1688",
                (None, true) => "the sandbox",
                (None, false) => "no marketplace",
            };
            let says = format!("loads: {database}, {market}, data in {}", config.data.display());
            let finding = if market == "no marketplace" {
                Finding::warn("configuration", says, "set sandbox.enabled, or the keys of alibaba1688")
            } else {
                Finding::good("configuration", says)
            };
            (vec![finding], Some(config))
        }
        Err(error) => {
            let todo = "correct the key that the message names, in the file or in its SAMPAN_ variable";
            (vec![Finding::bad("configuration", error.to_string(), todo)], None)
        }
    }
}

/// Whether the certificate could be served, where one is configured.
pub fn certificate(config: Option<&Config>) -> Option<Finding> {
    let tls = &config?.tls;
    let (cert, _) = tls.files()?;
    Some(match Certificates::of(tls) {
        Ok(_) => Finding::good("certificate", format!("{} and its key go together", cert.display())),
        Err(error) => Finding::bad("certificate", error, "put a pair that goes together in place, then `kill -HUP`"),
    })
}

pub fn folder(data: &Path, config: Option<&Config>) -> Vec<Finding> {
    let shown = data.display();
    if !data.is_dir() {
        let todo = "start `sampan serve` once, or name the folder with --data";
        return vec![Finding::bad("data folder", format!("{shown} is not there"), todo)];
    }
    let mut findings = Vec::new();
    if privacy::is_open(data).unwrap_or(false) {
        let todo = format!("chmod 700 {shown}");
        findings.push(Finding::warn("data folder", format!("{shown} can be entered by others"), todo));
    }
    findings.extend(privacy::secret_files(data, config).iter().filter_map(|file| exposed(file)));
    if findings.is_empty() {
        findings.push(Finding::good("data folder", format!("{shown} and its keys are private")));
    }
    findings
}

/// A file that is missing is found out by who needs it.
fn exposed(file: &Path) -> Option<Finding> {
    let shown = file.display();
    let open = privacy::is_open(file).ok()?;
    open.then(|| Finding::bad("secrets", format!("{shown} can be read by others"), format!("chmod 600 {shown}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::doctor::finding::State;
    use std::{fs, os::unix::fs::PermissionsExt};

    #[test]
    fn a_key_that_others_may_read_is_found_with_its_remedy() {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
        let key = folder.path().join("master.key");
        fs::write(&key, "1:00").unwrap();
        fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(folder_states(folder.path()), [State::Good]);
        fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).unwrap();
        let found = super::folder(folder.path(), None);
        assert_eq!(found[0].todo.as_deref(), Some(format!("chmod 600 {}", key.display()).as_str()));
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(folder_states(folder.path()), [State::Warn, State::Bad]);
        assert_eq!(folder_states(&folder.path().join("nowhere")), [State::Bad]);
    }

    fn folder_states(path: &Path) -> Vec<State> {
        super::folder(path, None).iter().map(|f| f.state).collect()
    }
}
