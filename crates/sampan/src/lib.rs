//! The program: configuration, wiring, commands. The main story lives here too, so that the demo and the crash test tell
//! the same one.

pub mod app;
mod care;
pub mod cli;
pub mod config;
mod data;
pub mod demo;
mod first_start;
mod guard;
mod headers;
mod listen;
mod privacy;
mod recording;
mod recovery;
pub mod serve;
pub mod story;
mod tls;
pub mod wiring;

/// Installs the one TLS provider of the process.
pub fn install_tls() {
    // A second call finds the first one's provider, which is the same.
    drop(rustls::crypto::ring::default_provider().install_default());
}
