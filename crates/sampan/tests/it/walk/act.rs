//! A step about an order: what is done, and what it must be answered.

use super::{
    asks,
    model::{
        When,
        order::{CANCEL_AFTER, Close, Line, Order, Stage},
        rules::Claim,
        told,
    },
    walker::Walk,
};
use crate::{answer::Answer, ask::Ask};
use serde_json::{Value, json};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Pay,
    PayPoor,
    Submit,
    Cancel,
    Price,
    ShipAll,
    ShipOne,
    Receive,
    Claim,
    Seller(&'static str),
    SendBack,
    Withdraw,
    Wait,
    Stranger,
    Reasons,
    Trace,
}

/// How much a deed is wanted in this state of an order; each is tried now and then in every state.
fn weight(order: &Order, deed: Deed) -> usize {
    let open = order.refunds.iter().any(super::model::refund::Refund::is_open);
    let unpaid = order.status == "waitbuyerpay";
    let paid = order.was_paid();
    match deed {
        Deed::Pay => {
            if unpaid {
                24
            } else {
                1
            }
        }
        Deed::PayPoor | Deed::Submit | Deed::Price => {
            if unpaid {
                4
            } else {
                1
            }
        }
        Deed::Cancel => {
            if unpaid {
                3
            } else {
                1
            }
        }
        Deed::ShipAll | Deed::ShipOne => {
            if order.status == "waitsellersend" {
                6
            } else {
                1
            }
        }
        Deed::Receive => {
            if order.status == "waitbuyerreceive" {
                6
            } else {
                2
            }
        }
        Deed::Claim => {
            if paid {
                20
            } else {
                2
            }
        }
        Deed::Seller(_) | Deed::SendBack => {
            if open {
                8
            } else {
                1
            }
        }
        Deed::Withdraw => {
            if open {
                3
            } else {
                1
            }
        }
        Deed::Wait => 4,
        Deed::Stranger | Deed::Reasons | Deed::Trace => 1,
    }
}

const DEEDS: [Deed; 18] = [
    Deed::Pay,
    Deed::PayPoor,
    Deed::Submit,
    Deed::Cancel,
    Deed::Price,
    Deed::ShipAll,
    Deed::ShipOne,
    Deed::Receive,
    Deed::Claim,
    Deed::Seller("agree"),
    Deed::Seller("refuse"),
    Deed::Seller("receive"),
    Deed::SendBack,
    Deed::Withdraw,
    Deed::Wait,
    Deed::Stranger,
    Deed::Reasons,
    Deed::Trace,
];

impl Walk {
    pub async fn act(&mut self, at: usize) {
        let weights = DEEDS.map(|deed| weight(&self.orders[at], deed));
        let mut drawn = self.dice.below(weights.iter().sum());
        let chosen = DEEDS.iter().zip(weights).find(|(_, weight)| {
            let hit = drawn < *weight;
            drawn = drawn.saturating_sub(*weight);
            hit
        });
        match chosen.map_or(Deed::Wait, |(deed, _)| *deed) {
            Deed::Pay => self.pay(at).await,
            Deed::PayPoor => self.pay_without_money(at).await,
            Deed::Submit => self.submit(at).await,
            Deed::Cancel => self.cancel(at).await,
            Deed::Price => self.modify_price(at).await,
            Deed::ShipAll => self.ship(at, true).await,
            Deed::ShipOne => self.ship(at, false).await,
            Deed::Receive => self.receive(at).await,
            Deed::Claim => self.claim(at).await,
            Deed::Seller(verb) => self.seller(at, verb).await,
            Deed::SendBack => self.send_back(at).await,
            Deed::Withdraw => self.withdraw(at).await,
            Deed::Wait => self.wait(at).await,
            Deed::Stranger => self.stranger(at).await,
            Deed::Reasons => self.reasons(at).await,
            Deed::Trace => self.trace(at).await,
        }
    }

    /// A call of the order's buyer, which must be answered with one of these codes.
    pub async fn call(&mut self, at: usize, ask: Ask, codes: &[u32]) -> (Answer, When) {
        let body = String::from_utf8_lossy(&ask.body).into_owned();
        self.note(at, format!("{} {body}, expected {codes:?}", ask.path));
        let me = self.buyers[self.orders[at].of].me.clone();
        // Answers of reads are not kept.
        let keyed = self.dice.once_in(10) && !ask.path.ends_with("/reason/list");
        let key = format!("walk-{}", self.step);
        let ask = if keyed { ask.key(&key) } else { ask };
        let early = self.now();
        let answer = self.world.send(&me, ask.clone()).await;
        let when = When { early, late: self.now() };
        self.note(at, format!("  answered {}", answer.text.chars().take(160).collect::<String>()));
        if !codes.contains(&answer.code()) {
            self.fail(at, &format!("answered {} in place of {codes:?}", answer.text));
        }
        if keyed && (answer.code() == 200 || answer.status == 409) {
            let again = self.world.send(&me, ask).await;
            if !again.replayed() || again.json["data"] != answer.json["data"] || again.code() != answer.code() {
                self.fail(at, &format!("under the same key: {} and then {}", answer.text, again.text));
            }
        }
        (answer, when)
    }

    fn unpaid(&self, at: usize) -> [u32; 1] {
        [if self.orders[at].status == "waitbuyerpay" { 200 } else { 40901 }]
    }

    async fn pay(&mut self, at: usize) {
        let codes = self.unpaid(at);
        let ask = asks::pay(self.dice.below(3), self.orders[at].id);
        let (answer, when) = self.call(at, ask, &codes).await;
        if answer.code() == 200 {
            let told = answer.data();
            if told["protocolPaySuccess"] != true
                || !told["payUrl"].is_null()
                || told["orderId"].as_str() != Some(self.orders[at].id.to_string().as_str())
            {
                self.fail(at, &format!("a payment is told as {told}"));
            }
            self.orders[at].pay(when);
        }
    }

    /// The account is empty: there is a cashier page, and nothing is paid.
    async fn pay_without_money(&mut self, at: usize) {
        let codes = self.unpaid(at);
        let ask = asks::pay(self.dice.below(3), self.orders[at].id);
        self.world.set_balance(0).await;
        let (answer, _) = self.call(at, ask, &codes).await;
        self.world.set_balance(100_000_000).await;
        let told = answer.data();
        if answer.code() == 200 && (told["protocolPaySuccess"] != false || !told["payUrl"].is_string()) {
            self.fail(at, &format!("without money a payment is told as {told}"));
        }
    }

    async fn submit(&mut self, at: usize) {
        let (id, payable) = (self.orders[at].id, self.orders[at].status == "waitbuyerpay");
        let ask = asks::submit(self.dice.below(2), id);
        let (answer, when) = self.call(at, ask, &[200]).await;
        let left_out = if payable { json!([]) } else { json!([id]) };
        if answer.data()["cantPayOrderList"] != left_out || (payable && answer.data()["protocolPaySuccess"] != true) {
            self.fail(at, &format!("a bulk payment is told as {}", answer.data()));
        }
        if payable {
            self.orders[at].told.perhaps(told::BATCH);
            self.orders[at].pay(when);
        }
    }

    async fn cancel(&mut self, at: usize) {
        let free = self.orders[at].made.plus(CANCEL_AFTER);
        let now = self.now();
        let codes: &[u32] = match self.orders[at].status {
            "waitbuyerpay" if now > free.late => &[200],
            // A call that takes longer than the rest of the ten seconds may succeed.
            "waitbuyerpay" => &[40901, 200],
            _ => &[40901],
        };
        let ask = asks::cancel(self.dice.below(2), self.orders[at].id);
        let (answer, when) = self.call(at, ask, codes).await;
        if answer.code() == 200 {
            if answer.data() != true || when.late < free.early {
                self.fail(at, &format!("a cancel is told as {} at {when:?}, free {free:?}", answer.data()));
            }
            self.orders[at].cancel(Close::Buyer);
        }
    }

    async fn receive(&mut self, at: usize) {
        let order = &self.orders[at];
        let all: Vec<i64> = order.lines.iter().map(|line| line.entry).collect();
        let ready: Vec<i64> = all.iter().copied().filter(|entry| order.may_receive(&[*entry])).collect();
        let entries = match self.dice.below(8) {
            0 => vec![],
            1 => vec![all[0], 5],
            2 => all,
            3 | 4 => vec![self.dice.one_of(&all)],
            _ if ready.is_empty() => all,
            _ => ready,
        };
        let order = &self.orders[at];
        let travelling = order.may_receive(&entries);
        let some = entries.iter().any(|entry| order.may_receive(&[*entry]));
        let codes: &[u32] = if entries.is_empty() || entries.contains(&5) {
            // Which of the two faults is told is not said.
            &[40003, 40901]
        } else if travelling {
            &[200]
        } else if some {
            // Some of them travel and some do not: not said.
            &[40901, 200]
        } else {
            &[40901]
        };
        let ask = asks::receive(self.dice.below(2), order.id, &entries);
        let (answer, _) = self.call(at, ask, codes).await;
        if answer.code() == 200 {
            if answer.data()["success"] != true {
                self.fail(at, &format!("receipt is told as {}", answer.data()));
            }
            let order = &mut self.orders[at];
            let came: Vec<i64> = entries.into_iter().filter(|entry| order.may_receive(&[*entry])).collect();
            order.receive(&came, 1);
        }
    }

    /// Nothing is shown and nothing happens to somebody else's order.
    async fn stranger(&mut self, at: usize) {
        let (id, edition) = (self.orders[at].id, self.dice.below(3));
        let entries: Vec<i64> = self.orders[at].lines.iter().map(|line| line.entry).collect();
        let refund = self.orders[at].refunds.last().map(|refund| refund.id.clone());
        let mut all = vec![
            (asks::pay(edition, id), 40403),
            (asks::cancel(edition, id), 40403),
            (asks::receive(edition, id, &entries), 40403),
            (asks::detail(id), 40403),
        ];
        if let Some(refund) = refund {
            all.push((asks::withdraw(&refund), 40404));
            all.push((asks::send_back(edition, &refund), 40404));
            all.push((asks::refund_info(edition, &refund), 40404));
        }
        let (ask, code) = all.swap_remove(self.dice.below(all.len()));
        self.note(at, format!("a stranger asks {}", ask.path));
        let answer = self.world.send(&self.stranger, ask).await;
        if answer.code() != code {
            self.fail(at, &format!("a stranger is answered {}", answer.text));
        }
    }

    async fn reasons(&mut self, at: usize) {
        let claim: Claim = self.draw_claim(at);
        let codes = self.orders[at].judge_reasons(&claim);
        let ask = asks::reasons(self.dice.below(3), self.orders[at].id, &claim);
        let (answer, _) = self.call(at, ask, &codes).await;
        if answer.code() == 200 {
            let rows = answer.data()["reasons"].as_array().cloned().unwrap_or_default();
            let mut given: Vec<Value> =
                rows.iter().map(|r| json!([r["id"], r["needVoucher"], r["noRefundCarriage"]])).collect();
            let mut expected = super::model::rules::reasons_for(claim.goods);
            given.sort_by_key(Value::to_string);
            expected.sort_by_key(Value::to_string);
            if given != expected {
                self.fail(at, &format!("reasons for {}: {given:?}", claim.goods));
            }
        }
    }

    async fn trace(&mut self, at: usize) {
        let order = &self.orders[at];
        let shipped = order.lines.iter().any(|line: &Line| line.stage != Stage::NotShipped);
        let codes: &[u32] = if shipped { &[200] } else { &[40405] };
        let ask = Ask::get("/alibaba/order/logistics/trace", &[("orderId", &order.id.to_string())]);
        // A read keeps no answer.
        let me = self.buyers[order.of].me.clone();
        let answer = self.world.send(&me, ask).await;
        if !codes.contains(&answer.code()) {
            self.fail(at, &format!("the trace is answered {}", answer.text));
        }
    }
}
