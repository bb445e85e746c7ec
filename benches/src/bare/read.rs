//! The limit of a signed read: bare axum that checks key, time window, signature and nonce, and answers prepared bytes.

use crate::now_ms;
use axum::{Router, body::Bytes, extract::State};
use http::{HeaderMap, StatusCode, header::CONTENT_TYPE};
use md5::{Digest, Md5};
use std::{
    collections::HashSet,
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

const WINDOW_MS: u64 = 600_000;

#[derive(clap::Args)]
pub struct Options {
    #[arg(long)]
    listen: SocketAddr,
    /// JSON with accessKey and accessSecret
    #[arg(long)]
    key: PathBuf,
    /// The answer's bytes
    #[arg(long)]
    body: PathBuf,
}

struct Served {
    access_key: String,
    secret: String,
    body: Bytes,
    nonces: Mutex<HashSet<u128>>,
}

pub async fn run(options: Options) -> Result<(), String> {
    let body = std::fs::read(&options.body).map_err(|e| format!("{}: {e}", options.body.display()))?;
    let key = std::fs::read(&options.key).map_err(|e| format!("{}: {e}", options.key.display()))?;
    let key: serde_json::Value = serde_json::from_slice(&key).map_err(|e| e.to_string())?;
    let field = |name: &str| key[name].as_str().unwrap_or_default().to_owned();
    let served = Arc::new(Served {
        access_key: field("accessKey"),
        secret: field("accessSecret"),
        body: body.into(),
        nonces: Mutex::default(),
    });
    let listener = tokio::net::TcpListener::bind(options.listen).await.map_err(|e| e.to_string())?;
    let router = Router::new().fallback(answer).with_state(served);
    axum::serve(listener, router).await.map_err(|e| e.to_string())
}

async fn answer(
    State(served): State<Arc<Served>>,
    headers: HeaderMap,
    _asked: Bytes,
) -> Result<([(http::HeaderName, &'static str); 1], Bytes), StatusCode> {
    served.check(&headers).ok_or(StatusCode::UNAUTHORIZED)?;
    Ok(([(CONTENT_TYPE, "application/json; charset=utf-8")], served.body.clone()))
}

impl Served {
    fn check(&self, headers: &HeaderMap) -> Option<()> {
        let text = |name: &str| headers.get(name)?.to_str().ok();
        let (timestamp, nonce) = (text("timestamp")?, text("nonce-str")?);
        let at: i64 = timestamp.parse().ok()?;
        if text("access-key")? != self.access_key || at.abs_diff(now_ms()) > WINDOW_MS {
            return None;
        }
        let mut md5 = Md5::new();
        for part in [self.access_key.as_str(), timestamp, nonce, self.secret.as_str()] {
            md5.update(part.as_bytes());
        }
        let mut given = [0_u8; 16];
        hex::decode_to_slice(text("signature")?, &mut given).ok()?;
        let known = u128::from_str_radix(nonce, 16).ok()?;
        let fresh = self.nonces.lock().unwrap_or_else(PoisonError::into_inner).insert(known);
        (fresh && md5.finalize().as_slice() == given).then_some(())
    }
}
