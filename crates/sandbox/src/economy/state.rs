//! The whole economy in memory, and which of its rows have changed.
//!
//! A change goes through `put_*` and the like, which mark the row; the rows marked in one decision are handed to the
//! journal together. Rejected: a table for each kind of object, since nothing here is queried by SQL.

use super::{
    account::Account,
    outbox::{Push, Travel},
    record::{OrderRecord, RefundRecord},
    timer::Timer,
};
use domain::{AccountId, OfferId, OrderId, RefundId, SkuId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A product, or one specification of it, on the shelf.
pub type Shelf = (OfferId, Option<SkuId>);

/// Names one row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Key {
    Meta,
    Account(AccountId),
    Order(OrderId),
    Refund(RefundId),
    Timer(Timestamp, Timer),
    Push(i64),
    Stock(Shelf),
    SoldOut(AccountId, OfferId),
}

/// What the world knows of itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    pub seed: u64,
    /// World time = wall + this.
    pub offset_ms: i64,
    #[serde(default)]
    pub pushes: Travel,
}

/// How far the seller who sells out has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SoldOut {
    /// A preview was made: the next create finds no stock.
    Next,
    /// It has happened.
    Done,
}

#[derive(Debug, Default)]
pub struct State {
    pub meta: Meta,
    accounts: BTreeMap<AccountId, Account>,
    orders: BTreeMap<OrderId, OrderRecord>,
    refunds: BTreeMap<RefundId, RefundRecord>,
    timers: BTreeSet<(Timestamp, Timer)>,
    pushes: BTreeMap<i64, Push>,
    /// Messages that will be tried again, by the world time of the next try and their birth.
    scheduled: BTreeSet<(Timestamp, Timestamp, OrderId, u32, i64)>,
    /// Pieces taken from the catalogue's stock.
    taken: BTreeMap<Shelf, i64>,
    sold_out: BTreeMap<(AccountId, OfferId), SoldOut>,
    vouchers: BTreeSet<String>,
    by_number: BTreeMap<(AccountId, String), Vec<OrderId>>,
    by_account: BTreeMap<AccountId, BTreeSet<(Timestamp, OrderId)>>,
    by_order: BTreeMap<OrderId, Vec<(Timestamp, RefundId)>>,
    dirty: BTreeSet<Key>,
}

impl State {
    pub fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.accounts.values()
    }

    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts.get(&id)
    }

    pub fn put_account(&mut self, account: Account) {
        self.dirty.insert(Key::Account(account.id));
        self.accounts.insert(account.id, account);
    }

    pub fn set_meta(&mut self, meta: Meta) {
        self.dirty.insert(Key::Meta);
        self.meta = meta;
    }

    pub fn order(&self, id: OrderId) -> Option<&OrderRecord> {
        self.orders.get(&id)
    }

    /// Orders of an account, newest first, then larger id.
    pub fn orders_of(&self, account: AccountId) -> impl Iterator<Item = &OrderRecord> {
        let ids = self.by_account.get(&account).into_iter().flatten().rev();
        ids.filter_map(|(_, id)| self.orders.get(id))
    }

    /// Orders that carry the buyer's own number.
    pub fn orders_numbered(&self, account: AccountId, number: &str) -> &[OrderId] {
        self.by_number.get(&(account, number.to_owned())).map_or(&[], Vec::as_slice)
    }

    pub fn put_order(&mut self, record: OrderRecord) {
        self.dirty.insert(Key::Order(record.order.id));
        self.index_order(record);
    }

    fn index_order(&mut self, record: OrderRecord) {
        let id = record.order.id;
        if !self.orders.contains_key(&id) {
            self.by_account.entry(record.account).or_default().insert((record.order.created_at, id));
            if let Some(number) = &record.order.out_order_id {
                self.by_number.entry((record.account, number.clone())).or_default().push(id);
            }
        }
        self.orders.insert(id, record);
    }

    pub fn refund(&self, id: RefundId) -> Option<&RefundRecord> {
        self.refunds.get(&id)
    }

    /// Refunds of an order in the order of their opening.
    pub fn refunds_of(&self, order: OrderId) -> impl Iterator<Item = &RefundRecord> {
        self.by_order.get(&order).into_iter().flatten().filter_map(|(_, id)| self.refunds.get(id))
    }

    /// Whether no order has a number near `id`, so that its sub-orders have theirs for themselves.
    pub fn is_free(&self, id: OrderId) -> bool {
        let room = 64_000_000;
        let bound = |n: i64| OrderId::new(n).unwrap_or(id);
        self.orders.range(bound(id.get() - room)..=bound(id.get() + room)).next().is_none()
    }

    pub fn refunds(&self) -> impl Iterator<Item = &RefundRecord> {
        self.refunds.values()
    }

    pub fn put_refund(&mut self, record: RefundRecord) {
        self.dirty.insert(Key::Refund(record.refund.id));
        self.index_refund(record);
    }

    fn index_refund(&mut self, record: RefundRecord) {
        let id = record.refund.id;
        if !self.refunds.contains_key(&id) {
            // Rows are loaded by id: the order of opening is restored here.
            let list = self.by_order.entry(record.refund.order_id).or_default();
            let place = list.partition_point(|(at, other)| (*at, *other) < (record.refund.applied_at, id));
            list.insert(place, (record.refund.applied_at, id));
        }
        self.refunds.insert(id, record);
    }

    pub fn next_timer(&self) -> Option<(Timestamp, Timer)> {
        self.timers.first().copied()
    }

    pub fn set_timer(&mut self, at: Timestamp, timer: Timer) {
        self.dirty.insert(Key::Timer(at, timer));
        self.timers.insert((at, timer));
    }

    pub fn drop_timer(&mut self, at: Timestamp, timer: Timer) {
        self.dirty.insert(Key::Timer(at, timer));
        self.timers.remove(&(at, timer));
    }

    pub fn pushes(&self) -> impl Iterator<Item = &Push> {
        self.pushes.values()
    }

    pub fn push(&self, id: i64) -> Option<&Push> {
        self.pushes.get(&id)
    }

    pub fn put_push(&mut self, push: Push) {
        self.dirty.insert(Key::Push(push.id));
        self.index_push(push);
    }

    fn index_push(&mut self, push: Push) {
        if let Some(before) = self.pushes.get(&push.id) {
            self.scheduled.remove(&schedule(before));
        }
        if push.is_tried_again() {
            self.scheduled.insert(schedule(&push));
        }
        self.pushes.insert(push.id, push);
    }

    pub fn drop_push(&mut self, id: i64) -> bool {
        let Some(push) = self.pushes.remove(&id) else { return false };
        self.scheduled.remove(&schedule(&push));
        self.dirty.insert(Key::Push(id))
    }

    /// At most `most` messages that should be tried now, in the order of their birth for each order.
    pub fn due_pushes(&self, now: Timestamp, wall: Timestamp, most: usize) -> Vec<Push> {
        let scheduled = self.scheduled.iter().take_while(|(at, ..)| *at <= now);
        let pushes = scheduled.filter_map(|(.., id)| self.pushes.get(id));
        let mut due: Vec<Push> = pushes.filter(|p| p.hold_until <= wall).take(most).cloned().collect();
        due.sort_by_key(|p| (p.born_at, p.order, p.serial));
        due
    }

    /// Pieces taken from the catalogue's stock so far.
    pub fn taken(&self, shelf: Shelf) -> i64 {
        self.taken.get(&shelf).copied().unwrap_or(0)
    }

    /// Takes pieces off the shelf, or puts them back where `pieces` is negative.
    pub fn take(&mut self, shelf: Shelf, pieces: i64) {
        self.dirty.insert(Key::Stock(shelf));
        let taken = self.taken.entry(shelf).or_insert(0);
        *taken = taken.saturating_add(pieces);
    }

    pub fn sold_out(&self, account: AccountId, offer: OfferId) -> Option<SoldOut> {
        self.sold_out.get(&(account, offer)).copied()
    }

    pub fn set_sold_out(&mut self, account: AccountId, offer: OfferId, how: SoldOut) {
        self.dirty.insert(Key::SoldOut(account, offer));
        self.sold_out.insert((account, offer), how);
    }

    pub fn has_voucher(&self, path: &str) -> bool {
        self.vouchers.contains(path)
    }

    /// Remembers that a voucher lies in the file; its bytes are written beside.
    pub fn note_voucher(&mut self, path: String) {
        self.vouchers.insert(path);
    }

    /// The rows that changed since the last call: `None` for one that is gone.
    pub fn changes(&mut self) -> Vec<(Key, Option<String>)> {
        let keys = std::mem::take(&mut self.dirty);
        keys.into_iter().map(|key| (key.clone(), self.row(&key))).collect()
    }

    fn row(&self, key: &Key) -> Option<String> {
        match key {
            Key::Meta => text(&self.meta),
            Key::Account(id) => self.accounts.get(id).and_then(text),
            Key::Order(id) => self.orders.get(id).and_then(text),
            Key::Refund(id) => self.refunds.get(id).and_then(text),
            Key::Timer(at, timer) => self.timers.get(&(*at, *timer)).and_then(text),
            Key::Push(id) => self.pushes.get(id).and_then(text),
            Key::Stock(shelf) => self.taken.get(shelf).and_then(text),
            Key::SoldOut(account, offer) => self.sold_out.get(&(*account, *offer)).and_then(text),
        }
    }

    /// Puts back a row that was read from the file.
    pub fn load(&mut self, key: Key, body: &str) -> serde_json::Result<()> {
        match key {
            Key::Meta => self.meta = serde_json::from_str(body)?,
            Key::Account(id) => drop(self.accounts.insert(id, serde_json::from_str(body)?)),
            Key::Order(_) => self.index_order(serde_json::from_str(body)?),
            Key::Refund(_) => self.index_refund(serde_json::from_str(body)?),
            Key::Timer(at, timer) => drop(self.timers.insert((at, timer))),
            Key::Push(_) => self.index_push(serde_json::from_str(body)?),
            Key::Stock(shelf) => drop(self.taken.insert(shelf, serde_json::from_str(body)?)),
            Key::SoldOut(account, offer) => self.sold_out.extend([((account, offer), serde_json::from_str(body)?)]),
        }
        Ok(())
    }
}

fn schedule(push: &Push) -> (Timestamp, Timestamp, OrderId, u32, i64) {
    (push.next_try, push.born_at, push.order, push.serial, push.id)
}

fn text<T: Serialize>(value: &T) -> Option<String> {
    Some(serde_json::to_string(value).expect("records of the economy have text keys only"))
}
