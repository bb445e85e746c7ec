//! The life of a refund: the arrows of its state machine, each with the record that it leaves.

use super::{
    DAY, HOUR, When,
    order::{Line, Order, Stage},
    rules::Claim,
    told::Told,
};
use std::sync::atomic::{AtomicU64, Ordering};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    WaitSellerAgree,
    WaitBuyerModify,
    WaitBuyerSend,
    WaitSellerReceive,
    Success,
    Close,
}

impl Status {
    pub fn word(self) -> &'static str {
        match self {
            Self::WaitSellerAgree => "waitselleragree",
            Self::WaitBuyerModify => "waitbuyermodify",
            Self::WaitBuyerSend => "waitbuyersend",
            Self::WaitSellerReceive => "waitsellerreceive",
            Self::Success => "refundsuccess",
            Self::Close => "refundclose",
        }
    }

    /// The word of a line.
    pub fn line_word(self) -> &'static str {
        match self {
            Self::WaitSellerAgree => "WAIT_SELLER_AGREE",
            Self::WaitBuyerModify => "WAIT_BUYER_MODIFY",
            Self::WaitBuyerSend => "WAIT_BUYER_SEND",
            Self::WaitSellerReceive => "WAIT_SELLER_RECEIVE",
            Self::Success => "REFUND_SUCCESS",
            Self::Close => "REFUND_CLOSED",
        }
    }
}

/// A record of what was done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub operate_type: i64,
    pub role: i64,
    pub before: Option<Status>,
}

/// What of a refund is a line's.
pub struct Share {
    pub goods: i64,
    pub postage: i64,
    /// Pieces, certainly and perhaps.
    pub pieces: (i64, i64),
}

#[derive(Debug, Clone)]
pub struct Refund {
    pub id: String,
    pub entries: Vec<i64>,
    pub payment: i64,
    pub carriage: i64,
    pub cap: i64,
    pub goods_go_back: bool,
    pub goods_status: i64,
    /// Pieces of each line that go back, where not all.
    pub counts: Option<Vec<(i64, i64)>>,
    /// Whether the goods had been shipped when it was asked for.
    pub shipped: bool,
    pub after_sale: bool,
    pub status: Status,
    pub rejects: i64,
    pub due: Option<When>,
    /// The last deadline that was set; a final state keeps it.
    pub last_due: Option<When>,
    /// When a seller who takes his time answers.
    pub answer: Option<When>,
    /// Oldest first.
    pub steps: Vec<Step>,
    pub told: Told,
    /// Words of the steps since it was last looked at; of those only the last must be told.
    untold: Vec<&'static str>,
    /// Grows with each step of any refund.
    pub moved: u64,
    /// Steps that a look has found.
    pub seen: usize,
    /// How it may stand as well; the next look decides.
    pub or: Option<Box<Refund>>,
}

impl Refund {
    pub fn is_open(&self) -> bool {
        !matches!(self.status, Status::Success | Status::Close)
    }

    pub fn covers(&self, entry: i64) -> bool {
        self.entries.contains(&entry)
    }

    pub fn paid_back(&self) -> i64 {
        if self.status == Status::Success { self.payment + self.carriage } else { 0 }
    }

    /// A refund of several lines asks for all that is left of their goods, and for all of their freight or none.
    pub fn share(&self, entry: i64, lines: &[Line]) -> Share {
        let line = lines.iter().find(|line| line.entry == entry).expect("a line of the order");
        let left = line.quantity - line.gone.0;
        let pieces = match (&self.counts, self.goods_go_back) {
            (Some(counts), _) => {
                let count = counts.iter().find(|(id, _)| *id == entry).map_or(left, |(_, count)| *count);
                (count, count)
            }
            (None, true) => (left, left),
            (None, false) => (0, left),
        };
        match self.entries.len() {
            1 => Share { goods: self.payment, postage: self.carriage, pieces },
            _ if self.carriage == 0 => Share { goods: line.goods_left(), postage: 0, pieces },
            _ => Share { goods: line.goods_left(), postage: line.postage_left(), pieces },
        }
    }

    /// A refund that was asked for at `at`.
    pub fn open(id: &str, claim: &Claim, order: &Order, at: When) -> Self {
        let shipped = order.lines.iter().any(|l| claim.entries.contains(&l.entry) && l.stage != Stage::NotShipped);
        let mut refund = Self {
            id: id.to_owned(),
            entries: claim.entries.clone(),
            payment: claim.payment,
            carriage: claim.carriage,
            cap: order.goods_cap(claim),
            goods_go_back: claim.request == "returnRefund",
            goods_status: if claim.goods.ends_with("BuyerReceived") { 2 } else { 1 },
            counts: claim.counts.clone(),
            shipped,
            after_sale: order.is_complete(),
            status: Status::WaitSellerAgree,
            rejects: 0,
            due: None,
            last_due: None,
            answer: None,
            steps: Vec::new(),
            told: Told::default(),
            untold: vec![Status::WaitSellerAgree.word()],
            moved: 0,
            seen: 0,
            or: None,
        };
        refund.opened(at);
        refund
    }

    fn opened(&mut self, at: When) {
        self.note(1, 1, None);
        self.wait(if self.shipped { 5 * DAY } else { 24 * HOUR }, at);
    }

    fn note(&mut self, operate_type: i64, role: i64, before: Option<Status>) {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        self.steps.push(Step { operate_type, role, before });
        self.moved = NEXT.fetch_add(1, Ordering::Relaxed);
    }

    /// A look has found it as it is: that much must have been told.
    pub fn is_seen(&mut self) {
        self.seen = self.steps.len();
        if let Some(last) = self.untold.pop() {
            self.told.once(last);
        }
        self.untold.drain(..).for_each(|word| self.told.perhaps(word));
    }

    fn wait(&mut self, ms: i64, at: When) {
        self.due = Some(at.plus(ms));
        self.last_due = self.due;
    }

    fn go(&mut self, to: Status, operate_type: i64, role: i64) {
        self.note(operate_type, role, Some(self.status));
        (self.status, self.due, self.answer) = (to, None, None);
        self.untold.push(to.word());
    }

    /// The seller (2) or the system (4) agrees to what waits for the seller.
    pub fn agree(&mut self, role: i64, at: When) {
        if self.status == Status::WaitSellerAgree && self.goods_go_back {
            self.go(Status::WaitBuyerSend, 19, role);
            return self.wait(7 * DAY, at);
        }
        self.succeed(role);
    }

    pub fn succeed(&mut self, role: i64) {
        self.go(Status::Success, 8, role);
    }

    pub fn refuse(&mut self, at: When) {
        self.go(Status::WaitBuyerModify, 15, 2);
        self.rejects += 1;
        self.wait(7 * DAY, at);
    }

    pub fn send_back(&mut self, at: When) {
        self.go(Status::WaitSellerReceive, 10, 1);
        self.goods_status = 3;
        self.wait(10 * DAY, at);
    }

    pub fn withdraw(&mut self) {
        self.go(Status::Close, 2, 1);
    }

    /// Shipping (by 2) or receipt (by 1) closes it.
    pub fn close_by_order(&mut self, by: i64) {
        self.go(Status::Close, 9, by);
    }

    pub fn close_perhaps(&mut self, by: i64) {
        let mut closed = self.clone();
        closed.close_by_order(by);
        self.or = Some(Box::new(closed));
    }

    /// What happens at the deadline.
    pub fn time_out(&mut self, at: When) {
        match self.status {
            Status::WaitSellerAgree | Status::WaitSellerReceive => self.agree(4, at),
            Status::WaitBuyerModify | Status::WaitBuyerSend => self.go(Status::Close, 9, 4),
            Status::Success | Status::Close => {}
        }
    }
}
