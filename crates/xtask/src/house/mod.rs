//! The house rules that a compiler does not know: who may use whom, what the lock file may hold, how a file
//! begins, how much is copied, whether the documents lead anywhere and keep what they promise.
//!
//! Each check lists everything that it finds wrong; an empty list is a clean house. The same checks run as tests here,
//! so that a plain test run shows them too.

mod clones;
mod docs;
mod files;
mod lockfile;
mod promises;
mod rooms;
mod sizes;
mod tokens;

use crate::cargo;
use std::path::{Path, PathBuf};

/// Runs all checks and prints what each found.
pub fn run() -> Result<(), String> {
    let mut wrong = 0;
    for (name, findings) in [
        ("arrows", arrows()?),
        ("lock file", lock_file()?),
        ("files", files()?),
        ("documents", documents()?),
        ("promises", promises()?),
        ("copies", copies(&mut |line| println!("{line}"))?),
    ] {
        println!("{name}: {}", if findings.is_empty() { "in order" } else { "not in order" });
        for finding in &findings {
            println!("  - {finding}");
        }
        wrong += findings.len();
    }
    if wrong == 0 { Ok(()) } else { Err(format!("{wrong} findings in the house")) }
}

fn arrows() -> Result<Vec<String>, String> {
    let mut findings = rooms::forbidden(&rooms::arrows(&cargo::metadata()?)?);
    findings.extend(files::forbidden_modules(&cargo::root())?);
    Ok(findings)
}

fn lock_file() -> Result<Vec<String>, String> {
    let path = cargo::root().join("Cargo.lock");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    Ok(lockfile::findings(&text))
}

fn files() -> Result<Vec<String>, String> {
    files::findings(&cargo::root())
}

fn documents() -> Result<Vec<String>, String> {
    docs::findings(&cargo::root())
}

fn promises() -> Result<Vec<String>, String> {
    let path = cargo::root().join("docs/SECURITY.md");
    let document =
        std::fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let sources = all_sources()?;
    let texts: Vec<&str> = sources.iter().map(|(_, text)| text.as_str()).collect();
    Ok(promises::findings(&document, &texts))
}

/// What is copied or long, with the numbers for who wants to see them.
fn copies(tell: &mut dyn FnMut(String)) -> Result<Vec<String>, String> {
    let root = cargo::root();
    let sources = all_sources()?;
    let named: Vec<(&str, &str)> =
        sources.iter().filter_map(|(path, text)| Some((crate_of(&root, path)?, text.as_str()))).collect();
    let shares = clones::shares(&named);
    for (name, share) in &shares {
        tell(format!("  {name}: {} lines, {:.1} % stand elsewhere too", share.lines, share.percent()));
    }
    let sizes = sizes::sizes(named.iter().map(|(_, text)| *text));
    tell(format!("  {} files, {} of them long", sizes.files, sizes.long));
    let mut findings = clones::findings(&shares);
    findings.extend(sizes::findings(sizes));
    Ok(findings)
}

/// All source files of the workspace, tests included.
fn all_sources() -> Result<Vec<(PathBuf, String)>, String> {
    let root = cargo::root();
    let mut sources = files::sources(&root.join("crates"))?;
    sources.extend(files::sources(&root.join("benches"))?);
    Ok(sources)
}

/// The folder below `crates`, or `benches`.
fn crate_of<'a>(root: &Path, path: &'a Path) -> Option<&'a str> {
    let mut folders = path.strip_prefix(root).ok()?.iter().filter_map(|folder| folder.to_str());
    match folders.next()? {
        "crates" => folders.next(),
        other => Some(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn clean(findings: Result<Vec<String>, String>) {
        let findings = findings.expect("the check runs");
        assert!(findings.is_empty(), "\n{}", findings.join("\n"));
    }

    #[test]
    fn the_arrows_of_this_workspace_follow_the_table() {
        clean(arrows());
    }

    #[test]
    fn the_lock_file_of_this_workspace_holds_one_of_each() {
        clean(lock_file());
    }

    #[test]
    fn every_source_file_of_this_workspace_is_short_and_opens_with_its_role() {
        clean(files());
    }

    #[test]
    fn every_file_that_a_document_names_is_there() {
        clean(documents());
    }

    #[test]
    fn every_promise_names_a_test_that_is_there() {
        clean(promises());
    }

    #[test]
    fn no_crate_is_a_copy_and_few_files_are_long() {
        clean(copies(&mut |_| {}));
    }
}
