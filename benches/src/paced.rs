//! Events at a fixed rate: each is committed as the use cases commit it, the delivery engine is told, and the time runs
//! until the receiver has it. Taken from when the event was due, so that a stall counts for all who wait in it.

use crate::{
    backlog::{Receivers, receivers},
    clock, fill,
};
use domain::{DeveloperId, Timestamp};
use messages::{AddressRule, Clocks, DeliverConfig, Deliverer, StoredCredentials};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};
use storage::Storage;
use tokio::{sync::mpsc::unbounded_channel, task::JoinSet};
use tokio_util::sync::CancellationToken;

#[derive(clap::Args)]
pub struct Options {
    /// Data folder, empty
    #[arg(long)]
    folder: PathBuf,
    #[arg(long)]
    database: Option<String>,
    #[arg(long, default_value_t = 1)]
    endpoints: usize,
    #[arg(long, default_value_t = 0)]
    silent: usize,
    #[arg(long, default_value_t = 0)]
    failing: usize,
    /// Events a second
    #[arg(long)]
    rate: f64,
    #[arg(long, default_value_t = 5.0)]
    seconds: f64,
}

/// When an event was due, and whose it is.
type Due = (i64, DeveloperId, Instant);

pub async fn run(options: Options) -> Result<Value, String> {
    let storage = fill::open(&options.folder, options.database.as_deref()).await?;
    let receivers = receivers(options.endpoints, options.silent, options.failing).await?;
    let developers = fill::developers(&storage, &receivers.urls).await?;
    let deliverer = deliverer(&storage);
    let stop = CancellationToken::new();
    let engine = tokio::spawn(deliverer.clone().run(stop.clone().cancelled_owned()));
    // Connections are opened and caches filled before the clock runs.
    emit(&storage, &deliverer, &developers, 200.0, Duration::from_millis(500)).await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let duration = Duration::from_secs_f64(options.seconds);
    let due = emit(&storage, &deliverer, &developers, options.rate, duration).await?;
    let healthy = developers.get(receivers.healthy_from..).unwrap_or_default();
    let wanted: Vec<&Due> = due.iter().filter(|(_, developer, _)| healthy.contains(developer)).collect();
    let result = judge(&receivers, &wanted).await;
    stop.cancel();
    engine.await.map_err(|e| e.to_string())?;
    storage.close().await;
    result
}

fn deliverer(storage: &Storage) -> Arc<Deliverer> {
    let wall: Arc<dyn Fn() -> Timestamp + Send + Sync> = Arc::new(clock::wall);
    let credentials = Arc::new(StoredCredentials::new(storage.clone(), wall.clone()));
    let config = DeliverConfig { allowed: AddressRule::loopback(), ..DeliverConfig::default() };
    Arc::new(Deliverer::new(storage.clone(), Clocks { wall: wall.clone(), world: wall }, config, credentials))
}

/// Commits events in turns over the developers; answers all of them.
async fn emit(
    storage: &Storage,
    deliverer: &Arc<Deliverer>,
    developers: &[DeveloperId],
    rate: f64,
    duration: Duration,
) -> Result<Vec<Due>, String> {
    let count = (rate * duration.as_secs_f64()) as u32;
    let first = storage.ids(count.max(1)).await.map_err(|e| e.to_string())?;
    let started = Instant::now() + Duration::from_millis(20);
    let at = move |n: u32| started + Duration::from_secs_f64(f64::from(n) / rate);
    let all: Vec<Due> = (0..count)
        .zip(developers.iter().copied().cycle())
        .map(|(n, developer)| (first + i64::from(n), developer, at(n)))
        .collect();
    let (sender, mut receiver) = unbounded_channel();
    let paced = all.clone();
    std::thread::spawn(move || {
        for event in paced {
            std::thread::sleep(event.2.saturating_duration_since(Instant::now()));
            if sender.send(event).is_err() {
                return;
            }
        }
    });
    let mut commits = JoinSet::new();
    while let Some((id, developer, _)) = receiver.recv().await {
        let (storage, deliverer) = (storage.clone(), deliverer.clone());
        commits.spawn(async move {
            storage.commit(fill::message(developer, id)?).await.map_err(|e| format!("an event is refused: {e}"))?;
            deliverer.notify();
            Ok::<_, String>(())
        });
    }
    while let Some(done) = commits.join_next().await {
        done.map_err(|e| e.to_string())??;
    }
    Ok(all)
}

/// Waits for the last and tells how long each took.
async fn judge(receivers: &Receivers, wanted: &[&Due]) -> Result<Value, String> {
    let deadline = Instant::now() + Duration::from_secs(20);
    let missing = |first: &HashMap<i64, Instant>| wanted.iter().filter(|(id, ..)| !first.contains_key(id)).count();
    while missing(&receivers.inbox.seen().first) > 0 {
        if Instant::now() > deadline {
            return Err(format!("{} of {} events never came", missing(&receivers.inbox.seen().first), wanted.len()));
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let seen = receivers.inbox.seen();
    if seen.wrong > 0 {
        return Err(format!("{} callbacks were wrong", seen.wrong));
    }
    let mut took: Vec<f64> = wanted
        .iter()
        .filter_map(|(id, _, due)| Some(seen.first.get(id)?.saturating_duration_since(*due).as_secs_f64() * 1000.0))
        .collect();
    took.sort_by(f64::total_cmp);
    let at = |q: f64| took.get((took.len().saturating_sub(1) as f64 * q).ceil() as usize).copied();
    Ok(json!({
        "events": took.len(),
        "repeats": seen.repeats,
        "p50_ms": at(0.5),
        "p99_ms": at(0.99),
        "max_ms": at(1.0),
    }))
}
