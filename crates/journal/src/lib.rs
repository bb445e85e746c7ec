//! One writer, many callers, one fsync: group commit over a SQLite file. Knows no table.
//!
//! - A write is acknowledged only after the commit that holds it has reached the disk (WAL, `synchronous = FULL`).
//! - Up to [`Options::batch`] queued callers share one transaction; one that errs is undone alone.
//! - The queue is bounded: a full one answers [`Error::Overloaded`] at once instead of growing.
//! - Reads have connections of their own and never wait for the writer.
//!
//! Rejected: a mutex round one connection (one fsync a caller), and a pool of writers (SQLite has one writer anyway, the
//! rest would wait in its busy handler, unfairly and without a bound).

mod backup;
mod checkpoint;
mod job;
mod readers;
mod writer;

pub use backup::BackupError;

use readers::Readers;
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    thread::JoinHandle,
    time::Duration,
};
use tokio::sync::{
    mpsc::{self, error::TrySendError},
    oneshot,
};

/// How a journal is opened.
#[derive(Debug, Clone)]
pub struct Options {
    /// Writes that may wait; one more is [`Error::Overloaded`].
    pub capacity: usize,
    /// Callers in one transaction, at most.
    pub batch: usize,
    /// Connections for reads.
    pub readers: usize,
    /// How long a statement waits for a lock of the file.
    pub busy_timeout_ms: u64,
    /// The log is folded into the file once it is larger than this.
    pub checkpoint_bytes: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { capacity: 4096, batch: 256, readers: 4, busy_timeout_ms: 5000, checkpoint_bytes: 64 << 20 }
    }
}

/// Why the journal could not do what it was asked. An error of the caller's own closure is not here.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// Nothing was done; try again later.
    #[error("the write queue is full")]
    Overloaded,
    /// Nothing was done.
    #[error("the journal is closed")]
    Closed,
    /// The closure panicked; what it had done is undone.
    #[error("the caller's closure panicked")]
    Panicked,
    /// The file could not be opened, or the common transaction failed and nothing of it is kept.
    #[error("sqlite: {0}")]
    Sqlite(Arc<rusqlite::Error>),
    #[error("the operating system refused a thread: {0}")]
    Thread(Arc<std::io::Error>),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(Arc::new(error))
    }
}

/// A handle to an open file; clones share it. The file is closed by [`Journal::close`] or when the last handle goes.
#[derive(Clone)]
pub struct Journal {
    shared: Arc<Shared>,
}

struct Shared {
    file: PathBuf,
    queue: Mutex<Option<mpsc::Sender<Box<dyn job::Job>>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    readers: Arc<Readers>,
}

impl Journal {
    /// Opens or creates the file, its log beside it, and starts the writer.
    pub fn open(path: impl AsRef<Path>, options: Options) -> Result<Self, Error> {
        let file = path.as_ref().to_path_buf();
        let mut connection =
            connect(&file, &options, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        prepare_writer(&connection)?;
        let readers = Arc::new(Readers::open(&file, &options)?);
        let checkpoints = checkpoint::start(&file, &options, &mut connection)?;
        let (sender, receiver) = mpsc::channel(options.capacity.max(1));
        let writer = writer::start(connection, receiver, checkpoints, options.batch.max(1))?;
        let shared = Shared { file, queue: Mutex::new(Some(sender)), writer: Mutex::new(Some(writer)), readers };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// Runs `f` inside the common transaction and answers after its commit.
    ///
    /// - `Ok(Ok(_))`: done and on disk. `Ok(Err(_))`: `f` refused, its own changes are undone, others' are not touched.
    /// - `Err(_)`: nothing of `f` is kept.
    /// - `f` runs on the writer's thread, so it must not block; it must not begin or end transactions.
    /// - `f` runs again where another caller of the same transaction erred, so it has no effect but on the file.
    /// - a caller that stops waiting does not stop its write.
    pub async fn write<T, E, F>(&self, f: F) -> Result<Result<T, E>, Error>
    where
        T: Send + 'static,
        E: Send + 'static,
        F: FnMut(&Connection) -> Result<T, E> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        self.enqueue(job::call(f, reply))?;
        answer.await.unwrap_or(Err(Error::Closed))
    }

    /// Runs `f` on a read-only connection, off the async threads.
    ///
    /// - sees everything that was acknowledged before; several statements see one snapshot.
    pub async fn read<T, F>(&self, f: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> T + Send + 'static,
    {
        Readers::run(Arc::clone(&self.shared.readers), f).await
    }

    /// Runs a short `f`, a few rows found by an index, as [`Journal::read`] does, but on the caller's own thread where a
    /// connection is free: to hand twenty microseconds of work to another thread and back takes longer than the work.
    pub async fn look<T, F>(&self, f: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> T + Send + 'static,
    {
        Readers::look(Arc::clone(&self.shared.readers), f).await
    }

    /// Copies the file as it is at this moment to `to`, which must not exist; answers its bytes.
    ///
    /// - everything that was acknowledged before is in the copy, which is synced, complete and readable by its owner only.
    /// - writes and reads go on; what they add meanwhile is not in it.
    /// - an error leaves nothing behind.
    pub async fn backup(&self, to: impl Into<PathBuf>) -> Result<u64, BackupError> {
        let (file, to) = (self.shared.file.clone(), to.into());
        let copied = tokio::task::spawn_blocking(move || backup::copy(&file, &to));
        copied.await.unwrap_or(Err(BackupError::CalledOff))
    }

    /// Refuses new work, finishes what is queued and closes the file. The second call finds nothing left to do.
    pub async fn close(&self) {
        drop(lock(&self.shared.queue).take());
        self.shared.readers.close();
        let writer = lock(&self.shared.writer).take();
        if let Some(writer) = writer {
            // A join that fails means a writer that died: its callers have been told, nothing is left to drain.
            drop(tokio::task::spawn_blocking(move || writer.join()).await);
        }
    }

    fn enqueue(&self, job: Box<dyn job::Job>) -> Result<(), Error> {
        let queue = lock(&self.shared.queue);
        match queue.as_ref().map(|q| q.try_send(job)) {
            Some(Ok(())) => Ok(()),
            Some(Err(TrySendError::Full(_))) => Err(Error::Overloaded),
            Some(Err(TrySendError::Closed(_))) | None => Err(Error::Closed),
        }
    }
}

/// A poisoned lock of ours guards plain values that are whole at every moment.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn connect(file: &PathBuf, options: &Options, flags: OpenFlags) -> Result<Connection, rusqlite::Error> {
    let connection = Connection::open_with_flags(file, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(Duration::from_millis(options.busy_timeout_ms))?;
    connection.set_prepared_statement_cache_capacity(256);
    // Otherwise a kept statement is parsed and planned anew for each value that it is asked for.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(connection)
}

/// A connection that only reads, beside those of the pool.
fn connect_reader(file: &Path) -> Result<Connection, rusqlite::Error> {
    connect(&file.to_path_buf(), &Options::default(), OpenFlags::SQLITE_OPEN_READ_ONLY)
}

fn prepare_writer(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    connection.pragma_update(None, "temp_store", "MEMORY")
}
