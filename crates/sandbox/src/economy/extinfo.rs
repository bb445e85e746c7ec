//! `extInfo` of a refund that was made here: the keys that the contract promises and those that every example carries.

use super::record::{OrderRecord, RefundRecord};
use domain::{
    Timestamp,
    refund::{Actor, DisputeRequest, Refund, RefundStatus, apply::Caps},
};

const LENGTH: &str = "tod";
const ROLE: &str = "opRole";

/// The map when the refund is opened.
pub fn of_application(
    order: &OrderRecord,
    refund: &Refund,
    caps: &Caps,
    reason: &str,
    now: Timestamp,
) -> Vec<(String, String)> {
    let whole = refund.apply_payment.plus(refund.apply_carriage).0.to_string();
    let pieces: u32 = refund.entries.iter().fold(0, |n, e| n.saturating_add(e.count));
    let item = order.order.lines.iter().find(|l| refund.covers(l.id)).map_or(0, |l| l.unit_price.0);
    let returns = refund.request == DisputeRequest::ReturnRefund;
    let flag = |on: bool| u8::from(on).to_string();
    let mut map: Vec<(String, String)> = [
        ("bizCode", "cbu.general.refund".to_owned()),
        ("appName", "disputecenter".to_owned()),
        ("agreeSource", "disputecenter".to_owned()),
        ("sdkCode", "ali.china.1688".to_owned()),
        ("outPaySystem", "BP2".to_owned()),
        ("newRefund", "rp2".to_owned()),
        ("payMode", "alipay".to_owned()),
        ("workflowName", if returns { "cbu_return_and_refund" } else { "cbu_refund" }.to_owned()),
        (ROLE, "user".to_owned()),
        ("cbu_fst_rsn", refund.reason_id.to_string()),
        ("apply_reason_text", reason.to_owned()),
        ("apply_init_refund_fee", whole.clone()),
        ("EXmrf", whole),
        ("goodFeeLimit", caps.payment.0.to_string()),
        ("carriageLimit", caps.carriage.0.to_string()),
        ("refundPostFee", refund.apply_carriage.0.to_string()),
        ("mainOrderPostFee", order.order.shipping_fee.0.to_string()),
        ("itemPrice", item.to_string()),
        ("itemBuyAmount", pieces.to_string()),
        ("part_refund", flag(refund.apply_payment < caps.payment)),
        ("b2b_exchange", flag(false)),
        ("disputeTradeStatus", "4".to_owned()),
        ("b2b_buyer_mId", order.order.buyer.member_id.clone()),
        ("b2b_seller_mId", order.order.seller.member_id.clone()),
        ("bgmtc", order.order.created_at.text()),
    ]
    .map(|(key, value)| (key.to_owned(), value))
    .into();
    run(&mut map, refund, now);
    map
}

/// What a step changes in the map: who did it, and the length of the deadline that runs now.
pub fn after_step(record: &mut RefundRecord, by: Actor, timed_out: bool, instant: bool, now: Timestamp) {
    let role = match by {
        Actor::System if timed_out => "timeout",
        Actor::System if instant => "daemon",
        Actor::System | Actor::Buyer | Actor::Seller => "user",
    };
    set(&mut record.ext_info, ROLE, role.to_owned());
    run(&mut record.ext_info, &record.refund, now);
}

fn run(map: &mut Vec<(String, String)>, refund: &Refund, now: Timestamp) {
    let open = !matches!(refund.status, RefundStatus::Success | RefundStatus::Close);
    match refund.timeout_at.filter(|_| open) {
        Some(due) => set(map, LENGTH, due.ms_since(now).to_string()),
        None => map.retain(|(key, _)| key != LENGTH),
    }
}

fn set(map: &mut Vec<(String, String)>, key: &str, value: String) {
    match map.iter_mut().find(|(k, _)| k == key) {
        Some((_, place)) => *place = value,
        None => map.push((key.to_owned(), value)),
    }
}
