//! Buying: what lines become when they are previewed and ordered.

use super::{
    draw, habits,
    pricing::{Priced, PricedLine},
    record::{Goods, OrderRecord},
    refusal::Refusal,
    stages,
    state::SoldOut,
    timer::Timer,
    trade::PAY_WITHIN_MS,
    world::World,
};
use crate::pictures;
use domain::{
    AccountId, EntryId, Fen, OfferId, OrderId,
    event::OrderEvent,
    order::{Line, LineStatus, Order, OrderStatus, Party, Shipment},
    purchase::{CargoLine, Receiver},
};

/// The trade types that every seller takes.
const TRADE_TYPES: [&str; 2] = ["assureTrade", "alipay"];

impl Priced<'_> {
    /// The trade types of a preview; `createCrossOrder` takes no other.
    pub fn trade_types(&self) -> Vec<&'static str> {
        let staged = stages::trade_types().filter(|_| self.goods() >= stages::STAGED_FROM);
        TRADE_TYPES.into_iter().chain(staged).collect()
    }
}

/// What a buyer orders.
#[derive(Debug, Clone)]
pub struct Purchase {
    /// Merged: no specification twice.
    pub lines: Vec<CargoLine>,
    pub receiver: Receiver,
    pub flow: String,
    pub message: Option<String>,
    pub trade_type: Option<String>,
    /// The buyer's own number; the same again gives the same orders.
    pub out_order_id: Option<String>,
}

impl<'a> World<'a> {
    /// Prices lines and, where their seller sells out after a preview, remembers that one was made.
    pub fn preview(&mut self, account: AccountId, lines: &[CargoLine], flow: &str) -> Result<Priced<'a>, Refusal> {
        let priced = self.price(lines, flow)?;
        for offer in selling_out(&priced) {
            if self.state.sold_out(account, offer).is_none() {
                self.state.set_sold_out(account, offer, SoldOut::Next);
            }
        }
        Ok(priced)
    }

    /// Makes an order, or finds the one that carries the same own number.
    pub fn create(&mut self, account: AccountId, ask: &Purchase) -> Result<Vec<OrderId>, Refusal> {
        if let Some(number) = &ask.out_order_id {
            let made = self.state.orders_numbered(account, number);
            if !made.is_empty() {
                return Ok(made.to_vec());
            }
        }
        let mut buyer = self.account(account)?;
        let priced = self.price(&ask.lines, &ask.flow)?;
        let trade_types = priced.trade_types();
        if let Some(word) = ask.trade_type.as_ref().filter(|w| !trade_types.contains(&w.as_str())) {
            return Err(Refusal::new("not support tradeType", format!("not support tradeType:【{word}】")));
        }
        self.sell_out(account, &priced)?;
        buyer.orders += 1;
        let record = self.new_order(account, &buyer.party, buyer.orders, ask, &priced);
        self.state.put_account(buyer);
        let id = record.order.id;
        self.enter_order(record);
        Ok(vec![id])
    }

    fn sell_out(&mut self, account: AccountId, priced: &Priced<'_>) -> Result<(), Refusal> {
        let gone = selling_out(priced).find(|o| self.state.sold_out(account, *o) == Some(SoldOut::Next));
        let Some(offer) = gone else { return Ok(()) };
        self.state.set_sold_out(account, offer, SoldOut::Done);
        Err(Refusal::of_line("500_004", "stock too low for the spec", offer, None))
    }

    fn new_order(
        &self,
        account: AccountId,
        buyer: &Party,
        count: u32,
        ask: &Purchase,
        priced: &Priced<'_>,
    ) -> OrderRecord {
        let id = self.new_order_id(account, buyer, count, ask);
        let seller = Party {
            member_id: priced.seller.member_id.clone(),
            user_id: priced.seller.user_id,
            login_id: priced.seller.login_id.clone(),
        };
        let postage = priced.postage();
        let total = priced.lines.len();
        let lines = priced.lines.iter().zip(postage).enumerate();
        let lines = lines.map(|(i, (l, share))| new_line(draw::entry_id(id, i, total), l, share)).collect();
        let order = Order {
            id,
            buyer: buyer.clone(),
            seller,
            status: OrderStatus::WaitBuyerPay,
            lines,
            shipping_fee: priced.freight,
            refunded: Fen::ZERO,
            created_at: self.now,
            modified_at: self.now,
            paid_at: None,
            shipped_at: None,
            received_at: None,
            completed_at: None,
            closed_by: None,
            close_reason: None,
            refund_in_sale: None,
            refund_after_sale: None,
            out_order_id: ask.out_order_id.clone(),
            stages_paid: 0,
            batch_pay: None,
        };
        let trade_type = ask.trade_type.clone().unwrap_or_else(|| TRADE_TYPES[0].to_owned());
        OrderRecord {
            account,
            order,
            habit: priced.lines[0].product.habit,
            receiver: ask.receiver.clone(),
            flow: ask.flow.clone(),
            stages: stages::stages(&trade_type, priced.goods(), priced.freight),
            trade_type,
            message: ask.message.clone(),
            close_remark: None,
            goods: priced.lines.iter().map(goods).collect(),
            payment_id: None,
            from_balance: false,
            parcels: Vec::new(),
            receipt_due: None,
            refunds: 0,
            pushes: 0,
        }
    }

    fn new_order_id(&self, account: AccountId, buyer: &Party, count: u32, ask: &Purchase) -> OrderId {
        let object = match &ask.out_order_id {
            Some(number) => format!("account {account} number {number}"),
            None => format!("account {account} order {count}"),
        };
        let drawn = |attempt| draw::order_id(self.fixed.seed, buyer.user_id, &object, attempt);
        (0..).map(drawn).find(|id| self.state.is_free(*id)).expect("there are more numbers than orders")
    }

    fn enter_order(&mut self, mut record: OrderRecord) {
        let id = record.order.id;
        for line in &record.order.lines {
            self.state.take((line.offer_id, line.sku_id), i64::from(line.quantity));
        }
        self.tell(&mut record, &[OrderEvent::Created]);
        self.state.set_timer(self.now.plus_ms(PAY_WITHIN_MS), Timer::PaymentDeadline(id));
        if habits::conduct(record.habit).lowers_price {
            self.state.set_timer(self.now.plus_ms(habits::LOWERS_AFTER_MS), Timer::PriceFalls(id));
        }
        self.state.put_order(record);
    }
}

fn new_line(id: EntryId, line: &PricedLine<'_>, share: Fen) -> Line {
    let attributes = line.sku.map(|s| s.attributes.as_slice()).unwrap_or_default();
    Line {
        id,
        offer_id: line.product.offer_id,
        sku_id: line.sku.map(|s| s.sku_id),
        spec_id: line.sku.map(|s| s.spec_id.clone()),
        name: line.product.title_zh.clone(),
        image: pictures::url("", line.product.offer_id, picture(line)),
        attributes: attributes.iter().map(|a| (a.name_zh.clone(), a.value_zh.clone())).collect(),
        quantity: line.quantity,
        unit_price: line.unit_price,
        amount: line.amount,
        share_postage: Some(share),
        status: LineStatus::of(&OrderStatus::WaitBuyerPay),
        shipment: Shipment::NotShipped,
        refunded: Fen::ZERO,
        refund_in_sale: None,
        refund_after_sale: None,
    }
}

fn goods(line: &PricedLine<'_>) -> Goods {
    Goods {
        asked: line.amount,
        cargo_number: line.sku.map(|s| s.cargo_number.clone()),
        unit: line.product.unit_zh.clone(),
        weight_g: line.sku.map(|s| s.weight_g).or(line.product.weight_g),
        thumbnail: pictures::thumbnail("", line.product.offer_id, picture(line)),
    }
}

fn selling_out(priced: &Priced<'_>) -> impl Iterator<Item = OfferId> {
    let products = priced.lines.iter().map(|l| l.product);
    products.filter(|p| habits::conduct(p.habit).sells_out_after_preview).map(|p| p.offer_id)
}

fn picture(line: &PricedLine<'_>) -> u32 {
    let own = line.sku.and_then(|s| line.product.skus.iter().position(|other| other.sku_id == s.sku_id));
    own.and_then(|i| u32::try_from(i).ok()).map_or(0, |i| pictures::SKU_BASE + i)
}
