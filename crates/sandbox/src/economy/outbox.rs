//! Push messages: what is told of each change, and when it travels.
//!
//! A message is born in the decision that it tells of and goes out only after that decision is on disk. It is tried at
//! once and after 1, 5 and 30 minutes of world time; then it stays for the read-back calls.

use super::{
    carriers,
    habits::{self, Pushes},
    record::{OrderRecord, Parcel, RefundRecord},
    world::World,
};
use domain::{
    OrderId, Timestamp,
    event::OrderEvent,
    refund::{Action, Actor},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Pauses after the first, second and third try.
const PAUSES_MS: [i64; 3] = [60_000, 300_000, 1_800_000];

/// What becomes of messages that were born.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Travel {
    #[default]
    Posted,
    /// They are not posted, and wait for the read-back calls.
    ReadBack,
    /// Nobody gets them, until they travel again.
    Withheld,
}

/// A message that nobody has acknowledged yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Push {
    /// `msgId`.
    pub id: i64,
    pub order: OrderId,
    /// Counts the messages of the order.
    pub serial: u32,
    /// Member id of the purchasing account (`userInfo`).
    pub member: String,
    pub topic: String,
    /// The whole message as JSON text, byte for byte as it is signed.
    pub body: String,
    /// World time.
    pub born_at: Timestamp,
    /// Wall time before which it does not travel.
    pub hold_until: Timestamp,
    /// World time of the next try.
    pub next_try: Timestamp,
    pub tries: u32,
    /// How often one delivery posts it.
    pub copies: u32,
}

impl Push {
    /// Whether it will be tried (again) by itself.
    pub fn is_tried_again(&self) -> bool {
        self.tries as usize <= PAUSES_MS.len()
    }

    /// Notes a try that nobody acknowledged.
    pub fn failed(&mut self, now: Timestamp) {
        let pause = PAUSES_MS.get(self.tries as usize).copied().unwrap_or(0);
        self.tries += 1;
        self.next_try = now.plus_ms(pause);
    }
}

/// The topic of an order event.
pub const fn topic(event: OrderEvent) -> &'static str {
    match event {
        OrderEvent::Created => "ORDER_BUYER_VIEW_BUYER_MAKE",
        OrderEvent::PriceModified => "ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY",
        OrderEvent::Paid => "ORDER_BUYER_VIEW_ORDER_PAY",
        OrderEvent::StagePaid => "ORDER_BUYER_VIEW_ORDER_STEP_PAY",
        OrderEvent::BatchPay => "ORDER_BATCH_PAY",
        OrderEvent::PartShipped => "ORDER_BUYER_VIEW_PART_PART_SENDGOODS",
        OrderEvent::Shipped => "ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS",
        OrderEvent::ReceiptConfirmed => "ORDER_BUYER_VIEW_ORDER_COMFIRM_RECEIVEGOODS",
        OrderEvent::Succeeded => "ORDER_BUYER_VIEW_ORDER_SUCCESS",
        OrderEvent::ClosedByBuyer => "ORDER_BUYER_VIEW_ORDER_BUYER_CLOSE",
        OrderEvent::ClosedBySeller => "ORDER_BUYER_VIEW_ORDER_SELLER_CLOSE",
        OrderEvent::ClosedByPlatform => "ORDER_BUYER_VIEW_ORDER_BOPS_CLOSE",
    }
}

const REFUND_IN_SALE: &str = "ORDER_BUYER_VIEW_ORDER_BUYER_REFUND_IN_SALES";
const REFUND_AFTER_SALE: &str = "ORDER_BUYER_VIEW_ORDER_REFUND_AFTER_SALES";
const PARCEL: &str = "LOGISTICS_BUYER_VIEW_TRACE";

/// All topics that messages are pushed under.
pub const TOPICS: &[&str] = &[
    topic(OrderEvent::Created),
    topic(OrderEvent::PriceModified),
    topic(OrderEvent::Paid),
    topic(OrderEvent::StagePaid),
    topic(OrderEvent::BatchPay),
    topic(OrderEvent::PartShipped),
    topic(OrderEvent::Shipped),
    topic(OrderEvent::ReceiptConfirmed),
    topic(OrderEvent::Succeeded),
    topic(OrderEvent::ClosedByBuyer),
    topic(OrderEvent::ClosedBySeller),
    topic(OrderEvent::ClosedByPlatform),
    REFUND_IN_SALE,
    REFUND_AFTER_SALE,
    PARCEL,
];

impl World<'_> {
    /// Tells the events of an order.
    pub fn tell(&mut self, record: &mut OrderRecord, events: &[OrderEvent]) {
        for event in events {
            let order = &record.order;
            let data = json!({
                "buyerMemberId": order.buyer.member_id,
                "sellerMemberId": order.seller.member_id,
                "orderId": order.id,
                "currentStatus": order.status.word(),
                "msgSendTime": self.now.text(),
            });
            self.send(record, topic(*event), data);
        }
    }

    /// Tells one step of a refund.
    pub fn tell_refund(&mut self, record: &mut OrderRecord, refund: &RefundRecord, action: Action, by: Actor) {
        let order = &record.order;
        let data = json!({
            "orderId": order.id,
            "currentStatus": refund.refund.status.word(),
            "msgSendTime": self.now.text(),
            "buyerMemberId": order.buyer.member_id,
            "refundAction": action.word(),
            "operator": by.word(),
            "sellerMemberId": order.seller.member_id,
            "refundId": refund.refund.id.get().to_string(),
        });
        let topic = if refund.refund.after_sale { REFUND_AFTER_SALE } else { REFUND_IN_SALE };
        self.send(record, topic, data);
    }

    /// Tells that a parcel has reached a stop.
    pub fn tell_parcel(&mut self, record: &mut OrderRecord, parcel: &Parcel, stop: &carriers::Stop) {
        let order = record.order.id;
        let items: Vec<Value> = parcel.entries.iter().map(|e| json!({"orderId": order, "orderEntryId": e})).collect();
        let data = json!({"OrderLogisticsTracingModel": {
            "logisticsId": parcel.logistics_id,
            "cpCode": parcel.carrier,
            "mailNo": parcel.bill,
            "statusChanged": stop.push,
            "changeTime": self.now.text(),
            "orderLogsItems": items,
        }});
        self.send(record, PARCEL, data);
    }

    pub fn send(&mut self, record: &mut OrderRecord, topic: &str, data: Value) {
        record.pushes += 1;
        let (order, serial) = (record.order.id, record.pushes);
        let id = self.push_id(order, serial);
        let member = record.order.buyer.member_id.clone();
        let body = json!({
            "bizKey": order.to_string(),
            "data": data,
            "gmtBorn": self.now.0,
            "msgId": id,
            "type": topic,
            "userInfo": member,
        });
        let pushes = habits::conduct(record.habit).pushes;
        self.state.put_push(Push {
            id,
            order,
            serial,
            member,
            topic: topic.to_owned(),
            body: body.to_string(),
            born_at: self.now,
            hold_until: self.wall.plus_ms(held_ms(pushes, serial)),
            next_try: self.now,
            tries: 0,
            copies: if pushes == Pushes::Twice { 2 } else { 1 },
        });
    }

    fn push_id(&self, order: OrderId, serial: u32) -> i64 {
        let object = format!("order {order}");
        let drawn = |attempt: u32| {
            100_000_000_000 + self.fixed.seed.below(&object, &format!("push {serial} {attempt}"), 900_000_000_000_000)
        };
        (0..).map(drawn).find(|id| self.state.push(*id).is_none()).expect("there are more numbers than messages")
    }
}

fn held_ms(pushes: Pushes, serial: u32) -> i64 {
    match pushes {
        Pushes::Once | Pushes::Twice => 0,
        Pushes::Late => habits::LATE_MS,
        Pushes::OutOfOrder if serial % 2 == 1 => habits::OVERTAKEN_MS,
        Pushes::OutOfOrder => 0,
    }
}
