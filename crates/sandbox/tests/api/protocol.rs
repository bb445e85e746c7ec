//! The protocol: names, signatures, tokens, required parameters, in this order.

use crate::kit::{KEY, SECRET, json, market};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use serde_json::Value;

const TRADE: &str = "com.alibaba.trade";

fn code(answer: &(StatusCode, Value)) -> (u16, &str) {
    (answer.0.as_u16(), answer.1["error_code"].as_str().unwrap_or("none"))
}

#[tokio::test]
async fn the_health_check_tells_the_walls_time() {
    let m = market().await;
    assert_eq!(m.signed("system", "currentTime", &[]).await, (StatusCode::OK, "20260520120000000+0800".into()));
    m.control("clock/advance", r#"{"seconds": 3600}"#).await;
    m.pass_wall_ms(1500);
    assert_eq!(m.signed("system", "currentTime", &[]).await.1, "20260520120001500+0800");
}

#[tokio::test]
async fn checks_come_in_the_documented_order() {
    let m = market().await;
    let url = |ns: &str, api: &str, key: &str| format!("/openapi/param2/1/{ns}/{api}/{key}");
    let wrong = [("_aop_signature", "00")];
    // Everything is wrong: the name is told first.
    assert_eq!(code(&m.post(&url(TRADE, "alibaba.trade.fly", "9"), &wrong).await), (400, "gw.APIUnsupported"));
    assert_eq!(code(&m.post(&url(TRADE, "alibaba.trade.cancel", "9"), &wrong).await), (400, "gw.APIACLDecline"));
    assert_eq!(code(&m.post(&url(TRADE, "alibaba.trade.cancel", KEY), &[]).await), (400, "gw.SignatureMissing"));
    assert_eq!(code(&m.post(&url(TRADE, "alibaba.trade.cancel", KEY), &wrong).await), (400, "gw.SignatureInvalid"));
    assert_eq!(code(&m.signed(TRADE, "alibaba.trade.cancel", &[]).await), (401, "401"));
    assert_eq!(code(&m.signed(TRADE, "alibaba.trade.cancel", &[("access_token", "x")]).await), (401, "401"));
    let missing = m.call(TRADE, "alibaba.trade.cancel", &[("webSite", "1688")]).await;
    assert_eq!(code(&missing), (400, "gw.ParamMissing"));
    assert!(missing.1["error_message"].as_str().unwrap().contains("tradeID"));
    assert_eq!(
        code(&m.post("/openapi/param2/1/com.alibaba.trade/alibaba.trade.cancel", &[]).await),
        (400, "gw.AppKeyMissing")
    );
    assert_eq!(m.get("/nowhere").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_changed_value_breaks_the_signature_and_a_query_is_signed_too() {
    let m = market().await;
    let path = format!("param2/1/system/currentTime/{KEY}");
    let signature = alibaba1688::sign::request(SECRET, &path, [("a", "1 2")]);
    let get = async |a: &str| m.get(&format!("/openapi/{path}?a={a}&_aop_signature={signature}")).await.status();
    assert_eq!(get("1%202").await, StatusCode::OK);
    assert_eq!(get("1+2").await, StatusCode::OK);
    assert_eq!(get("12").await, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn tokens_end_and_are_refreshed() {
    let m = market().await;
    let query = [("offerQueryParam", r#"{"keyword":"jeans","beginPage":1,"pageSize":5,"country":"en"}"#)];
    let ns = "com.alibaba.fenxiao.crossborder";
    assert_eq!(m.call(ns, "product.search.keywordQuery", &query).await.0, StatusCode::OK);
    m.pass_wall_ms(36_000_000);
    assert_eq!(code(&m.call(ns, "product.search.keywordQuery", &query).await), (401, "401"));

    let account = m.sandbox.accounts().into_iter().find(|a| a.login_id == "sampan-test").unwrap();
    let path = format!("/openapi/param2/1/system.oauth2/getToken/{KEY}");
    let ask = |secret: &'static str, refresh: String| {
        let (m, path) = (&m, &path);
        async move {
            let fields = [
                ("grant_type", "refresh_token"),
                ("client_id", KEY),
                ("client_secret", secret),
                ("refresh_token", refresh.as_str()),
            ];
            m.post(path, &fields).await
        }
    };
    assert_eq!(code(&ask("wrong", account.refresh_token.clone()).await), (401, "401"));
    assert_eq!(code(&ask(SECRET, "unknown".to_owned()).await), (401, "401"));
    let (status, answer) = ask(SECRET, account.refresh_token.clone()).await;
    assert_eq!((status, &answer["expires_in"]), (StatusCode::OK, &Value::from("36000")));
    assert_eq!(answer["resource_owner"], "sampan-test");
    let token = answer["access_token"].as_str().unwrap();
    let fields = [query[0], ("access_token", token)];
    assert_eq!(m.signed(ns, "product.search.keywordQuery", &fields).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_person_picks_an_account_and_the_code_works_once() {
    let m = market().await;
    let link = format!("client_id={KEY}&site=1688&redirect_uri=http%3A%2F%2Fapp.test%2Fback%3Fx%3D1&state=s%201");
    let page = m.get(&format!("/oauth/authorize?{link}")).await;
    assert_eq!(page.status(), StatusCode::OK);
    assert!(page.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().contains("default-src 'none'"));
    let request = Request::post("/oauth/authorize").body(Body::from(format!("{link}&account=3"))).unwrap();
    let back = m.send(request).await;
    assert_eq!(back.status(), StatusCode::SEE_OTHER);
    let to = back.headers()[header::LOCATION].to_str().unwrap().to_owned();
    let code = to.strip_prefix("http://app.test/back?x=1&code=").unwrap().strip_suffix("&state=s+1").unwrap();

    let path = format!("/openapi/http/1/system.oauth2/getToken/{KEY}");
    let fields = [
        ("grant_type", "authorization_code"),
        ("need_refresh_token", "true"),
        ("client_id", KEY),
        ("client_secret", SECRET),
        ("redirect_uri", "http://app.test/back?x=1"),
        ("code", code),
    ];
    assert_eq!(m.post(&path, &fields).await.1["memberId"], "b2b-22176400528319c1d7");
    assert_eq!(m.post(&path, &fields).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn broken_bodies_are_refused_not_guessed() {
    let m = market().await;
    let path = format!("/openapi/param2/1/{TRADE}/alibaba.trade.cancel/{KEY}");
    let long = Request::post(&path).body(Body::from(vec![b'a'; sandbox::server::BODY_LIMIT + 1])).unwrap();
    assert_eq!(json(m.send(long).await).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    let broken = Request::post(&path)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from("--x\r\nnothing"))
        .unwrap();
    assert_eq!(code(&json(m.send(broken).await).await), (400, "gw.ParamInvalid"));
    let bad =
        m.call("com.alibaba.fenxiao.crossborder", "product.search.queryProductDetail", &[("offerDetailParam", "{")]);
    assert_eq!(code(&bad.await), (400, "gw.ParamInvalid"));
}

#[tokio::test]
async fn a_voucher_travels_outside_the_signature_and_is_served_under_its_address() {
    let m = market().await;
    let mut jpg = Vec::new();
    let picture = image::RgbImage::from_pixel(8, 8, image::Rgb([200, 30, 30]));
    picture.write_to(&mut std::io::Cursor::new(&mut jpg), image::ImageFormat::Jpeg).unwrap();
    let upload = async |bytes: &[u8]| {
        let path = format!("param2/1/{TRADE}/alibaba.trade.uploadRefundVoucher/{KEY}");
        let signature = alibaba1688::sign::request(SECRET, &path, [("access_token", m.token.as_str())]);
        let mut body = Vec::new();
        for (name, value) in [("access_token", &m.token), ("_aop_signature", &signature)] {
            body.extend(format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        body.extend(
            b"--b\r\nContent-Disposition: form-data; name=\"imageData\"; filename=\"v.jpg\"\r\n\
              Content-Type: image/jpeg\r\n\r\n",
        );
        body.extend(bytes);
        body.extend(b"\r\n--b--\r\n");
        let request = Request::post(format!("/openapi/{path}"))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
            .body(Body::from(body))
            .unwrap();
        json(m.send(request).await).await
    };
    let (status, answer) = upload(&jpg).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    let stored = &answer["result"]["result"];
    let url = format!("{}/{}", stored["imageDomain"].as_str().unwrap(), stored["imageRelativeUrl"].as_str().unwrap());
    let served = m.get(url.strip_prefix("http://sandbox.test").unwrap()).await;
    assert_eq!(served.headers()[header::CONTENT_TYPE], "image/jpeg");
    assert_eq!(crate::kit::bytes(served).await.1, jpg);
    assert_eq!(m.get("/sandbox/vouchers/none.jpg").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(upload(b"not a picture").await.1["result"]["success"], false);
}
