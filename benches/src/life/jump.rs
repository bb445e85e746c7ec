//! The clock is moved by thirty days over many open orders.

use super::{
    PATIENCE,
    cycle::{self, Open},
    inbox::{Expected, Inbox},
    market::Market,
    told::Told,
};
use serde_json::{Value, json};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};
use tokio::task::JoinSet;

const JUMP_S: i64 = 30 * 24 * 3600;

/// Opens orders, moves the clock, waits for all that fell due.
pub async fn run(buyers: Vec<Box<dyn Market>>, inbox: &Inbox, told: &Told, orders: usize) -> Result<Value, String> {
    let (mut buyer, opened) = open(buyers, orders).await?;
    let expecting = |of: fn(Open) -> &'static [&'static str]| -> Expected {
        opened.iter().map(|(order, open)| (*order, of(*open).to_vec())).collect()
    };
    inbox.settle(&expecting(told.open), PATIENCE).await?;
    let due = expecting(told.after_jump);
    let started = Instant::now();
    buyer.control("clock/advance", json!({"seconds": JUMP_S})).await?;
    let answered = started.elapsed();
    let last = inbox.settle(&due, PATIENCE).await?.duration_since(started);
    Ok(json!({
        "orders": opened.len(),
        "events": due.values().map(Vec::len).sum::<usize>(),
        "answered_ms": answered.as_secs_f64() * 1000.0,
        "jump_ms": last.max(answered).as_secs_f64() * 1000.0,
    }))
}

type Opened = Vec<(i64, Open)>;

/// Answers one of the buyers with the orders that all have opened.
async fn open(buyers: Vec<Box<dyn Market>>, orders: usize) -> Result<(Box<dyn Market>, Opened), String> {
    let next = Arc::new(AtomicUsize::new(0));
    let mut at_work = JoinSet::new();
    for mut buyer in buyers {
        let next = next.clone();
        at_work.spawn(async move {
            let mut opened = Opened::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= orders {
                    return Ok::<_, String>((buyer, opened));
                }
                let stands = Open::of(number);
                opened.push((cycle::half(buyer.as_mut(), stands).await?, stands));
            }
        });
    }
    let mut all = Opened::with_capacity(orders);
    let mut last = None;
    while let Some(done) = at_work.join_next().await {
        let (buyer, opened) = done.map_err(|e| e.to_string())??;
        all.extend(opened);
        last = Some(buyer);
    }
    Ok((last.ok_or("no buyer")?, all))
}
