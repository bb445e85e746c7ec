//! An order as the buyer sees it (`AlibabaOrderVO`, the upstream's TradeInfo).

use super::{
    annex::{
        Customs, ExtAttribute, GuaranteesTerms, OrderBizInfo, OrderInvoiceInfo, OrderRateInfo, OverseasExtraAddress,
        TradeTerm,
    },
    base_info::BaseInfo,
    item::ProductItem,
    logistics::NativeLogistics,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The whole order. Every group may be null.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Trade {
    pub guarantees_terms: Option<GuaranteesTerms>,
    pub international_logistics: Option<Value>,
    pub native_logistics: Option<NativeLogistics>,
    pub product_items: Option<Vec<ProductItem>>,
    pub trade_terms: Option<Vec<TradeTerm>>,
    pub ext_attributes: Option<Vec<ExtAttribute>>,
    pub order_rate_info: Option<OrderRateInfo>,
    pub order_invoice_info: Option<OrderInvoiceInfo>,
    pub customs: Option<Customs>,
    pub overseas_extra_address: Option<OverseasExtraAddress>,
    pub base_info: Option<BaseInfo>,
    pub order_biz_info: Option<OrderBizInfo>,
    pub quote_list: Option<Vec<Value>>,
    pub from_encrypt_order: Option<bool>,
    pub encrypt_out_order_info: Option<Value>,
    pub out_channel: Option<Value>,
}
