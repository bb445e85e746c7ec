//! The program: configuration, wiring, commands. The main story lives here too, so that the demo and the crash test tell
//! the same one.

pub mod app;
pub mod cli;
pub mod config;
mod data;
pub mod demo;
mod first_start;
mod guard;
pub mod serve;
pub mod story;

/// Installs the one TLS provider of the process.
pub fn install_tls() {
    // A second call finds the first one's provider, which is the same.
    drop(rustls::crypto::ring::default_provider().install_default());
}
