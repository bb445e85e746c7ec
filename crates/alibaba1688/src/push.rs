//! What 1688 pushes: a form with `message` and its signature. The content is a hint which object to read again.

use crate::{
    Alibaba1688, api,
    gateway::Ask,
    map::unknown_word,
    ordering::confirmed,
    sign::{self, SIGNATURE},
    wire::{
        Int,
        push::{
            BatchPaid, BatchPayData, ConfirmAnswer, ConfirmAsk, LogisticsData, Message, OrderData, QueryAnswer,
            QueryAsk, RefundData, TracingModel,
        },
    },
};
use async_trait::async_trait;
use connector::{
    Error, Kind, Push, Result,
    push::{Pushed, Subject},
};
use domain::{OrderId, RefundId, Timestamp, order::BatchPay};
use serde::de::DeserializeOwned;
use serde_json::{Value, value::RawValue};

const PUSH: &str = "push";
pub(crate) const REFUND_TOPICS: [&str; 2] =
    ["ORDER_BUYER_VIEW_ORDER_BUYER_REFUND_IN_SALES", "ORDER_BUYER_VIEW_ORDER_REFUND_AFTER_SALES"];
const BATCH_PAY: &str = "ORDER_BATCH_PAY";
/// Messages read back at once: the most that the call gives.
const PAGE: i64 = 200;

#[async_trait]
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

    /// By the call that does not confirm what it hands out: a crash between its answer and the store loses nothing. Always
    /// the first page, since confirming shifts the pages.
    async fn missed(&self) -> Result<Vec<Pushed>> {
        let fields = QueryAsk { page: Some(Int(1)), page_size: Some(Int(PAGE)) };
        let answer = self.make(Ask::new(&api::MISSED, &fields)?, None).await?;
        let found: QueryAnswer<Box<RawValue>> = answer.read()?;
        let rows = found.push_message_page.and_then(|page| page.datas).unwrap_or_default();
        Ok(rows.iter().filter_map(|row| read_back(row.get())).collect())
    }

    async fn confirm(&self, message_ids: &[String]) -> Result<()> {
        let ids = message_ids.iter().filter_map(|id| id.parse().ok().map(Int)).collect();
        let fields = ConfirmAsk { msg_id_list: Some(ids) };
        let answer = self.make(Ask::new(&api::CONFIRM, &fields)?, None).await?;
        let done: ConfirmAnswer = answer.read()?;
        confirmed(&answer, done.is_success)
    }
}

/// A message that was read back. Without its number it could be neither kept nor confirmed.
fn read_back(raw: &str) -> Option<Pushed> {
    let message: Message = serde_json::from_str(raw).ok()?;
    let (id, topic) = (message.msg_id?, message.topic.clone().unwrap_or_default());
    pushed(message, raw.to_owned()).or_else(|| {
        let message_id = id.0.to_string();
        Some(Pushed { message_id, topic, born_at: Timestamp(0), subjects: Vec::new(), raw: raw.to_owned() })
    })
}

fn refused(kind: Kind, text: &str) -> Error {
    Error::refused(kind, PUSH, "", text)
}

fn pushed(message: Message, raw: String) -> Option<Pushed> {
    let topic = message.topic?;
    let subjects = subjects(&topic, message.data.unwrap_or_default());
    Some(Pushed {
        message_id: message.msg_id?.0.to_string(),
        subjects,
        topic,
        born_at: Timestamp(message.gmt_born?.0),
        raw,
    })
}

fn subjects(topic: &str, data: Value) -> Vec<Subject> {
    if topic == BATCH_PAY {
        return shape(data).map(batch).unwrap_or_default();
    }
    let one = if REFUND_TOPICS.contains(&topic) {
        shape(data).and_then(refund)
    } else if topic.starts_with("ORDER_") {
        shape::<OrderData>(data).and_then(|data| order(data.order_id))
    } else if topic.starts_with("LOGISTICS_") {
        parcel(data)
    } else {
        None
    };
    one.into_iter().collect()
}

fn shape<T: DeserializeOwned>(data: Value) -> Option<T> {
    serde_json::from_value(data).ok()
}

fn order_id(id: Option<Int>) -> Option<OrderId> {
    OrderId::new(id?.0).ok()
}

fn order(id: Option<Int>) -> Option<Subject> {
    order_id(id).map(Subject::Order)
}

/// Without a refund number the order is still worth a look.
fn refund(data: RefundData) -> Option<Subject> {
    let order = order_id(data.order_id)?;
    let refund = data.refund_id.and_then(|id| id.0.parse::<RefundId>().ok());
    Some(refund.map_or(Subject::Order(order), |refund| Subject::Refund { refund, order }))
}

/// Documented is the list; one order may also stand alone.
fn batch(data: BatchPayData) -> Vec<Subject> {
    let alone = data.order_id.map(|id| BatchPaid { order_id: Some(id), status: data.status });
    let listed = data.batch_pay.unwrap_or_default();
    alone.into_iter().chain(listed).filter_map(paid_together).collect()
}

/// An order whose outcome is not told is still worth a look.
fn paid_together(paid: BatchPaid) -> Option<Subject> {
    let order = order_id(paid.order_id)?;
    let outcome = match paid.status.as_deref() {
        Some("successed") => BatchPay::Succeeded,
        Some("ACCOUNT_BALANCE_NOT_ENOUGH" | "ACCOUNT_NOT_EXIST" | "ACCOUNT_FROZEN" | "PARAM_ILLEGAL") => {
            BatchPay::Failed
        }
        None => return Some(Subject::Order(order)),
        Some(other) => {
            unknown_word("batchPay.status", other);
            return Some(Subject::Order(order));
        }
    };
    Some(Subject::BatchPaid { order, outcome })
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
