//! Asking for money back: mostly what may be asked, and each of the faults now and then.

use super::{
    asks,
    model::{
        order::{Order, Stage},
        refund::Refund,
        rules::{self, Claim},
    },
    walker::Walk,
};

impl Walk {
    pub async fn claim(&mut self, at: usize) {
        let claim = self.draw_claim(at);
        let codes = self.orders[at].judge(&claim);
        let ask = asks::refund(self.dice.below(3), self.orders[at].id, &claim);
        let (answer, when) = self.call(at, ask, &codes).await;
        if answer.code() != 200 {
            return;
        }
        let Some(id) = answer.data()["refundId"].as_str() else { self.fail(at, "a refund without an id") };
        let order = &mut self.orders[at];
        let refund = Refund::open(id, &claim, order, when);
        order.refunds.push(refund);
        order.seller_hears(order.refunds.len() - 1, when);
    }

    pub fn draw_claim(&mut self, at: usize) -> Claim {
        let entries = self.draw_entries(at);
        let order = &self.orders[at];
        let stage = entries.first().and_then(|entry| order.line(*entry)).map_or(Stage::NotShipped, |line| line.stage);
        let mut pairs = rules::allowed(stage);
        if self.dice.once_in(8) {
            pairs = rules::allowed(self.dice.one_of(&[Stage::NotShipped, Stage::Shipped, Stage::Received]));
        }
        let (request, goods) = self.dice.one_of(pairs);
        let (reason, voucher) = self.draw_reason(goods);
        let mut claim = Claim {
            entries,
            request,
            goods,
            reason,
            payment: 0,
            carriage: 0,
            counts: None,
            text: if self.dice.once_in(20) { "x" } else { "不想要了" },
            voucher,
        };
        claim.counts = self.draw_counts(at, &claim);
        self.draw_money(at, &mut claim);
        claim
    }

    fn draw_entries(&mut self, at: usize) -> Vec<i64> {
        let order = &self.orders[at];
        let all: Vec<i64> = order.lines.iter().map(|line| line.entry).collect();
        let one = self.dice.one_of(&all);
        let same = |order: &Order| {
            let stage = order.line(one).map(|line| line.stage);
            order.lines.iter().filter(|l| Some(l.stage) == stage && !l.over).map(|l| l.entry).collect::<Vec<_>>()
        };
        match self.dice.below(12) {
            0 => vec![one, 7],
            1 => all,
            2..=4 => same(&self.orders[at]),
            // Some of those that have come as far.
            5 | 6 => {
                let mut some = same(&self.orders[at]);
                if some.len() > 2 {
                    some.remove(self.dice.below(some.len()));
                }
                some
            }
            _ => vec![one],
        }
    }

    fn draw_reason(&mut self, goods: &str) -> (i64, bool) {
        let fitting: Vec<_> = rules::REASONS.iter().filter(|(_, statuses, ..)| statuses.contains(&goods)).collect();
        if self.dice.once_in(12) {
            return (self.dice.one_of(&rules::REASONS).0, false);
        }
        let (id, _, needs_voucher, _) = *self.dice.one_of(&fitting);
        let voucher = if needs_voucher { !self.dice.once_in(5) } else { self.dice.once_in(8) };
        (id, voucher)
    }

    fn draw_counts(&mut self, at: usize, claim: &Claim) -> Option<Vec<(i64, i64)>> {
        let fits = claim.goods == "refundBuyerReceived" && claim.request == "returnRefund";
        let given = fits && self.dice.once_in(2) || self.dice.once_in(15);
        if !given {
            return None;
        }
        let lines = self.orders[at].lines.clone();
        let mut counts = Vec::new();
        for line in lines.iter().filter(|line| claim.entries.contains(&line.entry)) {
            let above = if self.dice.once_in(8) { 1 } else { 0 };
            let most = (line.quantity - line.gone.0).max(1);
            counts.push((line.entry, self.dice.between(1, most) + above * most));
        }
        if self.dice.once_in(15) {
            counts.push((9, 1));
        }
        Some(counts)
    }

    /// A refund of several lines asks for all their goods, and for all of their freight or none: whose the money is that
    /// came back is not said otherwise.
    fn draw_money(&mut self, at: usize, claim: &mut Claim) {
        let order = &self.orders[at];
        let (goods, postage) = (order.goods_cap(claim), order.postage_cap(claim));
        let shipped = claim.goods != "refundWaitSellerSend";
        let single = claim.entries.len() == 1;
        claim.payment = match self.dice.below(10) {
            0 => goods + self.dice.between(1, 500),
            1 if !shipped || single => (goods - self.dice.between(1, 500)).max(-1),
            2..=5 if shipped && single => self.dice.between(0, goods.max(0)),
            _ => goods,
        };
        claim.carriage = match self.dice.below(10) {
            0 => postage + 1,
            1 => -1,
            2 | 3 if single => self.dice.between(0, postage.max(0)),
            4 | 5 => 0,
            _ => postage,
        };
        let no_freight = rules::REASONS.iter().any(|(id, _, _, none)| *id == claim.reason && *none);
        if no_freight && !self.dice.once_in(4) {
            claim.carriage = 0;
        }
    }
}
