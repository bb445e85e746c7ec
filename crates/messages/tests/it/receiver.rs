//! Receivers that behave and misbehave, on a port of loopback.

use std::{
    net::Ipv4Addr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// What a receiver does with a request.
#[derive(Clone)]
pub enum Habit {
    /// Answers with these bytes.
    Answer(String),
    /// Answers each time with the next of these, then with the last.
    Answers(Vec<String>),
    /// Reads and never answers.
    Never,
    /// Answers a byte every 20 ms.
    Drip(String),
    /// Answers a byte every second.
    Crawl(String),
    /// Answers these bytes and then sends zeros without end.
    Flood(String),
    /// Answers the first request of a connection and closes it when the second comes.
    HangUp(String),
}

pub struct Receiver {
    pub port: u16,
    connections: Arc<AtomicUsize>,
    present: Arc<Present>,
    bodies: Arc<Mutex<Vec<String>>>,
    heads: Arc<Mutex<Vec<String>>>,
}

pub fn ok() -> String {
    "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok".to_owned()
}

pub fn status(line: &str) -> String {
    format!("HTTP/1.1 {line}\r\ncontent-length: 0\r\n\r\n")
}

impl Receiver {
    pub async fn start(habit: Habit) -> Self {
        Self::listening(Ipv4Addr::LOCALHOST, habit).await
    }

    /// At every address of loopback.
    pub async fn start_everywhere(habit: Habit) -> Self {
        Self::listening(Ipv4Addr::UNSPECIFIED, habit).await
    }

    async fn listening(at: Ipv4Addr, habit: Habit) -> Self {
        let listener = TcpListener::bind((at, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let receiver = Self {
            port,
            connections: Arc::default(),
            present: Arc::default(),
            bodies: Arc::default(),
            heads: Arc::default(),
        };
        let (connections, bodies) = (Arc::clone(&receiver.connections), Arc::clone(&receiver.bodies));
        let (heads, present) = (Arc::clone(&receiver.heads), Arc::clone(&receiver.present));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::SeqCst);
                let served = serve(stream, habit.clone(), Arc::clone(&heads), Arc::clone(&bodies));
                let present = Arc::clone(&present);
                tokio::spawn(async move {
                    present.come();
                    served.await;
                    present.now.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        receiver
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/callback", self.port)
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// The most connections that were open at the same time.
    pub fn most_at_once(&self) -> usize {
        self.present.most.load(Ordering::SeqCst)
    }

    pub fn bodies(&self) -> Vec<String> {
        self.bodies.lock().unwrap().clone()
    }

    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

#[derive(Default)]
struct Present {
    now: AtomicUsize,
    most: AtomicUsize,
}

impl Present {
    fn come(&self) {
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
    }
}

type Seen = Arc<Mutex<Vec<String>>>;

async fn serve(mut stream: TcpStream, habit: Habit, heads: Seen, bodies: Seen) {
    let mut here = 0;
    while let Some((head, body)) = request(&mut stream).await {
        if matches!(habit, Habit::HangUp(_)) && here > 0 {
            return;
        }
        heads.lock().unwrap().push(head);
        let so_far = {
            let mut bodies = bodies.lock().unwrap();
            bodies.push(body);
            bodies.len()
        };
        here += 1;
        match &habit {
            Habit::Answer(text) | Habit::HangUp(text) => write(&mut stream, text).await,
            Habit::Answers(texts) => write(&mut stream, &texts[(so_far - 1).min(texts.len() - 1)]).await,
            Habit::Never => until_gone(&mut stream).await,
            Habit::Drip(text) => drip(&mut stream, text, Duration::from_millis(20)).await,
            Habit::Crawl(text) => drip(&mut stream, text, Duration::from_secs(1)).await,
            Habit::Flood(text) => {
                write(&mut stream, text).await;
                while stream.write_all(&[b'0'; 4096]).await.is_ok() {}
            }
        }
    }
}

async fn drip(stream: &mut TcpStream, text: &str, pause: Duration) {
    for byte in text.chars() {
        if stream.write_all(byte.to_string().as_bytes()).await.is_err() {
            return;
        }
        tokio::time::sleep(pause).await;
    }
}

async fn until_gone(stream: &mut TcpStream) {
    while stream.read(&mut [0; 64]).await.is_ok_and(|read| read > 0) {}
}

async fn write(stream: &mut TcpStream, text: &str) {
    stream.write_all(text.as_bytes()).await.ok();
}

/// Reads one request with a content-length; `None` when the sender has gone.
async fn request(stream: &mut TcpStream) -> Option<(String, String)> {
    let mut read = Vec::new();
    loop {
        if let Some(end) = read.windows(4).position(|w| w == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&read[..end]).into_owned();
            let line = head.lines().find_map(|l| l.strip_prefix("content-length: ").map(str::to_owned))?;
            let whole = end + 4 + line.parse::<usize>().ok()?;
            if read.len() >= whole {
                return Some((head, String::from_utf8_lossy(&read[end + 4..whole]).into_owned()));
            }
        }
        let mut chunk = [0; 4096];
        let count = stream.read(&mut chunk).await.ok().filter(|n| *n > 0)?;
        read.extend_from_slice(&chunk[..count]);
    }
}
