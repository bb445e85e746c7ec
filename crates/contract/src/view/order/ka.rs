//! Orders of key accounts: a flat summary in fen whose words are its own. The message bodies have the same keys.

use super::LogisticsTrace;
use crate::{
    carried::Carried,
    dialect::{KaMessage, Time},
    json_text,
    request::FastAdress,
    scalar::List,
};
use domain::{
    Fen, RowId,
    order::{Closer, Line, Order, OrderStatus, Shipment},
    refund::RefundStatus,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a ka order message carries; [`KaOrder`] is this and the caller's number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KaOrderMessageBody {
    /// The 1688 order id as text.
    pub order_id: String,
    /// The platform's purchase number, e.g. `PO202605200001`.
    pub order_no: String,
    /// A word of [`order_status`].
    pub order_status: String,
    /// 1 unpaid, 2 paid (also after a refund).
    pub pay_status: i64,
    /// Fen: goods and freight.
    pub total_amount: i64,
    /// Fen.
    pub shipping_fee: i64,
    /// Fen.
    pub product_amount: i64,
    /// Fen paid back so far, goods and freight.
    pub refund_amount: i64,
    /// Of the latest refund; null without one.
    pub refund_status: Option<String>,
    /// `buyer_cancel`, `seller_cancel`, `platform_close`, `timeout` or `refund`.
    pub close_reason: Option<String>,
    pub tb_create_time: Time<KaMessage>,
    pub pay_time: Option<Time<KaMessage>>,
}

impl KaOrderMessageBody {
    pub fn of(order: &Order, order_no: &str, latest_refund: Option<RefundStatus>) -> Self {
        Self {
            order_id: order.id.to_string(),
            order_no: order_no.to_owned(),
            order_status: order_status(&order.status).to_owned(),
            pay_status: pay_status(order),
            total_amount: order.total().0,
            shipping_fee: order.shipping_fee.0,
            product_amount: order.goods().0,
            refund_amount: order.refunded.0,
            refund_status: latest_refund.map(|s| s.word().to_owned()),
            close_reason: close_reason(order).map(str::to_owned),
            tb_create_time: order.created_at.into(),
            pay_time: order.paid_at.map(Time::new),
        }
    }
}

/// An order of a key account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KaOrder {
    #[serde(flatten)]
    pub summary: KaOrderMessageBody,
    /// The caller's own number.
    pub out_order_id: Option<String>,
}

impl KaOrder {
    pub fn of(order: &Order, order_no: &str, out_order_id: Option<&str>, latest_refund: Option<RefundStatus>) -> Self {
        Self {
            summary: KaOrderMessageBody::of(order, order_no, latest_refund),
            out_order_id: out_order_id.map(str::to_owned),
        }
    }
}

/// An order of a key account with its receiver, lines and parcels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KaOrderDetail {
    #[serde(flatten)]
    pub order: KaOrder,
    pub address_param: FastAdress,
    pub product_list: List<KaOrderItem>,
    /// Empty until shipped.
    pub logistics_list: List<LogisticsTrace>,
}

/// A page of orders, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct KaOrderPage {
    pub records: List<KaOrder>,
    pub total: i64,
    pub size: i64,
    pub current: i64,
}

/// One line of a platform order. Amounts in fen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KaOrderItem {
    /// The platform's own row id.
    pub id: String,
    pub product_id: String,
    /// Null for products without SKUs.
    pub sku_id: Option<String>,
    pub quantity: i64,
    pub sub_price: i64,
    pub sub_total_price: i64,
    /// The unit price that the caller is charged; `subPrice` as long as no customer price is set.
    pub out_sub_price: i64,
    /// `outSubPrice` times `quantity`.
    pub out_sub_total_price: i64,
    /// See [`sub_order_status`]. A refund alone does not change it.
    pub sub_order_status: i64,
    /// 1 while a refund of the line is open, else 0: do not derive the outcome from it.
    pub refund_status: i64,
    /// The 1688 sub-order id.
    pub sub_tb_order_id: String,
    pub sub_order_status_desc: Option<String>,
    /// The platform's service fee of the line.
    pub sub_service_price: i64,
    pub product_name: String,
    pub sku_image: String,
    /// JSON text: list of `{name, value}`.
    pub sku_infos: String,
    /// Null so far.
    #[serde(rename = "skuTOList")]
    pub sku_to_list: Option<Vec<Carried>>,
}

impl KaOrderItem {
    /// `row` and `fee` are the platform's own; `refund_open` says whether a refund of the line is open.
    pub fn of(order: &Order, line: &Line, row: RowId, fee: Fen, refund_open: bool) -> Self {
        Self {
            id: row.to_string(),
            product_id: line.offer_id.to_string(),
            sku_id: line.sku_id.map(|id| id.to_string()),
            quantity: i64::from(line.quantity),
            sub_price: line.unit_price.0,
            sub_total_price: line.amount.0,
            out_sub_price: line.unit_price.0,
            out_sub_total_price: line.unit_price.times(line.quantity).0,
            sub_order_status: sub_order_status(order, line),
            refund_status: i64::from(refund_open),
            sub_tb_order_id: line.id.to_string(),
            sub_order_status_desc: None,
            sub_service_price: fee.0,
            product_name: line.name.clone(),
            sku_image: line.image.clone(),
            sku_infos: sku_infos(&line.attributes),
            sku_to_list: None,
        }
    }
}

fn sku_infos(attributes: &[(String, String)]) -> String {
    #[derive(Serialize)]
    struct Attribute<'a> {
        name: &'a str,
        value: &'a str,
    }
    let rows: Vec<_> = attributes.iter().map(|(name, value)| Attribute { name, value }).collect();
    json_text::spaced(&rows)
}

/// The word of `orderStatus` for a state of the marketplace.
pub fn order_status(status: &OrderStatus) -> &'static str {
    match status {
        OrderStatus::WaitBuyerPay => "WAITING_FOR_PAYMENT",
        OrderStatus::WaitSellerSend => "WAITING_FOR_SENT",
        OrderStatus::WaitBuyerReceive => "WAITING_FOR_RECEIVE",
        OrderStatus::ConfirmGoods | OrderStatus::Success => "SUCCESS",
        OrderStatus::Cancel => "CANCEL",
        OrderStatus::Terminated => "CLOSED",
        OrderStatus::Other(_) => "OTHER",
    }
}

/// 1 unpaid, 2 paid, whatever came after.
pub fn pay_status(order: &Order) -> i64 {
    if order.was_paid() { 2 } else { 1 }
}

/// 1 unpaid, 2 paid and not shipped, 3 shipped, 4 received, 5 cancelled before payment, 6 closed after payment for another
/// reason than a refund.
pub fn sub_order_status(order: &Order, line: &Line) -> i64 {
    if !order.was_paid() {
        return if matches!(order.status, OrderStatus::Cancel | OrderStatus::Terminated) { 5 } else { 1 };
    }
    let closed = matches!(line.status.0.as_str(), "terminated" | "cancel");
    if closed && line.refunded < line.amount {
        return 6;
    }
    match line.shipment {
        Shipment::NotShipped => 2,
        Shipment::Shipped => 3,
        Shipment::Received => 4,
    }
}

/// Why an order was closed; `None` while it is open or done.
pub fn close_reason(order: &Order) -> Option<&'static str> {
    match (&order.status, order.closed_by) {
        (OrderStatus::Cancel | OrderStatus::Terminated, Some(by)) => Some(match by {
            Closer::Buyer => "buyer_cancel",
            Closer::Seller => "seller_cancel",
            Closer::Platform => "platform_close",
            Closer::Timeout => "timeout",
        }),
        (OrderStatus::Terminated, None) if order.refunded > Fen::ZERO => Some("refund"),
        (OrderStatus::Cancel | OrderStatus::Terminated, None) => Some("platform_close"),
        (
            OrderStatus::WaitBuyerPay
            | OrderStatus::WaitSellerSend
            | OrderStatus::WaitBuyerReceive
            | OrderStatus::ConfirmGoods
            | OrderStatus::Success
            | OrderStatus::Other(_),
            _,
        ) => None,
    }
}

/// The platform's fee on an amount at `rate_bp` hundredths of a percent, rounded half up.
pub fn service_fee(amount: Fen, rate_bp: u32) -> Fen {
    let fee = (i128::from(amount.0) * i128::from(rate_bp) * 2 + 10_000).div_euclid(20_000);
    Fen(i64::try_from(fee).unwrap_or(i64::MAX))
}
