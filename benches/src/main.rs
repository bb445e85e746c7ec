//! Measuring tools: what loads, feeds and receives when Sampan is benchmarked. `cargo xtask bench` runs them and writes the
//! document; each prints one line of JSON.
//!
//! The product under test is the released binary, started as a child. Where the released one cannot be had in the needed
//! shape (an upstream that answers at once, a pace of events), the same rooms are wired here: [`product`] and [`paced`].
//! What the ratios are taken against is the other program, `bare`, which links nothing of the product.

mod backlog;
mod clock;
mod disk;
mod fill;
mod life;
mod load;
mod orders;
mod paced;
mod pages;
mod processes;
mod product;
mod receiver;
mod start;
mod stub;

use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;
use serde_json::Value;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Measuring tools of Sampan
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    tool: Tool,
}

#[derive(Subcommand)]
enum Tool {
    /// Signed requests, closed loop or at a fixed rate
    Load(load::Options),
    /// The product with an upstream in the process that answers at once and keeps nothing
    Product(product::Options),
    /// Messages that wait, a program that delivers them, and receivers
    Backlog(backlog::Options),
    /// Events at a fixed rate, through the delivery engine to receivers
    Paced(paced::Options),
    /// From exec to the first signed 200, and the memory of a program at rest
    Start(start::Options),
    /// A database with many orders
    Orders(orders::Options),
    /// Pages of orders in a database that `orders` has filled
    Pages(pages::Options),
    /// Whole lives of orders, or a jump of the clock over open ones
    Life(life::Options),
    /// What a durable write costs on this disk
    Disk(disk::Options),
}

fn main() -> ExitCode {
    match run(Cli::parse().tool) {
        Ok(result) => {
            println!("{result}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(tool: Tool) -> Result<Value, String> {
    match tool {
        Tool::Load(options) => load::run(&options),
        Tool::Product(options) => runtime()?.block_on(product::run(options)),
        Tool::Backlog(options) => runtime()?.block_on(backlog::run(options)),
        Tool::Paced(options) => runtime()?.block_on(paced::run(options)),
        Tool::Start(options) => runtime()?.block_on(start::run(options)),
        Tool::Orders(options) => runtime()?.block_on(orders::run(options)),
        Tool::Pages(options) => runtime()?.block_on(pages::run(options)),
        Tool::Life(options) => runtime()?.block_on(life::run(options)),
        Tool::Disk(options) => disk::run(&options),
    }
}

/// As the product's own: one worker a core.
fn runtime() -> Result<tokio::runtime::Runtime, String> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| format!("the runtime cannot start: {e}"))
}
