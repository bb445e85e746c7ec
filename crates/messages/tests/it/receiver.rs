//! Receivers that behave and misbehave, on a port of loopback.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
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
    /// Answers these bytes and then sends zeros without end.
    Flood(String),
    /// Answers the first request of a connection and closes it when the second comes.
    HangUp(String),
}

pub struct Receiver {
    pub port: u16,
    connections: Arc<AtomicUsize>,
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
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let receiver = Self { port, connections: Arc::default(), bodies: Arc::default(), heads: Arc::default() };
        let (connections, bodies) = (Arc::clone(&receiver.connections), Arc::clone(&receiver.bodies));
        let heads = Arc::clone(&receiver.heads);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream, habit.clone(), Arc::clone(&heads), Arc::clone(&bodies)));
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

    pub fn bodies(&self) -> Vec<String> {
        self.bodies.lock().unwrap().clone()
    }

    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
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
            Habit::Never => std::future::pending::<()>().await,
            Habit::Drip(text) => {
                for byte in text.chars() {
                    write(&mut stream, &byte.to_string()).await;
                    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                }
            }
            Habit::Flood(text) => {
                write(&mut stream, text).await;
                while stream.write_all(&[b'0'; 4096]).await.is_ok() {}
            }
        }
    }
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
