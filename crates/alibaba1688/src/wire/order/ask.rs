//! Arguments of the order calls, as [`crate::wire::form::fields`] writes them.

use crate::wire::{Int, Time};
use serde::{Deserialize, Serialize};

/// The receiver: the district code form or the text form. Saved addresses are not used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AddressParam {
    pub address_id: Option<Int>,
    pub full_name: Option<String>,
    pub mobile: Option<String>,
    pub phone: Option<String>,
    pub post_code: Option<String>,
    pub city_text: Option<String>,
    pub province_text: Option<String>,
    pub area_text: Option<String>,
    pub town_text: Option<String>,
    pub address: Option<String>,
    pub district_code: Option<String>,
    pub address_code: Option<String>,
}

/// One line of an order to be.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CargoParam {
    pub offer_id: Option<Int>,
    pub spec_id: Option<String>,
    pub quantity: Option<serde_json::Number>,
    pub open_offer_id: Option<String>,
    pub out_member_id: Option<String>,
}

/// `alibaba.createOrder.preview`. An empty flow means: compare, answer the cheapest.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PreviewAsk {
    pub address_param: Option<AddressParam>,
    pub cargo_param_list: Option<Vec<CargoParam>>,
    pub flow: Option<String>,
}

/// `alibaba.trade.createCrossOrder`. `outOrderId` is the idempotency key.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CreateAsk {
    pub address_param: Option<AddressParam>,
    pub cargo_param_list: Option<Vec<CargoParam>>,
    pub flow: Option<String>,
    pub message: Option<String>,
    pub trade_type: Option<String>,
    pub shop_promotion_id: Option<String>,
    pub out_order_id: Option<String>,
}

/// `alibaba.trade.get.buyerView`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OrderAsk {
    pub web_site: Option<String>,
    pub order_id: Option<Int>,
}

/// `alibaba.trade.getBuyerOrderList`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ListAsk {
    pub page: Option<Int>,
    pub page_size: Option<Int>,
    pub out_order_id: Option<String>,
    pub modify_start_time: Option<Time>,
    pub modify_end_time: Option<Time>,
}

/// `alibaba.trade.cancel`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CancelAsk {
    pub web_site: Option<String>,
    /// Spelled so.
    #[serde(rename = "tradeID")]
    pub trade_id: Option<Int>,
    /// buyerCancel, sellerGoodsLack or other.
    pub cancel_reason: Option<String>,
    pub remark: Option<String>,
}

/// `alibaba.alipay.url.get`; up to 100 orders.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CashierAsk {
    pub order_id_list: Option<Vec<Int>>,
}

/// `alibaba.trade.pay.protocolPay.preparePay`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct DebitAsk {
    pub trade_withhold_prepare_pay_param: Option<DebitParam>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct DebitParam {
    pub order_id: Option<Int>,
    pub pay_channel: Option<String>,
    /// Fen.
    pub pay_amount: Option<Int>,
    pub op_request_id: Option<String>,
}

/// `trade.receivegoods.confirm`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ReceiveAsk {
    pub order_id: Option<Int>,
    pub order_entry_ids: Option<Vec<Int>>,
}

/// `alibaba.trade.getLogisticsTraceInfo.buyerView`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TraceAsk {
    pub order_id: Option<Int>,
    pub web_site: Option<String>,
    pub logistics_id: Option<String>,
}
