//! What a durable write costs: appends of 4 KiB, each followed by fdatasync.

use serde_json::{Value, json};
use std::{fs::File, io::Write, path::PathBuf, time::Instant};

#[derive(clap::Args)]
pub struct Options {
    /// A folder on the disk in question
    #[arg(long)]
    folder: PathBuf,
    #[arg(long, default_value_t = 300)]
    writes: usize,
}

pub fn run(options: &Options) -> Result<Value, String> {
    let path = options.folder.join("fsync-probe");
    let measured = measure(&path, options.writes.max(1));
    // The probe is of no use to anybody afterwards; that it cannot be removed changes no result.
    drop(std::fs::remove_file(&path));
    let mut micros = measured.map_err(|e| format!("{}: {e}", path.display()))?;
    micros.sort_unstable();
    let at = |q: f64| micros[((micros.len() - 1) as f64 * q) as usize];
    Ok(json!({ "median_us": at(0.5), "p99_us": at(0.99), "max_us": at(1.0) }))
}

fn measure(path: &std::path::Path, writes: usize) -> std::io::Result<Vec<u64>> {
    let mut file = File::create(path)?;
    let block = [7_u8; 4096];
    (0..writes)
        .map(|_| {
            let started = Instant::now();
            file.write_all(&block)?;
            file.sync_data()?;
            Ok(u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX))
        })
        .collect()
}
