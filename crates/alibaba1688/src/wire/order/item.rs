//! `productItems` of an order: its sub-orders.

use crate::wire::{Int, Text, Time, Yuan};
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

/// One sub-order. Amounts in yuan unless a field says fen.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ProductItem {
    /// SKU-level seller code.
    pub cargo_number: Option<String>,
    pub description: Option<String>,
    /// Yuan, paid amount of the line.
    pub item_amount: Option<Yuan>,
    pub name: Option<String>,
    /// Yuan, original unit price.
    pub price: Option<Yuan>,
    #[serde(rename = "productID")]
    pub product_id: Option<Int>,
    /// First is an 80x80 thumbnail, second the full image.
    pub product_img_url: Option<Vec<String>>,
    pub product_snapshot_url: Option<String>,
    pub quantity: Option<Number>,
    /// Yuan.
    pub refund: Option<Yuan>,
    #[serde(rename = "skuID")]
    pub sku_id: Option<Int>,
    pub sort: Option<Int>,
    /// The words of orderStatus, or another raw upstream word (1688-aftersale.yaml, what_may_be_asked).
    pub status: Option<String>,
    /// Sub-order id = orderEntryId elsewhere.
    #[serde(rename = "subItemID")]
    pub sub_item_id: Option<Int>,
    /// E.g. common.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub unit: Option<String>,
    pub weight: Option<Text>,
    pub weight_unit: Option<String>,
    pub guarantees_terms: Option<Vec<Value>>,
    pub product_cargo_number: Option<String>,
    pub sku_infos: Option<Vec<SkuInfo>>,
    /// Fen, price raise or cut on the line.
    pub entry_discount: Option<Int>,
    pub spec_id: Option<Text>,
    pub quantity_factor: Option<Number>,
    pub status_str: Option<String>,
    pub refund_status: Option<String>,
    pub close_reason: Option<String>,
    pub logistics_status: Option<Int>,
    pub gmt_create: Option<Time>,
    pub gmt_modified: Option<Time>,
    pub gmt_completed: Option<Time>,
    /// yyyy-MM-dd HH:mm:ss, stock hold expiry.
    pub gmt_pay_expire_time: Option<String>,
    /// In-sale refund id.
    pub refund_id: Option<Text>,
    #[serde(rename = "subItemIDString")]
    pub sub_item_id_string: Option<Text>,
    /// After-sale refund id.
    pub refund_id_for_as: Option<Text>,
    /// Yuan; newer than the documented 35.
    pub share_postage: Option<Yuan>,
}

/// One attribute of the chosen specification.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SkuInfo {
    pub name: Option<String>,
    pub value: Option<String>,
}
