//! The columns of an after-sales record that v1, its messages and ka share, once.
//!
//! Amounts are fen. What differs by place is policy: times, nulls, nested values as text. Columns that only one place
//! has stand in its own view beside these.

use super::{EntryCounts, ExtInfo, RefundOperation};
use crate::{
    dialect::{Dialect, Inner, Time, view},
    scalar::{IdNumber, List, Text, Whole},
};
use domain::refund::{DisputeRequest, Goods, Refund};

view! {
    /// Shared columns of a refund.
    pub struct RefundColumns<D> {
        /// Alipay transaction number.
        pub alipay_payment_id: Option<Text>,
        /// Freight asked back, fen.
        pub apply_carriage: Option<Whole>,
        /// Amount as first typed by the buyer; may be null.
        pub apply_expect: Option<Whole>,
        /// Goods amount asked back, fen; freight not included.
        pub apply_payment: Option<Whole>,
        pub apply_reason: Option<Text>,
        pub apply_reason_id: Option<IdNumber>,
        /// Second-level reason.
        pub apply_sub_reason: Option<Text>,
        /// 0 or -1 when there is none.
        pub apply_sub_reason_id: Option<IdNumber>,
        pub buyer_alipay_id: Option<Text>,
        /// Carrier name of the buyer's return parcel.
        pub buyer_logistics_name: Option<Text>,
        /// B2b-... member id.
        pub buyer_member_id: Option<Text>,
        /// Return parcel already sent.
        pub buyer_send_goods: Option<bool>,
        pub buyer_user_id: Option<IdNumber>,
        /// Largest refundable goods amount, fen.
        pub can_refund_payment: Option<Whole>,
        /// Platform staff edited the record.
        pub crm_modify_refund: Option<bool>,
        /// Payout channel of instant refund.
        pub disburse_channel: Option<Text>,
        pub dispute_request: Option<Whole>,
        /// 1 in-sale, 2 after-sale.
        pub dispute_type: Option<Whole>,
        /// Open map of texts; never depend on a key.
        pub ext_info: Option<Inner<D, ExtInfo<D::Inside>>>,
        /// Waybill of the return parcel.
        pub freight_bill: Option<Text>,
        /// Fen actually frozen; -1 = none.
        pub frozen_fund: Option<Whole>,
        pub gmt_apply: Option<Time<D>>,
        pub gmt_completed: Option<Time<D>>,
        pub gmt_create: Option<Time<D>>,
        /// When the timeout clock was frozen.
        pub gmt_freezed: Option<Time<D>>,
        pub gmt_modified: Option<Time<D>>,
        /// Deadline of the present step.
        pub gmt_time_out: Option<Time<D>>,
        pub goods_received: Option<bool>,
        /// 1 not received, 2 received, 3 returned.
        pub goods_status: Option<Whole>,
        pub refund_id: Option<Text>,
        pub instant_refund_type: Option<Text>,
        pub insufficient_account: Option<bool>,
        pub insufficient_bail: Option<bool>,
        /// Made by the newer return flow.
        pub new_refund_return: Option<bool>,
        pub only_refund: Option<bool>,
        /// From sub-order id to quantity.
        pub order_entry_count_map: Option<Inner<D, EntryCounts>>,
        /// Sub-order ids.
        pub order_entry_id_list: Option<Inner<D, Vec<IdNumber>>>,
        pub order_id: Option<IdNumber>,
        /// Fen the platform could advance; non-null means eligible, not that it happened.
        pub prepaid_balance: Option<Whole>,
        /// Of one line only, even when the refund covers several.
        pub product_name: Option<Text>,
        /// Freight really refunded, fen.
        pub refund_carriage: Option<Whole>,
        /// Goods have to come back.
        pub refund_goods: Option<bool>,
        /// Goods amount really refunded, fen.
        pub refund_payment: Option<Whole>,
        pub reject_reason: Option<Text>,
        pub reject_reason_id: Option<IdNumber>,
        pub reject_times: Option<Whole>,
        pub seller_alipay_id: Option<Text>,
        /// Seller pays later (safe refund).
        pub seller_delay_disburse: Option<bool>,
        pub seller_member_id: Option<Text>,
        /// Return consignee.
        pub seller_mobile: Option<Text>,
        /// Return consignee.
        pub seller_real_name: Option<Text>,
        /// Address for the return.
        pub seller_receive_address: Option<Text>,
        pub seller_tel: Option<Text>,
        pub status: Option<Text>,
        /// Trade 4.0.
        pub support_new_steppay: Option<bool>,
        /// Sub-state of a platform ticket, empty if none.
        pub task_status: Option<Text>,
        pub time_out_freeze: Option<bool>,
        /// Action the system takes at gmtTimeOut.
        pub time_out_operate_type: Option<Text>,
        /// `50060` = trade 4.0.
        pub trade_type_str: Option<Text>,
        /// Newest first.
        pub refund_operation_list: Option<Inner<D, List<RefundOperation<D::Inside>>>>,
        pub buyer_login_id: Option<Text>,
        pub seller_login_id: Option<Text>,
    }
}

impl<D: Dialect> RefundColumns<D> {
    /// Lays over what the state machine owns. Where the core has no value the record's stays.
    pub(super) fn overlay(&mut self, refund: &Refund) {
        self.refund_id = Some(Text(refund.id.to_string()));
        self.order_id = Some(IdNumber(refund.order_id.get()));
        self.status = Some(refund.status.word().into());
        self.apply_payment = Some(refund.apply_payment.into());
        self.apply_carriage = Some(refund.apply_carriage.into());
        self.can_refund_payment = Some(refund.can_refund.into());
        self.refund_payment = Some(refund.refund_payment.into());
        self.refund_carriage = Some(refund.refund_carriage.into());
        self.overlay_goods(refund);
        self.overlay_times(refund);
        self.overlay_refusal(refund);
        self.complete(refund);
    }

    fn overlay_goods(&mut self, refund: &Refund) {
        let status = match refund.goods {
            Goods::NotReceived => 1,
            Goods::Received => 2,
            Goods::SentBack => 3,
        };
        self.goods_status = Some(Whole(status));
        self.goods_received = Some(status != 1);
        if let Some(parcel) = &refund.return_parcel {
            self.buyer_send_goods = Some(true);
            self.freight_bill = Some(parcel.bill.as_str().into());
            self.buyer_logistics_name.get_or_insert_with(|| parcel.company.as_str().into());
        }
    }

    fn overlay_times(&mut self, refund: &Refund) {
        self.gmt_apply = Some(refund.applied_at.into());
        self.gmt_modified = Some(refund.modified_at.into());
        self.gmt_completed = refund.completed_at.map(Time::new).or(self.gmt_completed);
        self.gmt_time_out = refund.timeout_at.map(Time::new).or(self.gmt_time_out);
    }

    fn overlay_refusal(&mut self, refund: &Refund) {
        self.reject_times = Some(Whole(i64::from(refund.reject_times)));
        if let Some(reason) = &refund.reject_reason {
            self.reject_reason = Some(reason.as_str().into());
        }
    }

    /// Columns that follow from the core where the record leaves them out.
    fn complete(&mut self, refund: &Refund) {
        let returns = refund.request == DisputeRequest::ReturnRefund;
        self.dispute_request.get_or_insert(Whole(if returns { 3 } else { 1 }));
        self.dispute_type.get_or_insert(Whole(if refund.after_sale { 2 } else { 1 }));
        self.apply_reason_id.get_or_insert(IdNumber(refund.reason_id));
        self.only_refund.get_or_insert(!returns);
        self.refund_goods.get_or_insert(returns);
        self.new_refund_return.get_or_insert(returns);
        self.buyer_send_goods.get_or_insert(false);
        self.order_entry_id_list
            .get_or_insert_with(|| Inner::new(refund.entries.iter().map(|e| IdNumber(e.entry.get())).collect()));
        self.order_entry_count_map.get_or_insert_with(|| Inner::new(EntryCounts::of(&refund.entries)));
        self.refund_operation_list.get_or_insert_with(|| Inner::new(List::default()));
        self.ext_info.get_or_insert_with(|| Inner::new(ExtInfo::default()));
    }
}
