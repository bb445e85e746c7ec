//! The life of a refund: the application and each step after it, by the rules of `domain`, with what each step records
//! and what it does to the order, its money and the stock.

use super::{
    carriers::Carrier,
    draw, extinfo,
    habits::{self, Answers},
    reasons,
    record::{Operation, OrderRecord, RefundRecord, ReturnTo},
    refusal::Refusal,
    story,
    timer::Timer,
    world::World,
};
use domain::{
    AccountId, EntryId, OrderId, RefundId,
    order::Shipment,
    refund::{
        Action, Actor, Application, Command, DisputeRequest, GoodsStatus, Reason, Refund, RefundStatus, ReturnParcel,
        Step,
        apply::{self, Caps},
    },
};

/// The parcel that the buyer declares.
#[derive(Debug, Clone)]
pub struct Declared {
    pub carrier: &'static Carrier,
    pub bill: String,
    pub description: String,
    pub vouchers: Vec<String>,
}

impl World<'_> {
    /// Opens a refund; the seller's habit may answer within the same decision.
    pub fn apply(&mut self, account: AccountId, ask: &Application, goods: GoodsStatus) -> Result<RefundId, Refusal> {
        let mut order = self.order_for_refund(account, ask.order_id)?;
        let step = order.refunds + 1;
        let id = self.new_refund_id(&order, step);
        let reasons = reasons::of(goods);
        let earlier = self.refunds_of(ask.order_id);
        let caps = apply::check(&order.order, &earlier, &reasons, ask)?;
        if ask.vouchers.iter().any(|url| !self.knows_voucher(url)) {
            return Err(Refusal::new("5100", "a voucher that no upload gave"));
        }
        let refund = apply::open(&order.order, &earlier, &reasons, ask, id, self.now, &self.fixed.deadlines)?;
        let reason = reasons.into_iter().find(|r| r.id == ask.reason_id).map(|r| r.name).unwrap_or_default();
        order.refunds = step;
        let ext_info = extinfo::of_application(&order, &refund, &caps, &reason, self.now);
        let mut record = RefundRecord {
            account,
            goods_status: goods,
            product_name: product_name(&order, &refund),
            payment_id: order.payment_id.clone(),
            company_name: None,
            return_to: None,
            operations: Vec::new(),
            ext_info,
            reason,
            refund,
        };
        let text = story::application(&record.refund, goods, &record.reason, &ask.description);
        let mut operation = self.operation(&order, &record.refund, Actor::Buyer, 1, None, text);
        operation.vouchers = ask.vouchers.clone();
        record.operations.push(operation);
        self.keep(order, record, Action::BuyerApply, Actor::Buyer);
        self.seller_hears_of(id);
        Ok(id)
    }

    fn new_refund_id(&self, order: &OrderRecord, step: u32) -> RefundId {
        let (seed, buyer) = (self.fixed.seed, order.order.buyer.user_id);
        let drawn = |attempt| draw::refund_id(seed, buyer, order.order.id, step, attempt);
        (0..).map(drawn).find(|id| self.state.refund(*id).is_none()).expect("there are more numbers than refunds")
    }

    /// An order as the refund calls look for it: unknown and another buyer's are told apart.
    pub fn order_for_refund(&self, account: AccountId, id: OrderId) -> Result<OrderRecord, Refusal> {
        let record = self.state.order(id).ok_or_else(|| Refusal::new("5001", "order does not exist"))?;
        if record.account != account {
            return Err(Refusal::new("5002", "the order's buyer is not the caller"));
        }
        Ok(record.clone())
    }

    /// The reasons that may be given for these sub-orders with this goods status.
    pub fn reasons(
        &self,
        account: AccountId,
        order: OrderId,
        entries: &[EntryId],
        goods: GoodsStatus,
    ) -> Result<Vec<Reason>, Refusal> {
        let record = self.order_for_refund(account, order)?;
        apply::allowed(&record.order, entries, None, goods)?;
        Ok(reasons::of(goods))
    }

    /// What can be asked back for these sub-orders.
    pub fn refund_caps(
        &self,
        account: AccountId,
        order: OrderId,
        entries: &[EntryId],
        goods: GoodsStatus,
    ) -> Result<Caps, Refusal> {
        let record = self.order_for_refund(account, order)?;
        apply::allowed(&record.order, entries, None, goods)?;
        Ok(apply::caps(&record.order, entries, &self.refunds_of(order))?)
    }

    /// Refunds of an account (of one of its orders), last changed first.
    pub fn refunds_of_buyer(&self, account: AccountId, order: Option<i64>) -> Vec<&RefundRecord> {
        let mut found: Vec<&RefundRecord> = match order.map(OrderId::new) {
            None => self.state.refunds().filter(|r| r.account == account).collect(),
            Some(Ok(order)) => self.state.refunds_of(order).filter(|r| r.account == account).collect(),
            Some(Err(_)) => Vec::new(),
        };
        found.sort_by_key(|r| (std::cmp::Reverse(r.refund.modified_at), r.refund.id));
        found
    }

    /// Whether the refund waits for a return parcel.
    pub fn may_send_back(&self, id: RefundId) -> Result<(), Refusal> {
        let refund = self.refund(id)?.refund;
        let any = ReturnParcel { company: String::new(), bill: String::new() };
        Ok(refund.may(&Command::BuyerSend(any), self.now)?)
    }

    /// The refunds of an order as the rules read them.
    pub fn refunds_of(&self, order: OrderId) -> Vec<Refund> {
        self.state.refunds_of(order).map(|r| r.refund.clone()).collect()
    }

    /// Takes one step of a refund and everything that follows from it.
    pub fn step_refund(&mut self, id: RefundId, command: &Command) -> Result<(), Refusal> {
        self.step_with(id, command, None)
    }

    /// The buyer declares the parcel by which the goods go back.
    pub fn send_back(&mut self, id: RefundId, parcel: &Declared) -> Result<(), Refusal> {
        let sent = ReturnParcel { company: parcel.carrier.code.to_owned(), bill: parcel.bill.clone() };
        self.step_with(id, &Command::BuyerSend(sent), Some(parcel))
    }

    fn step_with(&mut self, id: RefundId, command: &Command, parcel: Option<&Declared>) -> Result<(), Refusal> {
        let mut record = self.refund(id)?;
        let mut order = self.order(record.refund.order_id)?;
        let step = record.refund.step(command, self.now, &self.fixed.deadlines)?;
        let timed_out = *command == Command::Timeout;
        self.note_step(&order, &mut record, &step, parcel);
        let (action, by, instant) = (step.action, step.by, *command == Command::InstantAgree);
        record.refund = step.after;
        extinfo::after_step(&mut record, by, timed_out, instant, self.now);
        if record.refund.status == RefundStatus::Success {
            self.book(&mut order, &record.refund);
        }
        self.keep(order, record, action, by);
        self.seller_hears_of(id);
        Ok(())
    }

    fn note_step(&self, order: &OrderRecord, record: &mut RefundRecord, step: &Step, parcel: Option<&Declared>) {
        let text = story::step(&step.after, step.action);
        let mut operation = self.operation(order, &step.after, step.by, step.operate_type, Some(step.before), text);
        if step.after.status == RefundStatus::WaitBuyerSend {
            self.note_address(order, record, &mut operation);
        }
        if step.after.status == RefundStatus::WaitBuyerModify {
            operation.reject_reason.clone_from(&step.after.reject_reason);
            if let Some(reason) = &step.after.reject_reason {
                operation.text = format!("{},拒绝原因:{reason}", operation.text);
            }
        }
        if let Some(parcel) = parcel {
            record.company_name = Some(parcel.carrier.name.to_owned());
            operation.text = story::parcel(parcel.carrier.name, &parcel.bill, &parcel.description);
            operation.bill = Some(parcel.bill.clone());
            operation.carrier = Some(parcel.carrier.code.to_owned());
            operation.vouchers.clone_from(&parcel.vouchers);
        }
        record.operations.push(operation);
    }

    fn note_address(&self, order: &OrderRecord, record: &mut RefundRecord, operation: &mut Operation) {
        let Some(seller) = self.seller_of(order) else { return };
        let to = &seller.return_address;
        operation.text = format!("{},{},{}", to.name, to.mobile, to.address);
        operation.address = Some(to.address.clone());
        record.return_to =
            Some(ReturnTo { name: to.name.clone(), mobile: to.mobile.clone(), address: to.address.clone() });
    }

    fn operation(
        &self,
        order: &OrderRecord,
        refund: &Refund,
        by: Actor,
        operate_type: i64,
        before: Option<RefundStatus>,
        text: String,
    ) -> Operation {
        let (login, user_id) = match by {
            Actor::Buyer => (order.order.buyer.login_id.as_str(), order.order.buyer.user_id),
            Actor::Seller => (order.order.seller.login_id.as_str(), order.order.seller.user_id),
            Actor::System => ("系统", 5),
        };
        Operation {
            id: draw::operation_id(self.fixed.seed, refund.id, refund.steps),
            at: self.now,
            operate_type,
            by,
            login: login.to_owned(),
            user_id,
            before,
            text,
            bill: None,
            carrier: None,
            address: None,
            reject_reason: None,
            vouchers: Vec::new(),
        }
    }

    /// Money goes back, pieces that never left go back on the shelf, and the order may end.
    fn book(&mut self, order: &mut OrderRecord, refund: &Refund) {
        let earlier: Vec<Refund> = self.refunds_of(order.order.id).into_iter().filter(|r| r.id != refund.id).collect();
        let shares = apply::shares_of(&order.order, &earlier, refund);
        for line in order.order.lines.iter().filter(|l| refund.covers(l.id) && l.shipment == Shipment::NotShipped) {
            self.state.take((line.offer_id, line.sku_id), -i64::from(line.quantity));
        }
        order.order.book_refund(&shares, refund.refund_carriage, self.now);
        self.arm_receipt(order);
        if order.from_balance
            && let Some(mut buyer) = self.state.account(order.account).cloned()
        {
            buyer.balance = buyer.balance.plus(refund.refund_payment).plus(refund.refund_carriage);
            self.state.put_account(buyer);
        }
    }

    /// Keeps a refund that has just moved: marks on the order, its deadline, the push.
    fn keep(&mut self, mut order: OrderRecord, record: RefundRecord, action: Action, by: Actor) {
        mark(&mut order, &record.refund);
        order.order.modified_at = self.now;
        if let (true, Some(due)) = (record.refund.is_open(), record.refund.timeout_at) {
            self.state.set_timer(due, Timer::RefundDeadline(record.refund.id, record.refund.steps));
        }
        self.tell_refund(&mut order, &record, action, by);
        self.state.put_order(order);
        self.state.put_refund(record);
    }

    /// Closes what `command` closes among the open refunds of these lines.
    pub fn close_refunds(&mut self, order: OrderId, entries: &[EntryId], command: &Command) {
        let of_them = |r: &Refund| entries.iter().any(|e| r.covers(*e)) && r.may(command, self.now).is_ok();
        let ids: Vec<RefundId> = self.refunds_of(order).iter().filter(|r| of_them(r)).map(|r| r.id).collect();
        for id in ids {
            self.step_refund(id, command).expect("it may, and both records are there");
        }
    }

    /// What the seller does by habit when a refund has come to this state.
    fn seller_hears_of(&mut self, id: RefundId) {
        let Ok(record) = self.refund(id) else { return };
        if !waits_for_seller(&record.refund) {
            return;
        }
        let Some(order) = self.state.order(record.refund.order_id) else { return };
        let first = record.refund.status == RefundStatus::WaitSellerAgree;
        let money_only = record.refund.request == DisputeRequest::Refund;
        let command = match habits::conduct(order.habit).answers {
            Answers::Never => return,
            Answers::AfterAnHour => {
                let due = self.now.plus_ms(habits::HOUR_MS);
                return self.state.set_timer(due, Timer::SellerAnswers(id, record.refund.steps));
            }
            Answers::Refuses if first => Command::SellerReject { reason: habits::REFUSAL.to_owned() },
            Answers::Refuses => return,
            Answers::Instantly if first && money_only => Command::InstantAgree,
            Answers::AtOnce | Answers::Instantly => agreement(&record.refund),
        };
        self.step_refund(id, &command).expect("the seller may answer what waits for him");
    }

    pub fn seller_answers(&mut self, id: RefundId, step: u32) {
        let Some(record) = self.state.refund(id) else { return };
        if record.refund.steps == step && waits_for_seller(&record.refund) {
            let command = agreement(&record.refund);
            self.step_refund(id, &command).expect("the seller may answer what waits for him");
        }
    }

    pub fn refund_deadline(&mut self, id: RefundId, step: u32) {
        if self.state.refund(id).is_some_and(|r| r.refund.steps == step) {
            // Final or moved on: nothing happens.
            drop(self.step_refund(id, &Command::Timeout));
        }
    }
}

fn waits_for_seller(refund: &Refund) -> bool {
    matches!(refund.status, RefundStatus::WaitSellerAgree | RefundStatus::WaitSellerReceive)
}

fn agreement(refund: &Refund) -> Command {
    if refund.status == RefundStatus::WaitSellerReceive { Command::SellerReceive } else { Command::SellerAgree }
}

fn product_name(order: &OrderRecord, refund: &Refund) -> String {
    let line = order.order.lines.iter().find(|l| refund.covers(l.id));
    line.map(|l| l.name.clone()).unwrap_or_default()
}

fn mark(order: &mut OrderRecord, refund: &Refund) {
    for line in order.order.lines.iter_mut().filter(|l| refund.covers(l.id)) {
        let place = if refund.after_sale { &mut line.refund_after_sale } else { &mut line.refund_in_sale };
        *place = Some(refund.id);
    }
    let place = if refund.after_sale { &mut order.order.refund_after_sale } else { &mut order.order.refund_in_sale };
    *place = Some(refund.status);
}
