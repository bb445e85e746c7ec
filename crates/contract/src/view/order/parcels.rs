//! Small answers about an order: the cashier, the parcels on their way, the receipt.

use crate::scalar::{IdNumber, List, Text};
use domain::OrderId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a payment came to: paid at once, or a page where a person pays.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AlibabaPayOrderVO {
    /// 1688 order id as text; null in the bulk call.
    pub order_id: Option<Text>,
    /// True when the password-free (withholding) payment went through, no link needed then (payUrl null).
    pub protocol_pay_success: Option<bool>,
    /// Cashier page where a person pays; null when the debit went through.
    pub pay_url: Option<Text>,
    /// Orders left out of the payment.
    pub cant_pay_order_list: Option<Vec<IdNumber>>,
}

impl AlibabaPayOrderVO {
    /// The account was debited without a password.
    pub fn paid(order: OrderId) -> Self {
        Self {
            order_id: Some(order.to_string().into()),
            protocol_pay_success: Some(true),
            pay_url: None,
            cant_pay_order_list: None,
        }
    }

    /// What became of a bulk payment; what is neither paid nor left out waits for the operator.
    pub fn submitted(all_debited: bool, left_out: &[OrderId]) -> Self {
        Self {
            order_id: None,
            protocol_pay_success: Some(all_debited),
            pay_url: None,
            cant_pay_order_list: Some(left_out.iter().map(|id| IdNumber(id.get())).collect()),
        }
    }

    /// A person has to pay at `url`.
    pub fn cashier(order: OrderId, url: Option<String>, left_out: &[OrderId]) -> Self {
        let left_out = (!left_out.is_empty()).then(|| left_out.iter().map(|id| IdNumber(id.get())).collect());
        Self {
            order_id: Some(order.to_string().into()),
            protocol_pay_success: Some(false),
            pay_url: url.map(Text::from),
            cant_pay_order_list: left_out,
        }
    }
}

/// One shipment of the order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LogisticsTrace {
    /// E.g. LP00106397027178.
    pub logistics_id: Option<Text>,
    pub order_id: Option<IdNumber>,
    /// Carrier waybill number.
    pub logistics_bill_no: Option<Text>,
    /// Oldest first.
    pub logistics_steps: List<LogisticsStep>,
}

/// One step of a parcel.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LogisticsStep {
    /// `yyyy-MM-dd HH:mm:ss`, UTC+8.
    pub accept_time: Option<Text>,
    pub remark: Option<Text>,
}

impl LogisticsTrace {
    /// Reads the marketplace's list of traces.
    pub fn read_all(document: &str) -> Result<List<Self>, serde_json::Error> {
        serde_json::from_str(document)
    }
}

/// Whether receipt was confirmed. A refusal of the marketplace is told here, under code 200.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReceiveGoodsResult {
    pub success: Option<bool>,
    /// Empty text on success.
    pub error_info: Option<Text>,
    /// Upstream code, e.g. 4003 for an unknown order; empty text on success.
    pub error_code: Option<Text>,
}

impl ReceiveGoodsResult {
    pub fn confirmed() -> Self {
        Self { success: Some(true), error_info: Some("".into()), error_code: Some("".into()) }
    }

    /// The marketplace's code and text.
    pub fn refused(code: &str, text: &str) -> Self {
        Self { success: Some(false), error_info: Some(text.into()), error_code: Some(code.into()) }
    }
}
