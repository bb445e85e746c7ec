//! A random walk over the lives of orders: whatever is asked in whatever order, nobody gets back more than was paid, the
//! shelves add up, and every refund of an order ends in a state that fits it.

use super::kit::{Ask, World, cargo_of, entries};
use crate::{
    catalogue::Habit,
    economy::{draw::Seed, record::OrderRecord},
};
use domain::{Fen, OrderId, RefundId, SkuId, order::Shipment, refund::Command};
use serde_json::json;
use std::collections::BTreeMap;

const STEPS: u32 = 1200;
const REQUESTS: [(&str, &str); 7] = [
    ("refund", "refundWaitSellerSend"),
    ("refund", "refundWaitBuyerReceive"),
    ("refund", "refundBuyerReceived"),
    ("returnRefund", "refundBuyerReceived"),
    ("refund", "aftersaleBuyerNotReceived"),
    ("refund", "aftersaleBuyerReceived"),
    ("returnRefund", "aftersaleBuyerReceived"),
];

struct Walk {
    world: World,
    seed: Seed,
    step: u32,
    orders: Vec<OrderId>,
    refunds: Vec<RefundId>,
}

impl Walk {
    fn pick(&self, what: &str, bound: usize) -> usize {
        let bound = i64::try_from(bound).unwrap();
        usize::try_from(self.seed.below(&format!("walk {}", self.step), what, bound)).unwrap()
    }

    async fn step(&mut self) {
        self.step += 1;
        let deed = self.pick("deed", 12);
        if deed == 0 || self.orders.is_empty() {
            return self.buy().await;
        }
        // Late orders are walked more often, so that most lives go on.
        let order = self.orders[self.orders.len() - 1 - self.pick("order", self.orders.len().min(5))];
        let lines = entries(&self.world.economy, order);
        let some = lines[self.pick("line", lines.len())];
        match deed {
            1 => drop(self.world.debit(order).await),
            2 => drop(self.world.economy.pay(order).await),
            3 => drop(self.world.economy.ship(order, None).await),
            4 => drop(self.world.economy.ship(order, Some(vec![domain::EntryId::new(some).unwrap()])).await),
            5 => drop(self.world.receive(order).await),
            6 | 7 => self.ask(order, some).await,
            8 => self.seller().await,
            9 => self.buyer().await,
            10 => drop(self.world.economy.advance(i64::try_from(self.pick("hours", 90)).unwrap() * 3600).await),
            _ => drop(self.world.cancel(order).await),
        }
    }

    async fn buy(&mut self) {
        let habit = Habit::ALL[self.pick("habit", Habit::ALL.len())];
        let cargo = cargo_of(habit, 1 + self.pick("lines", 2));
        let made = self.world.create(&cargo, &format!("walk {}", self.step)).await;
        let id: Option<OrderId> = made["result"]["orderId"].as_str().and_then(|id| id.parse().ok());
        self.orders.extend(id);
    }

    async fn ask(&mut self, order: OrderId, entry: i64) {
        let (request, goods) = REQUESTS[self.pick("request", REQUESTS.len())];
        let mut ask = Ask::all(&self.world.economy, order, request, goods);
        let record = self.world.economy.order(order).unwrap().order;
        if self.pick("some", 2) == 0 {
            ask.entries = json!([entry]);
            let line = record.lines.iter().find(|l| l.id.get() == entry).unwrap();
            ask.payment = line.amount.0;
            ask.carriage = line.share_postage.unwrap_or_default().0;
        }
        if self.pick("part", 3) == 0 {
            ask.payment = ask.payment * i64::try_from(self.pick("share", 120)).unwrap() / 100;
        }
        let made = self.world.apply(&ask).await;
        let id: Option<RefundId> = made["result"]["result"]["refundId"].as_str().and_then(|id| id.parse().ok());
        self.refunds.extend(id);
    }

    fn refund(&self) -> Option<RefundId> {
        let recent = self.refunds.len().min(4);
        (recent > 0).then(|| self.refunds[self.refunds.len() - 1 - self.pick("refund", recent)])
    }

    async fn seller(&self) {
        let Some(id) = self.refund() else { return };
        let reason = || "no".to_owned();
        let command = match self.pick("seller", 3) {
            0 => Command::SellerAgree,
            1 => Command::SellerReject { reason: reason() },
            _ => Command::SellerReceive,
        };
        drop(self.world.economy.seller_steps(id, command).await);
    }

    async fn buyer(&self) {
        let Some(id) = self.refund() else { return };
        if self.pick("buyer", 3) == 0 {
            self.world.cancel_refund(id).await;
        } else {
            self.world.send_back(id, "ZTO", "3110044550034338").await;
        }
    }

    fn check(&self) {
        let orders: Vec<OrderRecord> = self.orders.iter().map(|id| self.world.economy.order(*id).unwrap()).collect();
        for record in &orders {
            check_money(record);
        }
        self.check_shelves(&orders);
    }

    fn check_shelves(&self, orders: &[OrderRecord]) {
        let mut gone: BTreeMap<(i64, Option<SkuId>), i64> = BTreeMap::new();
        for order in orders {
            let cancelled = order.order.status.word() == "cancel";
            for line in &order.order.lines {
                let back = cancelled || (!line.is_live() && line.shipment == Shipment::NotShipped);
                *gone.entry((line.offer_id.get(), line.sku_id)).or_default() +=
                    if back { 0 } else { i64::from(line.quantity) };
            }
        }
        for ((offer, sku), pieces) in gone {
            let offer = domain::OfferId::new(offer).unwrap();
            let product = self.world.economy.catalogue().offer(offer).unwrap();
            let own = product.skus.iter().find(|s| Some(s.sku_id) == sku);
            let at_first = i64::from(own.map_or(product.stock.unwrap_or(0), |s| s.stock));
            assert_eq!(self.world.economy.stock(offer, sku), at_first - pieces, "step {}: {offer}", self.step);
        }
    }
}

fn check_money(record: &OrderRecord) {
    let order = &record.order;
    let paid = if order.was_paid() { order.total() } else { Fen::ZERO };
    assert!(order.refunded <= paid, "{}: {:?} of {paid:?} came back", order.id, order.refunded);
    for line in &order.lines {
        assert!(line.refunded <= line.amount, "{}", line.id);
    }
    if order.status.word() == "terminated" {
        assert!(order.lines.iter().all(|l| l.refunded == l.amount), "{}", order.id);
    }
}

async fn walk(seed: u64) -> Walk {
    let world = World::seeded(seed).await;
    let mut walk = Walk { world, seed: Seed(seed), step: 0, orders: Vec::new(), refunds: Vec::new() };
    for _ in 0..STEPS {
        walk.step().await;
        if walk.step.is_multiple_of(20) {
            walk.check();
        }
    }
    walk
}

#[tokio::test]
async fn nobody_gets_back_more_than_was_paid() {
    for seed in [1, 2] {
        let walk = walk(seed).await;
        let states: std::collections::BTreeSet<String> = walk.orders.iter().map(|id| walk.world.status(*id)).collect();
        assert!(states.len() >= 4, "the walk came to {states:?} only");
        let closed: std::collections::BTreeSet<&str> =
            walk.refunds.iter().map(|r| walk.world.refund_status(*r)).collect();
        assert!(closed.contains("refundsuccess") && closed.contains("refundclose"), "{closed:?}");
    }
}

#[tokio::test]
async fn the_same_walk_gives_the_same_world() {
    let (one, other) = (walk(3).await, walk(3).await);
    assert_eq!(one.orders, other.orders);
    for id in &one.orders {
        assert_eq!(one.world.economy.order(*id), other.world.economy.order(*id));
    }
    for id in &one.refunds {
        assert_eq!(one.world.economy.refund(*id), other.world.economy.refund(*id));
    }
}
