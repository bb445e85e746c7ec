//! What the tests need beside Rust: found where it is, installed where it is missing (Debian and its children).
//!
//! Only what a chosen step needs is looked for, so a developer who runs one step needs no package manager.

use crate::{cargo, process};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Where Debian puts the server, a folder for each major version.
const DEBIAN_POSTGRESQL: &str = "/usr/lib/postgresql";

/// Without a cluster of the system: its package would create one and start it.
const INSTALL_POSTGRESQL: &str = "\
conf=/etc/postgresql-common/createcluster.conf
if [ ! -e $conf ]; then mkdir -p /etc/postgresql-common; echo 'create_main_cluster = false' > $conf; fi
apt-get update
apt-get install -y --no-install-recommends postgresql";

const INSTALL_PYTHON: &str = "apt-get update\napt-get install -y --no-install-recommends python3 python3-venv";

/// The folder with `initdb`, `pg_ctl` and `postgres`.
pub fn postgresql() -> Result<PathBuf, String> {
    if let Some(found) = find_postgresql() {
        return Ok(found);
    }
    install("PostgreSQL", INSTALL_POSTGRESQL)?;
    find_postgresql().ok_or_else(|| format!("no PostgreSQL below {DEBIAN_POSTGRESQL} after its installation"))
}

/// A `python3` that runs.
pub fn python() -> Result<(), String> {
    let works = || process::works(Command::new("python3").arg("--version"));
    if !works() {
        install("Python", INSTALL_PYTHON)?;
    }
    if works() { Ok(()) } else { Err("python3 does not run after its installation".to_owned()) }
}

/// A virtual environment at `venv` in which these modules load, with the packages installed where they do not; the path of
/// its Python.
pub fn python_packages(venv: &Path, modules: &str, packages: &[&str]) -> Result<PathBuf, String> {
    let python = venv.join("bin/python");
    let works = || process::works(Command::new(&python).args(["-c", &format!("import {modules}")]));
    if !works() {
        self::python()?;
        let made = || process::output(Command::new("python3").args(["-m", "venv"]).arg(venv));
        // Debian has this part of Python in a package of its own.
        made().or_else(|_| install("Python's venv", INSTALL_PYTHON).and_then(|()| made()))?;
        process::output(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(packages))?;
    }
    if works() { Ok(python) } else { Err("the installed packages do not load".to_owned()) }
}

/// A part of the toolchain that a minimal installation leaves out, such as `rustfmt`.
pub fn component(subcommand: &str, component: &str) -> Result<(), String> {
    if process::works(&mut cargo::command(&[subcommand, "--version"])) {
        return Ok(());
    }
    process::run(cargo::program("rustup").args(["component", "add", component]))
}

/// Whether the faster test runner is there; without it `cargo test` does.
pub fn has_nextest() -> bool {
    process::works(&mut cargo::command(&["nextest", "--version"]))
}

/// The newest server that is installed already.
pub fn find_postgresql() -> Option<PathBuf> {
    let versions = fs::read_dir(DEBIAN_POSTGRESQL).into_iter().flatten().flatten();
    let installed = versions.map(|version| version.path().join("bin")).filter(|folder| is_server(folder));
    let newest = installed.max_by_key(|folder| major(folder));
    newest.or_else(|| env::split_paths(&env::var_os("PATH")?).find(|folder| is_server(folder)))
}

fn is_server(folder: &Path) -> bool {
    ["initdb", "pg_ctl", "postgres"].iter().all(|program| folder.join(program).is_file())
}

/// `.../15/bin` is 15.
fn major(folder: &Path) -> u32 {
    let name = folder.parent().and_then(Path::file_name).and_then(|name| name.to_str());
    name.and_then(|name| name.parse().ok()).unwrap_or(0)
}

/// Installs by a script for the package manager.
pub fn install(what: &str, script: &str) -> Result<(), String> {
    println!("{what} is missing and is installed now");
    if !process::works(Command::new("apt-get").arg("--version")) {
        return Err(format!("{what} is missing and there is no apt-get to install it with; install it and try again"));
    }
    let script = format!("set -e\nexport DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1\n{script}");
    let root = process::output(Command::new("id").arg("-u"))? == b"0\n";
    let mut shell = if root { Command::new("sh") } else { Command::new("sudo") };
    if !root {
        shell.args(["-n", "sh"]);
    }
    process::run(shell.args(["-c", &script])).map_err(|error| format!("{what} could not be installed: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_is_taken_by_number() {
        let folders = ["/usr/lib/postgresql/9.6/bin", "/usr/lib/postgresql/15/bin", "/usr/lib/postgresql/9/bin"];
        let newest = folders.iter().map(Path::new).max_by_key(|folder| major(folder));
        assert_eq!(newest, Some(Path::new("/usr/lib/postgresql/15/bin")));
    }

    #[test]
    fn a_folder_without_the_server_is_not_taken() {
        assert!(!is_server(Path::new("/usr/share")));
    }
}
