//! The writer's thread: gather, run everybody, commit once, answer everybody.
//!
//! Nearly always everybody succeeds, so a batch runs without savepoints first: a savepoint each makes SQLite copy every page
//! that two callers change. Where one errs, the batch is undone and run again with them, and that one is undone alone.

use crate::{
    Error,
    checkpoint::Checkpoints,
    job::{Job, Ran},
};
use rusqlite::Connection;
use std::{
    sync::Arc,
    thread::{self, JoinHandle},
    time::Duration,
};
use tokio::sync::mpsc::Receiver;

/// A batch of so many callers shows that others are about to come.
const MANY: usize = 4;
/// How long a batch may grow then.
const GROWTH: Duration = Duration::from_millis(1);

type Queue = Receiver<Box<dyn Job>>;

pub fn start(
    connection: Connection,
    mut queue: Queue,
    checkpoints: Checkpoints,
    batch: usize,
) -> Result<JoinHandle<()>, Error> {
    thread::Builder::new()
        .name("journal-writer".into())
        .spawn(move || {
            let mut last = 0;
            while let Some(mut jobs) = gather(&mut queue, batch, last) {
                last = jobs.len();
                let commit = transaction(&connection, &mut jobs);
                jobs.into_iter().for_each(|job| job.answer(&commit));
                checkpoints.after_commit();
            }
            checkpoints.stop();
        })
        .map_err(|e| Error::Thread(Arc::new(e)))
}

/// Waits for one job and takes those that wait behind it; `None` once the queue is closed and empty. After a batch of many
/// it lets the next one grow for a moment: a page that two callers change is written once for both.
fn gather(queue: &mut Queue, batch: usize, last: usize) -> Option<Vec<Box<dyn Job>>> {
    let mut jobs = vec![queue.blocking_recv()?];
    if last >= MANY {
        thread::sleep(GROWTH);
    }
    while jobs.len() < batch {
        match queue.try_recv() {
            Ok(job) => jobs.push(job),
            Err(_) => break,
        }
    }
    Some(jobs)
}

fn transaction(connection: &Connection, jobs: &mut [Box<dyn Job>]) -> Result<(), Error> {
    let all_kept = whole(connection, || {
        let keep = jobs.iter_mut().all(|job| job.run(connection) == Ran::Keep);
        execute(connection, if keep { "COMMIT" } else { "ROLLBACK" }).map(|()| keep)
    })?;
    if all_kept || jobs.len() == 1 {
        return Ok(());
    }
    whole(connection, || {
        jobs.iter_mut().try_for_each(|job| in_savepoint(connection, job.as_mut()))?;
        execute(connection, "COMMIT")
    })
}

/// A transaction whose end is up to `f`; an error undoes it.
fn whole<T>(connection: &Connection, f: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    let outcome = execute(connection, "BEGIN IMMEDIATE").and_then(|()| f());
    if outcome.is_err() && !connection.is_autocommit() {
        // If even this fails, the next BEGIN fails too and its callers are told.
        drop(execute(connection, "ROLLBACK"));
    }
    outcome
}

/// An error here ends the whole batch: SQLite may have rolled everything back by itself (disk full, I/O error), in which
/// case the savepoint is gone and RELEASE says so.
fn in_savepoint(connection: &Connection, job: &mut dyn Job) -> Result<(), Error> {
    execute(connection, "SAVEPOINT caller")?;
    if job.run(connection) == Ran::Undo {
        execute(connection, "ROLLBACK TO caller")?;
    }
    execute(connection, "RELEASE caller")
}

fn execute(connection: &Connection, sql: &str) -> Result<(), Error> {
    connection.prepare_cached(sql)?.execute([])?;
    Ok(())
}
