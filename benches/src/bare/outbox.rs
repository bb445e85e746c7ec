//! The limit of callbacks: a durable outbox in SQLite, read in order, signed, posted over keep-alive connections, each
//! attempt and the end of its message committed (group commit). No leases, no fairness, no retries.

use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use journal::{Journal, Options as JournalOptions};
use rusqlite::{Connection, params};
use sha2::Sha256;
use std::{path::PathBuf, sync::Arc};
use tokio::{
    net::TcpStream,
    sync::{Mutex, mpsc},
    task::JoinSet,
};

const BODY: usize = 1200;
const SECRET: &[u8] = b"fedcba9876543210fedcba9876543210";
const BATCH: i64 = 512;
/// More than this would not be written at once by one caller.
const FILL: i64 = 1000;

const TABLES: &str = "
CREATE TABLE outbox (id INTEGER PRIMARY KEY, body TEXT NOT NULL, state TEXT NOT NULL);
CREATE TABLE attempts (message BIGINT NOT NULL, number BIGINT NOT NULL, at BIGINT NOT NULL, status BIGINT NOT NULL,
  PRIMARY KEY (message, number));";

#[derive(clap::Args)]
pub struct Options {
    /// Data folder, empty
    #[arg(long)]
    folder: PathBuf,
    /// http://host:port/path
    #[arg(long)]
    receiver: String,
    #[arg(long, default_value_t = 20_000)]
    messages: i64,
    #[arg(long, default_value_t = 64)]
    connections: usize,
}

type Queue = Arc<Mutex<mpsc::Receiver<(i64, String)>>>;

pub async fn run(options: Options) -> Result<(), String> {
    std::fs::create_dir_all(&options.folder).map_err(|e| e.to_string())?;
    let journal =
        Journal::open(options.folder.join("bare.db"), JournalOptions::default()).map_err(|e| e.to_string())?;
    fill(&journal, options.messages).await?;
    let target: http::Uri = options.receiver.parse().map_err(|_| "the receiver is not a URL")?;
    let (sender, receiver) = mpsc::channel(1024);
    let queue: Queue = Arc::new(Mutex::new(receiver));
    let mut workers = JoinSet::new();
    for _ in 0..options.connections {
        workers.spawn(work(journal.clone(), target.clone(), queue.clone()));
    }
    let mut last = 0;
    loop {
        let batch = journal.read(move |db| batch(db, last)).await.map_err(|e| e.to_string())?;
        let batch = batch.map_err(|e| e.to_string())?;
        let Some((id, _)) = batch.last() else { break };
        last = *id;
        for message in batch {
            sender.send(message).await.map_err(|_| "all workers have ended")?;
        }
    }
    drop(sender);
    while let Some(done) = workers.join_next().await {
        done.map_err(|e| e.to_string())??;
    }
    journal.close().await;
    Ok(())
}

async fn fill(journal: &Journal, messages: i64) -> Result<(), String> {
    write(journal, |db| db.execute_batch(TABLES)).await?;
    let body = "x".repeat(BODY);
    for first in (1..=messages).step_by(FILL as usize) {
        let (body, last) = (body.clone(), messages.min(first + FILL - 1));
        write(journal, move |db| {
            let mut insert = db.prepare_cached("INSERT INTO outbox VALUES (?1, ?2, 'pending')")?;
            (first..=last).try_for_each(|id| insert.execute(params![id, body]).map(drop))
        })
        .await?;
    }
    Ok(())
}

fn batch(db: &Connection, last: i64) -> rusqlite::Result<Vec<(i64, String)>> {
    let mut select = db.prepare_cached("SELECT id, body FROM outbox WHERE id > ?1 ORDER BY id LIMIT ?2")?;
    let rows = select.query_map(params![last, BATCH], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

async fn work(journal: Journal, target: http::Uri, queue: Queue) -> Result<(), String> {
    let authority = target.authority().ok_or("the receiver has no host")?.to_string();
    let socket = TcpStream::connect(&authority).await.map_err(|e| e.to_string())?;
    socket.set_nodelay(true).map_err(|e| e.to_string())?;
    let (mut sender, connection) = handshake(TokioIo::new(socket)).await.map_err(|e| e.to_string())?;
    tokio::spawn(async move { drop(connection.await) });
    loop {
        let message = queue.lock().await.recv().await;
        let Some((id, body)) = message else { return Ok(()) };
        post(&mut sender, &target, &authority, id, body).await?;
        write(&journal, move |db| {
            db.prepare_cached("UPDATE outbox SET state = 'done' WHERE id = ?1")?.execute(params![id])?;
            let sql = "INSERT INTO attempts VALUES (?1, 1, ?2, 200)";
            db.prepare_cached(sql)?.execute(params![id, crate::now_ms()]).map(drop)
        })
        .await?;
    }
}

async fn post(
    sender: &mut SendRequest<Full<Bytes>>,
    target: &http::Uri,
    host: &str,
    id: i64,
    body: String,
) -> Result<(), String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET).expect("HMAC takes keys of any length");
    mac.update(body.as_bytes());
    let request = Request::post(target.path())
        .header("host", host)
        .header("content-type", "application/json")
        .header("webhook-id", id)
        .header("authorization", hex::encode(mac.finalize().into_bytes()))
        .body(Full::from(body))
        .map_err(|e| e.to_string())?;
    sender.ready().await.map_err(|e| e.to_string())?;
    let answer = sender.send_request(request).await.map_err(|e| e.to_string())?;
    let status = answer.status();
    answer.into_body().collect().await.map_err(|e| e.to_string())?;
    if status == StatusCode::OK { Ok(()) } else { Err(format!("the receiver answered {status}")) }
}

async fn write<F>(journal: &Journal, f: F) -> Result<(), String>
where
    F: FnMut(&Connection) -> rusqlite::Result<()> + Send + 'static,
{
    journal.write(f).await.map_err(|e| e.to_string())?.map_err(|e| e.to_string())
}
