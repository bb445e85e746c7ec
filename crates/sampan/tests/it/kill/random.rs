//! `kill -9` at random moments under load, and again while it starts. After every start everything acknowledged is there; at
//! the end the marketplace has each order and refund once, and each change was told.

use super::{
    database,
    draw::Draw,
    evidence,
    load::{Load, Purchase},
    market::Market,
    seed,
    server::{Place, Server},
};
use client::Message;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

/// Names another number of kills on each storage.
const KILLS: &str = "SAMPAN_TEST_KILLS";
const USUAL_KILLS: usize = 30;
const BUYERS: usize = 4;
/// A server lives at most so long.
const LIFE: Duration = Duration::from_millis(900);
/// One start in so many is killed as well, within [`START`].
const STUMBLES: u64 = 5;
const START: Duration = Duration::from_millis(300);
/// From the start of the process to `/readyz`.
const READY: Duration = Duration::from_secs(1);
/// What a machine with other work and a binary without optimisation may take of it: the middle of all starts keeps to
/// [`READY`], the slowest one to so many times it.
const ALLOWANCE: u32 = 5;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_at_random_moments_under_load() {
    killed_again_and_again(Place::Sqlite, seed() + 2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_at_random_moments_under_load_on_postgresql() {
    database::with(async |url| killed_again_and_again(Place::Postgres(url), seed() + 3).await).await;
}

fn kills() -> usize {
    std::env::var(KILLS).ok().map_or(USUAL_KILLS, |text| text.parse().expect("a number"))
}

async fn killed_again_and_again(place: Place, seed: u64) {
    let server = Server::new(place);
    server.start().await;
    let load = Load::at(&server).await;
    let striking = async {
        let starts = strike(&server, &load, Draw(seed)).await;
        load.stop();
        starts
    };
    let (starts, ()) = tokio::join!(striking, load.run(BUYERS));
    report(&load, &starts);
    all_is_well(&server, &load).await;
    quick(starts);
}

/// Everything acknowledged is there, was bought once, and was told. Ends the server.
pub async fn all_is_well(server: &Server, load: &Load) {
    let purchases = load.purchases();
    load.sees(&purchases).await;
    let messages = evidence::settled_messages(&load.client, server).await;
    let shown = evidence::page(&load.client, "/alibaba/order/page", json!({})).await;
    let market = evidence::left_behind(server).await;
    let received = evidence::every_callback_arrived(&load.inbox, &messages);
    once_each(&purchases, &shown, &market);
    all_told(&purchases, &market, &received);
}

/// Kills and starts; answers how long each start took.
async fn strike(server: &Server, load: &Load, mut draw: Draw) -> Vec<Duration> {
    let (mut starts, mut checked) = (Vec::new(), 0);
    for _ in 0..kills() {
        tokio::time::sleep(draw.time(LIFE)).await;
        server.kill();
        let told = load.purchases();
        if draw.number().is_multiple_of(STUMBLES) {
            server.stumble(draw.time(START)).await;
        }
        let began = Instant::now();
        server.start().await;
        starts.push(began.elapsed());
        load.sees(&told[checked..]).await;
        checked = told.iter().position(|purchase| purchase.refund.is_none()).unwrap_or(told.len());
    }
    starts
}

fn report(load: &Load, starts: &[Duration]) {
    let worst = starts.iter().max().copied().unwrap_or_default();
    let (bought, longest) = (load.purchases().len(), load.longest_step());
    eprintln!("{} kills, {bought} purchases, the slowest start {worst:?}, the longest step {longest:?}", starts.len());
    eprintln!("answers: {:?}", load.answers());
}

/// The buyers' orders and refunds are the marketplace's, and each of them is there once, in the same state.
fn once_each(purchases: &[Purchase], shown: &[Value], market: &Market) {
    let orders: BTreeSet<i64> = purchases.iter().filter_map(|purchase| purchase.order).collect();
    assert_eq!(orders.len(), purchases.len(), "each purchase has an order of its own");
    assert_eq!(market.orders.keys().copied().collect::<BTreeSet<_>>(), orders, "orders at the marketplace");
    for (number, orders) in market.by_own_number() {
        assert_eq!(orders.len(), 1, "{number} bought {orders:?}");
    }
    let status = |order: &Value| Some((order["baseInfo"]["id"].as_i64()?, order["baseInfo"]["status"].clone()));
    let shown: BTreeMap<i64, Value> = shown.iter().filter_map(status).collect();
    for purchase in purchases {
        let order = purchase.order.expect("every purchase came to its end");
        let refund = evidence::digits(purchase.refund.as_deref().expect("every purchase came to its end"));
        let record = &market.orders[&order];
        assert_eq!(record["order"]["status"].as_str().map(str::to_lowercase).as_deref(), shown[&order].as_str());
        assert_eq!(record["refunds"], 1, "refunds that order {order} ever had");
        assert_eq!(market.refunds[&refund]["refund"]["order_id"], order);
    }
    assert_eq!(market.refunds.len(), purchases.len(), "refunds at the marketplace");
}

/// Each order's making and payment was told, and how each refund stands now.
fn all_told(purchases: &[Purchase], market: &Market, received: &BTreeMap<i64, Message>) {
    let news = evidence::news(received);
    let told = |object: &str, what: &str| {
        assert!(news.contains(&(object.to_owned(), what.to_owned())), "no callback: {object} {what}");
    };
    for purchase in purchases {
        let order = purchase.order.expect("an order").to_string();
        let refund = purchase.refund.as_deref().expect("a refund");
        told(&order, "ORDER_BUYER_VIEW_BUYER_MAKE");
        told(&order, "ORDER_BUYER_VIEW_ORDER_PAY");
        let stands = market.refunds[&evidence::digits(refund)]["refund"]["status"].as_str().expect("a word");
        match stands {
            "Success" => told(refund, "refundsuccess"),
            "Close" => told(refund, "refundclose"),
            other => told(refund, &other.to_lowercase()),
        }
    }
}

/// Ready again soon after a start, however the last life ended.
fn quick(mut starts: Vec<Duration>) {
    starts.sort();
    let middle = starts[starts.len() / 2];
    let worst = starts.last().copied().unwrap_or_default();
    assert!(middle <= READY, "ready after {middle:?} in the middle of {starts:?}");
    assert!(worst <= READY * ALLOWANCE, "ready after {worst:?} at worst");
}
