//! An after-sales record to what of it has rules.

use super::{Mapped, fen, fen_or_zero, filled, needed, odd, unknown_word};
use crate::wire::{
    Int,
    refund::{RefundDetail, RefundOperation},
};
use domain::{
    EntryId, OrderId, RefundId,
    refund::{DisputeRequest, EntryShare, Goods, Refund, RefundStatus, ReturnParcel},
};

/// How the application says that nothing had been shipped.
const NOT_SHIPPED: &str = "货品情况:未发货";
/// `operateTypeInt` of the declared return parcel.
const SENT_BACK: i64 = 10;
/// `disputeType` of a refund after completion.
const AFTER_SALE: i64 = 2;

pub(crate) fn refund(detail: &RefundDetail) -> Mapped<Refund> {
    let operations = detail.refund_operation_list.as_deref().unwrap_or_default();
    let application = needed("refundOperationList", operations.last())?;
    let order = needed("orderId", detail.order_id)?;
    Ok(Refund {
        id: id(detail)?,
        order_id: OrderId::new(order.0).map_err(|_| odd("orderId", order))?,
        status: status(needed("status", detail.status.as_deref())?)?,
        request: request(detail.dispute_request)?,
        after_sale: needed("disputeType", detail.dispute_type)?.0 == AFTER_SALE,
        before_shipment: application.discription.as_deref().is_some_and(|d| d.contains(NOT_SHIPPED)),
        goods: goods(detail.goods_status)?,
        entries: entries(detail)?,
        apply_payment: fen("applyPayment", detail.apply_payment)?,
        apply_carriage: fen("applyCarriage", detail.apply_carriage)?,
        can_refund: fen("canRefundPayment", detail.can_refund_payment)?,
        refund_payment: fen_or_zero("refundPayment", detail.refund_payment)?,
        refund_carriage: fen_or_zero("refundCarriage", detail.refund_carriage)?,
        reason_id: needed("applyReasonId", detail.apply_reason_id)?.0,
        applied_at: needed("gmtApply", detail.gmt_apply.or(detail.gmt_create))?.0,
        modified_at: needed("gmtModified", detail.gmt_modified)?.0,
        completed_at: detail.gmt_completed.map(|t| t.0),
        timeout_at: detail.gmt_time_out.map(|t| t.0),
        reject_reason: detail.reject_reason.clone().filter(|r| !r.is_empty()),
        reject_times: small("rejectTimes", detail.reject_times.unwrap_or_default())?,
        return_parcel: return_parcel(detail, operations),
        steps: u32::try_from(operations.len()).map_err(|_| odd("refundOperationList", operations.len()))?,
    })
}

fn id(detail: &RefundDetail) -> Mapped<RefundId> {
    match filled(detail.refund_id.as_ref()) {
        Some(text) => text.parse().map_err(|_| odd("refundId", text)),
        None => {
            let id = needed("refundId", detail.id)?;
            RefundId::new(id.0).map_err(|_| odd("id", id))
        }
    }
}

fn status(word: &str) -> Mapped<RefundStatus> {
    RefundStatus::parse(word).ok_or_else(|| {
        unknown_word("refund.status", word);
        odd("status", word)
    })
}

fn request(number: Option<Int>) -> Mapped<DisputeRequest> {
    match needed("disputeRequest", number)?.0 {
        1 => Ok(DisputeRequest::Refund),
        3 => Ok(DisputeRequest::ReturnRefund),
        other => Err(unknown("disputeRequest", other)),
    }
}

fn goods(number: Option<Int>) -> Mapped<Goods> {
    match needed("goodsStatus", number)?.0 {
        1 => Ok(Goods::NotReceived),
        2 => Ok(Goods::Received),
        3 => Ok(Goods::SentBack),
        other => Err(unknown("goodsStatus", other)),
    }
}

fn unknown(field: &'static str, number: i64) -> super::Odd {
    unknown_word(field, &number.to_string());
    odd(field, number)
}

fn entries(detail: &RefundDetail) -> Mapped<Vec<EntryShare>> {
    let ids = needed("orderEntryIdList", detail.order_entry_id_list.as_ref())?;
    let counts = needed("orderEntryCountMap", detail.order_entry_count_map.as_ref())?;
    let share = |id: &Int| {
        let count = needed("orderEntryCountMap", counts.get(&id.0.to_string()))?;
        let entry = EntryId::new(id.0).map_err(|_| odd("orderEntryIdList", id))?;
        Ok(EntryShare { entry, count: small("orderEntryCountMap", *count)? })
    };
    ids.iter().map(share).collect()
}

fn small(field: &str, number: Int) -> Mapped<u32> {
    u32::try_from(number.0).map_err(|_| odd(field, number))
}

/// The parcel that goes back: the record names its number, the step that declared it names the carrier by code.
fn return_parcel(detail: &RefundDetail, operations: &[RefundOperation]) -> Option<ReturnParcel> {
    let declared = operations.iter().find(|o| o.operate_type_int == Some(Int(SENT_BACK)));
    let of_step = declared.and_then(|o| filled(o.freight_bill.as_ref()));
    let bill = filled(detail.freight_bill.as_ref()).or(of_step)?.to_owned();
    let carrier = declared.and_then(|o| o.logistics_company.as_ref());
    let code = carrier.and_then(|c| c.company_no.clone()).filter(|code| !code.is_empty());
    let company = code.or_else(|| detail.buyer_logistics_name.clone()).unwrap_or_default();
    Some(ReturnParcel { company, bill })
}
