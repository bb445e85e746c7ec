//! How a source file looks from its door: it opens with `//!`, it can be read in one sitting, and the sandbox enters
//! the connector crates only by the rooms that hold the protocol.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// A file of this many lines is too long.
const TOO_LONG: usize = 500;

/// Crates of which the sandbox, the other end of the wire, may see the protocol only.
const PROTOCOLS: [&str; 4] = ["alibaba1688", "taobao", "poizon", "alibabacom"];
const PROTOCOL_MODULES: [&str; 2] = ["wire", "sign"];

/// What is wrong with the files under `crates/*/src`.
pub fn findings(root: &Path) -> Result<Vec<String>, String> {
    let mut findings = Vec::new();
    for crate_folder in children(&root.join("crates"))? {
        for (path, text) in sources(&crate_folder.join("src"))? {
            let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
            findings.extend(at_the_door(&text).into_iter().map(|finding| format!("{name} {finding}")));
        }
    }
    Ok(findings)
}

/// Where the sandbox uses more of a connector crate than its protocol.
pub fn forbidden_modules(root: &Path) -> Result<Vec<String>, String> {
    let mut findings = Vec::new();
    for (path, text) in sources(&root.join("crates/sandbox/src"))? {
        let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
        findings.extend(beyond_the_protocol(&text).into_iter().map(|used| {
            format!("{name} uses {used}; the sandbox may use only {} of it", PROTOCOL_MODULES.join(" and "))
        }));
    }
    Ok(findings)
}

fn at_the_door(text: &str) -> Vec<String> {
    let lines = text.lines().count();
    let mut findings = Vec::new();
    if !text.starts_with("//!") {
        findings.push("does not open with //!".to_owned());
    }
    if lines >= TOO_LONG {
        findings.push(format!("has {lines} lines; {} are the most", TOO_LONG - 1));
    }
    findings
}

fn beyond_the_protocol(text: &str) -> Vec<String> {
    let code: String =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).map(|l| l.to_owned() + "\n").collect();
    let mut used = Vec::new();
    for room in PROTOCOLS {
        for (at, path) in code.match_indices(&format!("{room}::")) {
            if !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                used.extend(modules(&code[at + path.len()..]).into_iter().map(|module| format!("{room}::{module}")));
            }
        }
    }
    used.retain(|path| !PROTOCOL_MODULES.iter().any(|module| path.ends_with(&format!("::{module}"))));
    used
}

/// The first names of a path's rest: one, or those of a group in braces.
fn modules(rest: &str) -> Vec<&str> {
    match rest.strip_prefix('{') {
        None => vec![first_name(rest)],
        Some(group) => split_group(group).into_iter().map(first_name).collect(),
    }
}

/// The members of a group up to its closing brace; inner groups stay whole.
fn split_group(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut members) = (0_usize, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                members.push(group[start..at].trim());
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    members.retain(|member| !member.is_empty());
    members
}

fn first_name(path: &str) -> &str {
    let end = path.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(path.len());
    if end == 0 { path.lines().next().unwrap_or(path) } else { &path[..end] }
}

/// All `.rs` files below a folder with their text, in the order of their names; none if there is no such folder.
pub fn sources(folder: &Path) -> Result<Vec<(PathBuf, String)>, String> {
    let mut found = Vec::new();
    for path in children(folder)? {
        if path.is_dir() {
            found.extend(sources(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
            found.push((path, text));
        }
    }
    Ok(found)
}

/// What lies in a folder, in the order of the names; nothing if there is no such folder.
pub fn children(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(format!("cannot list {}: {error}", folder.display())),
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_file_with_a_role_is_in_order() {
        assert!(at_the_door("//! Money.\n\npub struct Fen;\n").is_empty());
        assert!(at_the_door(&format!("//! Money.\n{}", "\n".repeat(498))).is_empty());
    }

    #[test]
    fn a_file_without_role_and_a_long_file_are_told() {
        assert_eq!(at_the_door("// Money.\n"), ["does not open with //!"]);
        let long = format!("//! Money.\n{}", "\n".repeat(499));
        assert_eq!(at_the_door(&long), ["has 500 lines; 499 are the most"]);
    }

    #[test]
    fn the_sandbox_may_enter_by_wire_and_sign_only() {
        let good = "use alibaba1688::{sign, wire::{self, Order}};\nuse taobao::wire::Trade;\n// alibaba1688::ordering\nMarketplace::Alibaba1688;\n";
        assert!(beyond_the_protocol(good).is_empty());
        let bad = "use alibaba1688::{\n    wire,\n    ordering::place,\n};\nlet x = poizon::client();\n";
        assert_eq!(beyond_the_protocol(bad), ["alibaba1688::ordering", "poizon::client"]);
        assert_eq!(beyond_the_protocol("use alibaba1688::*;"), ["alibaba1688::*;"]);
    }
}
