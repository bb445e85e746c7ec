//! Development tasks: `cargo xtask test | bench | house | openapi`.
//!
//! Plain `std` and `serde_json`, so that it compiles in seconds on a fresh machine. It speaks to the product only as
//! its users do, through the binary `sampan`; linking the product's crates here was rejected, because a broken crate
//! would then take the tasks down with it.

mod bench;
mod cargo;
mod house;
mod process;
mod product;
mod suite;

use std::process::ExitCode;

const USAGE: &str = "\
Development tasks of Sampan

  cargo xtask test [--only STEP,...] [--skip STEP,...]   everything that must hold, in order, stopping at the first failure
  cargo xtask bench [--only ROW,...] [--small] [--runs N] [--date DAY]
                                                         measures beside bare programs and peers, writes docs/BENCHMARKS.md
  cargo xtask house                                      arrows between crates, lock file, source files, copies, names and
                                                         promises in documents
  cargo xtask openapi                                    writes docs/openapi.json";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["test", rest @ ..] => suite::main(rest),
        ["bench", rest @ ..] => bench::main(rest),
        ["house"] => finish(house::run()),
        ["openapi"] => finish(product::write_openapi()),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}\n\nSteps of the test: {}", suite::step_names());
            println!("Rows of the bench: {}", bench::row_names());
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("error: unknown task `{}`\n\n{USAGE}", words.join(" "));
            ExitCode::from(2)
        }
    }
}

fn finish(result: Result<(), String>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
