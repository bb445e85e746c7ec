//! Open loop: requests become due at a fixed rate, whatever becomes of those before. Times are taken from when a request
//! was due, not from when a connection was free for it.
//!
//! A thread of its own paces: timers of the runtime are too coarse for fractions of a millisecond.

use super::{connection::Connection, on_threads, scenario::Scenario, tally::Tally};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    sync::{
        Mutex,
        mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    },
    task::JoinSet,
};

/// A request that is due.
struct Due {
    ticket: u64,
    at: Instant,
}

pub fn run(
    to: &str,
    scenario: &Arc<Scenario>,
    connections: usize,
    duration: Duration,
    rate: f64,
) -> Result<Tally, String> {
    on_threads(connections, |thread, share| {
        let (to, scenario) = (to.to_owned(), scenario.clone());
        async move {
            let mut opened = Vec::with_capacity(share);
            for _ in 0..share {
                opened.push(Connection::open(&to).await?);
            }
            let (sender, receiver) = unbounded_channel();
            let queue = Arc::new(Mutex::new(receiver));
            let started = Instant::now();
            std::thread::spawn(move || pace(&sender, thread, rate, started, duration));
            let mut workers = JoinSet::new();
            for connection in opened {
                workers.spawn(work(connection, scenario.clone(), queue.clone()));
            }
            let tallies = workers.join_all().await;
            Ok(tallies.into_iter().fold(Tally::default(), Tally::and).lasted(started.elapsed()))
        }
    })
}

/// Each thread has every second request.
fn pace(sender: &UnboundedSender<Due>, thread: usize, rate: f64, started: Instant, duration: Duration) {
    let count = (rate * duration.as_secs_f64()) as u64;
    for ticket in (0..count).filter(|ticket| *ticket as usize % super::THREADS == thread) {
        let at = started + Duration::from_secs_f64(ticket as f64 / rate);
        let wait = at.saturating_duration_since(Instant::now());
        if !wait.is_zero() {
            std::thread::sleep(wait);
        }
        if sender.send(Due { ticket, at }).is_err() {
            return;
        }
    }
}

async fn work(mut connection: Connection, scenario: Arc<Scenario>, queue: Arc<Mutex<UnboundedReceiver<Due>>>) -> Tally {
    let mut tally = Tally::default();
    loop {
        let due = queue.lock().await.recv().await;
        let Some(Due { ticket, at }) = due else { return tally };
        match connection.call(&scenario, ticket).await {
            Ok(()) => tally.right(at.elapsed()),
            Err(why) => {
                tally.wrong(why);
                return tally;
            }
        }
    }
}
