//! `nativeLogistics` of an order and the steps of its parcels.

use crate::wire::{Flag, Int, Text, Yuan};
use serde::{Deserialize, Serialize};

/// Where the goods go, and the parcels.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NativeLogistics {
    pub address: Option<String>,
    pub area: Option<String>,
    /// E.g. 330106.
    pub area_code: Option<String>,
    pub city: Option<String>,
    pub contact_person: Option<String>,
    pub fax: Option<String>,
    pub mobile: Option<String>,
    pub province: Option<String>,
    pub telephone: Option<String>,
    pub zip: Option<String>,
    /// Null until shipped.
    pub logistics_items: Option<Vec<LogisticsItem>>,
    pub town_code: Option<String>,
    pub town: Option<String>,
    /// In the v2 answer, not in the upstream model.
    pub caid: Option<String>,
    /// In the v2 answer.
    pub real_logistics_company_no: Option<String>,
}

/// null until shipped.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LogisticsItem {
    pub delivered_time: Option<String>,
    /// E.g. LP..., BX.
    pub logistics_code: Option<Text>,
    /// 0 seller's own shipping, 1 online shipping, 2 no logistics.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub id: Option<Int>,
    /// E.g. alreadysend.
    pub status: Option<String>,
    pub gmt_modified: Option<String>,
    pub gmt_create: Option<String>,
    /// Yuan.
    pub carriage: Option<Yuan>,
    pub from_province: Option<String>,
    pub from_city: Option<String>,
    pub from_area: Option<String>,
    pub from_address: Option<String>,
    pub from_phone: Option<String>,
    pub from_mobile: Option<String>,
    pub from_post: Option<String>,
    pub logistics_company_id: Option<Int>,
    pub logistics_company_no: Option<Text>,
    pub logistics_company_name: Option<String>,
    /// Carrier waybill number.
    pub logistics_bill_no: Option<Text>,
    /// Comma-separated sub-order ids.
    pub sub_item_ids: Option<Text>,
    pub to_province: Option<String>,
    pub to_city: Option<String>,
    pub to_area: Option<String>,
    pub to_address: Option<String>,
    pub to_phone: Option<String>,
    pub to_mobile: Option<String>,
    pub to_post: Option<String>,
    pub no_logistics_name: Option<String>,
    pub no_logistics_tel: Option<String>,
    pub no_logistics_bill_no: Option<String>,
    /// 1 third party/truck, 2 freight or price difference, 3 seller delivers, 4 buyer collects, 5 other.
    pub no_logistics_condition: Option<String>,
}

/// One shipment with its steps, newest last.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LogisticsTrace {
    /// E.g. LP00106397027178.
    pub logistics_id: Option<Text>,
    pub order_id: Option<Int>,
    /// Carrier waybill number.
    pub logistics_bill_no: Option<Text>,
    /// Oldest first.
    pub logistics_steps: Option<Vec<LogisticsStep>>,
}

/// oldest first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LogisticsStep {
    /// yyyy-MM-dd HH:mm:ss, Beijing time.
    pub accept_time: Option<String>,
    pub remark: Option<String>,
}

/// The answer of `alibaba.trade.getLogisticsTraceInfo.buyerView`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TraceAnswer<T = Vec<LogisticsTrace>> {
    pub logistics_trace: Option<T>,
    pub success: Option<Flag>,
    pub error_code: Option<Text>,
    pub error_message: Option<String>,
}

impl<T> Default for TraceAnswer<T> {
    fn default() -> Self {
        Self { logistics_trace: None, success: None, error_code: None, error_message: None }
    }
}
