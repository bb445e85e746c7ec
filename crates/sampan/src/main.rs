//! `sampan`: serve, demo, and the commands that speak to a running server.

use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand, parser::ValueSource};
use mimalloc::MiMalloc;
use sampan::{
    cli,
    config::{Config, Flags},
    demo, serve,
};
use std::{future::Future, io::IsTerminal, net::SocketAddr, path::PathBuf, process::ExitCode};
use tracing_subscriber::{filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

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
        after_help = "Examples:\n  sampan serve\n  sampan serve --listen 0.0.0.0:443 --data /var/lib/sampan --config /etc/sampan.toml --tls-cert chain.pem --tls-key key.pem\n  sampan serve --record ./case\n  sampan serve --data ./fresh --replay ./case"
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
    /// Write each call to the marketplace into this folder, without names, addresses, phones and keys
    #[arg(long, value_name = "DIR")]
    record: Option<PathBuf>,
    /// Let the sandbox answer these recorded calls as they were answered: a folder, or a file
    #[arg(long, value_name = "PATH")]
    replay: Option<PathBuf>,
    /// Certificate chain (PEM) for https; read again on SIGHUP
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// Private key (PEM) of the certificate
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Serve plain http to other machines too, because a proxy in front speaks TLS
    #[arg(long, conflicts_with = "tls_cert")]
    tls_by_proxy: bool,
}

fn main() -> ExitCode {
    let matches = Cli::command().get_matches();
    // A folder that was named wins over the configuration; the default leaves it to the configuration.
    let data_given = named(&matches, "data");
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    sampan::install_tls();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return refuse(&format!("the runtime cannot start: {error}")),
    };
    match cli.command {
        Command::Serve(server) => {
            start(&runtime, &server, data_given.then(|| cli.global.data.clone()), "info", async |config| {
                serve::run(&config).await.map(|()| true)
            })
        }
        Command::Demo { server, once } => {
            start(&runtime, &server, data_given.then(|| cli.global.data.clone()), "warn", async move |config| {
                demo::run(&config, once).await
            })
        }
        Command::Client(command) => runtime.block_on(cli::run(command, cli.global)),
    }
}

/// Loads the configuration and runs a server command; false is exit code 1.
fn start<F: Future<Output = Result<bool, String>>>(
    runtime: &tokio::runtime::Runtime,
    server: &Server,
    data: Option<PathBuf>,
    log: &str,
    run: impl FnOnce(Config) -> F,
) -> ExitCode {
    let flags = Flags {
        file: server.config.clone(),
        listen: server.listen,
        data,
        record: server.record.clone(),
        replay: server.replay.clone(),
        tls_cert: server.tls_cert.clone(),
        tls_key: server.tls_key.clone(),
        tls_by_proxy: server.tls_by_proxy,
    };
    let config = match Config::load(&flags) {
        Ok(config) => config,
        Err(error) => return refuse(&error.to_string()),
    };
    if let Err(error) = log_to_stderr(&config, log) {
        return refuse(&error);
    }
    match runtime.block_on(run(config)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => refuse(&error),
    }
}

fn log_to_stderr(config: &Config, default: &str) -> Result<(), String> {
    let filter = if config.log == "info" { default } else { &config.log };
    // By target and level alone: a filter that knows spans and fields costs each request more than its line does.
    let filter: Targets = filter.parse().map_err(|e| format!("configuration: log: {e}"))?;
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let to = tracing_subscriber::registry().with(filter);
    if config.log_json {
        to.with(lines.json()).init();
    } else {
        to.with(lines.with_ansi(std::io::stderr().is_terminal())).init();
    }
    Ok(())
}

/// Whether an option was given, on the command line or in the environment; it may stand before or after the command.
fn named(matches: &ArgMatches, id: &str) -> bool {
    let given = |m: &ArgMatches| !matches!(m.value_source(id), None | Some(ValueSource::DefaultValue));
    given(matches) || matches.subcommand().is_some_and(|(_, inner)| inner.ids().any(|i| i == id) && given(inner))
}

fn refuse(message: &str) -> ExitCode {
    eprintln!("sampan: {message}");
    ExitCode::from(2)
}
