//! The writer's thread: gather, run each caller in a savepoint, commit once, answer everybody.

use crate::{
    Error,
    checkpoint::Checkpoints,
    job::{Job, Ran},
};
use rusqlite::Connection;
use std::{sync::Arc, thread::JoinHandle};
use tokio::sync::mpsc::Receiver;

type Queue = Receiver<Box<dyn Job>>;

pub fn start(
    connection: Connection,
    mut queue: Queue,
    checkpoints: Checkpoints,
    batch: usize,
) -> Result<JoinHandle<()>, Error> {
    std::thread::Builder::new()
        .name("journal-writer".into())
        .spawn(move || {
            while let Some(mut jobs) = gather(&mut queue, batch) {
                let commit = transaction(&connection, &mut jobs);
                jobs.into_iter().for_each(|job| job.answer(&commit));
                checkpoints.after_commit();
            }
            checkpoints.stop();
        })
        .map_err(|e| Error::Thread(Arc::new(e)))
}

/// Waits for one job and takes those that wait behind it; `None` once the queue is closed and empty.
fn gather(queue: &mut Queue, batch: usize) -> Option<Vec<Box<dyn Job>>> {
    let mut jobs = vec![queue.blocking_recv()?];
    while jobs.len() < batch {
        match queue.try_recv() {
            Ok(job) => jobs.push(job),
            Err(_) => break,
        }
    }
    Some(jobs)
}

fn transaction(connection: &Connection, jobs: &mut [Box<dyn Job>]) -> Result<(), Error> {
    let outcome = execute(connection, "BEGIN IMMEDIATE")
        .and_then(|()| jobs.iter_mut().try_for_each(|job| in_savepoint(connection, job.as_mut())))
        .and_then(|()| execute(connection, "COMMIT"));
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
