//! PostgreSQL stopped, killed and frozen under load.

use super::cluster::Cluster;
use crate::kill::{
    load::Load,
    random::all_is_well,
    server::{Place, Server},
};
use std::time::Duration;

/// What callers may be told while the database is away: a fault, or too much to do. 40910 is a repeat that meets its own
/// first try; 50202 and 50401 are the marketplace's, whose pushes and calls wait as well.
const MEANWHILE: [&str; 7] = ["200", "40105", "40910", "50001", "50301", "50202", "50401"];
/// No request takes longer, whatever the database does (docs/OPERATIONS.md); a busy machine may take as much again.
const LONGEST_ANSWER: Duration = Duration::from_secs(30);
const HEALED: Duration = Duration::from_secs(45);
const BUYERS: usize = 4;
const WORK: Duration = Duration::from_millis(1500);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopped_database_is_said_to_be_away_and_found_again() {
    survives(async |cluster| {
        cluster.stop();
        tokio::time::sleep(Duration::from_secs(2)).await;
        cluster.up();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_database_loses_nothing_that_was_acknowledged() {
    survives(async |cluster| {
        cluster.kill();
        tokio::time::sleep(Duration::from_secs(2)).await;
        cluster.up();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_frozen_database_keeps_nobody_waiting_for_ever() {
    survives(async |cluster| {
        let frozen = cluster.freeze();
        tokio::time::sleep(Duration::from_secs(12)).await;
        drop(frozen);
    })
    .await;
}

/// Twice an outage under load, without a restart of the server in between.
async fn survives(outage: impl AsyncFn(&Cluster)) {
    let Some(cluster) = Cluster::start() else {
        println!("SKIPPED: no PostgreSQL that may run here is installed on this machine");
        return;
    };
    let server = Server::new(Place::Postgres(cluster.url.clone()));
    server.start().await;
    let load = Load::at(&server).await;
    let harm = async {
        for _ in 0..2 {
            tokio::time::sleep(WORK).await;
            outage(&cluster).await;
            load.heals_within(HEALED).await;
            load.sees(&load.purchases()).await;
        }
        load.stop();
    };
    tokio::join!(harm, load.run(BUYERS));
    let answers = load.answers();
    eprintln!("{} purchases, the longest step {:?}, {answers:?}", load.purchases().len(), load.longest_step());
    let strange: Vec<_> = answers.keys().filter(|word| !MEANWHILE.contains(&word.as_str())).collect();
    assert!(strange.is_empty(), "{strange:?}\n{}", server.log_tail());
    assert!(answers.contains_key("50001") || answers.contains_key("50301"), "the outage was noticed: {answers:?}");
    assert!(load.longest_answer() <= LONGEST_ANSWER * 2, "an answer took {:?}", load.longest_answer());
    all_is_well(&server, &load).await;
}
