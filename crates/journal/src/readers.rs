//! A small, bounded pool of read-only connections. Callers above its size wait their turn.

use crate::{Error, Options, connect, lock};
use rusqlite::{Connection, OpenFlags};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{Arc, Mutex},
};
use tokio::{sync::Semaphore, task::coop};

pub struct Readers {
    idle: Mutex<Vec<Connection>>,
    turns: Arc<Semaphore>,
}

impl Readers {
    pub fn open(file: &Path, options: &Options) -> Result<Self, Error> {
        let count = options.readers.max(1);
        let idle = (0..count).map(|_| reader(file, options)).collect::<Result<_, _>>()?;
        Ok(Self { idle: Mutex::new(idle), turns: Arc::new(Semaphore::new(count)) })
    }

    pub async fn run<T, F>(self: Arc<Self>, f: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> T + Send + 'static,
    {
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(|_| Error::Closed)?;
        let ran = tokio::task::spawn_blocking(move || {
            let borrowed = Borrowed::take(&self)?;
            let value = snapshot(borrowed.connection()?, f);
            drop(borrowed);
            drop(turn);
            value
        });
        ran.await.unwrap_or(Err(Error::Panicked))
    }

    /// As [`Readers::run`], but on this thread where a connection is free.
    pub async fn look<T, F>(self: Arc<Self>, f: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> T + Send + 'static,
    {
        // A task that looks again and again lets the others have their turn.
        coop::consume_budget().await;
        let Ok(turn) = Arc::clone(&self.turns).try_acquire_owned() else { return self.run(f).await };
        let looked = catch_unwind(AssertUnwindSafe(|| {
            let borrowed = Borrowed::take(&self)?;
            snapshot(borrowed.connection()?, f)
        }));
        drop(turn);
        looked.unwrap_or(Err(Error::Panicked))
    }

    /// Lets nobody in any more and closes what is idle; a reader at work closes its connection itself.
    pub fn close(&self) {
        self.turns.close();
        lock(&self.idle).clear();
    }
}

fn reader(file: &Path, options: &Options) -> Result<Connection, rusqlite::Error> {
    let connection = connect(&file.to_path_buf(), options, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

fn snapshot<T>(connection: &Connection, f: impl FnOnce(&Connection) -> T) -> Result<T, Error> {
    connection.prepare_cached("BEGIN")?.execute([])?;
    let value = f(connection);
    connection.prepare_cached("COMMIT")?.execute([])?;
    Ok(value)
}

/// Gives the connection back, also when the closure panics.
struct Borrowed<'a> {
    pool: &'a Readers,
    connection: Option<Connection>,
}

impl<'a> Borrowed<'a> {
    fn take(pool: &'a Readers) -> Result<Self, Error> {
        let connection = lock(&pool.idle).pop().ok_or(Error::Closed)?;
        Ok(Self { pool, connection: Some(connection) })
    }

    fn connection(&self) -> Result<&Connection, Error> {
        self.connection.as_ref().ok_or(Error::Closed)
    }
}

impl Drop for Borrowed<'_> {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        if !connection.is_autocommit() {
            // A closure that panicked left its snapshot open; a stale one would hold the log back.
            drop(connection.execute_batch("ROLLBACK"));
        }
        if !self.pool.turns.is_closed() {
            lock(&self.pool.idle).push(connection);
        }
    }
}
