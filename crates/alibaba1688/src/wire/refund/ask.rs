//! Arguments of the after-sales calls. Amounts are fen.

use crate::wire::{Int, Time};
use serde::{Deserialize, Serialize};

/// `alibaba.trade.getRefundReasonList`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ReasonsAsk {
    pub order_id: Option<Int>,
    pub order_entry_ids: Option<Vec<Int>>,
    pub goods_status: Option<String>,
}

/// `alibaba.trade.createRefund`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CreateAsk {
    pub order_id: Option<Int>,
    pub order_entry_ids: Option<Vec<Int>>,
    pub dispute_request: Option<String>,
    pub apply_payment: Option<Int>,
    pub apply_carriage: Option<Int>,
    pub apply_reason_id: Option<Int>,
    pub description: Option<String>,
    pub goods_status: Option<String>,
    pub vouchers: Option<Vec<String>>,
    pub order_entry_count_list: Option<Vec<EntryCount>>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EntryCount {
    pub id: Option<Int>,
    pub count: Option<Int>,
}

/// `alibaba.trade.refund.returnGoods`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ReturnAsk {
    pub refund_id: Option<String>,
    pub logistics_company_no: Option<String>,
    pub freight_bill: Option<String>,
    pub description: Option<String>,
    pub vouchers: Option<Vec<String>>,
}

/// `alibaba.trade.cancelRefund`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RefundAsk {
    pub refund_id: Option<String>,
}

/// `alibaba.trade.refund.OpQueryOrderRefund`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct DetailAsk {
    pub refund_id: Option<String>,
    pub need_time_out_info: Option<bool>,
    pub need_order_refund_operation: Option<bool>,
}

/// `alibaba.trade.refund.buyer.queryOrderRefundList`. Pages count from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ListAsk {
    pub order_id: Option<Int>,
    pub current_page_num: Option<Int>,
    pub page_size: Option<Int>,
    /// Spelled so: 1 in-sale, 2 after-sale, 0 all.
    pub dipsute_type: Option<Int>,
    pub modify_start_time: Option<Time>,
    pub modify_end_time: Option<Time>,
}
