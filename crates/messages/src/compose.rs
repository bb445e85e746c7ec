//! From an event to the message of an edition. Pure, so that it can run inside the use case that commits the change; what
//! it gives is kept and does not change between attempts.
//!
//! The body is the whole object as it is after the event, not the thin push of the marketplace: a receiver need not ask.

use crate::topics::{MessageEdition, message_type};
use contract::{
    dialect::V1Message,
    view::{
        message::{KaOrderMessageBody, KaRefundMessageBody, object_body, text_body},
        order::AlibabaOrderVO,
        refund::RefundMessageBody,
    },
};
use domain::{Timestamp, event::Event, order::Order, refund::Refund};
use serde_json::value::RawValue;

/// What is known of the object when it happened.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub order: &'a Order,
    /// The marketplace's record of the order.
    pub document: &'a str,
    /// The platform's purchase number.
    pub order_no: &'a str,
    /// The caller's own number of the order.
    pub caller_number: Option<&'a str>,
    /// The refund that the event is about.
    pub refund: Option<RefundFacts<'a>>,
}

#[derive(Debug, Clone, Copy)]
pub struct RefundFacts<'a> {
    pub core: &'a Refund,
    /// The marketplace's record of the refund.
    pub document: &'a str,
    /// When the platform made its own record of it.
    pub created_at: Timestamp,
}

/// A message before it has an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    pub message_type: String,
    /// 1: 1688.
    pub platform: i64,
    /// JSON text of `messageBody`: an object, or a JSON string in ka.
    pub body: String,
}

#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    #[error("a refund event without its refund")]
    NoRefund,
    #[error("the marketplace's record cannot be read: {0}")]
    Document(#[from] serde_json::Error),
}

/// The message of `event` in `edition`; `None` where the edition is not told of it.
pub fn compose(edition: MessageEdition, event: Event, facts: Facts<'_>) -> Result<Option<Composed>, ComposeError> {
    let Some(message_type) = message_type(event, edition) else {
        return Ok(None);
    };
    let body = match (event, edition) {
        (Event::Order(_), MessageEdition::V1 | MessageEdition::V2) => order_v1(facts)?,
        (Event::Order(_), MessageEdition::Ka) => order_ka(facts)?,
        (Event::Refund, MessageEdition::V1 | MessageEdition::V2) => refund_v1(refund_of(facts)?)?,
        (Event::Refund, MessageEdition::Ka) => refund_ka(refund_of(facts)?, facts.order_no)?,
    };
    Ok(Some(Composed { message_type: message_type.to_owned(), platform: 1, body: body.get().to_owned() }))
}

fn refund_of(facts: Facts<'_>) -> Result<RefundFacts<'_>, ComposeError> {
    facts.refund.ok_or(ComposeError::NoRefund)
}

fn order_v1(facts: Facts<'_>) -> Result<Box<RawValue>, serde_json::Error> {
    let mut view = AlibabaOrderVO::<V1Message>::read(facts.document)?;
    view.overlay(facts.order);
    view.set_caller_number(facts.caller_number);
    object_body(&view)
}

fn order_ka(facts: Facts<'_>) -> Result<Box<RawValue>, serde_json::Error> {
    // An after-sale refund comes after the trade, so after any in-sale one.
    let latest_refund = facts.order.refund_after_sale.or(facts.order.refund_in_sale);
    text_body(&KaOrderMessageBody::of(facts.order, facts.order_no, latest_refund))
}

fn refund_v1(facts: RefundFacts<'_>) -> Result<Box<RawValue>, serde_json::Error> {
    let mut view = RefundMessageBody::read(facts.document)?;
    view.overlay(facts.core, facts.created_at);
    object_body(&view)
}

fn refund_ka(facts: RefundFacts<'_>, order_no: &str) -> Result<Box<RawValue>, serde_json::Error> {
    text_body(&KaRefundMessageBody::of(facts.core, order_no))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        EntryId, Fen, OfferId, OrderId, RefundId,
        event::OrderEvent,
        order::{Closer, Line, LineStatus, OrderStatus, Party, Shipment},
        refund::{DisputeRequest, EntryShare, Goods, RefundStatus},
    };

    const MADE: Timestamp = Timestamp(1_779_262_800_000);
    const DOCUMENT: &str = r#"{"baseInfo":{"id":3305075341149134260,"remark":null,"buyerFeedback":"快点"},"productItems":[{"subItemID":3305075341150134260,"name":"茶杯","quantity":2}]}"#;

    fn order() -> Order {
        let line = Line {
            id: EntryId::new(3_305_075_341_150_134_260).unwrap(),
            offer_id: OfferId::new(600_000_000_001).unwrap(),
            sku_id: None,
            spec_id: None,
            name: "茶杯".to_owned(),
            image: String::new(),
            attributes: Vec::new(),
            quantity: 2,
            unit_price: Fen(4750),
            amount: Fen(9500),
            share_postage: None,
            status: LineStatus::of(&OrderStatus::WaitBuyerPay),
            shipment: Shipment::NotShipped,
            refunded: Fen::ZERO,
            refund_in_sale: None,
            refund_after_sale: None,
        };
        Order {
            id: OrderId::new(3_305_075_341_149_134_260).unwrap(),
            buyer: Party::default(),
            seller: Party::default(),
            status: OrderStatus::WaitBuyerPay,
            lines: vec![line],
            shipping_fee: Fen(500),
            refunded: Fen::ZERO,
            created_at: MADE,
            modified_at: MADE,
            paid_at: None,
            shipped_at: None,
            received_at: None,
            completed_at: None,
            closed_by: None,
            close_reason: None,
            refund_in_sale: None,
            refund_after_sale: None,
            out_order_id: Some("ours-77".to_owned()),
            stages_paid: 0,
            batch_pay: None,
        }
    }

    fn facts(order: &Order) -> Facts<'_> {
        Facts { order, document: DOCUMENT, order_no: "PO202605200001", caller_number: Some("mine-1"), refund: None }
    }

    fn ka(event: OrderEvent, order: &Order) -> (String, String) {
        let composed = compose(MessageEdition::Ka, Event::Order(event), facts(order)).unwrap().unwrap();
        (composed.message_type, composed.body)
    }

    #[test]
    fn ka_orders_are_the_published_examples() {
        let mut order = order();
        let created = r#""{\"orderId\":\"3305075341149134260\",\"orderNo\":\"PO202605200001\",\"orderStatus\":\"WAITING_FOR_PAYMENT\",\"payStatus\":1,\"totalAmount\":10000,\"shippingFee\":500,\"productAmount\":9500,\"refundAmount\":0,\"refundStatus\":null,\"closeReason\":null,\"tbCreateTime\":\"2026-05-20 15:40:00\",\"payTime\":null}""#;
        assert_eq!(ka(OrderEvent::Created, &order), ("ORDER_CREATE".to_owned(), created.to_owned()));

        order.paid_at = Some(MADE.plus_secs(60));
        order.status = OrderStatus::WaitSellerSend;
        let paid = r#""{\"orderId\":\"3305075341149134260\",\"orderNo\":\"PO202605200001\",\"orderStatus\":\"WAITING_FOR_SENT\",\"payStatus\":2,\"totalAmount\":10000,\"shippingFee\":500,\"productAmount\":9500,\"refundAmount\":0,\"refundStatus\":null,\"closeReason\":null,\"tbCreateTime\":\"2026-05-20 15:40:00\",\"payTime\":\"2026-05-20 15:41:00\"}""#;
        assert_eq!(ka(OrderEvent::Paid, &order), ("ORDER_PAY_SUCCESS".to_owned(), paid.to_owned()));

        order.paid_at = None;
        order.status = OrderStatus::Cancel;
        order.closed_by = Some(Closer::Buyer);
        let (message_type, body) = ka(OrderEvent::ClosedByBuyer, &order);
        assert_eq!(message_type, "ORDER_CANCEL");
        assert!(body.contains(r#"\"orderStatus\":\"CANCEL\""#) && body.contains(r#"\"closeReason\":\"buyer_cancel\""#));
    }

    #[test]
    fn the_latest_refund_of_a_ka_order_is_the_after_sale_one() {
        let mut order = order();
        order.refund_in_sale = Some(RefundStatus::Close);
        assert!(ka(OrderEvent::Succeeded, &order).1.contains(r#"\"refundStatus\":\"refundclose\""#));
        order.refund_after_sale = Some(RefundStatus::Success);
        assert!(ka(OrderEvent::Succeeded, &order).1.contains(r#"\"refundStatus\":\"refundsuccess\""#));
    }

    #[test]
    fn v1_and_v2_orders_are_the_whole_record_with_the_core_and_without_nulls() {
        let order = order();
        let event = Event::Order(OrderEvent::PriceModified);
        let v1 = compose(MessageEdition::V1, event, facts(&order)).unwrap().unwrap();
        assert_eq!(compose(MessageEdition::V2, event, facts(&order)).unwrap().unwrap(), v1);
        let body: serde_json::Value = serde_json::from_str(&v1.body).unwrap();
        let base = &body["baseInfo"];
        assert_eq!(base["buyerFeedback"], "快点");
        assert_eq!(base["totalAmount"].to_string(), "100");
        assert_eq!(
            (base["createTime"].as_str(), base["outOrderId"].as_str()),
            (Some("20260520154000000+0800"), Some("mine-1"))
        );
        assert!(base.get("remark").is_none() && !v1.body.contains("null"), "{}", v1.body);
        assert!(!v1.body.contains("ours-77"), "the number that the marketplace knows must not leave");
    }

    fn refund() -> Refund {
        Refund {
            id: RefundId::new(142_969_441_872_889_407).unwrap(),
            order_id: OrderId::new(2_044_420_321_024_880_794).unwrap(),
            status: RefundStatus::Success,
            request: DisputeRequest::Refund,
            after_sale: false,
            before_shipment: true,
            goods: Goods::NotReceived,
            entries: vec![EntryShare { entry: EntryId::new(2_044_420_321_024_880_794).unwrap(), count: 18 }],
            apply_payment: Fen(11_700),
            apply_carriage: Fen(5000),
            can_refund: Fen(11_700),
            refund_payment: Fen(11_700),
            refund_carriage: Fen(5000),
            reason_id: 20_006,
            applied_at: Timestamp(1_704_853_762_000),
            modified_at: Timestamp(1_704_853_763_000),
            completed_at: Some(Timestamp(1_704_853_764_000)),
            timeout_at: None,
            reject_reason: None,
            reject_times: 0,
            return_parcel: None,
            steps: 2,
        }
    }

    #[test]
    fn refunds_are_the_record_in_v1_and_a_summary_in_ka() {
        let (order, refund) = (order(), refund());
        let document = r#"{"applyReason":"不想买了","gmtApply":"20240110102922000+0800","refundId":"TQ142969441872889407","status":"waitselleragree","sellerMobile":null}"#;
        let about = RefundFacts { core: &refund, document, created_at: Timestamp(1_704_938_069_366) };
        let facts = Facts { refund: Some(about), ..facts(&order) };
        let v1 = compose(MessageEdition::V1, Event::Refund, facts).unwrap().unwrap();
        assert_eq!(v1.message_type, "ORDER_BUYER_VIEW_ORDER_BUYER_REFUND");
        let body: serde_json::Value = serde_json::from_str(&v1.body).unwrap();
        for (field, value) in [
            ("id", "142969441872889407"),
            ("status", "\"refundsuccess\""),
            ("gmtApply", "1704853762000"),
            ("createTime", "1704938069366"),
            ("refundPayment", "11700"),
            ("applyReason", "\"不想买了\""),
        ] {
            assert_eq!(body[field].to_string(), value, "{field}");
        }
        assert!(!v1.body.contains("null"), "{}", v1.body);

        let ka = compose(MessageEdition::Ka, Event::Refund, facts).unwrap().unwrap();
        let expected = r#""{\"refundId\":\"TQ142969441872889407\",\"orderId\":\"2044420321024880794\",\"orderNo\":\"PO202605200001\",\"status\":\"refundsuccess\",\"refundPayment\":11700,\"refundCarriage\":5000,\"applyPayment\":11700,\"applyCarriage\":5000,\"gmtModified\":\"2024-01-10 10:29:23\"}""#;
        assert_eq!(ka.body, expected);
    }

    #[test]
    fn what_cannot_be_told_is_an_error_or_nothing_never_an_empty_body() {
        let order = order();
        let batch = compose(MessageEdition::Ka, Event::Order(OrderEvent::BatchPay), facts(&order));
        assert!(batch.unwrap().is_none());
        assert!(matches!(compose(MessageEdition::V1, Event::Refund, facts(&order)), Err(ComposeError::NoRefund)));
        let broken = Facts { document: "{", ..facts(&order) };
        let event = Event::Order(OrderEvent::Paid);
        assert!(matches!(compose(MessageEdition::V1, event, broken), Err(ComposeError::Document(_))));
    }
}
