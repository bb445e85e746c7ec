//! The life of an order.

use super::{
    DAY, HOUR, Habit, SECOND, When,
    refund::{Refund, Status},
    told::{self, Told},
};

const PAY_WITHIN: i64 = 3 * DAY;
const RECEIVE_WITHIN: i64 = 10 * DAY;
/// Nobody cancels sooner after the create.
pub const CANCEL_AFTER: i64 = 10 * SECOND;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    NotShipped,
    Shipped,
    Received,
}

#[derive(Debug, Clone)]
pub struct Line {
    pub entry: i64,
    pub quantity: i64,
    /// Of the goods, in fen; what was paid for them once the order is paid.
    pub amount: i64,
    pub postage: i64,
    pub stage: Stage,
    pub goods_back: i64,
    pub postage_back: i64,
    /// Pieces that certainly went back, and those that perhaps count as gone.
    pub gone: (i64, i64),
    /// Refunded whole before the trade was complete: its word is `terminated`.
    pub over: bool,
    /// All goods are paid back, and the freight is not: the contract does not say whether that is the whole.
    pub perhaps_over: bool,
}

impl Line {
    pub fn goods_left(&self) -> i64 {
        self.amount - self.goods_back
    }

    pub fn postage_left(&self) -> i64 {
        self.postage - self.postage_back
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Close {
    Buyer,
    Timeout,
}

pub struct Order {
    pub id: i64,
    /// Index of the developer whose it is.
    pub of: usize,
    pub own_number: Option<String>,
    /// PO..., once it was seen.
    pub number: Option<String>,
    pub habit: Habit,
    pub status: &'static str,
    /// What the status may be as well; the next look decides.
    pub or_status: Vec<&'static str>,
    pub closed: Option<Close>,
    pub lines: Vec<Line>,
    pub freight: i64,
    pub refunds: Vec<Refund>,
    pub made: When,
    pub due: Option<When>,
    shipped: Option<When>,
    pub told: Told,
    /// Steps of this order, for whoever has to find a fault.
    pub log: Vec<String>,
    pub age: usize,
}

impl Order {
    pub fn new(id: i64, of: usize, habit: Habit, lines: Vec<Line>, made: When) -> Self {
        let mut told = Told::default();
        told.once(told::MAKE);
        let freight = lines.iter().map(|line| line.postage).sum();
        Self {
            id,
            of,
            own_number: None,
            number: None,
            habit,
            status: "waitbuyerpay",
            or_status: Vec::new(),
            closed: None,
            lines,
            freight,
            refunds: Vec::new(),
            made,
            due: Some(made.plus(PAY_WITHIN)),
            shipped: None,
            told,
            log: Vec::new(),
            age: 0,
        }
    }

    pub fn goods(&self) -> i64 {
        self.lines.iter().map(|line| line.amount).sum()
    }

    pub fn total(&self) -> i64 {
        self.goods() + self.freight
    }

    pub fn paid_back(&self) -> i64 {
        self.refunds.iter().map(Refund::paid_back).sum()
    }

    pub fn was_paid(&self) -> bool {
        !matches!(self.status, "waitbuyerpay" | "cancel")
    }

    pub fn is_complete(&self) -> bool {
        self.status == "success"
    }

    pub fn is_final(&self) -> bool {
        matches!(self.status, "success" | "cancel" | "terminated") && self.refunds.iter().all(|r| !r.is_open())
    }

    pub fn has_open(&self, entry: i64) -> bool {
        self.refunds.iter().any(|refund| refund.is_open() && refund.covers(entry))
    }

    pub fn line(&self, entry: i64) -> Option<&Line> {
        self.lines.iter().find(|line| line.entry == entry)
    }

    /// Words of a line that the contract allows.
    pub fn words(&self, line: &Line) -> Vec<&'static str> {
        let own: &[&str] = match (self.status, line.stage) {
            _ if line.over => &["terminated"],
            ("waitbuyerpay" | "cancel" | "terminated", _) => return vec![self.status],
            // Received, and the trade is not complete: either word counts as completed.
            (_, Stage::Received) => &["success", "confirm_goods"],
            (_, Stage::NotShipped) => &["waitsellersend"],
            (_, Stage::Shipped) => &["waitbuyerreceive"],
        };
        own.iter().copied().chain(line.perhaps_over.then_some("terminated")).collect()
    }

    pub fn modify_price(&mut self, amounts: &[i64], freight: i64) {
        let same = self.lines.iter().map(|l| l.amount).eq(amounts.iter().copied()) && freight == self.freight;
        self.lines.iter_mut().zip(amounts).for_each(|(line, amount)| line.amount = *amount);
        self.freight = freight;
        if !same {
            self.told.once(told::PRICE);
        }
    }

    pub fn pay(&mut self, at: When) {
        self.status = "waitsellersend";
        self.due = None;
        self.told.once(told::PAY);
        let all: Vec<i64> = self.lines.iter().map(|line| line.entry).collect();
        match self.habit {
            Habit::Ships => self.ship(&all, at),
            Habit::ShipsHalf if all.len() > 1 => self.ship(&all[..all.len() / 2], at),
            _ => {}
        }
    }

    pub fn cancel(&mut self, by: Close) {
        (self.status, self.closed, self.due) = ("cancel", Some(by), None);
        self.told.once(if by == Close::Buyer { told::BUYER_CLOSE } else { told::BOPS_CLOSE });
    }

    pub fn may_ship(&self, entries: &[i64]) -> bool {
        let waits = |entry: &i64| self.line(*entry).is_some_and(|l| l.stage == Stage::NotShipped && !l.over);
        self.status == "waitsellersend" && !entries.is_empty() && entries.iter().all(waits)
    }

    pub fn ship(&mut self, entries: &[i64], at: When) {
        for line in self.lines.iter_mut().filter(|line| entries.contains(&line.entry)) {
            line.stage = Stage::Shipped;
        }
        self.shipped = Some(at);
        if self.all(Stage::Shipped) {
            self.status = "waitbuyerreceive";
            self.due = Some(at.plus(RECEIVE_WITHIN));
            self.told.once(told::SHIPPED);
        } else {
            self.told.once(told::PART);
        }
        for refund in self.refunds.iter_mut().filter(|r| r.status == Status::WaitSellerAgree && !r.shipped) {
            if refund.entries.iter().all(|entry| entries.contains(entry)) {
                refund.close_by_order(2);
            } else if refund.entries.iter().any(|entry| entries.contains(entry)) {
                refund.close_perhaps(2);
            }
        }
    }

    /// Whether every line that is not over has come so far.
    fn all(&self, stage: Stage) -> bool {
        self.lines.iter().filter(|line| !line.over).all(|line| line.stage >= stage)
    }

    /// Lines of which receipt may be confirmed.
    pub fn may_receive(&self, entries: &[i64]) -> bool {
        let travels = |entry: &i64| self.line(*entry).is_some_and(|l| l.stage == Stage::Shipped && !l.over);
        matches!(self.status, "waitsellersend" | "waitbuyerreceive") && entries.iter().all(travels)
    }

    pub fn receive(&mut self, entries: &[i64], by: i64) {
        for line in self.lines.iter_mut().filter(|line| entries.contains(&line.entry)) {
            line.stage = Stage::Received;
        }
        if self.status == "waitsellersend" {
            self.told.perhaps(told::RECEIVED);
        } else {
            self.told.once(told::RECEIVED);
        }
        let whole = self.all(Stage::Received);
        for refund in self.refunds.iter_mut().filter(|refund| refund.is_open() && !refund.after_sale) {
            if refund.entries.iter().all(|entry| entries.contains(entry)) {
                refund.close_by_order(by);
            } else if whole || refund.entries.iter().any(|entry| entries.contains(entry)) {
                refund.close_perhaps(by);
            }
        }
        if whole {
            self.complete();
        }
    }

    fn complete(&mut self) {
        (self.status, self.due) = ("success", None);
        self.told.once(told::SUCCESS);
    }

    /// Books a refund that has just succeeded, and says what may have become of the order.
    pub fn book(&mut self, at: usize) {
        let refund = &self.refunds[at];
        let (entries, after_sale) = (refund.entries.clone(), refund.after_sale || self.is_complete());
        for entry in &entries {
            let share = refund.share(*entry, &self.lines);
            let line = self.lines.iter_mut().find(|line| line.entry == *entry).expect("a line of the order");
            line.goods_back += share.goods;
            line.postage_back += share.postage;
            line.gone = (line.gone.0 + share.pieces.0, line.gone.1 + share.pieces.1);
            if !after_sale && line.goods_left() == 0 {
                (line.over, line.perhaps_over) = (line.postage_left() == 0, line.postage_left() > 0);
            }
        }
        if !after_sale {
            self.weigh();
        }
    }

    /// What the order's status may be, now that a part of it was refunded.
    fn weigh(&mut self) {
        let gone = |line: &Line| line.over || line.perhaps_over;
        if self.lines.iter().all(|line| line.over) {
            (self.status, self.due) = ("terminated", None);
        } else if self.lines.iter().all(gone) {
            self.or_status.push("terminated");
        } else if self.lines.iter().any(gone) {
            // A part leaves the state; whether a rest that is all shipped or received counts is not said.
            let rest = |stage| self.lines.iter().filter(|line| !gone(line)).all(|line| line.stage >= stage);
            if self.status == "waitsellersend" && rest(Stage::Shipped) {
                self.or_status.push("waitbuyerreceive");
            }
            if rest(Stage::Received) {
                self.or_status.push("success");
            }
        }
    }

    /// Takes up one of the readings that the contract leaves open.
    pub fn settle(&mut self, seen: &str, at: When) {
        let Some(status) = self.or_status.drain(..).find(|word| *word == seen) else { return };
        if status == self.status {
            return;
        }
        self.status = status;
        match status {
            "waitbuyerreceive" => {
                self.told.perhaps(told::SHIPPED);
                self.due = self.shipped.map(|shipped| shipped.to(at).plus(RECEIVE_WITHIN));
            }
            "success" => {
                self.told.perhaps(told::SHIPPED);
                self.told.perhaps(told::RECEIVED);
                self.told.perhaps(told::SUCCESS);
                self.due = None;
            }
            _ => {
                self.due = None;
                self.lines.iter_mut().for_each(|line| (line.over, line.perhaps_over) = (true, false));
            }
        }
    }

    /// The deadline that ends the order's state.
    pub fn time_out(&mut self) {
        if self.status == "waitbuyerpay" {
            return self.cancel(Close::Timeout);
        }
        let travelling = self.lines.iter().filter(|line| line.stage == Stage::Shipped && !line.over);
        let entries: Vec<i64> = travelling.map(|line| line.entry).collect();
        self.receive(&entries, 1);
    }

    /// What the seller does by himself to a refund that waits for him.
    pub fn seller_hears(&mut self, at: usize, when: When) {
        let habit = self.habit;
        let refund = &mut self.refunds[at];
        let first = refund.status == Status::WaitSellerAgree;
        if !first && refund.status != Status::WaitSellerReceive {
            return;
        }
        refund.answer = None;
        match habit {
            Habit::Never => return,
            Habit::Refuses => {
                if first {
                    refund.refuse(when);
                }
                return;
            }
            Habit::AgreesLater => {
                refund.answer = Some(when.plus(HOUR));
                return;
            }
            Habit::Instant if first && !refund.goods_go_back => refund.succeed(4),
            _ => refund.agree(2, when),
        }
        if self.refunds[at].status == Status::Success {
            self.book(at);
        }
    }
}
