//! A fresh database for each test.

use std::{future::Future, path::Path};
use storage::{MasterKey, Storage};

const URL: &str = "SAMPAN_TEST_DATABASE_URL";

pub fn key(version: u8) -> MasterKey {
    MasterKey::parse(&lines(version)).unwrap()
}

/// Master keys 1 to `version`.
pub fn lines(version: u8) -> String {
    (1..=version).map(|v| format!("{v}:{}\n", format!("{v:02x}").repeat(32))).collect()
}

/// A way to open the same database again, with another key.
#[derive(Clone)]
pub enum Place {
    File(std::path::PathBuf),
    Url(String),
}

impl Place {
    pub async fn open(&self, key: MasterKey) -> Storage {
        match self {
            Self::File(path) => Storage::open_sqlite(path, key).await.unwrap(),
            Self::Url(url) => Storage::open_postgres(url, key).await.unwrap(),
        }
    }
}

pub async fn on_sqlite<F: Future<Output = ()>>(scenario: impl FnOnce(Storage, Place) -> F) {
    let dir = tempfile::tempdir().unwrap();
    let place = Place::File(Path::new(dir.path()).join("sampan.db"));
    let storage = place.open(key(1)).await;
    scenario(storage.clone(), place).await;
    storage.close().await;
}

pub async fn on_postgres<F: Future<Output = ()>>(name: &str, scenario: impl FnOnce(Storage, Place) -> F) {
    let Ok(url) = std::env::var(URL) else {
        eprintln!("skipped on PostgreSQL: {URL} names no server");
        return;
    };
    let schema = format!("sampan_{}_{}", std::process::id(), &name[..name.len().min(40)]);
    let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client.batch_execute(&format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}")).await.unwrap();
    let mark = if url.contains('?') { '&' } else { '?' };
    let place = Place::Url(format!("{url}{mark}options=-c%20search_path%3D{schema}"));
    let storage = place.open(key(1)).await;
    scenario(storage.clone(), place).await;
    storage.close().await;
    client.batch_execute(&format!("DROP SCHEMA {schema} CASCADE")).await.unwrap();
}
