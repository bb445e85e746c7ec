//! Where an installation keeps its rows: a SQLite file in its data folder, or a schema of its own in PostgreSQL.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};
use tokio_postgres::NoTls;

const URL: &str = "SAMPAN_TEST_DATABASE_URL";

#[derive(Debug, Clone)]
pub enum Database {
    File(PathBuf),
    Schema { server: String, name: String },
}

impl Database {
    pub fn file(data: &Path) -> Self {
        Self::File(data.join("sampan.db"))
    }

    /// A new schema, where a server is named.
    pub async fn schema() -> Option<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let Ok(server) = std::env::var(URL) else {
            println!("skipped on PostgreSQL: {URL} names no server");
            return None;
        };
        let name = format!("it_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        run(&server, &format!("DROP SCHEMA IF EXISTS {name} CASCADE; CREATE SCHEMA {name}")).await;
        Some(Self::Schema { server, name })
    }

    /// What the configuration says of it.
    pub fn url(&self) -> Option<String> {
        match self {
            Self::File(_) => None,
            Self::Schema { server, name } => {
                let mark = if server.contains('?') { '&' } else { '?' };
                Some(format!("{server}{mark}options=-c%20search_path%3D{name}"))
            }
        }
    }

    /// Makes a fact that no operation makes, behind the installation's back.
    pub async fn run(&self, statements: &str) {
        match self {
            Self::File(path) => {
                let connection = rusqlite::Connection::open(path).expect("the file opens");
                connection.busy_timeout(std::time::Duration::from_secs(5)).expect("a time limit");
                connection.execute_batch(statements).expect("statements");
            }
            Self::Schema { server, name } => run(server, &format!("SET search_path = {name}; {statements}")).await,
        }
    }

    /// Until it is dropped, no key of a write is written down.
    pub async fn hold(&self) -> Hold {
        match self {
            Self::File(path) => {
                let connection = rusqlite::Connection::open(path).expect("the file opens");
                connection.busy_timeout(std::time::Duration::from_secs(5)).expect("a time limit");
                connection.execute_batch("BEGIN IMMEDIATE").expect("the lock");
                Hold::File(connection)
            }
            Self::Schema { server, name } => {
                let (client, connection) = tokio_postgres::connect(server, NoTls).await.expect("the server answers");
                tokio::spawn(connection);
                let lock = format!("BEGIN; LOCK TABLE {name}.idempotency IN EXCLUSIVE MODE");
                client.batch_execute(&lock).await.expect("the lock");
                Hold::Schema(client)
            }
        }
    }

    /// The text that a query finds: of what no operation tells.
    pub async fn text(&self, query: &str) -> String {
        match self {
            Self::File(path) => {
                let connection = rusqlite::Connection::open(path).expect("the file opens");
                connection.query_row(query, [], |row| row.get(0)).expect("a text")
            }
            Self::Schema { server, name } => {
                let (client, connection) = tokio_postgres::connect(server, NoTls).await.expect("the server answers");
                let connection = tokio::spawn(connection);
                client.batch_execute(&format!("SET search_path = {name}")).await.expect("a schema");
                let text = client.query_one(query, &[]).await.expect("a row").get(0);
                drop(client);
                connection.await.expect("no panic").expect("the connection ends well");
                text
            }
        }
    }

    pub async fn remove(&self) {
        if let Self::Schema { server, name } = self {
            run(server, &format!("DROP SCHEMA {name} CASCADE")).await;
        }
    }
}

/// A transaction that keeps others from writing; dropped, it leaves nothing.
#[expect(dead_code, reason = "held for what its end does")]
pub enum Hold {
    File(rusqlite::Connection),
    Schema(tokio_postgres::Client),
}

async fn run(server: &str, statements: &str) {
    let (client, connection) = tokio_postgres::connect(server, NoTls).await.expect("the server answers");
    let connection = tokio::spawn(connection);
    client.batch_execute(statements).await.expect("statements");
    drop(client);
    connection.await.expect("no panic").expect("the connection ends well");
}
