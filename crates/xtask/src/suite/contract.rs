//! The check of the served OpenAPI document against the published contract, which lies beside this repository.
//!
//! A checkout without it cannot be checked; then it says so instead of passing in silence.

use crate::{cargo, process, product};
use std::{fs, path::Path, process::Command};

/// Groups that are served whole, in every edition of theirs.
const GROUPS: [&str; 7] = [
    "alibaba1688/product",
    "alibaba1688/marketing",
    "alibaba1688/order",
    "alibaba1688/cart",
    "alibaba1688/aftersale",
    "bigmajor/product",
    "bigmajor/order",
];

/// Whether the contract is there; a reason if not.
pub fn is_there() -> Result<(), String> {
    let tool = cargo::root().join("../shared/tools/contract_diff.py");
    if tool.is_file() { Ok(()) } else { Err(format!("{} is not there", tool.display())) }
}

/// Compares every group, also after a shortfall, so that one run shows all of them.
pub fn compare(binary: &Path, scratch: &Path) -> Result<(), String> {
    let document = scratch.join("openapi.json");
    fs::write(&document, product::openapi(binary)?).map_err(|error| error.to_string())?;
    let short = GROUPS.iter().filter(|group| process::run(&mut difference(&document, group)).is_err()).count();
    if short == 0 { Ok(()) } else { Err(format!("{short} of {} groups fall short", GROUPS.len())) }
}

fn difference(document: &Path, group: &str) -> Command {
    let mut python = cargo::program("python3");
    python.arg("../shared/tools/contract_diff.py").arg(document).args(["--group", group]);
    python
}
