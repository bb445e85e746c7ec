//! Closed loop: as many requests under way as there are connections.

use super::{connection::Connection, on_threads, scenario::Scenario, tally::Tally};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

pub fn run(to: &str, scenario: &Arc<Scenario>, connections: usize, duration: Duration) -> Result<Tally, String> {
    let tickets = Arc::new(AtomicU64::new(0));
    on_threads(connections, |_, share| {
        let (to, scenario, tickets) = (to.to_owned(), scenario.clone(), tickets.clone());
        async move {
            let mut opened = Vec::with_capacity(share);
            for _ in 0..share {
                opened.push(Connection::open(&to).await?);
            }
            let started = Instant::now();
            let mut workers = JoinSet::new();
            for connection in opened {
                workers.spawn(work(connection, scenario.clone(), tickets.clone(), started + duration));
            }
            let tallies = workers.join_all().await;
            Ok(tallies.into_iter().fold(Tally::default(), Tally::and).lasted(started.elapsed()))
        }
    })
}

/// Ends with the time, with the requests, or with the first one that failed.
async fn work(mut connection: Connection, scenario: Arc<Scenario>, tickets: Arc<AtomicU64>, until: Instant) -> Tally {
    let mut tally = Tally::default();
    while Instant::now() < until {
        let ticket = tickets.fetch_add(1, Ordering::Relaxed);
        if scenario.is_over(ticket) {
            break;
        }
        let sent = Instant::now();
        match connection.call(&scenario, ticket).await {
            Ok(()) => tally.right(sent.elapsed()),
            Err(why) => {
                tally.wrong(why);
                break;
            }
        }
    }
    tally
}
