//! The one classifier and the one table of codes.

use crate::{
    api::{self, Api},
    classify::classify,
    errors::{Sign, TABLE},
};
use bytes::Bytes;
use connector::{Effect, Error, Kind};
use http::Response;
use serde_json::{Value, json};

static CALLS: [&Api; 33] = [
    &api::SEARCH,
    &api::PRODUCT_DETAIL,
    &api::IMAGE_UPLOAD,
    &api::IMAGE_SEARCH,
    &api::STORE_SEARCH,
    &api::RECOMMENDED,
    &api::RELATED,
    &api::RANKING,
    &api::CATEGORY,
    &api::CATEGORY_TREE,
    &api::FREIGHT,
    &api::POOL,
    &api::CHAT_NAME,
    &api::CHAT_LINK,
    &api::PREVIEW,
    &api::CREATE,
    &api::ORDER,
    &api::ORDERS,
    &api::CANCEL,
    &api::RECEIVE,
    &api::TRACES,
    &api::CASHIER,
    &api::DEBIT,
    &api::REASONS,
    &api::VOUCHER,
    &api::REFUND_CREATE,
    &api::REFUND_RETURN,
    &api::REFUND_CANCEL,
    &api::REFUND,
    &api::REFUNDS,
    &api::COMPANIES,
    &api::MISSED,
    &api::CONFIRM,
];

fn answered(api: &'static Api, status: u16, body: &Value) -> Result<String, Error> {
    let body = Bytes::from(body.to_string());
    classify(api, Response::builder().status(status).body(body).unwrap())
}

fn failed(api: &'static Api, body: &Value) -> Error {
    answered(api, 200, body).expect_err("a failure")
}

/// Every place in which this upstream is known to put a failure.
fn wrappers(code: &str, text: &str) -> [Value; 9] {
    [
        json!({"error_code": code, "error_message": text, "exception": "x"}),
        json!({"success": false, "errorCode": code, "errorMessage": text}),
        json!({"success": "false", "errorCode": code, "erroMsg": text}),
        json!({"success": false, "errorCode": code, "errorMsg": text, "orderPreviewResuslt": []}),
        json!({"result": null, "errorCode": code, "errorMessage": text, "extErrorMessage": null}),
        json!({"result": {"success": "false", "code": code, "message": text, "result": null}}),
        json!({"result": {"success": false, "errorCode": code, "errorInfo": text}}),
        json!({"success": true, "result": {"success": true, "result": {"success": false, "code": code, "message": text}}}),
        json!({"success": true, "code": null, "result": {"success": false, "code": null, "message": null,
            "failedOfferList": [{"offerId": "1", "errorCode": code, "errorMessage": text}]}}),
    ]
}

#[test]
fn every_row_of_the_table_decides_in_every_wrapper() {
    for row in TABLE {
        let code = match row.sign {
            Sign::Code(code) => code.to_owned(),
            Sign::Begins(start) => format!("{start}【x】"),
            Sign::Class(first) => format!("{first}999"),
            Sign::Any => "whatever".to_owned(),
        };
        let call = CALLS.iter().find(|api| row.call.is_none_or(|name| name == api.name)).unwrap();
        for body in wrappers(&code, "text") {
            let error = failed(call, &body);
            assert_eq!((error.kind, error.code.as_deref()), (row.kind, Some(code.as_str())), "{row:?} in {body}");
            let effect = if call.read { Effect::None } else { row.effect };
            assert_eq!((error.effect, error.text.as_deref()), (effect, Some("text")), "{row:?} in {body}");
        }
    }
}

#[test]
fn every_row_names_a_call_that_exists() {
    for name in TABLE.iter().filter_map(|row| row.call) {
        assert!(CALLS.iter().any(|api| api.name == name), "{name}");
    }
}

#[test]
fn the_same_code_means_something_else_in_another_call() {
    let flat = |code| json!({"result": {"success": false, "code": code, "message": "m"}});
    assert_eq!(failed(&api::REFUND_CREATE, &flat("5001")).kind, Kind::OrderNotFound);
    assert_eq!(failed(&api::REFUND_RETURN, &flat("5001")).kind, Kind::Refused);
    assert_eq!(failed(&api::REASONS, &flat("5001")).kind, Kind::OrderState);
    assert_eq!(failed(&api::TRACES, &flat("404")).kind, Kind::ShipmentNotFound);
    assert_eq!(failed(&api::ORDER, &flat("404")).kind, Kind::Refused);
    assert_eq!(failed(&api::CREATE, &flat("made.up")).kind, Kind::Refused);
}

#[test]
fn a_number_serves_as_code_and_a_sentence_as_text() {
    let error = failed(&api::REFUND_CREATE, &json!({"result": {"success": false, "code": 5010, "message": "状态"}}));
    assert_eq!((error.kind, error.text.as_deref()), (Kind::RefundState, Some("状态")));
    let text = json!({"success": false, "message": "not support tradeType:【period】"});
    assert_eq!(failed(&api::CREATE, &text).kind, Kind::InvalidParameter);
}

#[test]
fn success_in_all_its_spellings_passes() {
    for body in [
        json!({"result": {"success": "true", "code": "200", "message": "success", "result": {"data": []}}}),
        json!({"result": {"success": true, "code": "S0000", "result": []}}),
        json!({"success": "true", "errorCode": null, "result": {"baseInfo": {}}}),
        json!({"result": {"opOrderRefundModelDetail": {"success": null}}, "errorCode": null}),
        json!({"result": [], "errorCode": "", "totalRecord": 0}),
        json!({"success": true, "orderPreviewResuslt": [{"status": false, "resultCode": "500_004"}]}),
        json!("20261010164552223+0800"),
    ] {
        let text = answered(&api::ORDER, 200, &body).expect("a success");
        assert_eq!(text, body.to_string(), "handed on as received");
    }
}

#[test]
fn what_is_no_json_leaves_a_write_in_doubt() {
    let html = |api| classify(api, Response::builder().status(502).body(Bytes::from("<html>")).unwrap()).unwrap_err();
    assert_eq!((html(&api::CREATE).kind, html(&api::CREATE).effect), (Kind::Unreachable, Effect::Unknown));
    assert_eq!((html(&api::ORDER).kind, html(&api::ORDER).effect), (Kind::Unreachable, Effect::None));
    let error = answered(&api::CREATE, 500, &json!({"hello": 1})).unwrap_err();
    assert_eq!((error.kind, error.effect), (Kind::Unreachable, Effect::Unknown));
    let broken = Response::new(Bytes::from_static(b"{\"a\": \"\xff\"}"));
    assert_eq!(classify(&api::ORDER, broken).unwrap_err().kind, Kind::Unreachable);
}

#[test]
fn a_busy_gateway_says_when_to_come_back() {
    let answer = Response::builder().status(429).header("Retry-After", "3").body(Bytes::from("busy")).unwrap();
    let error = classify(&api::CREATE, answer).unwrap_err();
    assert_eq!((error.kind, error.effect, error.retry_after_ms), (Kind::RateLimited, Effect::None, Some(3000)));
}
