//! The orders and refunds of the contract's examples, as the core has them.

use domain::{
    EntryId, Fen, OfferId, OrderId, RefundId, SkuId, Timestamp,
    order::{Line, LineStatus, Order, OrderStatus, Party, Shipment},
    refund::{DisputeRequest, EntryShare, Goods, Refund, RefundStatus},
};
use serde_json::Value;

pub fn at(text: &str) -> Timestamp {
    Timestamp::from_text(text).unwrap()
}

pub fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

pub fn order(id: i64, lines: Vec<Line>) -> Order {
    Order {
        id: OrderId::new(id).unwrap(),
        buyer: Party::default(),
        seller: Party::default(),
        status: OrderStatus::WaitBuyerPay,
        lines,
        shipping_fee: Fen(600),
        refunded: Fen::ZERO,
        created_at: at("2026-05-20 15:40:00"),
        modified_at: at("2026-05-20 15:40:00"),
        paid_at: None,
        shipped_at: None,
        received_at: None,
        completed_at: None,
        closed_by: None,
        close_reason: None,
        refund_in_sale: None,
        refund_after_sale: None,
        out_order_id: Some("SMP-1".into()),
        stages_paid: 0,
        batch_pay: None,
    }
}

pub fn line(id: i64, sku: i64, amount: i64) -> Line {
    Line {
        id: EntryId::new(id).unwrap(),
        offer_id: OfferId::new(889_512_351_602).unwrap(),
        sku_id: Some(SkuId::new(sku).unwrap()),
        spec_id: None,
        name: "青少年裤子男潮流松紧腰牛仔裤男春秋款宽松直筒阔腿高街美式长裤".into(),
        image: "http://cbu01.alicdn.com/img/ibank/O1CN012SxJpe2HbuxSDiGVZ_!!2216554039170-0-cib.80x80.jpg".into(),
        attributes: vec![],
        quantity: 1,
        unit_price: Fen(amount),
        amount: Fen(amount),
        share_postage: None,
        status: LineStatus::of(&OrderStatus::WaitBuyerPay),
        shipment: Shipment::NotShipped,
        refunded: Fen::ZERO,
        refund_in_sale: None,
        refund_after_sale: None,
    }
}

/// A refund of money only that succeeded.
pub fn refund(id: i64, order: i64, entries: &[(i64, u32)], payment: i64, carriage: i64) -> Refund {
    let share = |(id, count): &(i64, u32)| EntryShare { entry: EntryId::new(*id).unwrap(), count: *count };
    Refund {
        id: RefundId::new(id).unwrap(),
        order_id: OrderId::new(order).unwrap(),
        status: RefundStatus::Success,
        request: DisputeRequest::Refund,
        after_sale: false,
        before_shipment: true,
        goods: Goods::NotReceived,
        entries: entries.iter().map(share).collect(),
        apply_payment: Fen(payment),
        apply_carriage: Fen(carriage),
        can_refund: Fen(payment),
        refund_payment: Fen(payment),
        refund_carriage: Fen(carriage),
        reason_id: 20_006,
        applied_at: at("2026-04-20 15:24:07"),
        modified_at: at("2026-04-20 15:27:40"),
        completed_at: Some(at("2026-04-20 15:27:40")),
        timeout_at: Some(at("2026-04-21 15:24:07")),
        reject_reason: None,
        reject_times: 0,
        return_parcel: None,
        steps: 2,
    }
}

pub fn pushed_refund() -> Refund {
    let mut refund =
        refund(142_969_441_872_889_407, 2_044_420_321_024_880_794, &[(2_044_420_321_024_880_794, 18)], 11_700, 5_000);
    refund.applied_at = Timestamp(1_704_853_762_000);
    refund.modified_at = Timestamp(1_704_853_763_000);
    refund.completed_at = Some(Timestamp(1_704_853_764_000));
    refund.timeout_at = None;
    refund
}
