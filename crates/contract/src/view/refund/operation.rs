//! The steps of a refund, newest first.

use crate::{
    dialect::{Time, view},
    scalar::{IdNumber, Text, Whole},
};

view! {
    /// One step of a refund. The two statuses carry the same word, the status before the step; both are null on the
    /// application.
    pub struct RefundOperation<D> {
        pub after_operate_status: Option<Text>,
        pub before_operate_status: Option<Text>,
        pub close_refund_step_id: Option<IdNumber>,
        pub crm_modify_refund: Option<bool>,
        /// Spelled so.
        pub discription: Option<Text>,
        pub email: Option<Text>,
        pub freight_bill: Option<Text>,
        pub gmt_create: Option<Time<D>>,
        pub gmt_modified: Option<Time<D>>,
        /// Serial of the operation.
        pub id: Option<IdNumber>,
        pub message_status: Option<Whole>,
        pub mobile: Option<Text>,
        pub msg_type: Option<Whole>,
        pub operate_remark: Option<Text>,
        pub operate_type_int: Option<Whole>,
        /// MemberId.
        pub operator_id: Option<Text>,
        pub operator_login_id: Option<Text>,
        pub operator_role_id: Option<IdNumber>,
        pub operator_user_id: Option<IdNumber>,
        pub phone: Option<Text>,
        pub refund_address: Option<Text>,
        pub refund_id: Option<Text>,
        pub reject_reason: Option<Text>,
        pub vouchers: Option<Vec<Text>>,
        pub logistics_company: Option<LogisticsCompany<D>>,
    }

    /// The carrier of a return parcel.
    pub struct LogisticsCompany<D> {
        pub id: Option<IdNumber>,
        pub company_name: Option<Text>,
        /// Code to send as logisticsCompanyNo, e.g. ZTO, HTKY.
        pub company_no: Option<Text>,
        pub company_phone: Option<Text>,
        pub support_print: Option<bool>,
        /// Full pinyin.
        pub spelling: Option<Text>,
        pub gmt_create: Option<Text>,
        pub gmt_modified: Option<Text>,
    }
}
