//! A refund as the upstream prints it. Seeded and self-made records go the same way.

use super::{
    carriers,
    record::{Operation, OrderRecord, RefundRecord},
    story,
};
use alibaba1688::wire::{
    Int, Text, Time,
    refund::{LogisticsCompany, RefundDetail, RefundOperation},
};
use domain::refund::{DisputeRequest, Goods};
use serde_json::{Map, Value};

/// What a detail call asks for beside the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    pub timeout: bool,
    pub operations: bool,
}

/// The record; `order` is its order.
pub fn detail(record: &RefundRecord, order: &OrderRecord, wanted: Wanted) -> RefundDetail {
    let refund = &record.refund;
    let returns = refund.request == DisputeRequest::ReturnRefund;
    let to = record.return_to.as_ref();
    let operations = record.operations.iter().rev().filter(|_| wanted.operations);
    RefundDetail {
        aftersale_agree_timeout: Some(false),
        aftersale_auto_disburse: Some(false),
        alipay_payment_id: record.payment_id.as_deref().map(Text::from),
        apply_carriage: Some(Int(refund.apply_carriage.0)),
        apply_payment: Some(Int(refund.apply_payment.0)),
        apply_reason: Some(record.reason.clone()),
        apply_reason_id: Some(Int(refund.reason_id)),
        apply_sub_reason_id: Some(Int(0)),
        buyer_logistics_name: record.company_name.clone(),
        buyer_member_id: Some(order.order.buyer.member_id.clone()),
        buyer_send_goods: Some(refund.return_parcel.is_some()),
        can_refund_payment: Some(Int(refund.can_refund.0)),
        crm_modify_refund: Some(false),
        dispute_request: Some(Int(if returns { 3 } else { 1 })),
        dispute_type: Some(Int(if refund.after_sale { 2 } else { 1 })),
        freight_bill: refund.return_parcel.as_ref().map(|p| Text::from(p.bill.as_str())),
        frozen_fund: Some(Int(-1)),
        gmt_apply: Some(Time(refund.applied_at)),
        gmt_completed: refund.completed_at.map(Time),
        gmt_create: Some(Time(refund.applied_at)),
        gmt_modified: Some(Time(refund.modified_at)),
        gmt_time_out: refund.timeout_at.filter(|_| wanted.timeout).map(Time),
        goods_received: Some(refund.goods != Goods::NotReceived),
        goods_status: Some(Int(goods(refund.goods))),
        id: Some(Int(refund.id.get())),
        new_refund_return: Some(returns),
        only_refund: Some(!returns),
        order_entry_count_map: Some(
            refund.entries.iter().map(|e| (e.entry.to_string(), Int(i64::from(e.count)))).collect(),
        ),
        order_entry_id_list: Some(refund.entries.iter().map(|e| Int(e.entry.get())).collect()),
        order_id: Some(Int(refund.order_id.get())),
        product_name: Some(record.product_name.clone()),
        refund_carriage: Some(Int(refund.refund_carriage.0)),
        refund_goods: Some(returns),
        refund_id: Some(Text::from(refund.id.to_string())),
        refund_payment: Some(Int(refund.refund_payment.0)),
        reject_reason: refund.reject_reason.clone(),
        reject_reason_id: Some(Int(0)),
        reject_times: Some(Int(i64::from(refund.reject_times))),
        seller_delay_disburse: Some(false),
        seller_member_id: Some(order.order.seller.member_id.clone()),
        seller_mobile: to.map(|t| t.mobile.clone()),
        seller_real_name: to.map(|t| t.name.clone()),
        seller_receive_address: to.map(|t| t.address.clone()),
        status: Some(refund.status.word().to_owned()),
        support_new_steppay: Some(true),
        time_out_freeze: Some(false),
        trade_type_str: Some(Text::from("50060")),
        refund_operation_list: Some(operations.map(|o| operation(record, o)).collect()),
        buyer_login_id: Some(order.order.buyer.login_id.clone()),
        seller_login_id: Some(order.order.seller.login_id.clone()),
        ext_info: Some(ext_info(record)),
        ..RefundDetail::default()
    }
}

/// A row of the refunds of an order: booleans under their `isXxx` names, no steps.
pub fn row(record: &RefundRecord, order: &OrderRecord) -> RefundDetail {
    let plain = detail(record, order, Wanted { timeout: true, operations: false });
    RefundDetail {
        is_aftersale_agree_timeout: plain.aftersale_agree_timeout,
        is_aftersale_auto_disburse: plain.aftersale_auto_disburse,
        is_buyer_send_goods: plain.buyer_send_goods,
        is_crm_modify_refund: plain.crm_modify_refund,
        is_goods_received: plain.goods_received,
        is_new_refund_return: plain.new_refund_return,
        is_only_refund: plain.only_refund,
        is_refund_goods: plain.refund_goods,
        is_seller_delay_disburse: plain.seller_delay_disburse,
        is_support_new_steppay: plain.support_new_steppay,
        is_time_out_freeze: plain.time_out_freeze,
        ..plain
    }
}

/// The steps, newest first.
pub fn operations(record: &RefundRecord) -> Vec<RefundOperation> {
    record.operations.iter().rev().map(|o| operation(record, o)).collect()
}

fn operation(record: &RefundRecord, o: &Operation) -> RefundOperation {
    let before = o.before.map(|s| s.word().to_owned());
    RefundOperation {
        after_operate_status: before.clone(),
        before_operate_status: before,
        close_refund_step_id: Some(Int(0)),
        crm_modify_refund: Some(false),
        discription: Some(o.text.clone()),
        freight_bill: o.bill.as_deref().map(Text::from),
        gmt_create: Some(Time(o.at)),
        gmt_modified: Some(Time(o.at)),
        id: Some(Int(o.id)),
        message_status: Some(Int(3)),
        msg_type: Some(Int(7)),
        operate_remark: Some(story::remark(o.operate_type).to_owned()),
        operate_type_int: Some(Int(o.operate_type)),
        operator_login_id: Some(o.login.clone()),
        operator_role_id: Some(Int(o.by.role_id())),
        operator_user_id: Some(Int(o.user_id)),
        refund_address: o.address.clone(),
        refund_id: Some(Text::from(record.refund.id.to_string())),
        reject_reason: o.reject_reason.clone(),
        vouchers: (!o.vouchers.is_empty()).then(|| o.vouchers.clone()),
        logistics_company: o.carrier.as_deref().and_then(carriers::by_code).map(|c| company(c, o)),
        ..RefundOperation::default()
    }
}

fn company(carrier: &carriers::Carrier, o: &Operation) -> LogisticsCompany {
    LogisticsCompany {
        id: Some(Int(carrier.id)),
        company_name: Some(carrier.name.to_owned()),
        company_no: Some(carrier.code.to_owned()),
        company_phone: Some(carrier.phone.to_owned()),
        support_print: Some(carrier.support_print),
        spelling: Some(carrier.spelling.to_owned()),
        gmt_create: Some(o.at.compact()),
        gmt_modified: Some(o.at.compact()),
    }
}

fn ext_info(record: &RefundRecord) -> Map<String, Value> {
    record.ext_info.iter().map(|(key, value)| (key.clone(), Value::String(value.clone()))).collect()
}

/// `goodsStatus` as a number.
const fn goods(goods: Goods) -> i64 {
    match goods {
        Goods::NotReceived => 1,
        Goods::Received => 2,
        Goods::SentBack => 3,
    }
}
