//! From exec to the first signed 200, and what a program takes of memory when it has nothing to do.

use crate::processes::{Running, resident_kib};
use bytes::Bytes;
use contract::signature::{Signed, header};
use http::Request;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};
use tokio::net::TcpStream;

const PATIENCE: Duration = Duration::from_secs(20);
const BETWEEN_TRIES: Duration = Duration::from_micros(200);
/// Caches and start-up work have settled after this.
const REST: Duration = Duration::from_secs(2);

#[derive(clap::Args)]
pub struct Options {
    /// host:port on which the program will listen
    #[arg(long)]
    at: String,
    /// Its key file; may be written by the program itself
    #[arg(long)]
    key: PathBuf,
    #[arg(long, default_value = "/developer/profile")]
    path: String,
    #[arg(long)]
    log: PathBuf,
    /// The program and its arguments
    #[arg(last = true, required = true)]
    program: Vec<String>,
}

pub async fn run(options: Options) -> Result<Value, String> {
    let (program, arguments) = options.program.split_first().ok_or("no program")?;
    let mut command = Command::new(program);
    command.args(arguments);
    let started = Instant::now();
    let mut running = Running::start(&mut command, &options.log)?;
    while let Err(why) = attempt(&options).await {
        if running.is_gone() {
            return Err(format!("{program} has ended; see {}", options.log.display()));
        }
        if started.elapsed() > PATIENCE {
            return Err(format!("{program} does not answer: {why}"));
        }
        tokio::time::sleep(BETWEEN_TRIES).await;
    }
    let took = started.elapsed();
    tokio::time::sleep(REST).await;
    let resident = resident_kib(running.pid());
    running.stop();
    Ok(json!({ "start_ms": took.as_secs_f64() * 1000.0, "idle_kib": resident }))
}

async fn attempt(options: &Options) -> Result<(), String> {
    let (access_key, secret) = key(&options.key)?;
    let socket = TcpStream::connect(&options.at).await.map_err(|e| e.to_string())?;
    let (mut sender, connection) = handshake(TokioIo::new(socket)).await.map_err(|e| e.to_string())?;
    tokio::spawn(async move { drop(connection.await) });
    let timestamp = crate::clock::wall().0.to_string();
    let nonce = hex::encode(crate::clock::random());
    let signed = Signed { access_key: &access_key, timestamp: &timestamp, nonce: &nonce };
    let request = Request::post(&options.path)
        .header("host", &options.at)
        .header("content-type", "application/json")
        .header(header::ACCESS_KEY, &access_key)
        .header(header::TIMESTAMP, &timestamp)
        .header(header::NONCE, &nonce)
        .header(header::SIGNATURE, signed.sign(&secret))
        .body(Full::new(Bytes::from_static(b"{}")))
        .map_err(|e| e.to_string())?;
    let answer = sender.send_request(request).await.map_err(|e| e.to_string())?;
    let status = answer.status();
    let body = answer.into_body().collect().await.map_err(|e| e.to_string())?.to_bytes();
    let right = status == http::StatusCode::OK && body.get(46..).is_some_and(|b| b.starts_with(b"\",\"code\":200,"));
    if right { Ok(()) } else { Err(format!("{status}: {}", String::from_utf8_lossy(&body))) }
}

fn key(path: &Path) -> Result<(String, String), String> {
    let text = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let key: Value = serde_json::from_slice(&text).map_err(|e| e.to_string())?;
    let field = |name: &str| key[name].as_str().map(str::to_owned).ok_or_else(|| format!("no {name}"));
    Ok((field("accessKey")?, field("accessSecret")?))
}
