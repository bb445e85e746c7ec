//! Lives of orders: how many whole ones a second, and how long a jump of the clock over many open ones takes. At the
//! upstream's protocol alone, or through the platform with its callbacks; in either case every message that an order is
//! expected to bring comes once and no other comes, else the run has failed.

mod cycle;
mod inbox;
mod jump;
mod market;
mod product;
mod told;
mod upstream;

use inbox::{Expected, Inbox};
use market::Market;
use serde_json::{Value, json};
use std::{
    path::PathBuf,
    time::{Duration, Instant},
};
use tokio::task::JoinSet;
use told::{AT_UPSTREAM, BY_PLATFORM, Told};

const PATIENCE: Duration = Duration::from_secs(60);

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
        Some(orders) => jump::run(buyers, inbox, told, orders).await,
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
