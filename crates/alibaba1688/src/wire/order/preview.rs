//! The preview of an order. Two units meet here: the sums are fen, the lines are yuan.

use crate::wire::{Flag, Int, Text, Yuan};
use serde::{Deserialize, Serialize};

/// What the lines would become; `orderPreviewResuslt` is spelled so.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PreviewAnswer {
    /// One item per order that 1688 would split into.
    pub order_preview_resuslt: Option<Vec<PreviewPart>>,
    pub success: Option<Flag>,
    pub error_code: Option<Text>,
    pub error_msg: Option<String>,
    /// Offers whose freight is only described.
    pub post_fee_by_desc_offer_list: Option<Vec<Int>>,
    /// Consignment (drop-ship) offers.
    pub consign_offer_list: Option<Vec<Int>>,
    /// Offers that cross-border pay cannot settle; integers upstream.
    pub unsupported_cross_border_pay_offer_list: Option<Vec<Text>>,
}

/// One order that 1688 would make.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PreviewPart {
    /// Fen, reduction after line totals.
    pub discount_fee: Option<Int>,
    /// Values usable as tradeType on create; empty = cannot be ordered by API.
    pub trade_mode_name_list: Option<Vec<String>>,
    /// Per-merchant / per-split outcome.
    pub status: Option<bool>,
    pub tao_sample_single_promotion: Option<bool>,
    /// Fen, grand total.
    pub sum_payment: Option<Int>,
    /// Reason when status is false.
    pub message: Option<String>,
    /// Fen, freight.
    pub sum_carriage: Option<Int>,
    pub result_code: Option<Text>,
    /// Fen.
    pub sum_payment_no_carriage: Option<Int>,
    /// Fen.
    pub additional_fee: Option<Int>,
    /// Flow actually applied, e.g. general.
    pub flow_flag: Option<String>,
    pub cargo_list: Option<Vec<PreviewCargo>>,
    /// promotionId goes into shopPromotionId on create.
    pub shop_promotion_list: Option<Vec<Promotion>>,
    pub trade_model_list: Option<Vec<TradeModel>>,
    /// Newer upstream field, after the documented 14.
    pub pay_channel_infos: Option<Vec<PayChannelInfo>>,
}

/// One line of a preview.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PreviewCargo {
    /// Yuan, line total.
    pub amount: Option<Yuan>,
    /// Why this SKU cannot be bought.
    pub message: Option<String>,
    /// Yuan.
    pub final_unit_price: Option<Yuan>,
    pub spec_id: Option<Text>,
    pub sku_id: Option<Int>,
    pub result_code: Option<Text>,
    pub offer_id: Option<Int>,
    /// Encrypted offer id.
    pub open_offer_id: Option<String>,
    pub cargo_promotion_list: Option<Vec<Promotion>>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Promotion {
    pub promotion_id: Option<String>,
    pub selected: Option<bool>,
    pub text: Option<String>,
    /// May contain HTML list markup.
    pub desc: Option<String>,
    pub free_postage: Option<bool>,
    /// Fen.
    pub discount_fee: Option<Int>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TradeModel {
    pub trade_way: Option<String>,
    /// E.g. 担保交易.
    pub name: Option<String>,
    /// E.g. assureTrade.
    pub trade_type: Option<String>,
    pub description: Option<String>,
    /// False = not usable through the API.
    pub op_support: Option<bool>,
}

/// newer upstream field, after the documented 14.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PayChannelInfo {
    pub name: Option<String>,
    /// Fen.
    pub amount_limit: Option<Int>,
}
