//! Orders that are paid in stages: what each stage costs, and how the upstream prints them.
//!
//! Stages are paid at the cashier, one after the other; debits take none. Freight is paid with the last one.

use super::{record::OrderRecord, refusal::Refusal, timer::Timer, trade::PAY_WITHIN_MS, world::World};
use alibaba1688::wire::{Int, Yuan, order::StepOrder};
use domain::{Fen, Timestamp};
use serde::{Deserialize, Serialize};

/// Trade types with the hundredths of the goods that each stage takes.
const SPLITS: [(&str, &[u32]); 2] = [("37staged", &[30, 70]), ("631staged", &[60, 30, 10])];
/// Sellers take payment in stages from this much of goods on.
pub const STAGED_FROM: Fen = Fen(100_000);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    pub fee: Fen,
    /// The part of the fee that is freight.
    pub freight: Fen,
    pub paid_at: Option<Timestamp>,
}

/// The trade types that are paid in stages.
pub fn trade_types() -> impl Iterator<Item = &'static str> {
    SPLITS.iter().map(|(word, _)| *word)
}

/// The stages of an order of this trade type; none where it is paid at once.
pub fn stages(trade_type: &str, goods: Fen, freight: Fen) -> Vec<Stage> {
    let Some((_, shares)) = SPLITS.iter().find(|(word, _)| *word == trade_type) else { return Vec::new() };
    let stage = |share: &u32| Stage { fee: Fen(goods.times(*share).0 / 100), freight: Fen::ZERO, paid_at: None };
    let mut stages: Vec<Stage> = shares.iter().map(stage).collect();
    let rest = goods.minus(stages.iter().map(|s| s.fee).sum()).plus(freight);
    if let Some(last) = stages.last_mut() {
        last.fee = last.fee.plus(rest);
        last.freight = freight;
    }
    stages
}

impl OrderRecord {
    /// What the cashier asks for next.
    pub fn due(&self) -> Fen {
        let next = self.stages.iter().find(|s| s.paid_at.is_none());
        next.map_or_else(|| self.order.total(), |stage| stage.fee)
    }

    /// Until when the next payment has to come.
    pub fn pay_until(&self) -> Timestamp {
        let paid = self.stages.iter().filter_map(|s| s.paid_at).max();
        paid.unwrap_or(self.order.created_at).plus_ms(PAY_WITHIN_MS)
    }

    /// As the upstream prints them; `None` for an order that is paid at once.
    pub fn printed_stages(&self) -> Option<Vec<StepOrder>> {
        let total = self.stages.len();
        let print = |(i, stage): (usize, &Stage)| self.printed_stage(i, total, stage);
        (total > 0).then(|| self.stages.iter().enumerate().map(print).collect())
    }

    fn printed_stage(&self, place: usize, total: usize, stage: &Stage) -> StepOrder {
        let begun = place.checked_sub(1).map_or(Some(self.order.created_at), |before| self.stages[before].paid_at);
        let (paid, nothing) = (stage.paid_at.is_some(), Some(Yuan(Fen::ZERO)));
        let if_paid = |fee: Fen| Some(Yuan(if paid { fee } else { Fen::ZERO }));
        StepOrder {
            gmt_start: begun.map(Timestamp::compact),
            gmt_pay: stage.paid_at.map(Timestamp::compact),
            gmt_end: stage.paid_at.map(Timestamp::compact),
            step_no: i64::try_from(place + 1).ok().map(Int),
            last_step: Some(place + 1 == total),
            step_name: Some(format!("第{}阶段", place + 1)),
            active_status: Some(Int(begun.is_some().into())),
            pay_status: Some(Int(if paid { 2 } else { 1 })),
            logistics_status: Some(Int(1)),
            pay_fee: Some(Yuan(stage.fee)),
            paid_fee: if_paid(stage.fee),
            goods_fee: Some(Yuan(stage.fee.minus(stage.freight))),
            adjust_fee: nothing,
            discount_fee: nothing,
            post_fee: Some(Yuan(stage.freight)),
            paid_post_fee: if_paid(stage.freight),
        }
    }
}

impl World<'_> {
    /// The buyer pays the next stage at the cashier; the last one makes the order paid.
    pub fn pay_stage(&mut self, mut record: OrderRecord) -> Result<(), Refusal> {
        record.order.may_pay()?;
        let last = record.stages.iter().filter(|s| s.paid_at.is_none()).count() == 1;
        let events = record.order.pay_stage(last, self.now)?;
        if let Some(stage) = record.stages.iter_mut().find(|s| s.paid_at.is_none()) {
            stage.paid_at = Some(self.now);
        }
        if last {
            return self.after_payment(record, &events);
        }
        self.state.set_timer(record.pay_until(), Timer::PaymentDeadline(record.order.id));
        self.tell(&mut record, &events);
        self.state.put_order(record);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_add_up_to_what_the_order_costs() {
        for word in trade_types() {
            let stages = stages(word, Fen(100_001), Fen(600));
            assert_eq!(stages.iter().map(|s| s.fee).sum::<Fen>(), Fen(100_601), "{word}");
        }
        let fees: Vec<i64> = stages("37staged", Fen(1000), Fen(60)).iter().map(|s| s.fee.0).collect();
        assert_eq!(fees, [300, 760]);
        assert!(stages("assureTrade", Fen(1000), Fen(60)).is_empty());
    }
}
