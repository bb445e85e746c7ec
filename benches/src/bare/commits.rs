//! The limit of a signed durable write: the same rows in the same two commits, by group commit over SQLite, nothing decided
//! and nothing served. Sizes are those of the product's rows.

use journal::{Journal, Options as JournalOptions};
use rusqlite::{Connection, params};
use serde_json::json;
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

#[derive(clap::Args)]
pub struct Options {
    /// Data folder, empty
    #[arg(long)]
    folder: PathBuf,
    #[arg(long, default_value_t = 3.0)]
    seconds: f64,
    #[arg(long, default_value_t = 64)]
    callers: usize,
    /// Bytes of the intent
    #[arg(long)]
    intent: usize,
    /// Bytes of the entity: core and document
    #[arg(long)]
    entity: usize,
    /// Bytes of the message
    #[arg(long)]
    message: usize,
    /// Bytes of the kept answer
    #[arg(long)]
    answer: usize,
}

const TABLES: &str = "
CREATE TABLE nonces (key TEXT NOT NULL, nonce TEXT NOT NULL, expires BIGINT NOT NULL, PRIMARY KEY (key, nonce));
CREATE TABLE idempotency (developer BIGINT NOT NULL, key TEXT NOT NULL, answer TEXT, PRIMARY KEY (developer, key));
CREATE TABLE intents (developer BIGINT NOT NULL, id TEXT NOT NULL, payload TEXT NOT NULL, state TEXT NOT NULL,
  PRIMARY KEY (developer, id));
CREATE TABLE entities (developer BIGINT NOT NULL, id BIGINT NOT NULL, document TEXT NOT NULL,
  PRIMARY KEY (developer, id));
CREATE TABLE messages (developer BIGINT NOT NULL, id BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (developer, id));
CREATE TABLE deliveries (developer BIGINT NOT NULL, message BIGINT NOT NULL, state TEXT NOT NULL, due BIGINT NOT NULL,
  PRIMARY KEY (developer, message));
CREATE INDEX deliveries_due ON deliveries (developer, due) WHERE state = 'pending';";

/// The texts that are written; made once.
struct Texts {
    intent: String,
    entity: String,
    message: String,
    answer: String,
}

pub async fn run(options: Options) -> Result<(), String> {
    std::fs::create_dir_all(&options.folder).map_err(|e| e.to_string())?;
    let capacity = options.callers.max(1) * 2;
    let journal =
        Journal::open(options.folder.join("bare.db"), JournalOptions { capacity, ..JournalOptions::default() })
            .map_err(|e| e.to_string())?;
    write(&journal, |db| db.execute_batch(TABLES)).await?;
    let texts = Arc::new(Texts {
        intent: "i".repeat(options.intent),
        entity: "e".repeat(options.entity),
        message: "m".repeat(options.message),
        answer: "a".repeat(options.answer),
    });
    let numbers = Arc::new(AtomicI64::new(1));
    let started = Instant::now();
    let until = started + Duration::from_secs_f64(options.seconds);
    let mut callers = JoinSet::new();
    for _ in 0..options.callers {
        callers.spawn(caller(journal.clone(), texts.clone(), numbers.clone(), until));
    }
    let mut micros = Vec::new();
    while let Some(done) = callers.join_next().await {
        micros.extend(done.map_err(|e| e.to_string())??);
    }
    let seconds = started.elapsed().as_secs_f64();
    journal.close().await;
    micros.sort_unstable();
    let p99 = micros.get(micros.len() * 99 / 100).map(|us| *us as f64 / 1000.0);
    println!("{}", json!({ "done": micros.len(), "wrong": 0, "rate": micros.len() as f64 / seconds, "p99_ms": p99 }));
    Ok(())
}

async fn caller(
    journal: Journal,
    texts: Arc<Texts>,
    numbers: Arc<AtomicI64>,
    until: Instant,
) -> Result<Vec<u128>, String> {
    let mut micros = Vec::new();
    while Instant::now() < until {
        let n = numbers.fetch_add(1, Ordering::Relaxed);
        let started = Instant::now();
        let given = texts.clone();
        write(&journal, move |db| intend(db, n, &given)).await?;
        let given = texts.clone();
        write(&journal, move |db| end(db, n, &given)).await?;
        micros.push(started.elapsed().as_micros());
    }
    Ok(micros)
}

async fn write<F>(journal: &Journal, f: F) -> Result<(), String>
where
    F: FnMut(&Connection) -> rusqlite::Result<()> + Send + 'static,
{
    journal.write(f).await.map_err(|e| e.to_string())?.map_err(|e| e.to_string())
}

fn intend(db: &Connection, n: i64, texts: &Texts) -> rusqlite::Result<()> {
    let id = format!("{n:032x}");
    let access_key = "0123456789abcdef0123456789abcdef";
    db.prepare_cached("INSERT INTO nonces VALUES (?1, ?2, ?3)")?.execute(params![access_key, id, n])?;
    db.prepare_cached("INSERT INTO idempotency VALUES (1, ?1, NULL)")?.execute(params![id])?;
    let sql = "INSERT INTO intents VALUES (1, ?1, ?2, 'running')";
    db.prepare_cached(sql)?.execute(params![id, texts.intent]).map(drop)
}

fn end(db: &Connection, n: i64, texts: &Texts) -> rusqlite::Result<()> {
    let id = format!("{n:032x}");
    db.prepare_cached("UPDATE intents SET state = 'done' WHERE developer = 1 AND id = ?1")?.execute(params![id])?;
    db.prepare_cached("INSERT INTO entities VALUES (1, ?1, ?2)")?.execute(params![n, texts.entity])?;
    db.prepare_cached("INSERT INTO messages VALUES (1, ?1, ?2)")?.execute(params![n, texts.message])?;
    db.prepare_cached("INSERT INTO deliveries VALUES (1, ?1, 'held', ?1)")?.execute(params![n])?;
    let sql = "UPDATE idempotency SET answer = ?2 WHERE developer = 1 AND key = ?1";
    db.prepare_cached(sql)?.execute(params![id, texts.answer]).map(drop)
}
