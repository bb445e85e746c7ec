//! What may come into the house (`deny.toml`): licences, crates, sources, judged by cargo-deny.
//!
//! An installed cargo-deny is taken as it is; else one of a fixed version is built once into the target folder, without
//! optimisation: it reads for a second and would be built for four minutes. Rejected: the same checks by hand over `cargo metadata`; reading licence expressions and
//! licence files is a program of its own.

use crate::{cargo, process};
use std::{path::Path, process::Command};

const VERSION: &str = "0.20.2";

/// Checks licences, bans and sources. Advisories are not looked at: they come over the network and change by themselves,
/// so that the same tree would pass today and fail tomorrow.
pub fn check() -> Result<(), String> {
    let checks = ["--locked", "check", "--hide-inclusion-graph", "licenses", "bans", "sources"];
    process::run(program()?.args(checks))?;
    println!("advisories are not fetched here; `cargo deny check advisories` looks at them");
    Ok(())
}

fn program() -> Result<Command, String> {
    if process::works(&mut cargo::command(&["deny", "--version"])) {
        return Ok(cargo::command(&["deny"]));
    }
    let tools = cargo::target_directory()?.join("tools");
    let binary = tools.join("bin/cargo-deny");
    if !process::works(cargo::program(&binary).arg("--version")) {
        install(&tools)?;
    }
    Ok(cargo::program(binary))
}

fn install(tools: &Path) -> Result<(), String> {
    println!("cargo-deny is missing and is built once into {}", tools.display());
    let build = tools.join("build");
    let mut install = cargo::command(&["install", "cargo-deny", "--debug", "--locked", "--version", VERSION, "--root"]);
    process::run(install.arg(tools).arg("--target-dir").arg(&build))?;
    // The half-built parts are many and of no further use.
    std::fs::remove_dir_all(&build).map_err(|error| format!("cannot remove {}: {error}", build.display()))
}
