//! A database with many orders, written past the product's rooms: a commit for each order would take hours. The tables are
//! those of the product (it has made them); what it keeps beside an order, its counts, is made by the product's own text of
//! the migration.
//!
//! A tenth of the orders belongs to one developer, eight tenths to eighty, the last tenth to many who have a hundred each.
//! They lie over a thousand days; those of the last two days are open.

use crate::{clock, fill};
use rusqlite::{Connection, params};
use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    time::Instant,
};

const DAY_MS: i64 = 86_400_000;
const DAYS: i64 = 1000;
const BIG: i64 = 2_000_000_000_000_000_001;
const MIDDLING: i64 = 80;
/// Orders of a small developer.
const SMALL_ORDERS: i64 = 100;
const FIRST_ORDER: i64 = 4_300_000_000_000_000_000;
const IN_ONE_COMMIT: i64 = 200_000;

#[derive(clap::Args)]
pub struct Options {
    /// Data folder, empty
    #[arg(long)]
    folder: PathBuf,
    #[arg(long)]
    orders: i64,
}

/// A developer of this database.
#[derive(Debug, Clone, Copy)]
pub struct Owner {
    pub developer: i64,
    pub user: i64,
    pub orders: i64,
}

/// Who owns how many, the biggest first.
pub fn owners(orders: i64) -> Vec<Owner> {
    let share = (orders / 10).max(1);
    let small = (share / SMALL_ORDERS).max(1);
    let counts = std::iter::once(share)
        .chain(std::iter::repeat_n((share / 10).max(1), usize::try_from(MIDDLING).unwrap_or_default()))
        .chain(std::iter::repeat_n(SMALL_ORDERS, usize::try_from(small).unwrap_or_default()));
    (0..).zip(counts).map(|(n, orders)| Owner { developer: BIG + n, user: 2_100_000_000_000 + n, orders }).collect()
}

pub async fn run(options: Options) -> Result<Value, String> {
    let began = Instant::now();
    fill::open(&options.folder, None).await?.close().await;
    let file = options.folder.join("sampan.db");
    let written = tokio::task::spawn_blocking(move || write(&file, options.orders));
    let orders = written.await.map_err(|e| e.to_string())?.map_err(|e| e.to_string())?;
    Ok(json!({ "orders": orders, "seconds": began.elapsed().as_secs_f64() }))
}

fn write(file: &Path, orders: i64) -> rusqlite::Result<i64> {
    let db = Connection::open(file)?;
    // Should this process die the folder is worth nothing, so nothing need be durable before the end.
    db.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA threads = 2",
    )?;
    let indexes = without_indexes(&db)?;
    let mut written = 0;
    for owner in owners(orders) {
        written = of_owner(&db, owner, written)?;
    }
    db.execute_batch(&indexes.join(";"))?;
    count(&db)?;
    db.execute_batch("PRAGMA journal_mode = WAL")?;
    Ok(written)
}

/// Drops the indexes of orders, to be made again when the rows are there; answers their texts.
fn without_indexes(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'orders' AND sql IS NOT NULL";
    let found: Vec<(String, String)> =
        db.prepare(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    for (name, _) in &found {
        db.execute_batch(&format!("DROP INDEX {name}"))?;
    }
    Ok(found.into_iter().map(|(_, sql)| sql).collect())
}

fn of_owner(db: &Connection, owner: Owner, written: i64) -> rusqlite::Result<i64> {
    const SQL: &str = "INSERT INTO orders (developer_id, order_id, user_id, marketplace, account_id, order_no, \
        out_order_id, own_number, edition, status, pay_status, refund_status, created_at, modified_at, names, core, \
        document, rows, address, observed_at, sequence, version) \
        VALUES (?1, ?2, ?3, 'alibaba1688', 1, ?4, NULL, NULL, 'v1', ?5, ?6, NULL, ?7, ?7, '茶杯', ?8, ?8, '[]', '{}', \
        ?7, 0, 1)";
    let document = format!("{{\"baseInfo\":\"{}\"}}", "x".repeat(180));
    let first_ms = clock::wall().0 - DAYS * DAY_MS;
    let mut insert = db.prepare_cached(SQL)?;
    for n in 0..owner.orders {
        if n % IN_ONE_COMMIT == 0 {
            db.execute_batch(if n == 0 { "BEGIN" } else { "COMMIT; BEGIN" })?;
        }
        let age = DAYS * DAY_MS - n * DAYS * DAY_MS / owner.orders;
        let (status, pay_status) = state(age, n);
        let created_at = first_ms + DAYS * DAY_MS - age;
        let no = format!("PO{n:012}");
        insert.execute(params![
            owner.developer,
            FIRST_ORDER + written + n,
            owner.user,
            no,
            status,
            pay_status,
            created_at,
            document
        ])?;
    }
    db.execute_batch("COMMIT")?;
    Ok(written + owner.orders)
}

const fn state(age_ms: i64, n: i64) -> (&'static str, i64) {
    match n % 10 {
        0 => ("cancel", 1),
        3 if age_ms < 2 * DAY_MS => ("waitbuyerpay", 1),
        _ if age_ms < 2 * DAY_MS => ("waitsellersend", 2),
        _ => ("success", 2),
    }
}

/// The product's own text, from the migration that brought the counts.
fn count(db: &Connection) -> rusqlite::Result<()> {
    const MIGRATION: &str = include_str!("../../crates/storage/migrations/0007_order_counts.sql");
    let mut inserts = MIGRATION.split_inclusive(';').filter(|text| text.trim_start().starts_with("INSERT INTO"));
    inserts.try_for_each(|text| db.execute_batch(text))
}
