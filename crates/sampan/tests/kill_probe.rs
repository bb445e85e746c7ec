//! Local probe.
#[path = "it/kill/mod.rs"]
mod kill;
