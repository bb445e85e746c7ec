//! Requests that schemathesis makes up from the served OpenAPI document, sent signed to a private server with the sandbox:
//! nothing may be a fault of the server, answered outside of the document, or taken though the document forbids it.
//!
//! The seed is fixed and the examples are few, so that the same tree has the same run, of two to three minutes on two cores.
//! Developers' operations come first: among the operator's there are those that switch a developer off.

use super::provision;
use crate::{
    bench::running::{Running, free_address},
    cargo, process,
};
use std::{
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

/// Which one is installed; another version may make up other requests.
const PACKAGE: &str = "schemathesis==4.32.5";
const HOOKS: &str = include_str!("schemathesis.py");
/// For all runs together.
const LIMIT: Duration = Duration::from_secs(600);

/// What is looked at. Left out, each with its reason:
///
/// - `positive_data_acceptance`: what fits the schema may still be refused (unknown ids, words, states);
/// - `unsupported_method`, `allow_header_conformance`: by the contract another method is an unknown route (40401, 404);
/// - `ignored_auth`, `missing_required_header`: the hook signs everything; `operations.rs` asks without a signature;
/// - `use_after_free`, `ensure_resource_availability`: paths carry no ids, so there is no resource that it could follow;
/// - `object_level_authorization`: `malice/foreign.rs` has two developers, a document has none;
/// - `response_headers_conformance`: the document names `Retry-After` alone, where it may stand.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,\
                      negative_data_rejection";

/// Two runs, and the operations that neither calls: one takes the key away with which the run signs, the other writes files
/// wherever it is told to.
const RUNS: [[&str; 4]; 2] = [
    ["--exclude-path-regex", "^/operator/", "--exclude-operation-id", "developer_secret_reset"],
    ["--include-path-regex", "^/operator/", "--exclude-operation-id", "operator_backup"],
];

const FIXED: [&str; 15] = [
    "--seed",
    "1688",
    "--phases",
    "examples,coverage,fuzzing",
    "--max-examples",
    "5",
    "--workers",
    "1",
    "--request-timeout",
    "20",
    "--no-shrink",
    "--continue-on-failure",
    "--warnings",
    "off",
    "--suppress-health-check=all",
];

/// Asks a server of this binary that keeps its data in `scratch`.
pub fn run(binary: &Path, scratch: &Path) -> Result<(), String> {
    let tools = cargo::target_directory()?.join("tools/schemathesis");
    let python = provision::python_packages(&tools, "schemathesis", &[PACKAGE])?;
    let folder = scratch.join("schemathesis");
    let data = folder.join("data");
    fs::create_dir(&folder)
        .and_then(|()| fs::write(folder.join("sampan_hooks.py"), HOOKS))
        .map_err(|error| format!("cannot write the hooks: {error}"))?;
    let address = free_address()?;
    let mut serve = Command::new(binary);
    serve.args(["serve", "--listen", &address, "--data"]).arg(&data);
    let _server = Running::start(&mut serve, &folder.join("log"), &address, Some(&data.join("test-developer.json")))?;
    let deadline = Instant::now() + LIMIT;
    for chosen in RUNS {
        let mut run = cargo::program(&python);
        run.args(["-c", "from schemathesis.cli import schemathesis; schemathesis()", "run"]);
        run.arg(format!("http://{address}/openapi.json")).args(["--url", &format!("http://{address}")]);
        run.args(["--checks", CHECKS]).args(FIXED).args(chosen).current_dir(&folder);
        run.env("SAMPAN_DATA", &data).env("SCHEMATHESIS_HOOKS", "sampan_hooks").env("PYTHONPATH", &folder);
        process::run_within(&mut run, deadline.saturating_duration_since(Instant::now()))?;
    }
    Ok(())
}
