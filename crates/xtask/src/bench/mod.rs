//! Benchmarks: how fast the product is beside bare programs that do only the unavoidable part, and beside peers, all in the
//! same run on the same machine. `docs/BENCHMARKS.md` is written from what was measured.
//!
//! The heavy programs live in the package `bench` (load, stub upstream, receivers, bare limits), so that this one stays
//! quick to compile; here they are started, compared and judged. Contenders take turns (A B A B), after one warm-up turn
//! each; an error or a wrong body fails the run.

mod demand;
mod document;
mod finding;
mod machine;
mod options;
mod peers;
mod rounds;
mod rows;
pub mod running;
mod yard;

use crate::process;
use demand::Demand;
use finding::Finding;
use options::{Options, Row};
use std::process::ExitCode;
use yard::Yard;

/// Rows and their names, for the help text.
pub fn row_names() -> String {
    options::names()
}

/// Measures what is chosen and writes the document.
pub fn main(arguments: &[&str]) -> ExitCode {
    let options = match Options::parse(arguments) {
        Ok(options) => options,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::from(2);
        }
    };
    match run(&options) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

/// The small run that belongs to the tests: every row, goals at half; see [`demand`].
pub fn smoke() -> Result<(), String> {
    let options = Options::parse(&["--small"])?;
    if run(&options)? { Ok(()) } else { Err("below half of what is asked for, twice in a row".to_owned()) }
}

/// Whether every goal that this scale asks for is met.
fn run(options: &Options) -> Result<bool, String> {
    let demand = Demand::of(options)?;
    let mut yard = Yard::open(options)?;
    let mut findings = Vec::new();
    for row in &options.rows {
        println!("\n== {}: {}", row.name(), row.title());
        findings.extend(measure(&mut yard, *row, options, &demand)?);
    }
    let met = demand.are_met(&findings);
    if options.small {
        return Ok(met);
    }
    let path = document::write(&mut yard, options, &findings)?;
    println!("\nwrote {}", path.display());
    // A missed goal is what the document is there to tell; only the small run is a test.
    Ok(true)
}

/// One row; a small run measures a row again before it believes that half of a goal was missed.
fn measure(yard: &mut Yard, row: Row, options: &Options, demand: &Demand) -> Result<Vec<Finding>, String> {
    let findings = rows::measure(yard, row, options)?;
    print(&findings);
    if !options.small || demand.are_met(&findings) {
        return Ok(findings);
    }
    println!("below half of a goal; once more");
    let again = rows::measure(yard, row, options)?;
    print(&again);
    Ok(again)
}

fn print(findings: &[Finding]) {
    findings.iter().for_each(|finding| println!("{finding}"));
}

/// Runs a program for its one line of JSON.
fn json(command: &mut std::process::Command) -> Result<serde_json::Value, String> {
    let text = process::output(command)?;
    let line = text.split(|byte| *byte == b'\n').rfind(|line| !line.is_empty()).unwrap_or_default();
    serde_json::from_slice(line).map_err(|error| format!("a measuring program printed no JSON: {error}"))
}
