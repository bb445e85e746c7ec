//! Everything that must hold, in one call: `cargo xtask test`.
//!
//! Steps run in a fixed order and the first that fails ends the run. The last line counts the tests. A failed step
//! that counted no failed test (a build, a lint) counts as one failure, so the line never reads like a success.

mod contract;
mod count;
mod deny;
pub mod guardian;
pub mod postgres;
pub mod provision;
mod schemathesis;
mod selection;

use crate::{bench, cargo, house, process, product};
use count::Count;
use guardian::Scratch;
use postgres::Postgres;
use selection::Step;
use std::{path::PathBuf, process::ExitCode, time::Instant};

/// The variable by which tests find the PostgreSQL server.
const DATABASE_URL: &str = "SAMPAN_TEST_DATABASE_URL";
/// The variable that promises tests a `python3`: where it is missing they fail, and are not skipped.
const PYTHON: &str = "SAMPAN_TEST_PYTHON";

/// The names of the steps, separated by commas.
pub fn step_names() -> String {
    selection::names()
}

/// Runs the chosen steps; the exit code is 0 only if all of them hold.
pub fn main(arguments: &[&str]) -> ExitCode {
    let steps = match selection::parse(arguments) {
        Ok(steps) => steps,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::from(2);
        }
    };
    let mut suite = Suite::default();
    let result = suite.run(&steps);
    suite.tidy_up();
    suite.report(&result);
    if result.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[derive(Default)]
struct Suite {
    count: Count,
    report: Vec<String>,
    scratch: Option<Scratch>,
    binary: Option<PathBuf>,
}

impl Suite {
    fn run(&mut self, steps: &[Step]) -> Result<(), String> {
        for step in steps {
            println!("\n==== {}: {}", step.name(), step.title());
            let started = Instant::now();
            let result = self.step(*step);
            let word = if result.is_ok() { "ok" } else { "FAILED" };
            self.report.push(format!("{:<12} {word:<6} {:>7.1} s", step.name(), started.elapsed().as_secs_f64()));
            println!("---- {} {word} after {:.1} s", step.name(), started.elapsed().as_secs_f64());
            result.map_err(|error| format!("{}: {error}", step.name()))?;
        }
        Ok(())
    }

    fn step(&mut self, step: Step) -> Result<(), String> {
        match step {
            Step::Format => {
                provision::component("fmt", "rustfmt")?;
                process::run(&mut cargo::command(&["fmt", "--all", "--check"]))
            }
            Step::Lints => {
                provision::component("clippy", "clippy")?;
                let lints = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
                process::run(&mut cargo::command(&lints))
            }
            Step::House => house::run(),
            Step::Deny => deny::check(),
            Step::Tests => self.tests(),
            Step::DocTests => self.counted(&["test", "--doc", "--workspace"], None),
            Step::Release => self.binary().map(drop),
            Step::Story => self.story(),
            Step::Contract => self.contract(),
            Step::Schemathesis => {
                let binary = self.binary()?;
                schemathesis::run(&binary, self.scratch()?.path())
            }
            Step::Bench => bench::smoke(),
        }
    }

    fn tests(&mut self) -> Result<(), String> {
        let postgres = Postgres::start(&provision::postgresql()?)?;
        println!("PostgreSQL is up for this run");
        provision::python()?;
        if provision::has_nextest() {
            self.counted(&["nextest", "run", "--workspace", "--no-tests=pass"], Some(&postgres))
        } else {
            println!("cargo-nextest is not installed; cargo test does the same, more slowly");
            let targets = ["test", "--workspace", "--lib", "--bins", "--tests", "--examples", "--no-fail-fast"];
            self.counted(&targets, Some(&postgres))
        }
    }

    /// Runs tests and adds what they count.
    fn counted(&mut self, arguments: &[&str], postgres: Option<&Postgres>) -> Result<(), String> {
        let mut tests = cargo::command(arguments);
        if let Some(postgres) = postgres {
            tests.env(DATABASE_URL, postgres.url()).env(PYTHON, "python3");
        }
        let (output, result) = process::run_copied(&mut tests);
        let counted = count::of_output(&output);
        self.count += counted.unwrap_or_default();
        result.and_then(|()| counted.map(drop).ok_or_else(|| "the tests printed no result".to_owned()))
    }

    fn story(&mut self) -> Result<(), String> {
        let binary = self.binary()?;
        let data = self.scratch()?.path().join("story");
        std::fs::create_dir(&data).map_err(|error| format!("cannot make {}: {error}", data.display()))?;
        product::story(&binary, &data)
    }

    fn contract(&mut self) -> Result<(), String> {
        if let Err(reason) = contract::is_there() {
            println!("the contract check was SKIPPED: {reason}");
            self.report.push(format!("contract was skipped: {reason}"));
            return Ok(());
        }
        provision::python()?;
        let binary = self.binary()?;
        contract::compare(&binary, self.scratch()?.path())
    }

    /// The release binary, built once.
    fn binary(&mut self) -> Result<PathBuf, String> {
        if let Some(binary) = &self.binary {
            return Ok(binary.clone());
        }
        let binary = product::build(product::Profile::Release)?;
        self.binary = Some(binary.clone());
        Ok(binary)
    }

    fn scratch(&mut self) -> Result<&Scratch, String> {
        let scratch = self.scratch.take().map_or_else(Scratch::new, Ok)?;
        Ok(self.scratch.insert(scratch))
    }

    fn tidy_up(&mut self) {
        self.scratch = None;
    }

    fn report(&mut self, result: &Result<(), String>) {
        println!();
        for line in &self.report {
            println!("{line}");
        }
        if let Err(message) = result {
            println!("error: {message}");
            self.count.failed = self.count.failed.max(1);
        }
        println!("{}", self.count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_without_a_failed_test_still_counts() {
        let mut suite = Suite { count: Count { passed: 7, failed: 0, skipped: 1 }, ..Suite::default() };
        suite.report(&Ok(()));
        assert_eq!(suite.count.to_string(), "7 passed, 0 failed, 1 skipped");
        suite.report(&Err("fmt: not formatted".to_owned()));
        assert_eq!(suite.count.to_string(), "7 passed, 1 failed, 1 skipped");
    }
}
