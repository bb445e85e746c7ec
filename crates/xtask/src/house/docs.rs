//! Files that the documents name exist: a reader who follows a document from file to file must not end at a gap.
//!
//! A name is text between backticks with a folder `src` or `tests` in it, written from the repository or from `crates`.

use std::{fs, path::Path};

/// Names in `docs/*.md` and `README.md` that lead nowhere.
pub fn findings(root: &Path) -> Result<Vec<String>, String> {
    let mut findings = Vec::new();
    for path in super::files::children(&root.join("docs"))?.into_iter().chain([root.join("README.md")]) {
        if path.extension().is_none_or(|extension| extension != "md") || !path.is_file() {
            continue;
        }
        let text = fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        let document = path.strip_prefix(root).unwrap_or(&path).display();
        let lost = named_files(&text).into_iter().filter(|name| !exists(root, name));
        findings.extend(lost.map(|name| format!("{document} names {name}, which is not there")));
    }
    Ok(findings)
}

fn exists(root: &Path, name: &str) -> bool {
    root.join(name).exists() || root.join("crates").join(name).exists()
}

fn named_files(text: &str) -> Vec<&str> {
    let quoted = text.lines().flat_map(|line| line.split('`').skip(1).step_by(2));
    quoted.filter(|name| is_file_name(name)).collect()
}

fn is_file_name(name: &str) -> bool {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    plain && name.split('/').skip(1).any(|folder| folder == "src" || folder == "tests")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_in_backticks_are_names() {
        let text =
            "See `contract/src/error.rs`, `crates/storage/tests` and contract/src/none.rs, `src`, `a/src/*.rs`.\n";
        assert_eq!(named_files(text), ["contract/src/error.rs", "crates/storage/tests"]);
    }

    #[test]
    fn a_name_is_looked_up_from_the_repository_and_from_its_crates() {
        let root = crate::cargo::root();
        assert!(exists(&root, "crates/xtask/src/main.rs") && exists(&root, "xtask/src/house"));
        assert!(!exists(&root, "xtask/src/misc.rs"));
    }
}
