//! The other side of an order: the sandbox's control API.

use super::{
    model::{Habit, When},
    walker::{Goods, Walk},
};
use crate::ask::Ask;
use serde_json::{Value, json};

const DETAIL: &str = "/alibaba/product/detail/get";
/// Pieces of a specification that a walk does not buy up.
const PLENTY: i64 = 200;

impl Walk {
    /// Products of the habits that the walk meets, sold by the piece.
    pub async fn habits(&self) -> Vec<Goods> {
        let ask = Ask::get("/sandbox/control/habits", &[]);
        let (status, text) = self.world.page(self.world.operator.request(&ask)).await;
        assert_eq!(status, 200, "{text}");
        let told: Value = serde_json::from_str(&text).expect("JSON");
        let mut all = Vec::new();
        for row in told["habits"].as_array().expect("rows") {
            let Some(habit) = row["habit"].as_str().and_then(Habit::named) else { continue };
            // Three of a kind are enough, and each kind counts alike.
            let by_piece = |offer: &&Value| {
                offer["minOrderQuantity"] == 1 && offer["specIds"].as_array().is_some_and(|s| s.len() > 2)
            };
            for offer in row["offers"].as_array().expect("rows").iter().filter(by_piece).take(3) {
                let specs = offer["specIds"].as_array().expect("ids").iter();
                all.push(Goods {
                    offer: offer["offerId"]
                        .as_i64()
                        .or_else(|| offer["offerId"].as_str()?.parse().ok())
                        .expect("an id"),
                    habit,
                    specs: specs.map(|spec| spec.as_str().expect("a text").to_owned()).collect(),
                });
            }
        }
        for goods in &mut all {
            let shelves = self
                .world
                .post(&self.world.developer, DETAIL, json!({"offerId": goods.offer, "country": "en"}))
                .await
                .accepted();
            let rows = shelves["productSkuInfos"].as_array().expect("rows");
            let full = |spec: &String| {
                rows.iter().any(|row| row["specId"] == spec.as_str() && row["amountOnSale"].as_i64() >= Some(PLENTY))
            };
            goods.specs.retain(full);
        }
        all.retain(|goods: &Goods| goods.specs.len() >= 3);
        assert!(all.len() > 8, "{} products", all.len());
        all
    }

    /// A deed of the market about an order; 200, or 409 where it is not possible.
    pub async fn deed(&mut self, at: usize, path: &str, body: Value, allowed: bool) -> When {
        self.note(at, format!("control {path} {body}, {}", if allowed { "allowed" } else { "not possible" }));
        let early = self.now();
        let (status, text) = self.world.control_answer(&format!("/sandbox/control/{path}"), body).await;
        let when = When { early, late: self.now() };
        let expected = if allowed { 200 } else { 409 };
        if status != expected {
            self.fail(at, &format!("the control API answers {status} {text} in place of {expected}"));
        }
        when
    }

    pub async fn modify_price(&mut self, at: usize) {
        let order = &self.orders[at];
        let (id, allowed) = (order.id, order.status == "waitbuyerpay");
        let present: Vec<i64> = order.lines.iter().map(|line| line.amount).collect();
        let freight = if self.dice.once_in(3) { self.dice.between(0, 1500) } else { order.freight };
        let amounts: Vec<i64> = present.iter().map(|amount| (amount + self.dice.between(-300, 300)).max(50)).collect();
        let body = json!({"amounts": amounts, "freight": freight});
        self.deed(at, &format!("orders/{id}/modify-price"), body, allowed).await;
        if allowed {
            self.orders[at].modify_price(&amounts, freight);
            self.read_postage(at).await;
        }
    }

    pub async fn ship(&mut self, at: usize, all: bool) {
        let order = &self.orders[at];
        let waiting: Vec<i64> = order.lines.iter().map(|l| l.entry).filter(|e| order.may_ship(&[*e])).collect();
        let any: Vec<i64> = order.lines.iter().map(|line| line.entry).collect();
        let id = order.id;
        let (entries, body) = if all {
            (waiting, json!({}))
        } else {
            let from = if waiting.is_empty() || self.dice.once_in(6) { any } else { waiting };
            let one = vec![self.dice.one_of(&from)];
            let body = json!({ "entryIds": one });
            (one, body)
        };
        let allowed = self.orders[at].may_ship(&entries);
        let when = self.deed(at, &format!("orders/{id}/ship"), body, allowed).await;
        if allowed {
            self.orders[at].ship(&entries, when);
        }
    }

    /// The seller answers a refund: `agree`, `refuse` or `receive`.
    pub async fn seller(&mut self, at: usize, verb: &'static str) {
        use super::model::refund::Status;
        let Some(which) = self.some_refund(at) else { return };
        let refund = &self.orders[at].refunds[which];
        let allowed = matches!(
            (verb, refund.status),
            ("agree", Status::WaitSellerAgree)
                | ("refuse", Status::WaitSellerAgree | Status::WaitSellerReceive)
                | ("receive", Status::WaitSellerReceive)
        );
        let path = format!("refunds/{}/{verb}", refund.id);
        let when = self.deed(at, &path, json!({}), allowed).await;
        if !allowed {
            return;
        }
        let order = &mut self.orders[at];
        match verb {
            "refuse" => order.refunds[which].refuse(when),
            _ => order.refunds[which].agree(2, when),
        }
        if order.refunds[which].status == Status::Success {
            order.book(which);
        }
    }

    /// A refund of the order, an open one before others.
    pub fn some_refund(&mut self, at: usize) -> Option<usize> {
        let refunds = &self.orders[at].refunds;
        if refunds.is_empty() {
            return None;
        }
        let open: Vec<usize> = (0..refunds.len()).filter(|i| refunds[*i].is_open()).collect();
        if open.is_empty() || self.dice.once_in(6) {
            return Some(self.dice.below(refunds.len()));
        }
        Some(self.dice.one_of(&open))
    }
}
