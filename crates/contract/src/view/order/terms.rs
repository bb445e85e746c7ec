//! What goes with an order: quality terms, payment stages, attributes, ratings, invoice.

use crate::{
    dialect::view,
    scalar::{IdNumber, List, Text, Whole, YuanNumber},
};

view! {
    /// Quality terms of the order.
    pub struct GuaranteesTerms<D> {
        pub assurance_info: Option<Text>,
        /// E.g. jqbz.
        pub assurance_type: Option<Text>,
        pub quality_assurance_type: Option<Text>,
        pub value: Option<Text>,
    }


    /// One payment stage.
    pub struct TradeTerm<D> {
        pub pay_status: Option<Text>,
        pub pay_time: Option<Text>,
        pub pay_way: Option<Text>,
        /// Yuan; spelled so.
        pub phas_amount: Option<YuanNumber>,
        pub phase: Option<IdNumber>,
        pub phase_condition: Option<Text>,
        pub phase_date: Option<Text>,
        pub card_pay: Option<bool>,
        pub express_pay: Option<bool>,
        pub pay_way_desc: Option<Text>,
    }


    /// A free attribute.
    pub struct ExtAttribute<D> {
        pub key: Option<Text>,
        pub value: Option<Text>,
        pub description: Option<Text>,
    }


    /// Ratings of both sides.
    pub struct OrderRateInfo<D> {
        /// 4 rated, 5 not rated, 6 not needed.
        pub buyer_rate_status: Option<Whole>,
        pub seller_rate_status: Option<Whole>,
        pub buyer_rate_list: List<Rate<D>>,
        pub seller_rate_list: List<Rate<D>>,
    }

    /// One rating.
    pub struct Rate<D> {
        pub star_level: Option<Whole>,
        pub content: Option<Text>,
        pub receiver_nick: Option<Text>,
        pub poster_nick: Option<Text>,
        pub publish_time: Option<Text>,
    }


    /// The invoice.
    pub struct OrderInvoiceInfo<D> {
        pub invoice_company_name: Option<Text>,
        /// 0 plain, 1 VAT, 9 unknown.
        pub invoice_type: Option<Whole>,
        pub local_invoice_id: Option<IdNumber>,
        pub order_id: Option<IdNumber>,
        pub receive_code: Option<Text>,
        pub receive_code_text: Option<Text>,
        pub receive_mobile: Option<Text>,
        pub receive_name: Option<Text>,
        pub receive_phone: Option<Text>,
        pub receive_post: Option<Text>,
        pub receive_street: Option<Text>,
        pub register_account_id: Option<Text>,
        pub register_bank: Option<Text>,
        pub register_code: Option<Text>,
        pub register_code_text: Option<Text>,
        pub register_phone: Option<Text>,
        pub register_street: Option<Text>,
        pub taxpayer_identify: Option<Text>,
        /// Fen.
        pub amount: Option<Whole>,
        /// INIT ISSUING ISSUED FAILED VERIFYING VERIFY_FAILED RED_ISSUING RED_PART_ISSUED RED_ALL_ISSUED RETURNING
        /// RETURNED INVALIDING DEPRECATED CLOSED.
        pub status: Option<Text>,
    }
}
