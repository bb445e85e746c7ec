//! Cargo as a program to call: where the workspace lies, a clean environment, `cargo metadata`.
//!
//! `cargo run` hands its own package variables to this process. Passed on, they would make build scripts that watch them
//! (ring's does) run again at every change between `cargo xtask` and a plain `cargo`, so they are taken out. So are the
//! `SAMPAN_*` variables: a developer's own configuration must not reach the tests.

use crate::process;
use serde_json::Value;
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// The workspace's folder: of the checkout that is running, not of the one that compiled this program.
pub fn root() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&package).ancestors().nth(2).map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// `cargo ARGUMENTS` in the workspace's folder.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = program(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments);
    command
}

/// A program in the workspace's folder with the cleaned environment.
pub fn program(name: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    for (key, _) in env::vars_os() {
        if key.to_str().is_some_and(is_private) {
            command.env_remove(key);
        }
    }
    command
}

fn is_private(key: &str) -> bool {
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "NEXTEST", "SAMPAN_"].iter().any(|prefix| key.starts_with(prefix))
        || ["CARGO_CRATE_NAME", "CARGO_PRIMARY_PACKAGE", "OUT_DIR"].contains(&key)
}

/// `cargo metadata` of the workspace's own packages, without resolving (so without a network).
pub fn metadata() -> Result<Value, String> {
    let text = process::output(&mut command(&["metadata", "--format-version", "1", "--no-deps"]))?;
    serde_json::from_slice(&text).map_err(|error| format!("cargo metadata printed no JSON: {error}"))
}

/// Where cargo puts what it builds.
pub fn target_directory() -> Result<PathBuf, String> {
    let metadata = metadata()?;
    let folder = metadata["target_directory"].as_str().ok_or("cargo metadata names no target directory")?;
    Ok(folder.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_holds_the_workspace() {
        assert!(root().join("Cargo.lock").is_file());
    }

    #[test]
    fn package_variables_and_configuration_are_kept_from_children() {
        for key in ["CARGO_PKG_NAME", "CARGO_MANIFEST_DIR", "SAMPAN_DATABASE_URL", "NEXTEST_RUN_ID"] {
            assert!(is_private(key), "{key}");
        }
        for key in ["CARGO_HOME", "CARGO_TARGET_DIR", "PATH", "RUSTUP_TOOLCHAIN"] {
            assert!(!is_private(key), "{key}");
        }
    }
}
