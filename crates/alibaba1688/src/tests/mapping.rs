//! Records to what of them has rules.

use super::{ORDER, REFUND, order_id};
use crate::{
    map,
    wire::{
        order::{PreviewAnswer, Trade},
        refund::RefundDetail,
    },
};
use domain::{
    Fen, Timestamp,
    order::{Closer, OrderStatus, Shipment},
    refund::{DisputeRequest, Goods, RefundStatus},
};
use serde_json::{Value, json};

fn trade(change: impl FnOnce(&mut Value)) -> Trade {
    let mut record: Value = serde_json::from_str(ORDER).unwrap();
    change(&mut record);
    serde_json::from_value(record).unwrap()
}

fn detail(change: impl FnOnce(&mut Value)) -> RefundDetail {
    let mut record: Value = serde_json::from_str(REFUND).unwrap();
    change(&mut record);
    serde_json::from_value(record).unwrap()
}

#[test]
fn an_order_keeps_its_amounts_ids_and_times() {
    let order = map::order(&trade(|_| {})).unwrap();
    assert_eq!(order.id, order_id());
    assert_eq!(order.status, OrderStatus::WaitBuyerReceive);
    assert_eq!((order.total(), order.shipping_fee, order.refunded), (Fen(4821), Fen(600), Fen(2900)));
    assert_eq!(order.created_at, Timestamp::from_iso("2026-04-17T17:35:49+08:00").unwrap());
    assert!(order.was_paid());
    assert_eq!(order.buyer.user_id, 2_218_390_136_042);
    assert_eq!(order.out_order_id.as_deref(), Some("SP-1"));
    assert_eq!(order.refund_in_sale, Some(RefundStatus::Success));
    assert_eq!(order.refund_after_sale, None, "a word that nobody knows is not guessed");

    let [first, second] = order.lines.as_slice() else { panic!("two lines") };
    assert_eq!((first.amount, first.refunded, first.share_postage), (Fen(2900), Fen(2900), Some(Fen(300))));
    assert_eq!(first.image, "http://cbu01.alicdn.com/img/a.80x80.jpg");
    assert_eq!(first.attributes[1], ("尺码".to_owned(), "L".to_owned()));
    assert_eq!(first.refund_in_sale.unwrap().to_string(), "TQ262615407388136042");
    assert_eq!(first.shipment, Shipment::NotShipped);
    assert!(!first.is_live());
    assert_eq!((second.amount, second.quantity, second.id.get()), (Fen(1321), 1, 3_296_622_397_217_134_260));
    assert_eq!((&second.sku_id, &second.spec_id, &second.refund_in_sale), (&None, &None, &None));
    assert_eq!(second.shipment, Shipment::Shipped);
}

#[test]
fn who_closed_an_order_is_read_from_its_word() {
    let closed =
        |word: &str| map::order(&trade(|r| r["baseInfo"]["closeOperateType"] = json!(word))).unwrap().closed_by;
    assert_eq!(closed("CLOSE_TRADE_BY_BUYER"), Some(Closer::Buyer));
    assert_eq!(closed("CLOSE_TRADE_BY_SELLER"), Some(Closer::Seller));
    assert_eq!(closed("CLOSE_TRADE_BY_BOPS"), Some(Closer::Platform));
    assert_eq!(closed("CLOSE_TRADE_BY_SYSTEM"), Some(Closer::Timeout));
    assert_eq!(closed("CLOSE_TRADE_BY_MARTIANS"), None);
}

#[test]
fn an_order_that_cannot_be_reckoned_with_is_refused() {
    let odd = |path: &str, value: Value| {
        let changed = trade(|r| *r.pointer_mut(path).unwrap() = value);
        map::order(&changed).expect_err(path).0
    };
    assert!(odd("/productItems/0/quantity", json!(1.5)).contains("quantity"));
    assert!(odd("/productItems/0/itemAmount", json!(-1)).contains("itemAmount"));
    assert!(odd("/productItems/0/logisticsStatus", json!(99)).contains("logisticsStatus"));
    assert!(odd("/productItems/0/specId", json!("no spec!")).contains("specId"));
    assert!(odd("/baseInfo/status", Value::Null).contains("status"));
    assert!(odd("/baseInfo/id", json!(-3)).contains("baseInfo.id"));
    assert!(odd("/baseInfo/createTime", Value::Null).contains("createTime"));
    assert!(odd("/baseInfo", Value::Null).contains("baseInfo"));
    assert!(odd("/productItems", Value::Null).contains("productItems"));
}

#[test]
fn the_refund_of_the_contract_maps_whole() {
    let refund = map::refund(&detail(|_| {})).unwrap();
    assert_eq!(refund.id.to_string(), "TQ262615407388136042");
    assert_eq!(refund.order_id, order_id());
    assert_eq!((refund.status, refund.request), (RefundStatus::Success, DisputeRequest::Refund));
    assert_eq!((refund.after_sale, refund.before_shipment, refund.goods), (false, true, Goods::NotReceived));
    let entries: Vec<_> = refund.entries.iter().map(|e| (e.entry.get(), e.count)).collect();
    assert_eq!(entries, [(3_296_622_397_216_134_260, 1), (3_296_622_397_217_134_260, 1)]);
    assert_eq!((refund.apply_payment, refund.apply_carriage, refund.can_refund), (Fen(5800), Fen(600), Fen(5800)));
    assert_eq!((refund.refund_payment, refund.refund_carriage), (Fen(5800), Fen(600)));
    assert_eq!((refund.reason_id, refund.steps, refund.reject_times), (20006, 2, 0));
    assert_eq!(refund.completed_at.unwrap().iso(), "2026-04-20T15:27:40.000+08:00");
    assert_eq!(refund.timeout_at.unwrap().iso(), "2026-04-21T15:24:07.000+08:00");
    assert_eq!((refund.return_parcel, refund.reject_reason), (None, None));
}

#[test]
fn a_parcel_on_its_way_back_is_read_from_its_step() {
    let refund = map::refund(&detail(|r| {
        r["goodsStatus"] = json!(3);
        r["disputeRequest"] = json!(3);
        r["disputeType"] = json!(2);
        r["freightBill"] = json!("3110044550034338");
        r["refundOperationList"][0]["operateTypeInt"] = json!(10);
        r["refundOperationList"][0]["logisticsCompany"] = json!({"companyNo": "ZTO", "companyName": "中通"});
    }))
    .unwrap();
    let parcel = refund.return_parcel.unwrap();
    assert_eq!((parcel.company.as_str(), parcel.bill.as_str()), ("ZTO", "3110044550034338"));
    assert_eq!(
        (refund.goods, refund.request, refund.after_sale),
        (Goods::SentBack, DisputeRequest::ReturnRefund, true)
    );
}

#[test]
fn a_refund_with_an_unknown_meaning_is_refused() {
    for (field, value) in [
        ("status", json!("waitmartians")),
        ("disputeRequest", json!(2)),
        ("goodsStatus", json!(4)),
        ("refundOperationList", json!([])),
        ("orderEntryCountMap", json!({})),
        ("applyPayment", json!(-1)),
        ("disputeType", Value::Null),
    ] {
        let odd = map::refund(&detail(|r| r[field] = value)).expect_err(field);
        assert!(odd.0.contains(field), "{}", odd.0);
    }
}

#[test]
fn a_preview_counts_sums_in_fen_and_lines_in_yuan() {
    let answer: PreviewAnswer = serde_json::from_value(json!({"success": true, "orderPreviewResuslt": [
        {"status": true, "sumPayment": 6400, "sumCarriage": 600, "sumPaymentNoCarriage": 5800,
         "tradeModeNameList": ["assureTrade"], "shopPromotionList": [{"promotionId": "p1"}],
         "cargoList": [{"offerId": 889512351602_i64, "specId": "b266e0726506185beaf205cbae88530d", "skuId": 5736673805656_i64,
            "openOfferId": "o1", "amount": 58, "finalUnitPrice": 29.0, "message": null}]},
        {"status": false, "resultCode": "500_004", "message": "库存不足", "cargoList": [{"offerId": 1}]}]}))
    .unwrap();
    let [good, bad] = map::preview(&answer).unwrap().try_into().unwrap();
    assert_eq!((good.goods, good.carriage, good.total(), good.ok), (Fen(5800), Fen(600), Fen(6400), true));
    assert_eq!((good.lines[0].unit_price, good.lines[0].amount), (Fen(2900), Fen(5800)));
    assert_eq!(
        (good.trade_modes, good.promotions, good.refusal),
        (vec!["assureTrade".to_owned()], vec!["p1".to_owned()], None)
    );
    assert_eq!(bad.refusal, Some(("500_004".to_owned(), "库存不足".to_owned())));
    assert!(!bad.ok);
}
