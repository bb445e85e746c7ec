//! Pages of orders in a big database: how long one takes with sixteen callers at once, by developer, place and filter, and
//! how long the ways take that do without counts.

use crate::{
    fill,
    orders::{Owner, owners},
};
use domain::{DeveloperId, Timestamp, UserId};
use rusqlite::{Connection, OpenFlags, params};
use serde_json::{Map, Value, json};
use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use storage::{OrderFilter, Period, Storage};
use tokio::task::JoinSet;

const PAGE: i64 = 20;
/// Halves the hundred days that are asked for at hours of the day, so that both ends have to be counted.
const PERIOD_MS: i64 = 100 * 86_400_000 + 7 * 3_600_000;

#[derive(clap::Args)]
pub struct Options {
    /// Data folder that `orders` has filled
    #[arg(long)]
    folder: PathBuf,
    /// As it was filled
    #[arg(long)]
    orders: i64,
    #[arg(long, default_value_t = 16)]
    connections: usize,
    /// For each place and filter
    #[arg(long, default_value_t = 0.5)]
    seconds: f64,
}

/// A list and where in it the page lies.
#[derive(Clone)]
struct Case {
    name: String,
    developer: DeveloperId,
    filter: OrderFilter,
    offset: i64,
    /// What the page must say.
    total: i64,
}

pub async fn run(options: Options) -> Result<Value, String> {
    let storage = fill::open(&options.folder, None).await?;
    let mut measured = Map::new();
    for owner in chosen(options.orders) {
        for case in cases(&storage, owner).await? {
            let name = case.name.clone();
            measured.insert(name, closed_loop(&storage, case, &options).await?);
        }
    }
    storage.close().await;
    let file = options.folder.join("sampan.db");
    let Some(big) = owners(options.orders).first().copied() else { return Err("no developers".to_owned()) };
    let plain = tokio::task::spawn_blocking(move || plain_ways(&file, big));
    let plain = plain.await.map_err(|e| e.to_string())?.map_err(|e| e.to_string())?;
    measured.extend(plain);
    Ok(flat(&measured))
}

/// `big all first p99_ms` and so on, side by side.
fn flat(measured: &Map<String, Value>) -> Value {
    let fields = measured.iter().flat_map(|(name, told)| {
        let told = told.as_object().into_iter().flatten();
        told.map(move |(field, value)| (format!("{name} {field}"), value.clone()))
    });
    Value::Object(fields.collect())
}

/// One developer of each size.
fn chosen(orders: i64) -> Vec<(&'static str, Owner)> {
    let all = owners(orders);
    let at = |index: usize| all.get(index).or(all.last()).copied();
    ["big", "mid", "small"].into_iter().zip([0, 1, all.len() - 1]).filter_map(|(n, i)| Some((n, at(i)?))).collect()
}

async fn cases(storage: &Storage, (size, owner): (&str, Owner)) -> Result<Vec<Case>, String> {
    let developer = DeveloperId::new(owner.developer).map_err(|e| e.to_string())?;
    let user = UserId::new(owner.user).map_err(|e| e.to_string())?;
    let all = OrderFilter { user: Some(user), ..OrderFilter::default() };
    let newest = storage.orders(developer, &all, 0, 1).await.map_err(|e| e.to_string())?;
    let newest = newest.items.first().map_or(Timestamp(0), |order| order.created_at);
    let to = newest.plus_ms(-PERIOD_MS);
    let created = Period { from: Some(to.plus_ms(-PERIOD_MS)), to: Some(to) };
    let status = vec!["success".to_owned()];
    let filters = [
        ("all", all.clone()),
        ("status", OrderFilter { statuses: status.clone(), ..all.clone() }),
        ("time", OrderFilter { created, ..all.clone() }),
        ("both", OrderFilter { created, statuses: status, ..all }),
    ];
    let mut cases = Vec::new();
    for (kind, filter) in filters {
        let total = storage.orders(developer, &filter, 0, PAGE).await.map_err(|e| e.to_string())?.total;
        let last = (total - 1).max(0) / PAGE * PAGE;
        for (place, offset) in [("first", 0), ("middle", last / 2 / PAGE * PAGE), ("last", last)] {
            let name = format!("{size} {kind} {place}");
            cases.push(Case { name, developer, filter: filter.clone(), offset, total });
        }
    }
    if cases.first().is_none_or(|case| case.total != owner.orders) {
        return Err(format!("the {size} developer does not have its {} orders", owner.orders));
    }
    Ok(cases)
}

async fn closed_loop(storage: &Storage, case: Case, options: &Options) -> Result<Value, String> {
    let until = Instant::now() + Duration::from_secs_f64(options.seconds);
    let mut callers = JoinSet::new();
    for _ in 0..options.connections {
        let (storage, case) = (storage.clone(), case.clone());
        callers.spawn(async move {
            let mut micros = Vec::new();
            while Instant::now() < until {
                let began = Instant::now();
                // A read may be made on the spot: the wait for the cores, which all callers share, is part of its time.
                tokio::task::yield_now().await;
                let page = storage.orders(case.developer, &case.filter, case.offset, PAGE).await;
                let page = page.map_err(|e| e.to_string())?;
                micros.push(began.elapsed().as_micros());
                let rows = (case.total - case.offset).min(PAGE);
                if page.total != case.total || page.items.len() as i64 != rows {
                    return Err(format!("{}: {} of {}", case.name, page.items.len(), page.total));
                }
            }
            Ok(micros)
        });
    }
    let mut micros = Vec::new();
    while let Some(done) = callers.join_next().await {
        micros.extend(done.map_err(|e| e.to_string())??);
    }
    Ok(told(micros))
}

fn told(mut micros: Vec<u128>) -> Value {
    micros.sort_unstable();
    let at = |share: usize| micros.get(micros.len() * share / 100).map_or(0.0, |us| *us as f64 / 1000.0);
    json!({ "pages": micros.len(), "p50_ms": at(50), "p99_ms": at(99) })
}

/// One caller alone: OFFSET with COUNT, and a page that follows a known row.
fn plain_ways(file: &Path, big: Owner) -> rusqlite::Result<Map<String, Value>> {
    let db = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let count = "SELECT count(*) FROM orders WHERE developer_id = ?1 AND user_id = ?2";
    let page = "SELECT * FROM orders WHERE developer_id = ?1 AND user_id = ?2 \
        ORDER BY created_at DESC, order_id DESC LIMIT 20 OFFSET ?3";
    let naive = |offset: i64| {
        db.prepare_cached(count)?.query_row(params![big.developer, big.user], |row| row.get::<_, i64>(0))?;
        read_all(&db, page, &[big.developer, big.user, offset])
    };
    let after = "SELECT * FROM orders WHERE developer_id = ?1 AND user_id = ?2 AND created_at <= ?3 \
        ORDER BY created_at DESC, order_id DESC LIMIT 20";
    let bounds = "SELECT min(created_at), max(created_at) FROM orders WHERE developer_id = ?1 AND user_id = ?2";
    let (first, last): (i64, i64) =
        db.query_row(bounds, params![big.developer, big.user], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let keyset = |turn: i64| {
        let at = first + (last - first) / 200 * (turn * 37 % 200);
        read_all(&db, after, &[big.developer, big.user, at])
    };
    let mut told = Map::new();
    told.insert("naive middle".to_owned(), timed(7, |_| naive(big.orders / 2))?);
    told.insert("naive last".to_owned(), timed(7, |_| naive(big.orders - PAGE))?);
    told.insert("keyset".to_owned(), timed(2000, keyset)?);
    Ok(told)
}

fn read_all(db: &Connection, sql: &str, params: &[i64; 3]) -> rusqlite::Result<()> {
    let mut statement = db.prepare_cached(sql)?;
    let width = statement.column_count();
    let mut rows = statement.query(*params)?;
    while let Some(row) = rows.next()? {
        for column in 0..width {
            row.get_ref(column)?;
        }
    }
    Ok(())
}

fn timed(turns: i64, mut turn: impl FnMut(i64) -> rusqlite::Result<()>) -> rusqlite::Result<Value> {
    let mut micros = Vec::new();
    for n in 0..turns {
        let began = Instant::now();
        turn(n)?;
        micros.push(began.elapsed().as_micros());
    }
    Ok(told(micros))
}
