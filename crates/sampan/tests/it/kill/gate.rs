//! A gate between the client and the server: it keeps one address over all the server's lives, counts writes (requests
//! with an `Idempotency-Key`), and strikes at a chosen one: after the whole request has reached the server, or when the
//! answer has begun to come back, which then nobody sees.

use super::server::Server;
use std::{
    net::Ipv4Addr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::Notify,
    task::JoinHandle,
};

/// Which write is struck, counted from 1 since the gate was armed, and when.
#[derive(Debug, Clone, Copy)]
pub enum Strike {
    Sent { write: u32, after: Duration },
    Answered { write: u32 },
}

pub struct Gate {
    pub url: String,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Shared {
    server: Arc<Server>,
    armed: Mutex<Arc<Armed>>,
    writes: AtomicU32,
}

/// One strike at most. What it was armed for may end before it falls; then it is called off.
#[derive(Default)]
pub struct Armed {
    strike: Option<Strike>,
    off: AtomicBool,
    struck: Notify,
}

impl Armed {
    /// Returns when the strike has fallen.
    pub async fn struck(&self) {
        self.struck.notified().await;
    }

    pub fn call_off(&self) {
        self.off.store(true, Ordering::SeqCst);
    }

    fn is_for(&self, number: u32) -> bool {
        let wanted = self.strike.map(|(Strike::Sent { write, .. } | Strike::Answered { write })| write);
        wanted == Some(number) && !self.off.load(Ordering::SeqCst)
    }

    fn fall(&self, server: &Server) {
        if !self.off.swap(true, Ordering::SeqCst) {
            server.kill();
            self.struck.notify_one();
        }
    }
}

/// A gate that listens; it serves once it knows its server.
pub struct Unserved {
    pub url: String,
    listener: TcpListener,
}

impl Unserved {
    pub async fn listen() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("a bound listener has an address"));
        Self { url, listener }
    }

    pub fn serve(self, server: Arc<Server>) -> Gate {
        let shared = Arc::new(Shared { server, armed: Mutex::default(), writes: AtomicU32::new(0) });
        let accepting = shared.clone();
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = self.listener.accept().await {
                tokio::spawn(connect(client, accepting.clone()));
            }
        });
        Gate { url: self.url, shared, task }
    }
}

impl Gate {
    /// Counts writes anew, and strikes one of them if so told.
    pub fn arm(&self, strike: Option<Strike>) -> Arc<Armed> {
        let armed = Arc::new(Armed { strike, ..Armed::default() });
        self.shared.writes.store(0, Ordering::SeqCst);
        *self.shared.armed.lock().unwrap_or_else(PoisonError::into_inner) = armed.clone();
        armed
    }

    /// Writes since the gate was armed.
    pub fn writes(&self) -> u32 {
        self.shared.writes.load(Ordering::SeqCst)
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Shared {
    /// Counts a write; answers what strikes at it.
    fn count(&self) -> Option<Arc<Armed>> {
        let armed = self.armed.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let number = self.writes.fetch_add(1, Ordering::SeqCst) + 1;
        Some(armed).filter(|armed| armed.is_for(number))
    }
}

/// What strikes when the next answer comes back.
type Withheld = Mutex<Option<Arc<Armed>>>;

/// A closed connection is all that a client sees of a dead server.
async fn connect(client: TcpStream, shared: Arc<Shared>) {
    let Ok(server) = TcpStream::connect(shared.server.address).await else { return };
    let ((from_client, to_client), (from_server, to_server)) = (client.into_split(), server.into_split());
    let withheld = Withheld::default();
    tokio::select! {
        _ = requests(from_client, to_server, &shared, &withheld) => {}
        _ = answers(from_server, to_client, &shared, &withheld) => {}
    }
}

async fn requests(
    mut client: OwnedReadHalf,
    mut server: OwnedWriteHalf,
    shared: &Shared,
    withheld: &Withheld,
) -> Option<()> {
    loop {
        let request = read_request(&mut client).await?;
        let is_write = request.head.contains("\r\nidempotency-key:");
        let armed = if is_write { shared.count() } else { None };
        let when = armed.as_ref().and_then(|armed| armed.strike);
        if let Some(Strike::Answered { .. }) = when {
            withheld.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&armed);
        }
        server.write_all(&request.bytes).await.ok()?;
        if let Some(Strike::Sent { after, .. }) = when {
            // Beside the connection: a quick answer goes through, the blow falls all the same.
            tokio::spawn(strike(armed, after, shared.server.clone()));
        }
    }
}

async fn strike(armed: Option<Arc<Armed>>, after: Duration, server: Arc<Server>) {
    tokio::time::sleep(after).await;
    if let Some(armed) = armed {
        armed.fall(&server);
    }
}

async fn answers(
    mut server: OwnedReadHalf,
    mut client: OwnedWriteHalf,
    shared: &Shared,
    withheld: &Withheld,
) -> Option<()> {
    let mut chunk = vec![0; 64 * 1024];
    loop {
        let read = server.read(&mut chunk).await.ok().filter(|read| *read > 0)?;
        let armed = withheld.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(armed) = armed {
            armed.fall(&shared.server);
            return None;
        }
        client.write_all(&chunk[..read]).await.ok()?;
    }
}

struct Whole {
    /// Lower case.
    head: String,
    bytes: Vec<u8>,
}

/// One request of known length; the client of the story sends no other.
async fn read_request(client: &mut OwnedReadHalf) -> Option<Whole> {
    let mut bytes = Vec::new();
    let head_end = loop {
        client.read_buf(&mut bytes).await.ok().filter(|read| *read > 0)?;
        if let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..head_end]).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    let length: usize = length.map_or(Some(0), |text| text.trim().parse().ok())?;
    while bytes.len() < head_end + length {
        client.read_buf(&mut bytes).await.ok().filter(|read| *read > 0)?;
    }
    Some(Whole { head, bytes })
}
