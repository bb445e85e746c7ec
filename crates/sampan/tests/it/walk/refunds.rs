//! What a buyer does to a refund, and how refunds are compared.

use super::{
    asks,
    look::Difference,
    model::{
        When,
        refund::{Refund, Status},
    },
    walker::Walk,
};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How long a reading that the contract leaves open is waited for, before the plain one counts.
const DOUBT: Duration = Duration::from_millis(1500);

impl Walk {
    pub async fn send_back(&mut self, at: usize) {
        let Some(which) = self.some_refund(at) else { return };
        let refund = &self.orders[at].refunds[which];
        let codes = [if refund.status == Status::WaitBuyerSend { 200 } else { 40902 }];
        let ask = asks::send_back(self.dice.below(3), &refund.id.clone());
        let (answer, when) = self.call(at, ask, &codes).await;
        if answer.code() == 200 {
            let order = &mut self.orders[at];
            order.refunds[which].send_back(when);
            order.seller_hears(which, when);
        }
    }

    pub async fn withdraw(&mut self, at: usize) {
        let Some(which) = self.some_refund(at) else { return };
        let refund = &self.orders[at].refunds[which];
        let codes = [if refund.is_open() { 200 } else { 40902 }];
        let ask = asks::withdraw(&refund.id.clone());
        let (answer, _) = self.call(at, ask, &codes).await;
        if answer.code() == 200 {
            self.orders[at].refunds[which].withdraw();
        }
    }

    /// Takes up the readings of refunds that the contract leaves open, on which the order's own words depend.
    pub async fn settle_refunds(&mut self, at: usize, until: Instant) {
        for which in 0..self.orders[at].refunds.len() {
            if self.orders[at].refunds[which].or.is_some() {
                self.look_at_refund(at, which, until).await;
            }
        }
    }

    /// Compares the refunds that have moved since they were last looked at, and one of the others now and then.
    pub async fn look_at_refunds(&mut self, at: usize, until: Instant) {
        for which in 0..self.orders[at].refunds.len() {
            let refund = &self.orders[at].refunds[which];
            if refund.seen != refund.steps.len() || self.dice.once_in(6) {
                self.look_at_refund(at, which, until).await;
            }
        }
    }

    async fn look_at_refund(&mut self, at: usize, which: usize, until: Instant) {
        let me = self.buyers[self.orders[at].of].me.clone();
        let (edition, began) = (self.dice.below(3), Instant::now());
        loop {
            let ask = asks::refund_info(edition, &self.orders[at].refunds[which].id);
            let shown = record(self.world.send(&me, ask).await.accepted());
            let refund = &mut self.orders[at].refunds[which];
            if let Some(or) = refund.or.take() {
                if compare(&or, &shown).0.is_none() {
                    *refund = *or;
                } else if began.elapsed() < DOUBT {
                    refund.or = Some(or);
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    continue;
                }
            }
            let Some(difference) = compare(refund, &shown).0 else {
                refund.is_seen();
                return;
            };
            if Instant::now() > until {
                let id = refund.id.clone();
                self.fail(at, &format!("refund {id} of edition {edition}: {difference}\n{shown}"));
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// The record of either view, with real lists in place of JSON text.
fn record(mut shown: Value) -> Value {
    if shown["refundDetail"].is_object() {
        return shown["refundDetail"].take();
    }
    for name in ["refundOperationList", "orderEntryIdList", "orderEntryCountMap"] {
        if let Some(text) = shown[name].as_str() {
            shown[name] = serde_json::from_str(text).unwrap_or_else(|e| panic!("{name} is JSON text: {e}"));
        }
    }
    shown
}

fn compare(refund: &Refund, shown: &Value) -> Difference {
    let success = refund.status == Status::Success;
    let money = |amount: i64| if success { amount } else { 0 };
    let mut found = Difference::default();
    let sent = refund.goods_status == 3;
    for (name, value) in [
        ("status", json!(refund.status.word())),
        ("refundId", json!(refund.id)),
        ("applyPayment", json!(refund.payment)),
        ("applyCarriage", json!(refund.carriage)),
        ("refundPayment", json!(money(refund.payment))),
        ("refundCarriage", json!(money(refund.carriage))),
        ("canRefundPayment", json!(refund.cap)),
        ("disputeRequest", json!(if refund.goods_go_back { 3 } else { 1 })),
        ("disputeType", json!(if refund.after_sale { 2 } else { 1 })),
        ("goodsStatus", json!(refund.goods_status)),
        ("goodsReceived", json!(refund.goods_status != 1)),
        ("onlyRefund", json!(!refund.goods_go_back)),
        ("refundGoods", json!(refund.goods_go_back)),
        ("buyerSendGoods", json!(sent)),
        ("rejectTimes", json!(refund.rejects)),
        ("orderEntryIdList", json!(refund.entries)),
    ] {
        found.expect(name, &[value], &shown[name]);
    }
    let mut steps: Vec<Value> =
        refund.steps.iter().map(|step| json!([step.operate_type, step.role, step.before.map(Status::word)])).collect();
    steps.reverse();
    let told = shown["refundOperationList"].as_array().cloned().unwrap_or_default();
    let told: Vec<Value> =
        told.iter().map(|o| json!([o["operateTypeInt"], o["operatorRoleId"], o["beforeOperateStatus"]])).collect();
    found.expect("refundOperationList", &[json!(steps)], &json!(told));
    if let Some(due) = refund.last_due {
        let shown = shown["gmtTimeOut"].as_str().and_then(milliseconds);
        found.within("gmtTimeOut", due, shown);
    }
    found
}

/// `2026-04-20T15:24:07.000+08:00` or `2026-04-20 15:24:07`, both of Beijing.
fn milliseconds(text: &str) -> Option<i64> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    // Days since 1970, counted in years that begin in March.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 719_468;
    let seconds = (number(11, 13)? - 8) * 3600 + number(14, 16)? * 60 + number(17, 19)?;
    Some((days * 86_400 + seconds) * 1000)
}

impl Difference {
    /// Times are shown in whole seconds at worst.
    pub fn within(&mut self, name: &str, when: When, shown: Option<i64>) {
        let fits = shown.is_some_and(|at| (when.early - 1000..=when.late).contains(&at));
        if !fits && self.0.is_none() {
            self.0 = Some(format!("{name} is {shown:?} and not in {when:?}"));
        }
    }
}
