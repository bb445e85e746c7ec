//! What may be asked when, for how much, and what a call is told that may not (1688-aftersale.yaml, rules).

use super::order::{Line, Order, Stage};
use serde_json::{Value, json};

pub const GOODS: [&str; 5] = [
    "refundWaitSellerSend",
    "refundWaitBuyerReceive",
    "refundBuyerReceived",
    "aftersaleBuyerNotReceived",
    "aftersaleBuyerReceived",
];

/// A reason of the sandbox's list: id, the goods statuses that it is for, whether it needs a voucher, and whether it
/// gives no freight back.
pub const REASONS: [(i64, &[&str], bool, bool); 6] = [
    (20006, &["refundWaitSellerSend", "refundWaitBuyerReceive"], false, false),
    (20028, &GOODS, false, false),
    (20021, &["refundBuyerReceived", "aftersaleBuyerReceived"], true, false),
    (20901, &["refundWaitSellerSend"], false, false),
    (20902, &["refundWaitBuyerReceive", "aftersaleBuyerNotReceived"], false, false),
    (20903, &["refundBuyerReceived", "aftersaleBuyerReceived"], false, true),
];

/// An application.
#[derive(Debug, Clone)]
pub struct Claim {
    pub entries: Vec<i64>,
    pub request: &'static str,
    pub goods: &'static str,
    pub reason: i64,
    pub payment: i64,
    pub carriage: i64,
    pub counts: Option<Vec<(i64, i64)>>,
    pub text: &'static str,
    pub voucher: bool,
}

/// What may be asked for goods that have come so far.
pub fn allowed(stage: Stage) -> &'static [(&'static str, &'static str)] {
    match stage {
        Stage::NotShipped => &[("refund", "refundWaitSellerSend")],
        Stage::Shipped => &[
            ("refund", "refundWaitBuyerReceive"),
            ("refund", "refundBuyerReceived"),
            ("returnRefund", "refundBuyerReceived"),
        ],
        Stage::Received => &[
            ("refund", "aftersaleBuyerNotReceived"),
            ("refund", "aftersaleBuyerReceived"),
            ("returnRefund", "aftersaleBuyerReceived"),
        ],
    }
}

/// Rows of the reason list: id, needVoucher, noRefundCarriage.
pub fn reasons_for(goods: &str) -> Vec<Value> {
    let fitting = REASONS.iter().filter(|(_, statuses, ..)| statuses.contains(&goods));
    fitting.map(|(id, _, voucher, no_freight)| json!([id, voucher, no_freight])).collect()
}

impl Order {
    /// The codes that the reason list may be answered with.
    pub fn judge_reasons(&self, claim: &Claim) -> Vec<u32> {
        if claim.entries.is_empty() || claim.entries.iter().any(|entry| self.line(*entry).is_none()) {
            return vec![40003];
        }
        let either = ["refund", "returnRefund"].map(|request| Claim { request, ..claim.clone() });
        if either.iter().any(|claim| self.may_ask(claim)) { vec![200] } else { vec![40901] }
    }

    fn lines_of<'a>(&'a self, claim: &'a Claim) -> impl Iterator<Item = &'a Line> {
        self.lines.iter().filter(|line| claim.entries.contains(&line.entry))
    }

    pub fn goods_cap(&self, claim: &Claim) -> i64 {
        self.lines_of(claim).map(Line::goods_left).sum()
    }

    pub fn postage_cap(&self, claim: &Claim) -> i64 {
        self.lines_of(claim).map(Line::postage_left).sum()
    }

    /// The codes that an application may be answered with; 200 where it may succeed. The first check that fails answers.
    pub fn judge(&self, claim: &Claim) -> Vec<u32> {
        if claim.entries.is_empty() || claim.entries.iter().any(|entry| self.line(*entry).is_none()) {
            return vec![40003];
        }
        if !self.may_ask(claim) {
            return vec![40901];
        }
        if claim.entries.iter().any(|entry| self.has_open(*entry)) {
            return vec![40907];
        }
        let reason = REASONS.iter().find(|(id, goods, ..)| *id == claim.reason && goods.contains(&claim.goods));
        let Some((_, _, needs_voucher, no_freight)) = reason else { return vec![40003] };
        let mut codes = self.judge_counts(claim);
        if !codes.contains(&200) {
            return codes;
        }
        if !self.money_fits(claim) || (*no_freight && claim.carriage != 0) {
            codes.retain(|code| *code != 200);
            codes.push(40005);
            return codes;
        }
        if !(2..=150).contains(&claim.text.chars().count()) {
            codes.retain(|code| *code != 200);
            codes.push(40003);
        } else if *needs_voucher && !claim.voucher {
            codes.retain(|code| *code != 200);
            codes.push(40002);
        }
        codes
    }

    fn may_ask(&self, claim: &Claim) -> bool {
        if matches!(self.status, "waitbuyerpay" | "cancel" | "terminated") {
            return false;
        }
        let mut stages = self.lines_of(claim).map(|line| (!line.over).then_some(line.stage));
        let Some(Some(first)) = stages.next() else { return false };
        let same = stages.all(|stage| stage == Some(first));
        same && allowed(first).contains(&(claim.request, claim.goods))
    }

    fn judge_counts(&self, claim: &Claim) -> Vec<u32> {
        // What is left of a line whose money came back without the goods is not said, and neither is what a return means of
        // which no piece is left.
        let open = self.lines_of(claim).any(|line| claim.request == "returnRefund" && line.gone.1 >= line.quantity);
        let Some(counts) = &claim.counts else {
            return if open { vec![200, 40005, 40901] } else { vec![200] };
        };
        // Of two faults of the list either may be told.
        let allowed = claim.goods == "refundBuyerReceived" && claim.request == "returnRefund";
        let foreign = counts.iter().any(|(entry, _)| !claim.entries.contains(entry));
        if !allowed {
            return if foreign { vec![40005, 40003] } else { vec![40005] };
        }
        if foreign {
            return vec![40003];
        }
        let left = |gone: i64, line: &Line| line.quantity - gone;
        let mut codes = vec![200];
        for (entry, count) in counts {
            let line = self.line(*entry).expect("a line of the order");
            if *count < 1 || *count > left(line.gone.0, line) {
                return vec![40005];
            }
            if *count > left(line.gone.1, line) {
                codes = vec![200, 40005];
            }
        }
        codes
    }

    fn money_fits(&self, claim: &Claim) -> bool {
        let (goods, postage) = (self.goods_cap(claim), self.postage_cap(claim));
        let shipped = self.lines_of(claim).all(|line| line.stage != Stage::NotShipped);
        let in_bounds = (0..=goods).contains(&claim.payment) && (0..=postage).contains(&claim.carriage);
        in_bounds && claim.payment + claim.carriage > 0 && (shipped || claim.payment == goods)
    }
}
