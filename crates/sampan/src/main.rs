//! `sampan`: serve, demo, and the commands that speak to a running server.

use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;
use sampan::{
    cli,
    config::{Config, Flags},
    demo, serve,
};
use std::{
    future::Future,
    io::IsTerminal,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};
use tracing_subscriber::EnvFilter;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// An open, self-hostable cross-border sourcing platform
#[derive(Parser)]
#[command(name = "sampan", version, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    global: cli::Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API, with the embedded sandbox unless a live marketplace is configured
    #[command(
        after_help = "Examples:\n  sampan serve\n  sampan serve --listen 0.0.0.0:8080 --data /var/lib/sampan --config /etc/sampan.toml"
    )]
    Serve(Server),
    /// Start everything in one process, walk the main story through the HTTP API, and keep serving
    #[command(after_help = "Examples:\n  sampan demo\n  sampan demo --once --listen 127.0.0.1:0")]
    Demo {
        #[command(flatten)]
        server: Server,
        /// End after the story: exit code 0, or 1 if a step failed
        #[arg(long)]
        once: bool,
    },
    #[command(flatten)]
    Client(cli::Command),
}

#[derive(clap::Args)]
struct Server {
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// TOML file
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    sampan::install_tls();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return refuse(&format!("the runtime cannot start: {error}")),
    };
    match cli.command {
        Command::Serve(server) => {
            start(&runtime, &server, &cli.global, "info", async |config| serve::run(&config).await.map(|()| true))
        }
        Command::Demo { server, once } => {
            start(&runtime, &server, &cli.global, "warn", async move |config| demo::run(&config, once).await)
        }
        Command::Client(command) => runtime.block_on(cli::run(command, cli.global)),
    }
}

/// Loads the configuration and runs a server command; false is exit code 1.
fn start<F: Future<Output = Result<bool, String>>>(
    runtime: &tokio::runtime::Runtime,
    server: &Server,
    global: &cli::Global,
    log: &str,
    run: impl FnOnce(Config) -> F,
) -> ExitCode {
    let flags = Flags { file: server.config.clone(), listen: server.listen, data: given(&global.data) };
    let config = match Config::load(&flags) {
        Ok(config) => config,
        Err(error) => return refuse(&error.to_string()),
    };
    log_to_stderr(&config, log);
    match runtime.block_on(run(config)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => refuse(&error),
    }
}

/// The folder that was named; the default leaves it to the configuration.
fn given(data: &Path) -> Option<PathBuf> {
    (data != Path::new("./sampan-data")).then(|| data.to_owned())
}

fn log_to_stderr(config: &Config, default: &str) {
    let filter = if config.log == "info" { default } else { &config.log };
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if config.log_json {
        builder.json().init();
    } else {
        builder.with_ansi(std::io::stderr().is_terminal()).init();
    }
}

fn refuse(message: &str) -> ExitCode {
    eprintln!("sampan: {message}");
    ExitCode::from(2)
}
