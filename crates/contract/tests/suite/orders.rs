//! The order record in answers and messages, and the words of ka.

use crate::sample::{at, json, line, order};
use contract::{
    dialect::{V1Info, V1Message},
    error::Code,
    request::{Buys, CancelBody, SubmitToPayBody, TransferCreateBody},
    view::{
        message::{KaOrderMessageBody, KaRefundMessageBody},
        order::{
            AlibabaOrderPreview, AlibabaOrderVO, AlibabaPayOrderVO, KaOrder, KaOrderItem, ReceiveGoodsResult,
            ka::{close_reason, order_status, service_fee, sub_order_status},
        },
    },
};
use domain::{
    Fen, RowId,
    order::{Closer, LineStatus, Order, OrderStatus, Shipment},
    refund::RefundStatus,
};
use serde_json::{Value, json};

const DOCUMENT: &str = include_str!("../documents/order_2019601741959504495.json");

fn observed() -> Order {
    let mut order = order(2_019_601_741_959_504_495, vec![line(2_019_601_741_960_504_495, 5_736_673_805_656, 1900)]);
    order.shipping_fee = Fen(1321);
    order
}

fn printed(order: &Order) -> Value {
    let mut view = AlibabaOrderVO::<V1Info>::read(DOCUMENT).unwrap();
    view.overlay(order);
    view.set_caller_number(Some("A-1001"));
    json(&serde_json::to_string(&view).unwrap())
}

#[test]
fn yuan_keeps_its_digits_and_ids_are_numbers() {
    let text = {
        let mut view = AlibabaOrderVO::<V1Info>::read(DOCUMENT).unwrap();
        view.overlay(&observed());
        serde_json::to_string(&view).unwrap()
    };
    for part in [
        r#""itemAmount":19,"#,
        r#""price":19,"#,
        r#""productID":743470146022"#,
        r#""phase":9223372036854775807"#,
        r#""phasAmount":32.21"#,
        r#""totalAmount":32.21"#,
        r#""shippingFee":13.21"#,
        r#""sharePostage":0.5"#,
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn answers_print_nulls_and_empty_lists_and_messages_leave_nulls_out() {
    let answer = printed(&observed());
    assert_eq!(answer["baseInfo"]["payTime"], Value::Null);
    assert_eq!(answer["nativeLogistics"]["realLogisticsCompanyNo"], Value::Null);
    assert_eq!(answer["productItems"][0]["guaranteesTerms"], json!([]));
    assert!(answer.as_object().unwrap().contains_key("outChannel"));

    let mut message = AlibabaOrderVO::<V1Message>::read(DOCUMENT).unwrap();
    message.overlay(&observed());
    let message = serde_json::to_value(&message).unwrap();
    assert!(!message.as_object().unwrap().contains_key("outChannel"));
    assert!(!message["baseInfo"].as_object().unwrap().contains_key("payTime"));
    assert_eq!(message["baseInfo"]["createTime"], json!("20260520154000000+0800"));
}

#[test]
fn the_core_is_laid_over_the_record_and_our_number_stays_inside() {
    let mut order = observed();
    order.pay(at("2026-05-20 15:41:00")).unwrap();
    order.refund_in_sale = Some(RefundStatus::WaitSellerAgree);
    order.lines[0].refund_in_sale = Some("TQ262615407388136042".parse().unwrap());
    let answer = printed(&order);
    let base = &answer["baseInfo"];
    assert_eq!(base["status"], json!("waitsellersend"));
    assert_eq!(base["refundStatus"], json!("waitselleragree"));
    assert_eq!(base["payTime"], json!("20260520154100000+0800"));
    assert_eq!(base["outOrderId"], json!("A-1001"));
    assert_eq!(answer["productItems"][0]["status"], json!("waitsellersend"));
    assert_eq!(answer["productItems"][0]["refundId"], json!("TQ262615407388136042"));
    assert!(!answer.to_string().contains("SMP-1"));
}

#[test]
fn the_receiver_comes_back_from_the_record() {
    let receiver = AlibabaOrderVO::<V1Info>::read(DOCUMENT).unwrap().receiver();
    assert_eq!((receiver.city.as_str(), receiver.district_code.as_str()), ("杭州市", "330106"));
    assert_eq!(receiver.missing(), None);
}

fn ka_example() -> Order {
    let mut order = order(3_305_075_341_149_134_260, vec![line(1, 1, 9500)]);
    order.shipping_fee = Fen(500);
    order
}

#[test]
fn ka_messages_are_the_published_texts() {
    let body = |order: &Order| serde_json::to_string(&KaOrderMessageBody::of(order, "PO202605200001", None)).unwrap();
    let mut order = ka_example();
    assert_eq!(
        body(&order),
        r#"{"orderId":"3305075341149134260","orderNo":"PO202605200001","orderStatus":"WAITING_FOR_PAYMENT","payStatus":1,"totalAmount":10000,"shippingFee":500,"productAmount":9500,"refundAmount":0,"refundStatus":null,"closeReason":null,"tbCreateTime":"2026-05-20 15:40:00","payTime":null}"#
    );
    order.pay(at("2026-05-20 15:41:00")).unwrap();
    assert_eq!(
        body(&order),
        r#"{"orderId":"3305075341149134260","orderNo":"PO202605200001","orderStatus":"WAITING_FOR_SENT","payStatus":2,"totalAmount":10000,"shippingFee":500,"productAmount":9500,"refundAmount":0,"refundStatus":null,"closeReason":null,"tbCreateTime":"2026-05-20 15:40:00","payTime":"2026-05-20 15:41:00"}"#
    );
}

#[test]
fn ka_orders_name_who_closed_them() {
    let closed = |by| {
        let mut order = ka_example();
        order.close(by, "other", at("2026-05-20 15:50:00")).unwrap();
        let order = KaOrder::of(&order, "PO202605200001", Some("A-1001"), None);
        let printed = serde_json::to_value(&order).unwrap();
        assert_eq!((&printed["orderStatus"], &printed["outOrderId"]), (&json!("CANCEL"), &json!("A-1001")));
        printed["closeReason"].clone()
    };
    assert_eq!(closed(Closer::Buyer), json!("buyer_cancel"));
    assert_eq!(closed(Closer::Seller), json!("seller_cancel"));
    assert_eq!(closed(Closer::Platform), json!("platform_close"));
    assert_eq!(closed(Closer::Timeout), json!("timeout"));
}

#[test]
fn a_refund_ends_an_order_and_leaves_the_line_s_word() {
    let mut order = ka_example();
    order.pay(at("2026-05-20 15:41:00")).unwrap();
    let id = order.lines[0].id;
    assert_eq!(sub_order_status(&order, &order.lines[0]), 2);
    order.book_refund(&[(id, Fen(9500))], Fen(500), at("2026-05-21 15:41:00"));
    assert_eq!((order_status(&order.status), close_reason(&order)), ("CLOSED", Some("refund")));
    assert_eq!(sub_order_status(&order, &order.lines[0]), 2);
    let latest = KaOrderMessageBody::of(&order, "PO202605200001", Some(RefundStatus::Success));
    assert_eq!((latest.refund_amount, latest.pay_status), (10_000, 2));
    assert_eq!(latest.refund_status.as_deref(), Some("refundsuccess"));
}

#[test]
fn the_words_of_a_line_follow_payment_and_parcel() {
    let mut order = ka_example();
    let status = |order: &Order| sub_order_status(order, &order.lines[0]);
    assert_eq!(status(&order), 1);
    let mut cancelled = order.clone();
    cancelled.close(Closer::Timeout, "other", at("2026-05-23 15:40:00")).unwrap();
    assert_eq!(status(&cancelled), 5);
    order.pay(at("2026-05-20 15:41:00")).unwrap();
    order.lines[0].shipment = Shipment::Shipped;
    assert_eq!(status(&order), 3);
    order.lines[0].shipment = Shipment::Received;
    assert_eq!(status(&order), 4);
    order.lines[0].status = LineStatus("terminated".into());
    assert_eq!(status(&order), 6);
    assert_eq!(order_status(&OrderStatus::Other("x".into())), "OTHER");
}

#[test]
fn the_service_fee_is_rounded_half_up() {
    assert_eq!(service_fee(Fen(2900), 150), Fen(44));
    assert_eq!(service_fee(Fen(2800), 150), Fen(42));
    assert_eq!(service_fee(Fen(0), 150), Fen(0));
}

#[test]
fn an_open_refund_shows_on_the_line() {
    let order = ka_example();
    let item = KaOrderItem::of(&order, &order.lines[0], RowId::new(1).unwrap(), Fen(143), true);
    let printed = serde_json::to_value(&item).unwrap();
    assert_eq!((&printed["refundStatus"], &printed["subServicePrice"]), (&json!(1), &json!(143)));
    assert_eq!((&printed["skuInfos"], &printed["skuTOList"]), (&json!("[]"), &Value::Null));
}

#[test]
fn a_ka_refund_message_has_text_times() {
    let refund = crate::sample::pushed_refund();
    let body = serde_json::to_value(KaRefundMessageBody::of(&refund, "PO202605200001")).unwrap();
    assert_eq!(body["refundId"], json!("TQ142969441872889407"));
    assert_eq!(body["gmtModified"], json!("2024-01-10 10:29:23"));
}

/// The published example of a v2 batch create; it ends after the first fields of the first line.
#[test]
fn the_published_batch_create_is_understood_and_answered_in_its_names() {
    let body = json!({
        "flow": "general",
        "addressParam": {"fullName": "sample", "mobile": "13800000000", "phone": "13800000000", "postCode": "100000",
            "cityText": "杭州市", "provinceText": "浙江省", "areaText": "西湖区", "townText": "转塘", "address": "xxxxxxx"},
        "cargoParamList": [{"offerMapId": "L0PTnwSnx_dWNZWCtgK7Gg", "specId": "e61a85a671bb3d0301d0412b51641c6b",
            "quantity": 1, "sellerOpenId": "BBBgGWh2O6JFI6v1aQuZVgRIA"}],
    });
    let ids = domain::IdKey::new([7; 32]).of(domain::DeveloperId::new(1_110_890_638_347_337_996).unwrap());
    let ask: TransferCreateBody = serde_json::from_value(body.clone()).unwrap();
    // The opaque id is another installation's.
    assert_eq!(ask.purchase(&ids).unwrap_err().code, Code::ObjectNotFound);
    let mut own = body;
    own["cargoParamList"][0]["offerMapId"] = json!(ids.seal(743_470_146_022).to_string());
    let purchase = serde_json::from_value::<TransferCreateBody>(own).unwrap().purchase(&ids).unwrap();
    assert_eq!(purchase.lines[0].seller.as_deref(), Some("BBBgGWh2O6JFI6v1aQuZVgRIA"));
    assert_eq!((purchase.lines[0].cargo.offer_id.get(), purchase.flow.as_str()), (743_470_146_022, "general"));

    let published = json!({
        "guaranteesTerms": null, "internationalLogistics": null,
        "nativeLogistics": {"address": "转塘 xxxxxxx", "area": "西湖区", "areaCode": "330106", "city": "杭州市",
            "contactPerson": "sample", "fax": null, "mobile": "13800000000", "province": "浙江省",
            "telephone": "13800000000", "zip": "100000", "logisticsItems": null, "townCode": null, "town": null,
            "caid": null, "realLogisticsCompanyNo": null},
        "productItems": [{"cargoNumber": null, "description": null, "itemAmount": 19, "price": 19,
            "productID": 743_470_146_022_i64}],
    });
    let printed = serde_json::to_value(AlibabaOrderVO::<V1Info>::read(&published.to_string()).unwrap()).unwrap();
    for name in ["guaranteesTerms", "internationalLogistics", "nativeLogistics"] {
        assert_eq!(printed[name], published[name], "{name}");
    }
    for (name, value) in published["productItems"][0].as_object().unwrap() {
        assert_eq!(printed["productItems"][0][name], *value, "{name}");
    }
}

#[test]
fn the_published_cancel_and_bulk_payment_are_understood() {
    let cancel = json!({"webSite": "1688", "orderId": 2_542_285_634_920_880_794_i64, "cancelReason": "不想要了"});
    let cancel: CancelBody = serde_json::from_value(cancel).unwrap();
    assert_eq!(cancel.order().unwrap().get(), 2_542_285_634_920_880_794);
    assert_eq!(cancel.reason().unwrap(), ("不想要了".to_owned(), None));
    let bulk = json!({"orderIds": ["2059624776425880794", "2060506524492880794", "2060771847808880794"]});
    let orders = serde_json::from_value::<SubmitToPayBody>(bulk).unwrap().orders().unwrap();
    assert_eq!(orders[2].get(), 2_060_771_847_808_880_794);
    let told = AlibabaPayOrderVO::submitted(false, &orders[..1]);
    assert_eq!(
        serde_json::to_string(&told).unwrap(),
        r#"{"orderId":null,"protocolPaySuccess":false,"payUrl":null,"cantPayOrderList":[2059624776425880794]}"#
    );
    let received = serde_json::to_string(&ReceiveGoodsResult::confirmed()).unwrap();
    assert_eq!(received, r#"{"success":true,"errorInfo":"","errorCode":""}"#);
}

#[test]
fn a_merchant_that_failed_has_its_reason_and_no_orders() {
    let failed = serde_json::to_value(AlibabaOrderPreview::<V1Info>::failed("500_004", "stock too low")).unwrap();
    assert_eq!((&failed["success"], &failed["errorCode"]), (&json!(false), &json!("500_004")));
    assert_eq!((&failed["errorMsg"], &failed["orderPreviewResuslt"]), (&json!("stock too low"), &json!([])));
}
