//! One record of the marketplace, printed in the three places of the contract.

use crate::sample::{at, json, line, order, pushed_refund, refund};
use contract::view::order::{KaOrderItem, ka::service_fee};
use contract::view::refund::{AlibabaRefundInfo, Audit, KaRefundDetail, RefundDetail, RefundMessageBody};
use domain::{
    Fen, RowId, Timestamp, UserId,
    order::OrderStatus,
    refund::{Goods, RefundStatus, ReturnParcel},
};
use serde_json::{Value, json};

const DETAIL: &str = include_str!("../fixtures/ka_refund_detail_response.json");
const PUSH: &str = include_str!("../fixtures/webhook_1688_refund.json");
const INFO: &str = include_str!("../fixtures/v1_refund_info_response.json");
const KA_DOCUMENT: &str = include_str!("../documents/refund_262615407388136042.json");
const PUSH_DOCUMENT: &str = include_str!("../documents/refund_142969441872889407.json");

fn ka_refund() -> domain::refund::Refund {
    let entries = [(3_296_622_397_216_134_260, 1), (3_296_622_397_217_134_260, 1)];
    refund(262_615_407_388_136_042, 3_296_622_397_215_134_260, &entries, 5800, 600)
}

fn ka_detail() -> KaRefundDetail {
    let mut first = line(3_296_622_397_216_134_260, 5_736_673_805_656, 2900);
    first.attributes = vec![("颜色".into(), "黑色【328】DLN".into()), ("尺码".into(), "L".into())];
    let mut second = line(3_296_622_397_217_134_260, 5_736_673_805_655, 2900);
    second.attributes = vec![("颜色".into(), "黑色【328】DLN".into()), ("尺码".into(), "M".into())];
    let mut order = order(3_296_622_397_215_134_260, vec![first, second]);
    order.paid_at = Some(at("2026-04-17 17:36:00"));
    order.status = OrderStatus::Terminated;
    order.book_refund(
        &[(order.lines[0].id, Fen(2900)), (order.lines[1].id, Fen(2900))],
        Fen(600),
        at("2026-04-20 15:27:40"),
    );
    let item = |at: usize, row: i64| {
        let line = &order.lines[at];
        KaOrderItem::of(&order, line, RowId::new(row).unwrap(), service_fee(line.amount, 150), false)
    };
    let mut detail = RefundDetail::read(KA_DOCUMENT).unwrap();
    detail.overlay(&ka_refund());
    KaRefundDetail {
        refund_detail: detail,
        product_list: vec![item(0, 1_278_673_924_434_952_649), item(1, 1_278_673_924_434_952_650)].into(),
    }
}

#[test]
fn the_ka_detail_is_the_published_one() {
    let printed = serde_json::to_string(&ka_detail()).unwrap();
    assert_eq!(json(&printed), json(DETAIL)["data"]);
}

#[test]
fn a_client_reads_the_ka_detail_that_we_print() {
    let published: KaRefundDetail = serde_json::from_value(json(DETAIL)["data"].clone()).unwrap();
    assert_eq!(published, ka_detail());
}

#[test]
fn the_pushed_body_is_the_published_one() {
    let mut body = RefundMessageBody::read(PUSH_DOCUMENT).unwrap();
    body.overlay(&pushed_refund(), Timestamp(1_704_938_069_366));
    assert_eq!(json(&serde_json::to_string(&body).unwrap()), json(PUSH)["messageBody"]);
}

fn info() -> Value {
    let mut info = AlibabaRefundInfo::read(PUSH_DOCUMENT).unwrap();
    let audit = Audit {
        created_by: Some(UserId::new(2_100_000_000_001).unwrap()),
        created_at: at("2026-01-10 10:29:22"),
        updated_by: None,
        updated_at: at("2026-01-10 10:29:24"),
    };
    info.overlay(&pushed_refund(), &audit);
    json(&serde_json::to_string(&info).unwrap())
}

#[test]
fn the_v1_info_has_the_published_names_and_types() {
    let kind = |value: &Value| match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    };
    let (ours, published) = (info(), json(INFO)["data"].clone());
    let (ours, published) = (ours.as_object().unwrap(), published.as_object().unwrap());
    let names = |map: &serde_json::Map<String, Value>| {
        let mut names: Vec<String> = map.keys().cloned().collect();
        names.sort();
        names
    };
    assert_eq!(names(ours), names(published));
    for (name, value) in ours.iter().filter(|(_, value)| !value.is_null()) {
        assert_eq!(kind(value), kind(&published[name]), "{name}");
    }
}

#[test]
fn the_v1_info_nests_the_v1_message_as_text() {
    let info = info();
    let inner = |name: &str| json(info[name].as_str().unwrap());
    let push = &json(PUSH)["messageBody"];
    for name in ["extInfo", "orderEntryCountMap", "orderEntryIdList", "refundOperationList"] {
        assert_eq!(inner(name), push[name], "{name}");
    }
    assert_eq!(info["gmtApply"], json!("2024-01-10 10:29:22"));
    assert_eq!((&info["createBy"], &info["createById"]), (&json!("2100000000001"), &json!(2_100_000_000_001_i64)));
    assert_eq!((&info["updateBy"], &info["updateById"], &info["remark"]), (&json!("system"), &json!(0), &Value::Null));
}

#[test]
fn the_seller_s_user_id_is_text_in_v1_and_a_number_elsewhere() {
    let document = r#"{"sellerUserId":2216554039170}"#;
    let print = |value: Value| value["sellerUserId"].clone();
    let v1 = serde_json::to_value(AlibabaRefundInfo::read(document).unwrap()).unwrap();
    let ka = serde_json::to_value(RefundDetail::read(document).unwrap()).unwrap();
    assert_eq!((print(v1), print(ka)), (json!("2216554039170"), json!(2_216_554_039_170_i64)));
}

#[test]
fn what_the_state_machine_owns_wins_over_the_record() {
    let mut refund = ka_refund();
    refund.status = RefundStatus::WaitSellerReceive;
    refund.refund_payment = Fen::ZERO;
    refund.goods = Goods::SentBack;
    refund.return_parcel = Some(ReturnParcel { company: "ZTO".into(), bill: "3110044550034338".into() });
    refund.reject_times = 1;
    refund.reject_reason = Some("已使用".into());
    let mut view = RefundDetail::read(KA_DOCUMENT).unwrap();
    view.overlay(&refund);
    let printed = serde_json::to_value(&view).unwrap();
    for (name, value) in [
        ("status", json!("waitsellerreceive")),
        ("refundPayment", json!(0)),
        ("goodsStatus", json!(3)),
        ("goodsReceived", json!(true)),
        ("buyerSendGoods", json!(true)),
        ("freightBill", json!("3110044550034338")),
        ("rejectTimes", json!(1)),
        ("rejectReason", json!("已使用")),
    ] {
        assert_eq!(printed[name], value, "{name}");
    }
}

#[test]
fn a_bare_record_is_completed_from_the_core() {
    let mut view = RefundDetail::read("{}").unwrap();
    view.overlay(&ka_refund());
    let printed = serde_json::to_value(&view).unwrap();
    assert_eq!(printed["orderEntryIdList"], json!([3_296_622_397_216_134_260_i64, 3_296_622_397_217_134_260_i64]));
    assert_eq!(printed["orderEntryCountMap"], json!({"3296622397216134260": 1, "3296622397217134260": 1}));
    assert_eq!((&printed["onlyRefund"], &printed["refundOperationList"]), (&json!(true), &json!([])));
}
