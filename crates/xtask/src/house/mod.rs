//! The house rules that a compiler does not know: who may use whom, what the lock file may hold, how a file
//! begins, whether the documents lead anywhere.
//!
//! Each check lists everything that it finds wrong; an empty list is a clean house. The same checks run as tests here,
//! so that a plain test run shows them too.

mod docs;
mod files;
mod lockfile;
mod rooms;

use crate::cargo;

/// Runs all checks and prints what each found.
pub fn run() -> Result<(), String> {
    let mut wrong = 0;
    for (name, findings) in
        [("arrows", arrows()?), ("lock file", lock_file()?), ("files", files()?), ("documents", documents()?)]
    {
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
}
