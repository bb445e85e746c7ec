//! What each capability sends, and what the answers become.

use super::{NOW, ORDER, REFUND, SECRET, Script, account, order_id};
use crate::sign;
use bytes::Bytes;
use connector::{
    Aftersale, Effect, Kind, Ordering, Payment,
    ordering::{CancelReason, CreateAsk, PreviewAsk},
    transport::Failure,
};
use domain::{
    EntryId, Fen, OfferId, OrderId,
    purchase::{CargoLine, Receiver},
    refund::{Application, DisputeRequest, GoodsStatus},
};
use serde_json::{Value, json};

fn lines() -> Vec<CargoLine> {
    vec![CargoLine { offer_id: OfferId::new(889_512_351_602).unwrap(), spec_id: None, quantity: 2 }]
}

fn receiver() -> Receiver {
    Receiver {
        full_name: "测试".into(),
        mobile: "1".into(),
        district_code: "451481".into(),
        address: "x".into(),
        ..Receiver::default()
    }
}

fn create() -> CreateAsk {
    CreateAsk {
        own_number: "SP-1".into(),
        lines: lines(),
        receiver: receiver(),
        flow: "general".into(),
        message: None,
        trade_type: None,
        promotion_id: None,
    }
}

fn application() -> Application {
    Application {
        order_id: order_id(),
        entries: vec![EntryId::new(11).unwrap()],
        request: DisputeRequest::Refund,
        goods: GoodsStatus::WaitSellerSend,
        payment: Fen(5800),
        carriage: Fen(600),
        reason_id: 20006,
        description: "不想要了".into(),
        vouchers: vec![],
        counts: None,
    }
}

#[tokio::test]
async fn a_call_is_signed_and_leaves_out_what_has_no_value() {
    let script = Script::always(r#"{"success":true,"result":{"success":true,"orderId":"11"}}"#);
    assert_eq!(script.connect().create(account(), &create()).await.unwrap(), [OrderId::new(11).unwrap()]);
    let seen = &script.seen()[0];
    assert_eq!(seen.path, "/openapi/param2/1/com.alibaba.trade/alibaba.trade.createCrossOrder/1234567");
    assert_eq!(seen.fields["outOrderId"], "SP-1");
    assert_eq!(seen.fields["access_token"], "token-1");
    assert_eq!(seen.fields["_aop_timestamp"], NOW.0.to_string());
    assert_eq!(seen.fields["cargoParamList"], r#"[{"offerId":889512351602,"quantity":2}]"#);
    assert!(!seen.fields["addressParam"].contains("null"));
    assert!(!seen.fields.contains_key("message"));
    let fields = seen.fields.iter().map(|(k, v)| (k.as_str(), v.as_str()));
    let path = seen.path.trim_start_matches("/openapi/");
    assert!(sign::verify_request(SECRET, path, fields, &seen.fields["_aop_signature"]));
}

#[tokio::test]
async fn who_sells_an_offer_is_read_from_its_product() {
    let answer = |product: Value| {
        Script::always(json!({"result": {"success": true, "code": "200", "result": product}}).to_string()).connect()
    };
    let offer = OfferId::new(743_470_146_022).unwrap();
    let sold = answer(json!({"offerId": 743_470_146_022_i64, "sellerOpenId": "BBBgGWh2O6JFI6v1aQuZVgRIA"}));
    assert_eq!(sold.seller(offer).await.unwrap(), "BBBgGWh2O6JFI6v1aQuZVgRIA");
    let nobody = answer(json!({"offerId": 743_470_146_022_i64})).seller(offer).await.unwrap_err();
    assert_eq!(nobody.kind, Kind::Unreachable);
    let gone = answer(json!({"offerId": 743_470_146_022_i64, "status": "deleted"})).seller(offer).await.unwrap_err();
    assert_eq!(gone.kind, Kind::ProductNotFound);
}

#[tokio::test]
async fn a_create_may_make_several_orders_and_never_none() {
    let answer = |result: Value| Script::always(json!({"success": true, "result": result}).to_string()).connect();
    let several = json!({"success": true, "orderId": "", "orderList": [{"orderId": 11, "success": true}, {"orderId": "12"}, {"orderId": "13", "success": false}]});
    let ids = answer(several).create(account(), &create()).await.unwrap();
    assert_eq!(ids, [OrderId::new(11).unwrap(), OrderId::new(12).unwrap()]);
    let error = answer(json!({"success": true})).create(account(), &create()).await.unwrap_err();
    assert_eq!((error.kind, error.effect), (Kind::Unreachable, Effect::Unknown));
}

#[tokio::test]
async fn a_write_that_may_have_happened_is_sent_once() {
    let lost = Script::new(|_| Err(Failure::Broken("reset".into())));
    let error = lost.connect().create(account(), &create()).await.unwrap_err();
    assert_eq!((error.kind, error.effect, lost.seen().len()), (Kind::Unreachable, Effect::Unknown, 1));

    let unsent = Script::new(|_| Err(Failure::NotSent("refused".into())));
    let error = unsent.connect().create(account(), &create()).await.unwrap_err();
    assert_eq!((error.kind, error.effect, unsent.seen().len()), (Kind::Unreachable, Effect::None, 3));

    let read = Script::new(|_| Err(Failure::TimedOut("slow".into())));
    let error = read.connect().order(account(), order_id()).await.unwrap_err();
    assert_eq!((error.kind, error.effect, read.seen().len()), (Kind::Timeout, Effect::None, 3));
}

#[tokio::test]
async fn an_order_is_handed_on_as_received() {
    let script = Script::always(format!(r#"{{"result": {ORDER} ,"success":"true"}}"#));
    let observed = script.connect().order(account(), order_id()).await.unwrap();
    assert_eq!(observed.document.as_str(), ORDER.trim_end());
    assert_eq!(script.seen()[0].fields["webSite"], "1688");
    let other = script.connect().order(account(), OrderId::new(5).unwrap()).await.unwrap_err();
    assert_eq!(other.kind, Kind::Unreachable, "an answer of another order is no answer");
    let gone = Script::always(r#"{"result":null,"errorCode":"ORDER_NOT_EXIST","success":"false"}"#);
    assert_eq!(gone.connect().order(account(), order_id()).await.unwrap_err().kind, Kind::OrderNotFound);
}

#[tokio::test]
async fn only_orders_that_carry_our_number_are_found() {
    let row = |id: i64, number: &str| json!({"baseInfo": {"id": id, "outOrderId": number}});
    let rows = json!({"result": [row(11, "SP-1"), row(12, "SP-2"), {"baseInfo": {"id": 13}}], "totalRecord": 3});
    let found = Script::always(rows.to_string()).connect().find(account(), "SP-1").await.unwrap();
    assert_eq!(found, [OrderId::new(11).unwrap()]);
}

#[tokio::test]
async fn a_preview_refused_as_a_whole_says_why() {
    let ask = PreviewAsk { lines: lines(), receiver: receiver(), flow: None };
    let refused =
        Script::always(r#"{"success":false,"errorCode":"500_005","errorMsg":"低于起批量","orderPreviewResuslt":null}"#);
    let error = refused.connect().preview(account(), &ask).await.unwrap_err();
    assert_eq!((error.kind, error.code.as_deref()), (Kind::BelowMinimum, Some("500_005")));
    let text = r#"{"orderPreviewResuslt": [], "success": true}"#;
    let script = Script::always(text);
    assert_eq!(script.connect().preview(account(), &ask).await.unwrap().document.as_str(), text);
    assert!(!script.seen()[0].fields.contains_key("flow"), "no flow: the cheapest is answered");
}

#[tokio::test]
async fn cancel_receipt_and_return_count_as_done_only_when_the_answer_says_so() {
    let reason = CancelReason { reason: "buyerCancel".into(), remark: None };
    let ok = Script::always(r#"{"success":true}"#).connect();
    Ordering::cancel(&ok, account(), order_id(), &reason).await.unwrap();
    let vague = Script::always("{}").connect();
    let error = Ordering::cancel(&vague, account(), order_id(), &reason).await.unwrap_err();
    assert_eq!((error.kind, error.effect), (Kind::Unreachable, Effect::Unknown));
    let early = Script::always(r#"{"success":false,"errorCode":"CLOSE_ORDER_TOO_FAST","errorMessage":"x"}"#).connect();
    assert_eq!(Ordering::cancel(&early, account(), order_id(), &reason).await.unwrap_err().kind, Kind::OrderState);
    let refused = Script::always(r#"{"result":{"success":false,"errorCode":"X","errorInfo":"why"}}"#).connect();
    let error = refused.confirm_receipt(account(), order_id(), &[]).await.unwrap_err();
    assert_eq!((error.kind, error.text.as_deref()), (Kind::Refused, Some("why")));
    let error = Aftersale::cancel(&refused, account(), "TQ1".parse().unwrap()).await.unwrap_err();
    assert_eq!(error.kind, Kind::RefundState);
}

#[tokio::test]
async fn a_debit_is_paid_only_when_the_answer_says_so() {
    let debit = |paid: &str| {
        format!(
            r#"{{"result":{{"success":"true","code":"200","result":{{"payChannel":"alipay","paySuccess":{paid}}}}}}}"#
        )
    };
    assert!(Script::always(debit("true")).connect().debit(account(), order_id()).await.unwrap());
    assert!(!Script::always(debit("false")).connect().debit(account(), order_id()).await.unwrap());
    assert!(!Script::always(debit("null")).connect().debit(account(), order_id()).await.unwrap());
    for nothing in ["{}", r#"{"result":{"success":"true","code":"200"}}"#] {
        let error = Script::always(nothing).connect().debit(account(), order_id()).await.unwrap_err();
        assert_eq!((error.kind, error.effect), (Kind::Unreachable, Effect::Unknown), "{nothing}");
    }
    let page = Script::always(r#"{"success":true,"payUrl":"https://x","payFailureOrderList":["12"]}"#).connect();
    let cashier = page.cashier(account(), &[order_id()]).await.unwrap();
    assert_eq!((cashier.url.as_deref(), cashier.left_out), (Some("https://x"), vec![OrderId::new(12).unwrap()]));
}

#[tokio::test]
async fn shipments_are_documents_and_none_is_not_found() {
    let text = r#"[{"logisticsId":"LP1", "orderId":1}]"#;
    let script = Script::always(format!(r#"{{"success":true,"logisticsTrace":{text}}}"#));
    assert_eq!(script.connect().traces(account(), order_id()).await.unwrap().as_str(), text);
    for none in [r#"{"success":true,"logisticsTrace":[]}"#, r#"{"success":false,"errorCode":"404"}"#] {
        let error = Script::always(none).connect().traces(account(), order_id()).await.unwrap_err();
        assert_eq!(error.kind, Kind::ShipmentNotFound);
    }
}

#[tokio::test]
async fn a_refund_is_applied_for_and_read_with_its_steps() {
    let script = Script::always(r#"{"result":{"result":{"refundId":"TQ34931008034741532"},"success":true}}"#);
    let id = script.connect().apply(account(), &application()).await.unwrap();
    assert_eq!(id.to_string(), "TQ34931008034741532");
    let fields = &script.seen()[0].fields;
    assert_eq!((fields["applyPayment"].as_str(), fields["orderEntryIds"].as_str()), ("5800", "[11]"));
    assert!(!fields.contains_key("vouchers") && !fields.contains_key("orderEntryCountList"));

    let script = Script::always(format!(r#"{{"result":{{"opOrderRefundModelDetail":{REFUND}}},"errorCode":null}}"#));
    let observed = script.connect().refund(account(), "TQ262615407388136042".parse().unwrap()).await.unwrap();
    assert_eq!((observed.core.steps, observed.document.as_str()), (2, REFUND.trim_end()));
    assert_eq!(script.seen()[0].fields["needOrderRefundOperation"], "true");
}

#[tokio::test]
async fn all_pages_of_an_orders_refunds_are_read_wherever_they_begin() {
    for first in [0_i64, 1] {
        let script = Script::new(move |seen| {
            if seen.path.contains("OpQueryOrderRefund/") {
                let id = &seen.fields["refundId"];
                let detail = REFUND.replace("TQ262615407388136042", id);
                return Ok((200, format!(r#"{{"result":{{"opOrderRefundModelDetail":{detail}}}}}"#)));
            }
            assert_eq!(seen.fields["dipsuteType"], "0");
            let page: i64 = seen.fields["currentPageNum"].parse().unwrap();
            let page = (page - first).max(0);
            let rows: Vec<_> =
                (page * 50 + 1..=60.min(page * 50 + 50)).map(|n| json!({"refundId": format!("TQ{n}")})).collect();
            Ok((200, json!({"result": {"opOrderRefundModels": rows, "totalCount": 60}, "success": true}).to_string()))
        });
        assert_eq!(script.connect().refunds_of(account(), order_id()).await.unwrap().len(), 60, "from {first}");
    }
}

#[tokio::test]
async fn the_picture_of_a_voucher_is_outside_the_signature() {
    let script = Script::always(
        r#"{"result":{"success":true,"result":{"imageDomain":"https://cbu01.alicdn.com","imageRelativeUrl":"img/1.jpg"}}}"#,
    );
    let jpg = Bytes::from_static(&[0xff, 0xd8, 0xff, 0xd9]);
    let voucher = script.connect().upload_voucher(account(), jpg.clone()).await.unwrap();
    assert_eq!(voucher.url(), "https://cbu01.alicdn.com/img/1.jpg");
    let seen = &script.seen()[0];
    let path = seen.path.trim_start_matches("/openapi/");
    let stamp = NOW.0.to_string();
    let expected = sign::request(SECRET, path, [("access_token", "token-1"), ("_aop_timestamp", stamp.as_str())]);
    assert!(String::from_utf8_lossy(&seen.body).contains(&expected));
    assert!(seen.body.windows(4).any(|part| part == jpg));
}

#[tokio::test]
async fn reasons_and_carriers_are_read_row_by_row() {
    let rows =
        r#"{"result":{"success":true,"result":{"reasons":[{"id":20006,"name":"不想买了","needVoucher":true}]}}}"#;
    let reasons =
        Script::always(rows).connect().reasons(account(), order_id(), &[], GoodsStatus::WaitSellerSend).await.unwrap();
    assert_eq!((reasons[0].id, reasons[0].need_voucher, reasons[0].no_refund_carriage), (20006, true, false));
    let rows = r#"{"result":[{"id":5,"companyName":"中通","companyNo":"ZTO"}],"success":true}"#;
    let companies = Script::always(rows).connect().companies().await.unwrap();
    assert_eq!((companies[0].id, companies[0].code.as_str()), (5, "ZTO"));
    let half = Script::always(r#"{"result":[{"id":5}],"success":true}"#).connect().companies().await.unwrap_err();
    assert_eq!(half.kind, Kind::Unreachable);
}
