//! The order itself within the order view: state, amounts, times, both parties.

use crate::{
    carried::Carried,
    dialect::view,
    scalar::{IdNumber, List, Text, Whole, YuanNumber},
};

view! {
    /// The order itself.
    pub struct BaseInfo<D> {
        /// Order id.
        pub id: Option<IdNumber>,
        /// Order id as text.
        pub id_of_str: Option<Text>,
        pub status: Option<Text>,
        /// In-sale refund.
        pub refund_status: Option<Text>,
        /// After-sale refund.
        pub refund_status_for_as: Option<Text>,
        /// E.g. TQ4562212313.
        pub refund_id: Option<Text>,
        /// Yuan; sum of itemAmount plus shippingFee, coupon already applied.
        pub total_amount: Option<YuanNumber>,
        /// Yuan.
        pub sum_product_payment: Option<YuanNumber>,
        /// Yuan.
        pub shipping_fee: Option<YuanNumber>,
        /// Fen.
        pub discount: Option<Whole>,
        /// Yuan.
        pub coupon_fee: Option<YuanNumber>,
        /// Yuan.
        pub refund: Option<YuanNumber>,
        /// Fen.
        pub refund_payment: Option<Whole>,
        pub create_time: Option<Text>,
        pub modify_time: Option<Text>,
        /// First payment.
        pub pay_time: Option<Text>,
        pub all_delivered_time: Option<Text>,
        pub receiving_time: Option<Text>,
        pub confirmed_time: Option<Text>,
        pub complete_time: Option<Text>,
        /// Seconds when payTimeoutType is 0.
        pub pay_timeout: Option<Whole>,
        /// 0 duration, 1 fixed time.
        pub pay_timeout_type: Option<Whole>,
        /// BuyerCancel sellerGoodsLack other.
        pub close_reason: Option<Text>,
        pub close_remark: Option<Text>,
        /// CLOSE_TRADE_BY_SELLER CLOSE_TRADE_BY_BOPS CLOSE_TRADE_BY_SYSTEM CLOSE_TRADE_BY_BUYER CLOSE_TRADE_BY_CREADIT.
        pub close_operate_type: Option<Text>,
        pub alipay_trade_id: Option<Text>,
        /// 1 escrow 2 prepaid 3 ETC 4 instant 5 guarantee 6 unified 7 staged 8 COD 9 credit 10 account period 50060
        /// trade 4.0 50070 face to face 50080 service.
        pub trade_type: Option<Text>,
        pub trade_type_desc: Option<Text>,
        /// E.g. assureTrade.
        pub trade_type_code: Option<Text>,
        /// `cn` ws yp yf fs cz ag hp supply factory quick xiangpin f2f cyfw sp wg lst cb distribution cab manufact; cb =
        /// cross border.
        pub business_type: Option<Text>,
        pub pay_channel_list: List<Text>,
        /// E.g. alipay.
        pub pay_channel_code_list: List<Text>,
        pub flow_template_code: Option<Text>,
        /// Order started by the seller.
        pub seller_order: Option<bool>,
        pub buyer_login_id: Option<Text>,
        pub sub_buyer_login_id: Option<Text>,
        /// B2b-... member id.
        #[serde(rename = "buyerID")]
        pub buyer_id: Option<Text>,
        pub buyer_user_id: Option<IdNumber>,
        pub buyer_alipay_id: Option<Text>,
        /// Buyer message, up to 500 characters.
        pub buyer_feedback: Option<Text>,
        pub buyer_memo: Option<Text>,
        pub buyer_remark_icon: Option<Text>,
        pub remark: Option<Text>,
        pub buyer_contact: Option<BuyerContact<D>>,
        pub seller_login_id: Option<Text>,
        #[serde(rename = "sellerID")]
        pub seller_id: Option<Text>,
        pub seller_user_id: Option<IdNumber>,
        pub seller_alipay_id: Option<Text>,
        pub seller_credit_level: Option<Text>,
        pub seller_contact: Option<SellerContact<D>>,
        pub receiver_info: Option<ReceiverInfo<D>>,
        pub step_pay_all: Option<bool>,
        pub step_agreement_path: Option<Text>,
        /// Trade 3.0 stages.
        pub step_order_list: Option<Vec<Carried>>,
        /// Trade 4.0 stages; fees in yuan.
        pub new_step_order_list: Option<Vec<StepOrder<D>>>,
        pub pre_order_id: Option<IdNumber>,
        pub over_sea_order: Option<bool>,
        pub out_order_id: Option<Text>,
        pub inventory_mode: Option<Text>,
    }

    /// How to reach the buyer.
    pub struct BuyerContact<D> {
        pub phone: Option<Text>,
        pub fax: Option<Text>,
        pub email: Option<Text>,
        pub im_in_platform: Option<Text>,
        pub name: Option<Text>,
        pub mobile: Option<Text>,
        pub company_name: Option<Text>,
    }

    /// How to reach the seller.
    pub struct SellerContact<D> {
        pub phone: Option<Text>,
        pub fax: Option<Text>,
        pub email: Option<Text>,
        pub im_in_platform: Option<Text>,
        pub name: Option<Text>,
        pub mobile: Option<Text>,
        pub company_name: Option<Text>,
        pub wg_sender_name: Option<Text>,
        pub wg_sender_phone: Option<Text>,
        pub shop_name: Option<Text>,
    }

    /// The receiver.
    pub struct ReceiverInfo<D> {
        pub to_full_name: Option<Text>,
        pub to_division_code: Option<Text>,
        pub to_mobile: Option<Text>,
        pub to_phone: Option<Text>,
        pub to_post: Option<Text>,
        pub to_town_code: Option<Text>,
        pub to_area: Option<Text>,
    }

    /// One stage of trade 4.0; fees in yuan.
    pub struct StepOrder<D> {
        pub gmt_start: Option<Text>,
        pub gmt_pay: Option<Text>,
        pub gmt_end: Option<Text>,
        pub step_no: Option<Whole>,
        pub last_step: Option<bool>,
        pub step_name: Option<Text>,
        pub active_status: Option<Whole>,
        pub pay_status: Option<Whole>,
        pub logistics_status: Option<Whole>,
        pub pay_fee: Option<YuanNumber>,
        pub paid_fee: Option<YuanNumber>,
        pub goods_fee: Option<YuanNumber>,
        pub adjust_fee: Option<YuanNumber>,
        pub discount_fee: Option<YuanNumber>,
        pub post_fee: Option<YuanNumber>,
        pub paid_post_fee: Option<YuanNumber>,
    }


    /// Business marks.
    pub struct OrderBizInfo<D> {
        pub ods_cyd: Option<bool>,
        pub account_period_time: Option<Text>,
        pub credit_order: Option<bool>,
        pub credit_order_detail: Option<Carried>,
        pub pre_order_info: Option<Carried>,
        pub lst_order_info: Option<Carried>,
        pub erp_buyer_user_id: Option<Text>,
        pub erp_order_id: Option<Text>,
        pub erp_buyer_org_id: Option<Text>,
        pub is_cz: Option<bool>,
        pub is_dz: Option<bool>,
        pub dz: Option<bool>,
        pub dropshipping: Option<bool>,
        /// GivenByPlatform givenByMerchant or empty.
        pub shipping_insurance: Option<Text>,
    }
}
