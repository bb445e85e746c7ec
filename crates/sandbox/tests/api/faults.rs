//! Faults of calls, as the two ways to the marketplace meet them: what a caller in the process sees, one on a socket sees.

use crate::kit::{KEY, Market, SECRET, json, market};
use alibaba1688::sign;
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use bytes::Bytes;
use connector::{
    Transport,
    transport::{Failure, HttpSettings, http, in_process},
};
use http_body_util::BodyExt;
use serde_json::{Value, json as value};
use std::{net::Ipv4Addr, time::Duration};
use tower::ServiceExt;

const PATIENCE: Duration = Duration::from_millis(1500);
const LONGEST: usize = 1 << 20;
const TIME: (&str, &str) = ("system", "currentTime");
const TRADE: &str = "com.alibaba.trade";

/// What a call brought.
#[derive(Debug, PartialEq, Eq)]
enum Brought {
    Answer(u16, Option<String>, Vec<u8>),
    Silence,
    Broken,
    TooLarge,
}

async fn bring(way: &Transport, base: &str) -> Brought {
    let path = format!("param2/1/{}/{}/{KEY}", TIME.0, TIME.1);
    let signature = sign::request(SECRET, &path, std::iter::empty());
    let request = Request::post(format!("{base}/openapi/{path}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Bytes::from(format!("_aop_signature={signature}")))
        .unwrap();
    match tokio::time::timeout(PATIENCE, way.clone().oneshot(request)).await {
        Err(_) | Ok(Err(Failure::TimedOut(_))) => Brought::Silence,
        Ok(Err(Failure::TooLarge(_))) => Brought::TooLarge,
        Ok(Err(Failure::Broken(_))) => Brought::Broken,
        Ok(Err(Failure::NotSent(why))) => panic!("not sent: {why}"),
        Ok(Ok(answer)) => {
            let encoding = answer.headers().get(header::CONTENT_ENCODING).map(|v| v.to_str().unwrap().to_owned());
            Brought::Answer(answer.status().as_u16(), encoding, answer.body().to_vec())
        }
    }
}

async fn socket(m: &Market) -> (Transport, String) {
    drop(rustls::crypto::ring::default_provider().install_default());
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(axum::serve(listener, m.sandbox.protocol_service()).into_future());
    let settings = HttpSettings { total_timeout: PATIENCE, longest_answer: LONGEST, ..HttpSettings::default() };
    (http(settings).unwrap(), base)
}

async fn delete(m: &Market, path: &str) -> (StatusCode, Value) {
    json(m.send(Request::delete(format!("/sandbox/control/{path}")).body(Body::empty()).unwrap()).await).await
}

#[tokio::test]
async fn both_ways_to_the_marketplace_meet_the_same() {
    let m = market().await;
    let inside = in_process::<_, Body, _>(m.sandbox.protocol_service(), LONGEST);
    let (outside, base) = socket(&m).await;
    let page = |status: u16, text: &str| Brought::Answer(status, None, text.as_bytes().to_vec());
    let healthy = bring(&inside, "http://sandbox.test").await;
    assert!(matches!(&healthy, Brought::Answer(200, None, _)), "{healthy:?}");
    let coded = r#"{"success":false,"errorCode":"500_004","errorMessage":"gone"}"#;
    let gated = r#"{"error_code":"gw.RemoteServiceTimeout","error_message":"gone","exception":"gone"}"#;
    for (fault, expected) in [
        (value!({"fault": "code", "code": "500_004", "message": "gone"}), Some(page(200, coded))),
        (value!({"fault": "code", "code": "gw.RemoteServiceTimeout", "message": "gone"}), Some(page(500, gated))),
        (value!({"fault": "http"}), Some(page(500, "Internal Server Error"))),
        (value!({"fault": "http", "status": 503}), Some(page(503, "Service Unavailable"))),
        (value!({"fault": "hang"}), Some(Brought::Silence)),
        (value!({"fault": "drip"}), Some(Brought::Silence)),
        (value!({"fault": "cut"}), Some(Brought::Broken)),
        (value!({"fault": "html"}), None),
        (value!({"fault": "truncated_json"}), None),
        (value!({"fault": "huge_numbers", "number": "1e400"}), None),
        (value!({"fault": "wrong_types"}), None),
        (value!({"fault": "bad_gzip"}), None),
        (value!({"fault": "huge_body"}), Some(Brought::TooLarge)),
    ] {
        assert_eq!(m.control("faults", &fault.to_string()).await.0, StatusCode::OK, "{fault}");
        let in_process = bring(&inside, "http://sandbox.test").await;
        // A slow or cut body is not longer than what came of it; the time in the answer may have moved on.
        assert_eq!(in_process, bring(&outside, &base).await, "{fault}");
        // There is no number in this answer.
        assert!(in_process != healthy || fault["fault"] == "huge_numbers", "{fault}");
        if let Some(expected) = expected {
            assert_eq!(in_process, expected, "{fault}");
        }
        if fault["fault"] == "bad_gzip" {
            assert!(
                matches!(&in_process, Brought::Answer(200, Some(e), b) if e == "gzip" && b.starts_with(b"\x1f\x8b"))
            );
        }
        assert_eq!(delete(&m, "faults").await.1, value!({"faults": []}));
        assert_eq!(bring(&inside, "http://sandbox.test").await, healthy, "{fault} is over");
        assert_eq!(bring(&outside, &base).await, healthy, "{fault} is over");
    }
}

#[tokio::test]
async fn a_dripping_answer_comes_a_byte_a_second() {
    let m = market().await;
    m.control("faults", r#"{"fault": "drip"}"#).await;
    let path = format!("param2/1/{}/{}/{KEY}", TIME.0, TIME.1);
    let signature = sign::request(SECRET, &path, std::iter::empty());
    let mut answer = m.get(&format!("/openapi/{path}?_aop_signature={signature}")).await.into_body();
    let mut drops = Vec::new();
    let all = tokio::time::timeout(Duration::from_millis(2500), async {
        while let Some(frame) = answer.frame().await {
            drops.push(frame.unwrap().into_data().unwrap());
        }
    });
    all.await.expect_err("there is more to come");
    assert_eq!(drops.iter().map(|drop| drop.len()).collect::<Vec<_>>(), [1, 1]);
}

#[tokio::test]
async fn faults_are_set_listed_and_cleared() {
    let m = market().await;
    let (status, set) = m.control("faults", r#"{"fault": "hang", "times": 3, "call": "currentTime"}"#).await;
    let row = value!({"id": 1, "left": 3, "struck": 0, "fault": "hang", "call": "currentTime", "when": "before"});
    assert_eq!((status, set), (StatusCode::OK, value!({"faults": [row], "id": 1})));
    m.control("faults", r#"{"fault": "foreign", "percent": 50}"#).await;
    let (_, listed) = json(m.get("/sandbox/control/faults").await).await;
    assert_eq!(listed["faults"][1], value!({"id": 2, "left": null, "struck": 0, "fault": "foreign", "percent": 50}));
    let (status, left) = delete(&m, "faults/1").await;
    assert_eq!((status, left["faults"].as_array().map(Vec::len)), (StatusCode::OK, Some(1)));
    assert_eq!(delete(&m, "faults/1").await.0, StatusCode::NOT_FOUND);
    assert_eq!(delete(&m, "faults/x").await.0, StatusCode::BAD_REQUEST);
    assert_eq!(delete(&m, "faults").await, (StatusCode::OK, value!({"faults": []})));
    for (bad, field) in [
        (r#"{"fault": "explode"}"#, "fault: "),
        (r#"{"fault": "hang", "call": "alibaba.trade.explode"}"#, "call: "),
        (r#"{"fault": "hang", "times": -1}"#, "times: "),
        (r#"[]"#, "the body cannot be read: "),
        ("no", "the body cannot be read: "),
    ] {
        let (status, answer) = m.control("faults", bad).await;
        let why = answer["error"].as_str().unwrap();
        assert!(status == StatusCode::BAD_REQUEST && why.starts_with(field), "{bad}: {answer}");
    }
    for _ in 0..100 {
        assert_eq!(m.control("faults", r#"{"fault": "hang", "order": 5}"#).await.0, StatusCode::OK);
    }
    assert_eq!(m.control("faults", r#"{"fault": "hang"}"#).await.0, StatusCode::CONFLICT);
}

#[tokio::test]
async fn only_what_is_meant_is_struck() {
    let m = market().await;
    let detail = async |offer: i64| {
        let ask = value!({"offerId": offer, "country": "cn"}).to_string();
        let product = "com.alibaba.fenxiao.crossborder";
        m.call(product, "product.search.queryProductDetail", &[("offerDetailParam", &ask)]).await
    };
    let order =
        async |id: &str| m.call(TRADE, "alibaba.trade.get.buyerView", &[("webSite", "1688"), ("orderId", id)]).await;
    let (jeans, bag) = (889_512_351_602, 743_470_146_022);
    let (_, product) = detail(jeans).await;
    let seller = product["result"]["result"]["sellerOpenId"].as_str().unwrap().to_owned();
    let faulty = |answer: &(StatusCode, Value)| answer.1["errorCode"] == "X";
    for (only, jeans_too, bag_too) in [
        (value!({"offer": jeans}), true, false),
        (value!({"seller": seller}), true, false),
        (value!({"offer": bag}), false, true),
        (value!({"call": "product.search.queryProductDetail"}), true, true),
        (value!({"call": "product.search.keywordQuery"}), false, false),
        (value!({"order": 5}), false, false),
    ] {
        let mut fault = value!({"fault": "code", "code": "X"});
        fault.as_object_mut().unwrap().extend(only.as_object().unwrap().clone());
        assert_eq!(m.control("faults", &fault.to_string()).await.0, StatusCode::OK);
        assert_eq!((faulty(&detail(jeans).await), faulty(&detail(bag).await)), (jeans_too, bag_too), "{fault}");
        delete(&m, "faults").await;
    }

    // An order is known by its id, its goods and its seller, and so is what a refund is about.
    let cargo = value!([{"offerId": jeans, "specId": "530ad00177264564503ec3b848650652", "quantity": 1}]).to_string();
    let address = value!({"fullName": "张三", "mobile": "13800000000", "provinceText": "浙江省", "cityText": "杭州市",
        "areaText": "滨江区", "address": "网商路699号"})
    .to_string();
    let fields = [("addressParam", address.as_str()), ("cargoParamList", &cargo), ("flow", "general")];
    let (_, made) = m.call(TRADE, "alibaba.trade.createCrossOrder", &fields).await;
    let id = made["result"]["orderId"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
    for (only, expected) in [
        (value!({"order": id}), true),
        (value!({"offer": jeans}), true),
        (value!({"seller": seller}), true),
        (value!({"offer": bag}), false),
    ] {
        let mut fault = value!({"fault": "code", "code": "X"});
        fault.as_object_mut().unwrap().extend(only.as_object().unwrap().clone());
        m.control("faults", &fault.to_string()).await;
        assert_eq!(faulty(&order(&id).await), expected, "{fault}");
        delete(&m, "faults").await;
    }
}

#[tokio::test]
async fn whoever_may_not_call_is_refused_before_any_fault() {
    let m = market().await;
    m.control("faults", r#"{"fault": "html", "times": 1}"#).await;
    let (status, answer) =
        m.post(&format!("/openapi/param2/1/system/currentTime/{KEY}"), &[("_aop_signature", "0")]).await;
    assert_eq!((status, &answer["error_code"]), (StatusCode::BAD_REQUEST, &value!("gw.SignatureInvalid")));
    let (_, listed) = json(m.get("/sandbox/control/faults").await).await;
    assert_eq!(listed["faults"][0]["left"], 1);
}
