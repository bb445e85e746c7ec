//! A small order to play with.

use domain::{
    EntryId, Fen, OfferId, OrderId, RefundId, Timestamp,
    order::{Line, LineStatus, Order, OrderStatus, Party, Shipment},
    refund::{Application, Deadlines, DisputeRequest, GoodsStatus, Reason, Refund, apply},
};

pub const NOW: Timestamp = Timestamp(1_776_670_000_000);

pub fn entry(n: i64) -> EntryId {
    EntryId::new(n).unwrap()
}

/// One line for each amount (fen), three pieces each.
pub fn unpaid(amounts: &[i64], freight: i64) -> Order {
    let line = |(i, amount): (usize, &i64)| Line {
        id: entry(i as i64 + 1),
        offer_id: OfferId::new(889_512_351_602).unwrap(),
        sku_id: None,
        spec_id: None,
        name: "青少年裤子".into(),
        image: String::new(),
        attributes: vec![],
        quantity: 3,
        unit_price: Fen(amount / 3),
        amount: Fen(*amount),
        share_postage: None,
        status: LineStatus::of(&OrderStatus::WaitBuyerPay),
        shipment: Shipment::NotShipped,
        refunded: Fen::ZERO,
        refund_in_sale: None,
        refund_after_sale: None,
    };
    Order {
        id: OrderId::new(100).unwrap(),
        buyer: Party::default(),
        seller: Party::default(),
        status: OrderStatus::WaitBuyerPay,
        lines: amounts.iter().enumerate().map(line).collect(),
        shipping_fee: Fen(freight),
        refunded: Fen::ZERO,
        created_at: NOW,
        modified_at: NOW,
        paid_at: None,
        shipped_at: None,
        received_at: None,
        completed_at: None,
        closed_by: None,
        close_reason: None,
        refund_in_sale: None,
        refund_after_sale: None,
        out_order_id: None,
        stages_paid: 0,
        batch_pay: None,
    }
}

pub fn paid(amounts: &[i64], freight: i64) -> Order {
    let mut order = unpaid(amounts, freight);
    order.pay(NOW).unwrap();
    order
}

pub fn all(order: &Order) -> Vec<EntryId> {
    order.lines.iter().map(|l| l.id).collect()
}

pub fn reason() -> Reason {
    Reason {
        id: 20006, name: "不想买了".into(), need_voucher: false, no_refund_carriage: false, tip: String::new()
    }
}

pub fn ask(order: &Order, payment: i64, carriage: i64) -> Application {
    Application {
        order_id: order.id,
        entries: all(order),
        request: DisputeRequest::Refund,
        goods: GoodsStatus::WaitSellerSend,
        payment: Fen(payment),
        carriage: Fen(carriage),
        reason_id: 20006,
        description: "不想要了".into(),
        vouchers: vec![],
        counts: None,
    }
}

pub fn open(order: &Order, earlier: &[Refund], ask: &Application) -> Result<Refund, apply::ApplyError> {
    let id = RefundId::new(1000 + earlier.len() as i64).unwrap();
    apply::open(order, earlier, &[reason()], ask, id, NOW, &Deadlines::default())
}
