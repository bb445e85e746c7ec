//! The binary `sampan` as its users meet it: built, asked for its OpenAPI document, walked through its story.

use crate::{cargo, process};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

/// The story takes seconds; one that waits longer than this waits for ever.
const STORY_LIMIT: Duration = Duration::from_secs(600);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    Debug,
    Release,
}

/// Builds the binary and tells where it lies.
pub fn build(profile: Profile) -> Result<PathBuf, String> {
    let mut arguments = vec!["build", "--package", "sampan", "--bin", "sampan"];
    let folder = match profile {
        Profile::Debug => "debug",
        Profile::Release => {
            arguments.push("--release");
            "release"
        }
    };
    process::run(&mut cargo::command(&arguments))?;
    Ok(cargo::target_directory()?.join(folder).join(format!("sampan{}", std::env::consts::EXE_SUFFIX)))
}

/// Walks the story in an empty data folder; the exit code decides.
pub fn story(binary: &Path, data: &Path) -> Result<(), String> {
    let mut demo = cargo::program(binary);
    demo.args(["demo", "--once", "--data"]).arg(data);
    process::run_within(&mut demo, STORY_LIMIT)
}

/// The OpenAPI document that the binary serves.
pub fn openapi(binary: &Path) -> Result<Vec<u8>, String> {
    let mut openapi: Command = cargo::program(binary);
    process::output(openapi.arg("openapi"))
}

/// Writes `docs/openapi.json` with one line feed at its end.
pub fn write_openapi() -> Result<(), String> {
    let mut document = openapi(&build(Profile::Debug)?)?.trim_ascii_end().to_vec();
    document.push(b'\n');
    let path = cargo::root().join("docs/openapi.json");
    fs::create_dir_all(cargo::root().join("docs")).map_err(|error| error.to_string())?;
    fs::write(&path, document).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    println!("wrote {}", path.display());
    Ok(())
}
