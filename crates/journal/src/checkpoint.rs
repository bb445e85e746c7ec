//! Folding the log into the file, on a thread of its own so that no caller pays for it.
//!
//! First a passive pass, which stops nobody, copies nearly everything; then TRUNCATE, which needs the writer to pause,
//! copies the little rest and sets the log back to nothing. Its patience is short: readers that hold an old snapshot make
//! it give up, and the next commit asks again.

use crate::{Error, Options, connect};
use rusqlite::{Connection, OpenFlags};
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::JoinHandle,
};

const PATIENCE_MS: u64 = 200;

/// The writer's side.
pub struct Checkpoints {
    log: PathBuf,
    limit_bytes: u64,
    wake: SyncSender<()>,
    thread: JoinHandle<()>,
}

impl Checkpoints {
    /// Wakes the thread when the log has grown too large. One that is at work already is left alone.
    pub fn after_commit(&self) {
        let size = std::fs::metadata(&self.log).map_or(0, |m| m.len());
        if size > self.limit_bytes {
            let _already_at_work = self.wake.try_send(());
        }
    }

    pub fn stop(self) {
        drop(self.wake);
        drop(self.thread.join());
    }
}

pub fn start(file: &Path, options: &Options) -> Result<Checkpoints, Error> {
    let patient = Options { busy_timeout_ms: PATIENCE_MS, ..options.clone() };
    let connection = connect(&file.to_path_buf(), &patient, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let (wake, woken) = sync_channel(1);
    let thread = std::thread::Builder::new()
        .name("journal-checkpoint".into())
        .spawn(move || run(&connection, &woken))
        .map_err(|e| Error::Thread(Arc::new(e)))?;
    Ok(Checkpoints { log: log_of(file), limit_bytes: options.checkpoint_bytes, wake, thread })
}

fn run(connection: &Connection, woken: &Receiver<()>) {
    while woken.recv().is_ok() {
        fold(connection);
    }
    // A closed journal is one file: whoever copies it then has everything.
    fold(connection);
}

fn fold(connection: &Connection) {
    for mode in ["PASSIVE", "TRUNCATE"] {
        // A busy or failed pass loses nothing: the log stays and the next commit asks again.
        drop(connection.query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |_| Ok(())));
    }
}

fn log_of(file: &Path) -> PathBuf {
    let mut name = OsString::from(file);
    name.push("-wal");
    PathBuf::from(name)
}
