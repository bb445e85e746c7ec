//! What the marketplace pushes, and the lists from which missed pushes are read back.

use super::{Flag, Int, Text};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The form field `message` of a push. `topicGroup` is the part of the topic before the first underscore; the topic counts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Message<D = Value> {
    pub biz_key: Option<Text>,
    /// By topic: [`OrderData`], [`RefundData`], [`BatchPayData`], [`LogisticsData`].
    pub data: Option<D>,
    /// Epoch milliseconds.
    pub gmt_born: Option<Int>,
    pub msg_id: Option<Int>,
    /// The topic.
    #[serde(rename = "type")]
    pub topic: Option<String>,
    /// Member id of the purchasing account.
    pub user_info: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extra_info: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic_group: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_key: Option<Text>,
}

/// `data` of the order topics.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OrderData {
    pub buyer_member_id: Option<String>,
    pub seller_member_id: Option<String>,
    pub order_id: Option<Int>,
    pub current_status: Option<String>,
    /// `yyyy-MM-dd HH:mm:ss`, UTC+8.
    pub msg_send_time: Option<String>,
}

/// `data` of the refund topics.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RefundData {
    pub order_id: Option<Int>,
    /// A refund status.
    pub current_status: Option<String>,
    /// `yyyy-MM-dd HH:mm:ss`, UTC+8.
    pub msg_send_time: Option<String>,
    pub buyer_member_id: Option<String>,
    pub refund_action: Option<String>,
    /// buyer, seller or system.
    pub operator: Option<String>,
    pub seller_member_id: Option<String>,
    /// Bare digits, no TQ.
    pub refund_id: Option<Text>,
}

/// `data` of `ORDER_BATCH_PAY`: either one order, or a list of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct BatchPayData {
    pub batch_pay: Option<Vec<BatchPaid>>,
    pub order_id: Option<Int>,
    pub status: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct BatchPaid {
    pub order_id: Option<Int>,
    /// successed, ACCOUNT_BALANCE_NOT_ENOUGH, ACCOUNT_NOT_EXIST, ACCOUNT_FROZEN or PARAM_ILLEGAL.
    pub status: Option<String>,
}

/// `data` of the logistics topics.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LogisticsData {
    #[serde(rename = "OrderLogisticsTracingModel", skip_serializing_if = "Option::is_none")]
    pub tracing: Option<TracingModel>,
    #[serde(rename = "MailNoChangeModel", skip_serializing_if = "Option::is_none")]
    pub mail_no_change: Option<MailNoChangeModel>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TracingModel {
    pub logistics_id: Option<Text>,
    pub cp_code: Option<String>,
    pub mail_no: Option<Text>,
    /// CONSIGN, ACCEPT, TRANSPORT, DELIVERING or SIGN.
    pub status_changed: Option<String>,
    pub change_time: Option<Text>,
    pub order_logs_items: Option<Vec<OrderLogsItem>>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct MailNoChangeModel {
    pub logistics_id: Option<Text>,
    pub old_cp_code: Option<String>,
    pub new_cp_code: Option<String>,
    pub old_mail_no: Option<Text>,
    pub new_mail_no: Option<Text>,
    pub event_type: Option<String>,
    pub order_logs_items: Option<Vec<OrderLogsItem>>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OrderLogsItem {
    pub order_id: Option<Int>,
    pub order_entry_id: Option<Int>,
}

/// Answer of `push.cursor.messageList`: what it returns counts as confirmed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CursorAnswer {
    pub push_message_list: Option<Vec<Message>>,
}

/// `push.query.messageList`; pages count from 1 and hold 20 to 200.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct QueryAsk {
    pub page: Option<Int>,
    pub page_size: Option<Int>,
}

/// Answer of `push.query.messageList`: reading does not confirm. A row is a [`Message`].
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QueryAnswer<M = Message> {
    pub push_message_page: Option<MessagePage<M>>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MessagePage<M = Message> {
    pub total_count: Option<Int>,
    pub datas: Option<Vec<M>>,
}

/// `push.message.confirm`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ConfirmAsk {
    pub msg_id_list: Option<Vec<Int>>,
}

/// Answer of `push.message.confirm`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ConfirmAnswer {
    pub is_success: Option<Flag>,
}
