//! Folding the log into the file, on a thread of its own so that no caller pays for it.
//!
//! First passive passes, which stop nobody, until what was written meanwhile is little; then RESTART, which needs the writer
//! to pause, copies that little and lets the next commit begin the log anew. Its patience is short: a reader that holds an
//! old snapshot makes it give up, and a later commit asks again. The log keeps its length, because to overwrite is cheaper
//! than to grow; rejected: TRUNCATE, which under load stopped the writer for tens of milliseconds each time.

use crate::{Error, Options, connect};
use rusqlite::{Connection, OpenFlags};
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

/// So long the last pass may hold the writer up for the sake of readers.
const PATIENCE_MS: u64 = 20;
/// After it gave up.
const REST: Duration = Duration::from_millis(250);
/// Passes that stop nobody.
const PASSIVE_PASSES: usize = 4;
/// Pages that the last pass copies within the writer's pause.
const FEW_PAGES: i64 = 128;

/// The writer's side.
pub struct Checkpoints {
    /// Length of the log in pages, as of the last commit.
    pages: Arc<AtomicU64>,
    limit_pages: u64,
    wake: SyncSender<()>,
    thread: JoinHandle<()>,
}

impl Checkpoints {
    /// Wakes the thread when the log has grown too long. One that is at work already is left alone.
    pub fn after_commit(&self) {
        if self.pages.load(Ordering::Relaxed) > self.limit_pages {
            let _already_at_work = self.wake.try_send(());
        }
    }

    pub fn stop(self) {
        drop(self.wake);
        drop(self.thread.join());
    }
}

/// Watches the log of `writer` and folds it on a connection of its own.
pub fn start(file: &Path, options: &Options, writer: &mut Connection) -> Result<Checkpoints, Error> {
    let patient = Options { busy_timeout_ms: PATIENCE_MS, ..options.clone() };
    let connection = connect(&file.to_path_buf(), &patient, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let page_bytes: u32 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
    let pages = watch(writer)?;
    let (wake, woken) = sync_channel(1);
    let thread = thread::Builder::new()
        .name("journal-checkpoint".into())
        .spawn(move || run(&connection, &woken))
        .map_err(|e| Error::Thread(Arc::new(e)))?;
    Ok(Checkpoints { pages, limit_pages: options.checkpoint_bytes / u64::from(page_bytes.max(1)), wake, thread })
}

fn watch(writer: &mut Connection) -> Result<Arc<AtomicU64>, Error> {
    let pages = Arc::new(AtomicU64::new(0));
    let told = pages.clone();
    writer.wal_hook(Some(move |_: &mut rusqlite::hooks::Wal, length| {
        told.store(u64::try_from(length).unwrap_or_default(), Ordering::Relaxed);
        Ok(())
    }))?;
    Ok(pages)
}

fn run(connection: &Connection, woken: &Receiver<()>) {
    while woken.recv().is_ok() {
        if !fold(connection) {
            thread::sleep(REST);
        }
    }
    // A closed journal is one file: whoever copies it then has everything.
    pass(connection, "TRUNCATE");
}

/// Whether the next commit begins the log anew. A pass that is busy or fails loses nothing: the log stays.
fn fold(connection: &Connection) -> bool {
    for _ in 0..PASSIVE_PASSES {
        if pass(connection, "PASSIVE").is_some_and(|left| left <= FEW_PAGES) {
            break;
        }
    }
    pass(connection, "RESTART") == Some(0)
}

/// Pages of the log that are not in the file yet; `None` where the pass was busy or failed.
fn pass(connection: &Connection, mode: &str) -> Option<i64> {
    let row = connection.query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
    });
    row.ok().filter(|(busy, _, _)| *busy == 0).map(|(_, length, folded)| length - folded)
}
