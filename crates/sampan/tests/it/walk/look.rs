//! Comparing an order with the model, in the views of the editions, and the totals of the lists.

use super::{
    asks,
    model::{
        When,
        order::{Close, Order, Stage},
        refund::Refund,
    },
    walker::Walk,
};
use crate::{ask::Ask, purchase::fen};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How long a push may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// The first thing that is not as it should be.
#[derive(Default)]
pub struct Difference(pub Option<String>);

impl Difference {
    pub fn expect(&mut self, name: &str, allowed: &[Value], shown: &Value) {
        if self.0.is_none() && !allowed.contains(shown) {
            self.0 = Some(match allowed {
                [one] => format!("{name} is {shown} and not {one}"),
                several => format!("{name} is {shown} and none of {several:?}"),
            });
        }
    }
}

impl Walk {
    /// Waits until everything about an order is as the model has it, and takes up what the contract leaves open.
    pub async fn look(&mut self, at: usize) {
        let until = Instant::now() + PATIENCE;
        let me = self.buyers[self.orders[at].of].me.clone();
        let early = self.now();
        self.settle_refunds(at, until).await;
        loop {
            let shown = self.world.send(&me, asks::detail(self.orders[at].id)).await.accepted();
            let when = When { early, late: self.now() };
            let Some(difference) = compare(&self.orders[at], &shown) else {
                take_up(&mut self.orders[at], &shown, when);
                break;
            };
            if Instant::now() > until {
                self.fail(at, &format!("order: {difference}\n{}", brief(&shown)));
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        self.look_at_refunds(at, until).await;
        if self.dice.once_in(3) {
            self.look_as_key_account(at, until).await;
        }
    }

    async fn look_as_key_account(&mut self, at: usize, until: Instant) {
        let me = self.buyers[self.orders[at].of].me.clone();
        let path = ["/alibaba/ka/order/detail", "/alibaba/bigMajor/order/detail"][self.dice.below(2)];
        let by_number = self.orders[at].number.clone().filter(|_| self.dice.once_in(3));
        let id = by_number.unwrap_or_else(|| self.orders[at].id.to_string());
        loop {
            let shown = self.world.send(&me, Ask::post(path, &json!({ "orderId": id }))).await.accepted();
            let Some(difference) = compare_ka(&self.orders[at], &shown) else {
                self.orders[at].number = shown["orderNo"].as_str().map(str::to_owned);
                return;
            };
            if Instant::now() > until {
                self.fail(at, &format!("{path}: {difference}\n{shown}"));
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The lists of one developer under each status.
    pub async fn compare_lists(&mut self) {
        let of = self.dice.below(self.buyers.len());
        let me = self.buyers[of].me.clone();
        let status = self.dice.one_of(&["success", "cancel", "waitbuyerpay", "waitsellersend", "waitbuyerreceive"]);
        let own = || self.orders.iter().filter(|order| order.of == of);
        let v1 = own().filter(|order| order.status == status).count();
        let word = self.dice.one_of(&[
            "SUCCESS",
            "CANCEL",
            "CLOSED",
            "WAITING_FOR_PAYMENT",
            "WAITING_FOR_SENT",
            "WAITING_FOR_RECEIVE",
        ]);
        let own = || self.orders.iter().filter(|order| order.of == of);
        let ka = own().filter(|order| ka_status(order) == word).count();
        let paid = own().filter(|order| order.was_paid()).count();
        let edition = self.dice.below(2);
        for (paths, filter, count) in [
            (["/alibaba/order/page", "/v2/alibaba/order/page"], json!({"orderStatus": status}), v1),
            (["/alibaba/ka/order/page", "/alibaba/bigMajor/order/page"], json!({"orderStatus": word}), ka),
            (["/alibaba/ka/order/page", "/alibaba/bigMajor/order/page"], json!({"payStatus": 2}), paid),
            (["/alibaba/order/page", "/v2/alibaba/order/page"], json!({}), own().count()),
        ] {
            let mut ask = filter;
            ask["pageSize"] = json!(1);
            let page = self.world.post(&me, paths[edition], ask.clone()).await.accepted();
            let (seed, step) = (self.seed, self.step);
            assert_eq!(page["total"], count, "seed {seed}, step {step}: {} {ask}", paths[edition]);
        }
    }
}

/// What can be told of an order in a few lines.
fn brief(shown: &Value) -> String {
    let named = |value: &Value, names: &[&str]| {
        names.iter().map(|name| format!("{name} {}", value[*name])).collect::<Vec<_>>().join(", ")
    };
    let base =
        ["status", "refundStatus", "refundStatusForAs", "totalAmount", "shippingFee", "refund", "closeOperateType"];
    let item = ["subItemID", "status", "itemAmount", "sharePostage", "logisticsStatus", "refundStatus", "refundId"];
    let lines = shown["productItems"].as_array().into_iter().flatten().map(|line| named(line, &item));
    std::iter::once(named(&shown["baseInfo"], &base)).chain(lines).collect::<Vec<_>>().join("\n")
}

fn latest(refunds: &[Refund], fits: impl Fn(&&Refund) -> bool) -> Vec<&Refund> {
    // Which one is the latest, the one that was made or the one that moved, is not said.
    let made = refunds.iter().rfind(&fits);
    let moved = refunds.iter().filter(&fits).max_by_key(|refund| refund.moved);
    made.into_iter().chain(moved).collect()
}

fn words(refunds: &[Refund], fits: impl Fn(&&Refund) -> bool, word: impl Fn(&Refund) -> Value) -> Vec<Value> {
    let found = latest(refunds, fits);
    if found.is_empty() { vec![Value::Null] } else { found.into_iter().map(word).collect() }
}

fn compare(order: &Order, shown: &Value) -> Option<String> {
    let mut found = Difference::default();
    let base = &shown["baseInfo"];
    for (name, amount) in [
        ("refund", order.paid_back()),
        ("sumProductPayment", order.goods()),
        ("shippingFee", order.freight),
        ("totalAmount", order.total()),
    ] {
        found.expect(name, &[json!(amount)], &json!(fen(&base[name])));
    }
    let state = |refund: &Refund| json!(refund.status.word());
    found.expect("refundStatus", &words(&order.refunds, |r| !r.after_sale, state), &base["refundStatus"]);
    found.expect("refundStatusForAs", &words(&order.refunds, |r| r.after_sale, state), &base["refundStatusForAs"]);
    let statuses: Vec<Value> = order.or_status.iter().chain([&order.status]).map(|word| json!(word)).collect();
    found.expect("status", &statuses, &base["status"]);
    found.expect("payTime", &[json!(order.was_paid())], &json!(!base["payTime"].is_null()));
    let closed = match order.closed {
        None => Value::Null,
        Some(Close::Buyer) => json!("CLOSE_TRADE_BY_BUYER"),
        Some(Close::Timeout) => json!("CLOSE_TRADE_BY_SYSTEM"),
    };
    if order.status != "terminated" && order.or_status.is_empty() {
        found.expect("closeOperateType", &[closed], &base["closeOperateType"]);
    }
    let items = shown["productItems"].as_array().map(Vec::as_slice).unwrap_or_default();
    found.expect("lines", &[json!(order.lines.len())], &json!(items.len()));
    for (line, item) in order.lines.iter().zip(items) {
        found.expect("subItemID", &[json!(line.entry)], &item["subItemID"]);
        found.expect("itemAmount", &[json!(line.amount)], &json!(fen(&item["itemAmount"])));
        let mut allowed = order.words(line);
        // The words of a line follow the status that is taken up.
        allowed.extend(order.or_status.iter().filter(|word| **word == base["status"]));
        found.expect("line status", &allowed.iter().map(|w| json!(w)).collect::<Vec<_>>(), &item["status"]);
        let logistics: &[Value] = match line.stage {
            Stage::NotShipped => &[json!(1), json!(8)],
            Stage::Shipped => &[json!(2)],
            Stage::Received => &[json!(3)],
        };
        found.expect("logisticsStatus", logistics, &item["logisticsStatus"]);
        let of = |after: bool| move |r: &&Refund| r.covers(line.entry) && r.after_sale == after;
        found.expect("refundId", &words(&order.refunds, of(false), |r| json!(r.id)), &item["refundId"]);
        found.expect("refundIdForAs", &words(&order.refunds, of(true), |r| json!(r.id)), &item["refundIdForAs"]);
        let word = |r: &Refund| json!(r.status.line_word());
        found.expect("line refundStatus", &words(&order.refunds, of(false), word), &item["refundStatus"]);
    }
    found.0
}

fn take_up(order: &mut Order, shown: &Value, when: When) {
    let items = shown["productItems"].as_array().map(Vec::as_slice).unwrap_or_default();
    for (line, item) in order.lines.iter_mut().zip(items).filter(|(line, _)| line.perhaps_over) {
        if item["status"] == "terminated" {
            (line.over, line.perhaps_over) = (true, false);
        }
    }
    let seen = shown["baseInfo"]["status"].as_str().unwrap_or_default().to_owned();
    order.settle(&seen, when);
}

fn ka_status(order: &Order) -> &'static str {
    match order.status {
        "waitbuyerpay" => "WAITING_FOR_PAYMENT",
        "waitsellersend" => "WAITING_FOR_SENT",
        "waitbuyerreceive" => "WAITING_FOR_RECEIVE",
        "success" => "SUCCESS",
        "cancel" => "CANCEL",
        _ => "CLOSED",
    }
}

fn compare_ka(order: &Order, shown: &Value) -> Option<String> {
    let mut found = Difference::default();
    let reason = match (order.status, order.closed) {
        (_, Some(Close::Buyer)) => json!("buyer_cancel"),
        (_, Some(Close::Timeout)) => json!("timeout"),
        ("terminated", None) => json!("refund"),
        _ => Value::Null,
    };
    for (name, value) in [
        ("orderId", json!(order.id.to_string())),
        ("outOrderId", json!(order.own_number)),
        ("orderStatus", json!(ka_status(order))),
        ("payStatus", json!(if order.was_paid() { 2 } else { 1 })),
        ("productAmount", json!(order.goods())),
        ("shippingFee", json!(order.freight)),
        ("totalAmount", json!(order.total())),
        ("refundAmount", json!(order.paid_back())),
        ("closeReason", reason),
        ("payTime", if order.was_paid() { shown["payTime"].clone() } else { Value::Null }),
    ] {
        found.expect(name, &[value], &shown[name]);
    }
    let latest = words(&order.refunds, |_| true, |refund| json!(refund.status.word()));
    found.expect("refundStatus", &latest, &shown["refundStatus"]);
    let items = shown["productList"].as_array().map(Vec::as_slice).unwrap_or_default();
    for (line, item) in order.lines.iter().zip(items) {
        found.expect("subTbOrderId", &[json!(line.entry.to_string())], &item["subTbOrderId"]);
        let status = match (order.status, line.stage) {
            ("waitbuyerpay", _) => 1,
            ("cancel", _) => 5,
            (_, Stage::NotShipped) => 2,
            (_, Stage::Shipped) => 3,
            (_, Stage::Received) => 4,
        };
        found.expect("subOrderStatus", &[json!(status)], &item["subOrderStatus"]);
        let open = i64::from(order.has_open(line.entry));
        found.expect("line refundStatus", &[json!(open)], &item["refundStatus"]);
    }
    found.0
}
