//! Cassettes: what is recorded of the calls to a marketplace, and what the sandbox plays.

use crate::config::Config;
use connector::{
    cassette,
    transport::{RecordSettings, Recorder},
};
use platform::clock::Now;
use sandbox::Sandbox;
use std::sync::Arc;

/// The recorder, where the configuration names a folder.
pub fn start(config: &Config, wall: &Now) -> Result<Option<Arc<Recorder>>, String> {
    let Some(dir) = &config.record.dir else { return Ok(None) };
    let settings = RecordSettings {
        dir: dir.clone(),
        most_calls: config.record.most_calls,
        most_bytes: config.record.most_megabytes.saturating_mul(1 << 20),
        name: alibaba1688::recorded_name,
        wall: wall.clone(),
    };
    let recorder = Recorder::start(settings).map_err(|e| format!("record: {}: {e}", dir.display()))?;
    tracing::info!(dir = %dir.display(), "calls to the marketplace are recorded");
    Ok(Some(recorder))
}

/// Gives the sandbox the cassette that the configuration names.
pub fn play(config: &Config, sandbox: &Sandbox) -> Result<(), String> {
    let Some(path) = &config.sandbox.replay else { return Ok(()) };
    let calls = cassette::load(path).map_err(|e| format!("sandbox.replay: {e}"))?;
    tracing::info!(path = %path.display(), calls = calls.len(), "recorded calls are answered as they were");
    sandbox.replay(calls);
    Ok(())
}
