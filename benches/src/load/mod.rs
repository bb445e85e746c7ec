//! A load of signed requests over keep-alive connections: closed loop (each connection sends the next request when it has
//! its answer) or open loop (requests at a fixed rate, timed from when each was due, so that a stall is counted for
//! everyone who would have waited in it).
//!
//! It shares the cores with the server, as a client on the same machine does; two threads, half of the connections each.

mod closed;
pub mod connection;
mod open;
mod push;
mod scenario;
mod tally;

use scenario::Scenario;
use serde_json::Value;
use std::{path::PathBuf, sync::Arc, time::Duration};
use tally::Tally;

const THREADS: usize = 2;

#[derive(clap::Args)]
pub struct Options {
    /// host:port of the server
    #[arg(long)]
    to: String,
    /// JSON with accessKey and accessSecret
    #[arg(long)]
    key: PathBuf,
    #[arg(long, value_enum)]
    scenario: scenario::Kind,
    #[arg(long, default_value_t = 64)]
    connections: usize,
    #[arg(long, default_value_t = 3.0)]
    seconds: f64,
    /// Requests a second; closed loop where it is left out
    #[arg(long)]
    rate: Option<f64>,
    /// At most so many requests
    #[arg(long)]
    requests: Option<u64>,
    /// The number of the first order that is refunded
    #[arg(long, default_value_t = 1)]
    first: u64,
    /// What the server's upstream knows (facts.json)
    #[arg(long)]
    facts: Option<PathBuf>,
    /// Answers must be these bytes, but for the request id
    #[arg(long)]
    expect: Option<PathBuf>,
    /// Makes one request and writes its answer here
    #[arg(long)]
    save: Option<PathBuf>,
}

pub fn run(options: &Options) -> Result<Value, String> {
    let scenario = Arc::new(Scenario::new(options)?);
    if let Some(path) = &options.save {
        let body = single()?.block_on(connection::once(&options.to, &scenario))?;
        std::fs::write(path, &body).map_err(|e| format!("{}: {e}", path.display()))?;
        return Ok(serde_json::json!({ "bytes": body.len() }));
    }
    let duration = Duration::from_secs_f64(options.seconds);
    let tally = match options.rate {
        None => closed::run(&options.to, &scenario, options.connections, duration)?,
        Some(rate) => open::run(&options.to, &scenario, options.connections, duration, rate)?,
    };
    Ok(tally.report())
}

fn single() -> Result<tokio::runtime::Runtime, String> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| format!("a runtime: {e}"))
}

/// Runs `work` with a share of the connections on each thread and adds up what they counted.
fn on_threads<F, Fut>(connections: usize, work: F) -> Result<Tally, String>
where
    F: Fn(usize, usize) -> Fut + Send + Sync,
    Fut: Future<Output = Result<Tally, String>>,
{
    let share = |thread: usize| connections / THREADS + usize::from(thread < connections % THREADS);
    let tallies: Vec<Result<Tally, String>> = std::thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = (0..THREADS)
            .filter(|thread| share(*thread) > 0)
            .map(|thread| scope.spawn(move || single()?.block_on(work(thread, share(thread)))))
            .collect();
        threads.into_iter().map(|t| t.join().unwrap_or_else(|_| Err("a load thread panicked".to_owned()))).collect()
    });
    tallies.into_iter().try_fold(Tally::default(), |sum, tally| Ok(sum.and(tally?)))
}
