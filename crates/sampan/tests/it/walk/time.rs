//! The clock of the world. The walk never stands where a deadline may or may not have passed.

use super::{
    model::{DAY, HOUR, SECOND, When, refund::Status},
    walker::Walk,
};
use serde_json::json;

/// No step may meet a deadline that lies so near.
const BEFORE: i64 = 20 * SECOND;
const AFTER: i64 = 2 * SECOND;

impl Walk {
    pub async fn read_clock(&mut self) {
        self.advance(0).await;
    }

    async fn advance(&mut self, seconds: i64) {
        let told = self.world.control("/sandbox/control/clock/advance", json!({ "seconds": seconds })).await;
        self.offset = told["offsetMs"].as_i64().expect("a number");
    }

    /// Leaves the neighbourhood of a deadline.
    pub async fn keep_clear(&mut self) {
        let now = self.now();
        let clear = self.clear_of_deadlines(now);
        if clear != now {
            self.leap_to(clear).await;
        }
    }

    /// `target`, or the first moment after it that is clear of every deadline.
    fn clear_of_deadlines(&self, mut target: i64) -> i64 {
        let all = self.deadlines();
        while let Some(near) = all.iter().find(|d| (d.early - BEFORE..=d.late + AFTER).contains(&target)) {
            target = near.late + AFTER + SECOND;
        }
        target
    }

    fn deadlines(&self) -> Vec<When> {
        let mut all = Vec::new();
        for at in &self.live {
            let order = &self.orders[*at];
            all.extend(order.due);
            for refund in &order.refunds {
                all.extend(refund.due);
                all.extend(refund.answer);
            }
        }
        all
    }

    /// Time passes: a little, to just before the next deadline of the order, or beyond it.
    pub async fn wait(&mut self, at: usize) {
        let (now, order) = (self.now(), &self.orders[at]);
        let refunds = order.refunds.iter().flat_map(|r| r.due.into_iter().chain(r.answer));
        let next = order.due.into_iter().chain(refunds).map(|due| due.late).min();
        let target = match (self.dice.below(8), next) {
            (0, Some(due)) => (due - BEFORE - 30 * SECOND).max(now),
            (1, Some(due)) => due + 5 * SECOND,
            (2 | 3, _) => now + HOUR + SECOND,
            (4, _) => now + DAY,
            _ => now + 15 * SECOND,
        };
        self.note(at, format!("{} seconds pass", (target - now) / SECOND));
        let target = self.clear_of_deadlines(target);
        self.leap_to(target).await;
    }

    async fn leap_to(&mut self, target: i64) {
        let mut touched = Vec::new();
        let mut target = target;
        loop {
            let seconds = (target - self.now()).max(0).div_euclid(SECOND) + 1;
            self.advance(seconds).await;
            touched.extend(self.pass());
            // What was due has set deadlines of its own.
            let now = self.now();
            target = self.clear_of_deadlines(now);
            if target == now {
                break;
            }
        }
        touched.sort_unstable();
        touched.dedup();
        for at in touched {
            self.look(at).await;
        }
    }

    /// Everything that has fallen due, in its order; answers the orders that it changed.
    fn pass(&mut self) -> Vec<usize> {
        let (now, mut touched) = (self.now(), Vec::new());
        for at in self.live.clone() {
            while let Some((due, what)) = self.next_due(at).filter(|(due, _)| due.late < now) {
                self.fire(at, due, what);
                touched.push(at);
            }
        }
        touched
    }

    fn next_due(&self, at: usize) -> Option<(When, Due)> {
        let order = &self.orders[at];
        let of_refunds = order.refunds.iter().enumerate().flat_map(|(i, refund)| {
            let deadline = refund.due.map(|due| (due, Due::Refund(i)));
            deadline.into_iter().chain(refund.answer.map(|due| (due, Due::Answer(i))))
        });
        order.due.map(|due| (due, Due::Order)).into_iter().chain(of_refunds).min_by_key(|(due, _)| due.late)
    }

    fn fire(&mut self, at: usize, due: When, what: Due) {
        self.note(at, format!("{what:?} falls due"));
        let order = &mut self.orders[at];
        match what {
            Due::Order => order.time_out(),
            Due::Refund(which) => order.refunds[which].time_out(due),
            Due::Answer(which) => order.refunds[which].agree(2, due),
        }
        if let Due::Refund(which) | Due::Answer(which) = what
            && order.refunds[which].status == Status::Success
        {
            order.book(which);
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Due {
    Order,
    Refund(usize),
    Answer(usize),
}
