//! What 1688 pushes: a form with `message` and its signature. The content is a hint which object to read again.

use crate::{
    Alibaba1688,
    sign::{self, SIGNATURE},
    wire::{
        Int,
        push::{BatchPayData, LogisticsData, Message, OrderData, RefundData, TracingModel},
    },
};
use connector::{
    Error, Kind, Push, Result,
    push::{Pushed, Subject},
};
use domain::{OrderId, RefundId, Timestamp};
use serde::de::DeserializeOwned;
use serde_json::Value;

const PUSH: &str = "push";
pub(crate) const REFUND_TOPICS: [&str; 2] =
    ["ORDER_BUYER_VIEW_ORDER_BUYER_REFUND_IN_SALES", "ORDER_BUYER_VIEW_ORDER_REFUND_AFTER_SALES"];
const BATCH_PAY: &str = "ORDER_BATCH_PAY";

impl Push for Alibaba1688 {
    /// The body is a form whatever its content type says; the signature proves it.
    fn decode(&self, _content_type: &str, body: &[u8]) -> Result<Pushed> {
        let field =
            |name: &str| form_urlencoded::parse(body).find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        let raw = field("message").ok_or_else(|| refused(Kind::InvalidParameter, "no form field message"))?;
        let signature = field(SIGNATURE).unwrap_or_default();
        if !sign::verify_push(self.config.app_secret.reveal(), &raw, &signature) {
            return Err(refused(Kind::Unauthorized, "the signature does not hold"));
        }
        let message: Message = serde_json::from_str(&raw)
            .map_err(|e| refused(Kind::InvalidParameter, &format!("message is not of the documented shape: {e}")))?;
        pushed(message, raw).ok_or_else(|| refused(Kind::InvalidParameter, "msgId, type or gmtBorn is missing"))
    }
}

fn refused(kind: Kind, text: &str) -> Error {
    Error::refused(kind, PUSH, "", text)
}

fn pushed(message: Message, raw: String) -> Option<Pushed> {
    let topic = message.topic?;
    let subject = subject(&topic, message.data.unwrap_or_default());
    Some(Pushed {
        message_id: message.msg_id?.0.to_string(),
        subject,
        topic,
        born_at: Timestamp(message.gmt_born?.0),
        raw,
    })
}

fn subject(topic: &str, data: Value) -> Option<Subject> {
    if REFUND_TOPICS.contains(&topic) {
        refund(shape(data)?)
    } else if topic == BATCH_PAY {
        batch(shape(data)?)
    } else if topic.starts_with("ORDER_") {
        order(shape::<OrderData>(data)?.order_id)
    } else if topic.starts_with("LOGISTICS_") {
        parcel(data)
    } else {
        None
    }
}

fn shape<T: DeserializeOwned>(data: Value) -> Option<T> {
    serde_json::from_value(data).ok()
}

fn order(id: Option<Int>) -> Option<Subject> {
    OrderId::new(id?.0).ok().map(Subject::Order)
}

/// Without a refund number the order is still worth a look.
fn refund(data: RefundData) -> Option<Subject> {
    let Some(Subject::Order(order)) = order(data.order_id) else {
        return None;
    };
    let refund = data.refund_id.and_then(|id| id.0.parse::<RefundId>().ok());
    Some(refund.map_or(Subject::Order(order), |refund| Subject::Refund { refund, order }))
}

fn batch(data: BatchPayData) -> Option<Subject> {
    order(data.order_id.or_else(|| data.batch_pay?.first()?.order_id))
}

/// The first order that travels in the parcel. The model is wrapped in its name, or stands bare.
fn parcel(data: Value) -> Option<Subject> {
    let wrapped: LogisticsData = shape(data.clone())?;
    let items = wrapped
        .tracing
        .and_then(|m| m.order_logs_items)
        .or_else(|| wrapped.mail_no_change.and_then(|m| m.order_logs_items))
        .or_else(|| shape::<TracingModel>(data).and_then(|m| m.order_logs_items))?;
    order(items.first()?.order_id)
}
