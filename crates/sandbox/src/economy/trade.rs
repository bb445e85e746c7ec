//! The life of an order, driven by the rules of `domain`: price, pay, ship, receive, close; and what follows from
//! each by itself (stock, deadlines, habits, refunds that close).

use super::{
    carriers::STOPS,
    draw,
    habits::{self, Ships},
    pricing,
    record::{OrderRecord, Parcel},
    refusal::Refusal,
    stages::stages,
    timer::Timer,
    world::World,
};
use domain::{AccountId, EntryId, Fen, OrderId, event::OrderEvent, order::Closer, refund::Command};

/// An unpaid order closes after this.
pub const PAY_WITHIN_MS: i64 = 3 * 24 * 3_600_000;
/// A shipped order counts as received after this.
pub const RECEIVE_WITHIN_MS: i64 = 10 * 24 * 3_600_000;

impl World<'_> {
    /// The seller sets new amounts, one for each line, and a new freight, before payment.
    pub fn modify_price(&mut self, id: OrderId, amounts: &[Fen], freight: Fen) -> Result<(), Refusal> {
        let mut record = self.order(id)?;
        if record.order.stages_paid > 0 {
            return Err(Refusal::new("ORDER_STATUS_ERROR", "a stage of the order is paid"));
        }
        let events = record.order.modify_price(amounts, freight, self.now)?;
        record.stages = stages(&record.trade_type, record.order.goods(), freight);
        for (line, share) in record.order.lines.iter_mut().zip(pricing::postage(freight, amounts)) {
            line.share_postage = Some(share);
        }
        self.tell(&mut record, &events);
        self.state.put_order(record);
        Ok(())
    }

    /// The buyer pays at the cashier what is due next.
    pub fn pay(&mut self, id: OrderId) -> Result<(), Refusal> {
        let record = self.order(id)?;
        if record.stages.is_empty() { self.paid(record) } else { self.pay_stage(record) }
    }

    /// A password-free debit: whether the account had an agreement and the money. It takes no stages.
    pub fn debit(&mut self, account: AccountId, id: OrderId) -> Result<bool, Refusal> {
        let mut record = self.order_of(account, id)?;
        record.order.may_pay()?;
        let mut buyer = self.account(account)?;
        let total = record.order.total();
        if !buyer.agreement || buyer.balance < total || !record.stages.is_empty() {
            return Ok(false);
        }
        buyer.balance = buyer.balance.minus(total);
        record.from_balance = true;
        self.paid(record)?;
        self.state.put_account(buyer);
        Ok(true)
    }

    fn paid(&mut self, mut record: OrderRecord) -> Result<(), Refusal> {
        let events = record.order.pay(self.now)?;
        self.after_payment(record, &events)
    }

    /// What follows when an order is paid in full.
    pub fn after_payment(&mut self, mut record: OrderRecord, events: &[OrderEvent]) -> Result<(), Refusal> {
        let id = record.order.id;
        record.payment_id = Some(draw::payment_id(self.fixed.seed, record.order.buyer.user_id, id, self.now));
        self.tell(&mut record, events);
        let ships = habits::conduct(record.habit).ships;
        let mut entries = record.unshipped();
        self.state.put_order(record);
        match ships {
            Ships::Nothing => entries.clear(),
            Ships::Everything => {}
            Ships::Half => entries.truncate(entries.len() / 2),
        }
        if entries.is_empty() { Ok(()) } else { self.ship(id, &entries) }
    }

    /// The seller ships these lines in one parcel. Pending refunds that were asked before shipment close.
    pub fn ship(&mut self, id: OrderId, entries: &[EntryId]) -> Result<(), Refusal> {
        let mut record = self.order(id)?;
        if entries.is_empty() {
            return Err(Refusal::new("ORDER_STATUS_ERROR", "nothing is left to ship"));
        }
        let events = record.order.ship(entries, self.now)?;
        let parcel = self.new_parcel(&record, entries);
        let place = u32::try_from(record.parcels.len()).unwrap_or(u32::MAX);
        record.parcels.push(parcel.clone());
        self.tell(&mut record, &events);
        self.tell_parcel(&mut record, &parcel, &STOPS[0]);
        self.state.set_timer(self.now.plus_ms(STOPS[1].after_ms), Timer::ParcelMoves(id, place, 1));
        self.arm_receipt(&mut record);
        self.state.put_order(record);
        self.close_refunds(id, entries, &Command::OrderShipped);
        Ok(())
    }

    fn new_parcel(&self, record: &OrderRecord, entries: &[EntryId]) -> Parcel {
        let object = format!("order {}", record.order.id);
        let step = format!("parcel {}", record.parcels.len() + 1);
        Parcel {
            logistics_id: format!("LP{}", self.fixed.seed.digits(&object, &step, 14)),
            bill: format!("78{}", self.fixed.seed.digits(&object, &format!("{step} bill"), 13)),
            carrier: "ZTO".to_owned(),
            entries: entries.to_vec(),
            sent_at: self.now,
        }
    }

    /// Sets the deadline of receipt once nothing is left to ship.
    pub fn arm_receipt(&mut self, record: &mut OrderRecord) {
        if record.receipt_due.is_none() && record.unshipped().is_empty() && !record.travelling().is_empty() {
            let due = self.now.plus_ms(RECEIVE_WITHIN_MS);
            record.receipt_due = Some(due);
            self.state.set_timer(due, Timer::ReceiptDeadline(record.order.id));
        }
    }

    /// Receipt of these lines. Pending in-sale refunds of them close.
    pub fn receive(&mut self, id: OrderId, entries: &[EntryId]) -> Result<(), Refusal> {
        let mut record = self.order(id)?;
        let events = record.order.receive(entries, self.now)?;
        self.tell(&mut record, &events);
        self.state.put_order(record);
        self.close_refunds(id, entries, &Command::OrderReceived);
        Ok(())
    }

    /// Closes an unpaid order; its pieces go back on the shelf.
    pub fn close(&mut self, id: OrderId, by: Closer, reason: &str, remark: Option<&str>) -> Result<(), Refusal> {
        let mut record = self.order(id)?;
        let events = record.order.close(by, reason, self.now)?;
        record.close_remark = remark.map(str::to_owned);
        for line in &record.order.lines {
            self.state.take((line.offer_id, line.sku_id), -i64::from(line.quantity));
        }
        self.tell(&mut record, &events);
        self.state.put_order(record);
        Ok(())
    }

    /// An order of this account; another's does not exist for it.
    pub fn order_of(&self, account: AccountId, id: OrderId) -> Result<OrderRecord, Refusal> {
        self.order(id).and_then(|r| if r.account == account { Ok(r) } else { Err(Refusal::no_order()) })
    }

    pub fn price_falls(&mut self, id: OrderId) {
        let Some(order) = self.state.order(id).map(|record| record.order.clone()) else { return };
        let cheaper: Vec<Fen> = order.lines.iter().map(|l| Fen((l.amount.0 * 95 / 100).max(1))).collect();
        // Paid or closed before: nothing happens.
        drop(self.modify_price(id, &cheaper, order.shipping_fee));
    }

    pub fn payment_deadline(&mut self, id: OrderId) {
        if self.state.order(id).is_none_or(|record| record.pay_until() > self.now) {
            return;
        }
        // Paid or closed before: nothing happens.
        drop(self.close(id, Closer::Timeout, "other", Some("买家超时未付款")));
    }

    pub fn receipt_deadline(&mut self, id: OrderId) {
        let Some(entries) = self.state.order(id).map(OrderRecord::travelling) else { return };
        if !entries.is_empty() {
            // Refunded or received before: nothing happens.
            drop(self.receive(id, &entries));
        }
    }

    pub fn parcel_moves(&mut self, id: OrderId, place: u32, stop: u32) {
        let Ok(mut record) = self.order(id) else { return };
        let (Some(parcel), Some(here)) = (record.parcels.get(place as usize).cloned(), STOPS.get(stop as usize)) else {
            return;
        };
        self.tell_parcel(&mut record, &parcel, here);
        self.state.put_order(record);
        if let Some(next) = STOPS.get(stop as usize + 1) {
            self.state.set_timer(parcel.sent_at.plus_ms(next.after_ms), Timer::ParcelMoves(id, place, stop + 1));
        }
    }
}
