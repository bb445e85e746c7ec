//! The file of the economy: one row an object, written through the journal in the order of decisions.
//!
//! A decision puts its rows into the queue while it holds the state's lock; the journal's writer empties the whole queue
//! in one of its transactions. So rows reach the disk in the order in which they were decided, many decisions share an
//! fsync, and who waits for the commit of his own rows has waited for all that were decided before. When a write fails the
//! file is behind memory: everything after it is refused until the file can be written again and memory is what is read from
//! it, as after a restart. That a commit failed is seen at once by whoever comes next, because the file counts how often the
//! queue was emptied into it. A mark remembers in which life of memory its decision was made, since what was decided before
//! memory was read anew is not in the file and never will be.

use super::state::{Key, State};
use bytes::Bytes;
use journal::{BackupError, Error, Journal};
use rusqlite::{Connection, OptionalExtension, params};
use std::{
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

/// Rows in the order in which they came, found by an index: kept in the order of their names, bodies of some KB would lie
/// on overflow pages all over the file. A file that has it otherwise serves as well.
const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS economy (object TEXT PRIMARY KEY, body TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS voucher (path TEXT PRIMARY KEY, jpg BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS emptied (times INTEGER NOT NULL);
    INSERT INTO emptied SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM emptied);";

/// A queued write.
enum Row {
    Object(String, Option<String>),
    Voucher(String, Bytes),
}

struct Queue {
    rows: Mutex<Vec<Row>>,
    failed: AtomicBool,
    /// How often the queue was emptied; used by the journal's writer, and where memory begins anew.
    emptied: AtomicI64,
    /// How often memory was read anew; changes under the state's lock only.
    life: AtomicU64,
}

/// What to wait for: the rows of one decision.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    number: u64,
    life: u64,
}

/// What the file holds, to take the place of what is in memory.
pub struct Reread {
    pub state: State,
    pub emptied: i64,
}

pub struct File {
    journal: Journal,
    queue: Arc<Queue>,
    /// Counts decisions whose rows were queued; used under the state's lock only.
    decided: AtomicU64,
    committed: AtomicU64,
}

/// Why the economy could not be opened.
#[derive(Debug)]
pub enum OpenError {
    /// The folder cannot be made.
    Folder(std::io::Error),
    Journal(Error),
    Sqlite(rusqlite::Error),
    /// A row that this version cannot read.
    Row(String),
}

impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Folder(e) => write!(f, "the sandbox's folder cannot be made: {e}"),
            Self::Journal(e) => write!(f, "the sandbox's file cannot be opened: {e}"),
            Self::Sqlite(e) => write!(f, "the sandbox's file cannot be read: {e}"),
            Self::Row(e) => write!(f, "the sandbox's file holds a row that cannot be read: {e}"),
        }
    }
}

impl std::error::Error for OpenError {}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

/// Nothing is written any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken;

impl File {
    /// Opens or makes the file and reads everything; an empty state for a new file.
    pub async fn open(path: &Path) -> Result<(Self, State), OpenError> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(OpenError::Folder)?;
        }
        let journal = Journal::open(path, journal::Options::default()).map_err(OpenError::Journal)?;
        let made = journal.write(|c| c.execute_batch(TABLES)).await.map_err(OpenError::Journal)?;
        made.map_err(OpenError::Sqlite)?;
        let state = journal.read(load).await.map_err(OpenError::Journal)??;
        let emptied = journal.read(times_emptied).await.map_err(OpenError::Journal)?.map_err(OpenError::Sqlite)?;
        let queue = Queue {
            rows: Mutex::default(),
            failed: AtomicBool::new(false),
            emptied: AtomicI64::new(emptied),
            life: AtomicU64::new(0),
        };
        let queue = Arc::new(queue);
        Ok((Self { journal, queue, decided: AtomicU64::new(0), committed: AtomicU64::new(0) }, state))
    }

    /// Queues the changed rows of a decision; called under the state's lock. Answers what to wait for.
    pub fn queue(&self, rows: Vec<(Key, Option<String>)>) -> Mark {
        if rows.is_empty() {
            return self.last();
        }
        let named = |key: &Key| serde_json::to_string(key).expect("keys are plain data");
        let rows = rows.into_iter().map(|(key, body)| Row::Object(named(&key), body));
        self.rows().extend(rows);
        self.decided.fetch_add(1, Ordering::AcqRel);
        self.last()
    }

    fn last(&self) -> Mark {
        Mark { number: self.decided.load(Ordering::Acquire), life: self.queue.life.load(Ordering::Acquire) }
    }

    /// Queues the bytes of a voucher; called under the state's lock.
    pub fn queue_voucher(&self, path: String, jpg: Bytes) {
        self.rows().push(Row::Voucher(path, jpg));
        self.decided.fetch_add(1, Ordering::AcqRel);
    }

    fn rows(&self) -> std::sync::MutexGuard<'_, Vec<Row>> {
        // Rows are whole at every moment, so a poisoned lock still guards good ones.
        self.queue.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until everything up to `mark` is on disk.
    pub async fn wait_for(&self, mark: Mark) -> Result<(), Broken> {
        while self.committed.load(Ordering::Acquire) < mark.number {
            let queue = Arc::clone(&self.queue);
            match self.journal.write(move |c| write_queued(&queue, c)).await {
                Ok(Ok(())) => self.note(mark)?,
                // The rows are still queued: the next who gets through writes them.
                Err(Error::Overloaded) => tokio::time::sleep(Duration::from_millis(5)).await,
                Ok(Err(error)) => return self.fail(mark, &Error::from(error)),
                Err(error) => return self.fail(mark, &error),
            }
        }
        if self.has_failed() || !self.is_of_this_life(mark) { Err(Broken) } else { Ok(()) }
    }

    /// What was decided before memory was read anew was thrown away with it, though a later write succeeds.
    fn note(&self, mark: Mark) -> Result<(), Broken> {
        if !self.is_of_this_life(mark) {
            return Err(Broken);
        }
        self.committed.fetch_max(mark.number, Ordering::AcqRel);
        Ok(())
    }

    fn is_of_this_life(&self, mark: Mark) -> bool {
        self.queue.life.load(Ordering::Acquire) == mark.life
    }

    /// Whether the file is behind memory.
    pub fn has_failed(&self) -> bool {
        self.queue.failed.load(Ordering::Acquire)
    }

    fn fail(&self, mark: Mark, error: &Error) -> Result<(), Broken> {
        if self.is_of_this_life(mark) && !self.queue.failed.swap(true, Ordering::AcqRel) {
            tracing::error!(%error, "the sandbox's economy cannot be written; it refuses everything until it can be");
        }
        Err(Broken)
    }

    /// Reads everything again, once the file takes writes.
    pub async fn reread(&self) -> Result<Reread, Broken> {
        let probe = self.journal.write(|c| c.execute("UPDATE emptied SET times = times", [])).await;
        let read = |c: &Connection| Ok::<_, OpenError>(Reread { state: load(c)?, emptied: times_emptied(c)? });
        match (probe, self.journal.read(read).await) {
            (Ok(Ok(_)), Ok(Ok(reread))) => Ok(reread),
            _ => Err(Broken),
        }
    }

    /// Memory is what the file holds; called under the state's lock. What was queued is forgotten.
    pub fn begin_anew(&self, emptied: i64) {
        self.rows().clear();
        self.queue.emptied.store(emptied, Ordering::Release);
        self.queue.life.fetch_add(1, Ordering::AcqRel);
        self.queue.failed.store(false, Ordering::Release);
    }

    /// The bytes of a voucher.
    pub async fn voucher(&self, path: String) -> Option<Bytes> {
        let sql = "SELECT jpg FROM voucher WHERE path = $1";
        let read = move |c: &Connection| c.query_row(sql, params![path], |r| r.get::<_, Vec<u8>>(0)).optional();
        self.journal.read(read).await.ok()?.ok().flatten().map(Bytes::from)
    }

    /// Copies what is on disk into a new file; answers its bytes.
    pub async fn backup(&self, to: &Path) -> Result<u64, BackupError> {
        self.journal.backup(to).await
    }

    /// Finishes what is queued and closes the file.
    pub async fn close(&self) {
        if self.wait_for(self.last()).await == Err(Broken) {
            tracing::error!("the sandbox's economy closes without its last decisions");
        }
        self.journal.close().await;
    }
}

/// Empties the queue into the file. An earlier emptying that was undone shows as a count that the file has not.
fn write_queued(queue: &Queue, connection: &Connection) -> Result<(), rusqlite::Error> {
    let written = in_step(queue, connection).and_then(|()| {
        let rows = std::mem::take(&mut *queue.rows.lock().unwrap_or_else(PoisonError::into_inner));
        if rows.is_empty() {
            return Ok(());
        }
        rows.iter().try_for_each(|row| write(connection, row))?;
        let times = queue.emptied.fetch_add(1, Ordering::AcqRel) + 1;
        connection.prepare_cached("UPDATE emptied SET times = $1")?.execute([times]).map(drop)
    });
    if written.is_err() {
        queue.failed.store(true, Ordering::Release);
    }
    written
}

fn in_step(queue: &Queue, connection: &Connection) -> Result<(), rusqlite::Error> {
    let lost =
        queue.failed.load(Ordering::Acquire) || times_emptied(connection)? != queue.emptied.load(Ordering::Acquire);
    if lost { Err(rusqlite::Error::InvalidQuery) } else { Ok(()) }
}

fn times_emptied(connection: &Connection) -> Result<i64, rusqlite::Error> {
    connection.prepare_cached("SELECT times FROM emptied")?.query_row([], |row| row.get(0))
}

fn write(connection: &Connection, row: &Row) -> Result<(), rusqlite::Error> {
    let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| connection.prepare_cached(sql)?.execute(values).map(drop);
    match row {
        Row::Object(key, Some(body)) => {
            run("INSERT INTO economy VALUES ($1, $2) ON CONFLICT (object) DO UPDATE SET body = $2", &[key, body])
        }
        Row::Object(key, None) => run("DELETE FROM economy WHERE object = $1", &[key]),
        Row::Voucher(path, jpg) => {
            run("INSERT INTO voucher VALUES ($1, $2) ON CONFLICT (path) DO NOTHING", &[path, &jpg.as_ref()])
        }
    }
}

fn load(connection: &Connection) -> Result<State, OpenError> {
    let mut state = State::default();
    let mut rows = connection.prepare("SELECT object, body FROM economy").map_err(OpenError::Sqlite)?;
    let mut rows = rows.query([]).map_err(OpenError::Sqlite)?;
    while let Some(row) = rows.next().map_err(OpenError::Sqlite)? {
        let (key, body): (String, String) =
            (row.get(0).map_err(OpenError::Sqlite)?, row.get(1).map_err(OpenError::Sqlite)?);
        let read = serde_json::from_str(&key).and_then(|k| state.load(k, &body));
        read.map_err(|e| OpenError::Row(format!("{key}: {e}")))?;
    }
    let mut paths = connection.prepare("SELECT path FROM voucher").map_err(OpenError::Sqlite)?;
    let mut paths = paths.query([]).map_err(OpenError::Sqlite)?;
    while let Some(row) = paths.next().map_err(OpenError::Sqlite)? {
        state.note_voucher(row.get(0).map_err(OpenError::Sqlite)?);
    }
    Ok(state)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue_with(row: &str) -> Queue {
        let rows = vec![Row::Object(row.to_owned(), Some("{}".to_owned()))];
        Queue {
            rows: Mutex::new(rows),
            failed: AtomicBool::new(false),
            emptied: AtomicI64::new(0),
            life: AtomicU64::new(0),
        }
    }

    #[test]
    fn a_commit_that_was_undone_is_noticed_by_the_next_write() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(TABLES).unwrap();
        let queue = queue_with("lost");
        connection.execute_batch("BEGIN").unwrap();
        write_queued(&queue, &connection).unwrap();
        connection.execute_batch("ROLLBACK").unwrap();
        assert!(write_queued(&queue, &connection).is_err(), "an empty queue is no proof that all is written");
        queue.rows.lock().unwrap().push(Row::Object("later".to_owned(), Some("{}".to_owned())));
        assert!(write_queued(&queue, &connection).is_err());
        let rows: i64 = connection.query_row("SELECT count(*) FROM economy", [], |r| r.get(0)).unwrap();
        assert_eq!(rows, 0);
    }

    #[test]
    fn rows_are_written_replaced_and_removed() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(TABLES).unwrap();
        let queue = queue_with("a");
        write_queued(&queue, &connection).unwrap();
        write_queued(&queue, &connection).unwrap();
        queue.rows.lock().unwrap().push(Row::Object("a".to_owned(), None));
        write_queued(&queue, &connection).unwrap();
        let rows: i64 = connection.query_row("SELECT count(*) FROM economy", [], |r| r.get(0)).unwrap();
        assert_eq!(rows, 0);
    }
}
