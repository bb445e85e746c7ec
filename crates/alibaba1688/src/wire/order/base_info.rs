//! `baseInfo` of an order: state, money, times, parties.

use crate::wire::{Int, Text, Time, Yuan};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// State, money, times and parties of an order. Amounts in yuan unless a field says fen.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct BaseInfo {
    /// Order id.
    pub id: Option<Int>,
    /// Order id as text.
    pub id_of_str: Option<Text>,
    pub status: Option<String>,
    /// In-sale refund.
    pub refund_status: Option<String>,
    /// After-sale refund.
    pub refund_status_for_as: Option<String>,
    /// E.g. TQ4562212313.
    pub refund_id: Option<Text>,
    /// Yuan; sum of itemAmount plus shippingFee, coupon already applied.
    pub total_amount: Option<Yuan>,
    /// Yuan.
    pub sum_product_payment: Option<Yuan>,
    /// Yuan.
    pub shipping_fee: Option<Yuan>,
    /// Fen.
    pub discount: Option<Int>,
    /// Yuan.
    pub coupon_fee: Option<Yuan>,
    /// Yuan.
    pub refund: Option<Yuan>,
    /// Fen.
    pub refund_payment: Option<Int>,
    pub create_time: Option<Time>,
    pub modify_time: Option<Time>,
    /// First payment.
    pub pay_time: Option<Time>,
    pub all_delivered_time: Option<Time>,
    pub receiving_time: Option<Time>,
    pub confirmed_time: Option<Time>,
    pub complete_time: Option<Time>,
    /// Seconds when payTimeoutType is 0.
    pub pay_timeout: Option<Int>,
    /// 0 duration, 1 fixed time.
    pub pay_timeout_type: Option<Int>,
    /// buyerCancel sellerGoodsLack other.
    pub close_reason: Option<String>,
    pub close_remark: Option<String>,
    /// CLOSE_TRADE_BY_SELLER CLOSE_TRADE_BY_BOPS CLOSE_TRADE_BY_SYSTEM CLOSE_TRADE_BY_BUYER CLOSE_TRADE_BY_CREADIT.
    pub close_operate_type: Option<String>,
    pub alipay_trade_id: Option<Text>,
    /// 1 escrow 2 prepaid 3 ETC 4 instant 5 guarantee 6 unified 7 staged 8 COD 9 credit 10 account period 50060 trade 4.0 50070 face to face 50080 service.
    pub trade_type: Option<String>,
    pub trade_type_desc: Option<String>,
    /// E.g. assureTrade.
    pub trade_type_code: Option<String>,
    /// Cn ws yp yf fs cz ag hp supply factory quick xiangpin f2f cyfw sp wg lst cb distribution cab manufact; cb = cross border.
    pub business_type: Option<String>,
    pub pay_channel_list: Option<Vec<String>>,
    /// E.g. alipay.
    pub pay_channel_code_list: Option<Vec<String>>,
    pub flow_template_code: Option<String>,
    /// Order started by the seller.
    pub seller_order: Option<bool>,
    pub buyer_login_id: Option<String>,
    pub sub_buyer_login_id: Option<String>,
    /// B2b-... member id.
    #[serde(rename = "buyerID")]
    pub buyer_id: Option<Text>,
    pub buyer_user_id: Option<Int>,
    pub buyer_alipay_id: Option<Text>,
    /// Buyer message, up to 500 characters.
    pub buyer_feedback: Option<String>,
    pub buyer_memo: Option<String>,
    pub buyer_remark_icon: Option<String>,
    pub remark: Option<String>,
    pub buyer_contact: Option<Contact>,
    pub seller_login_id: Option<String>,
    #[serde(rename = "sellerID")]
    pub seller_id: Option<Text>,
    pub seller_user_id: Option<Int>,
    pub seller_alipay_id: Option<Text>,
    pub seller_credit_level: Option<String>,
    pub seller_contact: Option<SellerContact>,
    pub receiver_info: Option<ReceiverInfo>,
    pub step_pay_all: Option<bool>,
    pub step_agreement_path: Option<String>,
    /// Trade 3.0 stages.
    pub step_order_list: Option<Vec<Value>>,
    /// Trade 4.0 stages; fees in yuan.
    pub new_step_order_list: Option<Vec<StepOrder>>,
    pub pre_order_id: Option<Int>,
    pub over_sea_order: Option<bool>,
    pub out_order_id: Option<Text>,
    pub inventory_mode: Option<String>,
}

/// How to reach the buyer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Contact {
    pub phone: Option<String>,
    pub fax: Option<String>,
    pub email: Option<String>,
    pub im_in_platform: Option<String>,
    pub name: Option<String>,
    pub mobile: Option<String>,
    pub company_name: Option<String>,
}

/// How to reach the seller.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SellerContact {
    pub phone: Option<String>,
    pub fax: Option<String>,
    pub email: Option<String>,
    pub im_in_platform: Option<String>,
    pub name: Option<String>,
    pub mobile: Option<String>,
    pub company_name: Option<String>,
    pub wg_sender_name: Option<String>,
    pub wg_sender_phone: Option<String>,
    pub shop_name: Option<String>,
}

/// The receiver as the order keeps him.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ReceiverInfo {
    pub to_full_name: Option<String>,
    pub to_division_code: Option<String>,
    pub to_mobile: Option<String>,
    pub to_phone: Option<String>,
    pub to_post: Option<String>,
    pub to_town_code: Option<String>,
    pub to_area: Option<String>,
}

/// trade 4.0 stages; fees in yuan.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct StepOrder {
    pub gmt_start: Option<String>,
    pub gmt_pay: Option<String>,
    pub gmt_end: Option<String>,
    pub step_no: Option<Int>,
    pub last_step: Option<bool>,
    pub step_name: Option<String>,
    pub active_status: Option<Int>,
    pub pay_status: Option<Int>,
    pub logistics_status: Option<Int>,
    pub pay_fee: Option<Yuan>,
    pub paid_fee: Option<Yuan>,
    pub goods_fee: Option<Yuan>,
    pub adjust_fee: Option<Yuan>,
    pub discount_fee: Option<Yuan>,
    pub post_fee: Option<Yuan>,
    pub paid_post_fee: Option<Yuan>,
}
