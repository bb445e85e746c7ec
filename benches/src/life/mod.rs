//! Lives of orders: how many whole ones a second, and how long a jump of the clock over many open ones takes. At the
//! upstream's protocol alone, or through the platform with its callbacks; in either case every message that an order is
//! expected to bring comes once and no other comes, else the run has failed.

mod cycle;
mod inbox;
mod market;
mod product;
mod upstream;

use cycle::Open;
use inbox::{Expected, Inbox};
use market::Market;
use serde_json::{Value, json};
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

const PATIENCE: Duration = Duration::from_secs(60);
const JUMP_S: i64 = 30 * 24 * 3600;

#[derive(clap::Args)]
pub struct Options {
    /// host:port of a server; the embedded marketplace alone, in this process, where it is left out
    #[arg(long, requires = "key")]
    to: Option<String>,
    /// JSON with accessKey and accessSecret
    #[arg(long)]
    key: Option<PathBuf>,
    /// Where the marketplace of this process keeps its world, empty
    #[arg(long, required_unless_present = "to")]
    folder: Option<PathBuf>,
    #[arg(long, default_value_t = 64)]
    buyers: usize,
    #[arg(long, default_value_t = 3.0)]
    seconds: f64,
    /// Moves the clock by thirty days over so many open orders instead
    #[arg(long)]
    jump: Option<usize>,
}

/// What an order is told of, by where it stands, at the upstream and by the platform.
struct Told {
    whole: &'static [&'static str],
    open: fn(Open) -> &'static [&'static str],
    after_jump: fn(Open) -> &'static [&'static str],
}

/// The trace of a parcel is the upstream's alone. Refunds of a willing seller are applied for and agreed to at once: the
/// platform sees the end of it.
const AT_UPSTREAM: Told = Told {
    whole: &[
        "ORDER_BUYER_VIEW_BUYER_MAKE",
        "ORDER_BUYER_VIEW_ORDER_PAY",
        "ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS",
        "LOGISTICS_BUYER_VIEW_TRACE:CONSIGN",
        "ORDER_BUYER_VIEW_ORDER_COMFIRM_RECEIVEGOODS",
        "ORDER_BUYER_VIEW_ORDER_BUYER_REFUND_IN_SALES:waitselleragree",
        "ORDER_BUYER_VIEW_ORDER_BUYER_REFUND_IN_SALES:refundsuccess",
    ],
    open: |open| match open {
        Open::WaitsForPayment => &["ORDER_BUYER_VIEW_BUYER_MAKE"],
        Open::Shipped => &[
            "ORDER_BUYER_VIEW_BUYER_MAKE",
            "ORDER_BUYER_VIEW_ORDER_PAY",
            "ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS",
            "LOGISTICS_BUYER_VIEW_TRACE:CONSIGN",
        ],
        Open::RefundWaitsForSeller => &[
            "ORDER_BUYER_VIEW_BUYER_MAKE",
            "ORDER_BUYER_VIEW_ORDER_PAY",
            "ORDER_BUYER_VIEW_ORDER_BUYER_REFUND_IN_SALES:waitselleragree",
        ],
    },
    after_jump: |open| match open {
        Open::WaitsForPayment => &["ORDER_BUYER_VIEW_ORDER_BOPS_CLOSE"],
        Open::Shipped => &[
            "LOGISTICS_BUYER_VIEW_TRACE:ACCEPT",
            "LOGISTICS_BUYER_VIEW_TRACE:TRANSPORT",
            "LOGISTICS_BUYER_VIEW_TRACE:DELIVERING",
            "LOGISTICS_BUYER_VIEW_TRACE:SIGN",
            "ORDER_BUYER_VIEW_ORDER_COMFIRM_RECEIVEGOODS",
            "ORDER_BUYER_VIEW_ORDER_SUCCESS",
        ],
        Open::RefundWaitsForSeller => &["ORDER_BUYER_VIEW_ORDER_BUYER_REFUND_IN_SALES:refundsuccess"],
    },
};

const BY_PLATFORM: Told = Told {
    whole: &[
        "ORDER_BUYER_VIEW_BUYER_MAKE",
        "ORDER_BUYER_VIEW_ORDER_PAY",
        "ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS",
        "ORDER_BUYER_VIEW_ORDER_COMFIRM_RECEIVEGOODS",
        "ORDER_BUYER_VIEW_ORDER_BUYER_REFUND:refundsuccess",
        "ORDER_BUYER_VIEW_ORDER_SUCCESS",
    ],
    open: |open| match open {
        Open::WaitsForPayment => &["ORDER_BUYER_VIEW_BUYER_MAKE"],
        Open::Shipped => {
            &["ORDER_BUYER_VIEW_BUYER_MAKE", "ORDER_BUYER_VIEW_ORDER_PAY", "ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS"]
        }
        Open::RefundWaitsForSeller => &[
            "ORDER_BUYER_VIEW_BUYER_MAKE",
            "ORDER_BUYER_VIEW_ORDER_PAY",
            "ORDER_BUYER_VIEW_ORDER_BUYER_REFUND:waitselleragree",
        ],
    },
    after_jump: |open| match open {
        Open::WaitsForPayment => &["ORDER_BUYER_VIEW_ORDER_BOPS_CLOSE"],
        Open::Shipped => &["ORDER_BUYER_VIEW_ORDER_COMFIRM_RECEIVEGOODS", "ORDER_BUYER_VIEW_ORDER_SUCCESS"],
        Open::RefundWaitsForSeller => &["ORDER_BUYER_VIEW_ORDER_BUYER_REFUND:refundsuccess"],
    },
};

pub async fn run(options: Options) -> Result<Value, String> {
    let count = options.buyers.max(1);
    let mut buyers: Vec<Box<dyn Market>> = Vec::with_capacity(count);
    if let (Some(to), Some(key)) = (&options.to, &options.key) {
        let site = product::Site::open(to, key).await?;
        let mut first = site.buyer().await?;
        site.listen(&mut first).await?;
        buyers.push(Box::new(first));
        while buyers.len() < count {
            buyers.push(Box::new(site.buyer().await?));
        }
        return measure(&options, buyers, &site.inbox, &BY_PLATFORM).await;
    }
    let world = upstream::World::open(options.folder.as_deref().ok_or("--folder is missing")?).await?;
    while buyers.len() < count {
        buyers.push(Box::new(world.buyer()?));
    }
    let result = measure(&options, buyers, &world.inbox.clone(), &AT_UPSTREAM).await;
    world.close().await;
    result
}

async fn measure(
    options: &Options,
    mut buyers: Vec<Box<dyn Market>>,
    inbox: &Inbox,
    told: &Told,
) -> Result<Value, String> {
    let first = buyers.first_mut().ok_or("no buyer")?;
    market::provide(first.as_mut()).await?;
    match options.jump {
        Some(orders) => jump(buyers, inbox, told, orders).await,
        None => lives(buyers, inbox, told, Duration::from_secs_f64(options.seconds)).await,
    }
}

/// Closed loop: each buyer begins the next life when the last is over. Lives count with all of their messages.
async fn lives(buyers: Vec<Box<dyn Market>>, inbox: &Inbox, told: &Told, duration: Duration) -> Result<Value, String> {
    let started = Instant::now();
    let until = started + duration;
    let mut at_work = JoinSet::new();
    for mut buyer in buyers {
        at_work.spawn(async move {
            let mut orders = Vec::new();
            while Instant::now() < until {
                orders.push(cycle::whole(buyer.as_mut()).await?);
            }
            Ok::<_, String>(orders)
        });
    }
    let mut expected = Expected::new();
    while let Some(done) = at_work.join_next().await {
        let orders = done.map_err(|e| e.to_string())??;
        expected.extend(orders.into_iter().map(|order| (order, told.whole.to_vec())));
    }
    let calls_over = started.elapsed();
    let last = inbox.settle(&expected, PATIENCE).await?;
    let seconds = last.duration_since(started).max(calls_over).as_secs_f64();
    Ok(json!({
        "cycles": expected.len(),
        "messages": expected.len() * told.whole.len(),
        "seconds": seconds,
        "calls_seconds": calls_over.as_secs_f64(),
        "rate": expected.len() as f64 / seconds,
    }))
}

/// Opens orders, moves the clock, waits for all that fell due.
async fn jump(buyers: Vec<Box<dyn Market>>, inbox: &Inbox, told: &Told, orders: usize) -> Result<Value, String> {
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
