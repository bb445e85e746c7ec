//! A backlog of messages, a program that delivers them, receivers that count: how fast it drains, whether anything is lost,
//! what memory it takes.

use crate::{
    fill,
    processes::{Running, free_address, resident_kib},
    receiver::{self, Inbox, Manner},
};
use domain::DeveloperId;
use serde_json::{Value, json};
use std::{
    path::PathBuf,
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};
use storage::{Storage, records::DeliveryState};

#[derive(clap::Args)]
pub struct Options {
    /// The product's binary, or with --bare the bare outbox
    #[arg(long)]
    program: PathBuf,
    #[arg(long)]
    bare: bool,
    /// Data folder, empty
    #[arg(long)]
    folder: PathBuf,
    #[arg(long)]
    database: Option<String>,
    #[arg(long, default_value_t = 1)]
    endpoints: usize,
    #[arg(long, default_value_t = 20_000)]
    messages: usize,
    /// So many of the endpoints never answer
    #[arg(long, default_value_t = 0)]
    silent: usize,
    /// So many of them answer 500
    #[arg(long, default_value_t = 0)]
    failing: usize,
    /// How long the healthy may take for theirs
    #[arg(long, default_value_t = 120)]
    patience_s: u64,
}

/// The receivers of one run: the silent ones first, then the failing ones, then the healthy.
pub struct Receivers {
    pub urls: Vec<String>,
    pub inbox: Arc<Inbox>,
    pub healthy_from: usize,
}

pub async fn receivers(endpoints: usize, silent: usize, failing: usize) -> Result<Receivers, String> {
    let inbox = Arc::new(Inbox::default());
    let mut urls = Vec::with_capacity(endpoints);
    for n in 0..endpoints {
        let manner = match n {
            n if n < silent => Manner::Silent,
            n if n < silent + failing => Manner::Failing,
            _ => Manner::Healthy,
        };
        urls.push(receiver::open(manner, inbox.clone(), fill::BODY).await?);
    }
    Ok(Receivers { urls, inbox, healthy_from: silent + failing })
}

pub async fn run(options: Options) -> Result<Value, String> {
    let receivers = receivers(options.endpoints, options.silent, options.failing).await?;
    let (mut program, wanted, developers) = if options.bare {
        (bare(&options, &receivers)?, options.messages, Vec::new())
    } else {
        product(&options, &receivers).await?
    };
    let drained = drain(&mut program, &receivers.inbox, wanted, Duration::from_secs(options.patience_s)).await;
    let memory = drained?;
    program.stop();
    let mut report = report(&receivers.inbox, wanted, &memory)?;
    if !options.bare {
        let storage = fill::open(&options.folder, options.database.as_deref()).await?;
        judge(&storage, &developers, &receivers, &options, &mut report).await?;
        storage.close().await;
    }
    Ok(report)
}

fn bare(options: &Options, receivers: &Receivers) -> Result<Running, String> {
    std::fs::create_dir_all(&options.folder).map_err(|e| e.to_string())?;
    let url = receivers.urls.first().ok_or("no receiver")?;
    let mut command = Command::new(&options.program);
    command.arg("outbox").arg("--folder").arg(&options.folder).args(["--receiver", url]);
    command.args(["--messages", &options.messages.to_string()]);
    Running::start(&mut command, &options.folder.join("log"))
}

async fn product(options: &Options, receivers: &Receivers) -> Result<(Running, usize, Vec<DeveloperId>), String> {
    let storage = fill::open(&options.folder, options.database.as_deref()).await?;
    let developers = fill::developers(&storage, &receivers.urls).await?;
    let written = fill::backlog(&storage, &developers, options.messages).await?;
    storage.close().await;
    let healthy = developers.get(receivers.healthy_from..).unwrap_or_default();
    let wanted = written.iter().filter(|(_, developer)| healthy.contains(developer)).count();
    let mut command = Command::new(&options.program);
    command.args(["serve", "--listen", &free_address()?, "--data"]).arg(&options.folder);
    if let Some(url) = &options.database {
        command.env("SAMPAN_DATABASE_URL", url);
    }
    Ok((Running::start(&mut command, &options.folder.join("log"))?, wanted, developers))
}

/// Waits until the healthy receivers have everything. Answers the program's memory over time, in KiB.
async fn drain(program: &mut Running, inbox: &Inbox, wanted: usize, patience: Duration) -> Result<Vec<u64>, String> {
    let deadline = Instant::now() + patience;
    let mut memory = Vec::new();
    while inbox.count() < wanted {
        if Instant::now() > deadline {
            return Err(format!("after {} s {} of {wanted} messages have come", patience.as_secs(), inbox.count()));
        }
        if program.is_gone() {
            return Err("the delivering program has ended by itself; see its log".to_owned());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
        memory.push(resident_kib(program.pid()));
    }
    // The last answers are on their way; what they bring must be on disk before the program is asked to end.
    tokio::time::sleep(Duration::from_millis(300)).await;
    memory.push(resident_kib(program.pid()));
    Ok(memory)
}

fn report(inbox: &Inbox, wanted: usize, memory: &[u64]) -> Result<Value, String> {
    let seen = inbox.seen();
    let first = seen.first.values().min().copied().ok_or("nothing came")?;
    let last = seen.first.values().max().copied().ok_or("nothing came")?;
    let seconds = last.duration_since(first).as_secs_f64().max(f64::MIN_POSITIVE);
    if seen.wrong > 0 {
        return Err(format!("{} callbacks were wrong", seen.wrong));
    }
    Ok(json!({
        "received": seen.first.len(),
        "wanted": wanted,
        "repeats": seen.repeats,
        "seconds": seconds,
        "rate": seen.first.len().saturating_sub(1) as f64 / seconds,
        "memory_first_kib": memory.get(memory.len() / 10).copied().unwrap_or_default(),
        "memory_last_kib": memory.last().copied().unwrap_or_default(),
    }))
}

/// Nothing is lost: what the healthy got is done, all the rest still waits or was given up on record.
async fn judge(
    storage: &Storage,
    developers: &[DeveloperId],
    receivers: &Receivers,
    options: &Options,
    report: &mut Value,
) -> Result<(), String> {
    let done = fill::count(storage, developers, DeliveryState::Done).await?;
    let waiting = fill::count(storage, developers, DeliveryState::Pending).await?;
    let dead = fill::count(storage, developers, DeliveryState::Dead).await?;
    let wanted = receivers.inbox.count();
    if usize::try_from(done) != Ok(wanted) || usize::try_from(done + waiting + dead) != Ok(options.messages) {
        return Err(format!(
            "{wanted} were received; on record are {done} done, {waiting} waiting, {dead} dead of {}",
            options.messages
        ));
    }
    report["done"] = done.into();
    report["waiting"] = waiting.into();
    report["dead"] = dead.into();
    Ok(())
}
