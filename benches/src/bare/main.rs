//! The bare programs: each does only the unavoidable part of one benchmark and nothing else, so that a ratio to it can be
//! taken on any machine. Nothing of the product is linked but the group commit of `journal`, which is bare itself.

mod commits;
mod outbox;
mod read;

use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Bare limits for the benchmarks of Sampan
#[derive(Parser)]
#[command(name = "bare")]
struct Cli {
    #[command(subcommand)]
    program: Program,
}

#[derive(Subcommand)]
enum Program {
    /// A signed read: window, signature, nonce in memory, prepared bytes
    Read(read::Options),
    /// Durable writes: intent, then outcome
    Commits(commits::Options),
    /// An outbox: read, sign, post, record the attempt durably
    Outbox(outbox::Options),
}

fn main() -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return refuse(&error.to_string()),
    };
    let ended = match Cli::parse().program {
        Program::Read(options) => runtime.block_on(read::run(options)),
        Program::Commits(options) => runtime.block_on(commits::run(options)),
        Program::Outbox(options) => runtime.block_on(outbox::run(options)),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => refuse(&message),
    }
}

fn refuse(message: &str) -> ExitCode {
    eprintln!("error: {message}");
    ExitCode::FAILURE
}

/// Milliseconds since 1970.
#[expect(clippy::disallowed_methods, reason = "a bare program has no other clock")]
fn now_ms() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
