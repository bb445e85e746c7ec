//! The control API and the cashier page, by the life of an order.

use crate::kit::{Market, bytes, json, market};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use serde_json::{Value, json as value};

const TRADE: &str = "com.alibaba.trade";

/// Orders one piece each of these (offer, spec) and answers the order id.
async fn order(m: &Market, lines: &[(i64, &str)]) -> String {
    let address = value!({"fullName": "张三", "mobile": "13800000000", "provinceText": "浙江省", "cityText": "杭州市",
        "areaText": "滨江区", "address": "网商路699号"});
    let cargo: Vec<Value> =
        lines.iter().map(|(offer, spec)| value!({"offerId": offer, "specId": spec, "quantity": 1})).collect();
    let (address, cargo) = (address.to_string(), Value::from(cargo).to_string());
    let fields = [("addressParam", address.as_str()), ("cargoParamList", &cargo), ("flow", "general")];
    let (status, answer) = m.call(TRADE, "alibaba.trade.createCrossOrder", &fields).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    answer["result"]["orderId"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

const JEANS: (i64, &str) = (889_512_351_602, "530ad00177264564503ec3b848650652");

#[tokio::test]
async fn the_clock_moves_forward_within_ten_years() {
    let m = market().await;
    let (_, before) = json(m.get("/sandbox/control/clock").await).await;
    let (status, after) = m.control("clock/advance", r#"{"seconds": 86400}"#).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(after["worldMs"].as_i64().unwrap() - before["worldMs"].as_i64().unwrap(), 86_400_000);
    assert_eq!((&after["wallMs"], &after["offsetMs"]), (&before["wallMs"], &value!(86_400_000)));
    for bad in [r#"{"seconds": -1}"#, r#"{"seconds": 316224001}"#, r#"{"seconds": "1"}"#, "{}", "no"] {
        let (status, answer) = m.control("clock/advance", bad).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{bad}");
        assert!(answer["error"].is_string());
    }
}

#[tokio::test]
async fn every_habit_has_a_product() {
    let m = market().await;
    let (_, answer) = json(m.get("/sandbox/control/habits").await).await;
    let habits = answer["habits"].as_array().unwrap();
    assert_eq!(habits.len(), 12);
    assert!(habits.iter().all(|h| !h["offers"].as_array().unwrap().is_empty() && h["says"].is_string()));
}

#[tokio::test]
async fn an_order_is_priced_paid_and_shipped_by_hand() {
    let m = market().await;
    let id = order(&m, &[JEANS]).await;
    let (status, priced) = m.control(&format!("orders/{id}/modify-price"), r#"{"percent": 50, "freight": 100}"#).await;
    assert_eq!((status, &priced["amounts"], &priced["total"]), (StatusCode::OK, &value!([1450]), &value!(1550)));
    for bad in
        ["{}", r#"{"percent": 0}"#, r#"{"amounts": [1, 2]}"#, r#"{"amounts": [0]}"#, r#"{"amounts":[1],"percent":1}"#]
    {
        assert_eq!(m.control(&format!("orders/{id}/modify-price"), bad).await.0, StatusCode::BAD_REQUEST, "{bad}");
    }
    assert_eq!(m.control(&format!("orders/{id}/ship"), "").await.0, StatusCode::CONFLICT);
    assert_eq!(m.control(&format!("orders/{id}/pay"), "").await.1["status"], "waitsellersend");
    assert_eq!(m.control(&format!("orders/{id}/pay"), "").await.0, StatusCode::CONFLICT);
    assert_eq!(m.control(&format!("orders/{id}/ship"), "{}").await.1["status"], "waitbuyerreceive");
    assert_eq!(m.control("orders/1/pay", "").await.0, StatusCode::NOT_FOUND);
    assert_eq!(m.control("orders/one/pay", "").await.0, StatusCode::BAD_REQUEST);
    assert_eq!(m.control("refunds/TQ1/agree", "").await.0, StatusCode::NOT_FOUND);
    assert_eq!(m.control("refunds/x/agree", "").await.0, StatusCode::BAD_REQUEST);
    assert_eq!(m.control("nothing", "").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_cashier_page_shows_the_order_and_pays_it() {
    let m = market().await;
    let id = order(&m, &[JEANS]).await;
    let ids = format!("[{id}]");
    let (_, answer) = m.call(TRADE, "alibaba.alipay.url.get", &[("orderIdList", &ids)]).await;
    let url = answer["payUrl"].as_str().unwrap_or_else(|| panic!("{answer}"));
    assert_eq!(url, format!("http://sandbox.test/sandbox/cashier?orderIds={id}"));

    let page = m.get(url.strip_prefix("http://sandbox.test").unwrap()).await;
    let policy = page.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    let (status, html) = bytes(page).await;
    let html = String::from_utf8(html).unwrap();
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains(&id) && html.contains("Pay</button>") && html.contains("¥ 35.00"), "{html}");
    assert!(!html.contains("<script") && !html.contains("//"), "nothing from elsewhere");

    let press = || Request::post("/sandbox/cashier").body(Body::from(format!("orderIds={id}"))).unwrap();
    let (status, html) = bytes(m.send(press()).await).await;
    assert_eq!(status, StatusCode::OK);
    assert!(String::from_utf8(html).unwrap().contains("付款成功"));
    // Pressed twice: nothing is left to pay, and nothing fails.
    assert_eq!(m.send(press()).await.status(), StatusCode::OK);
    assert_eq!(m.control(&format!("orders/{id}/pay"), "").await.0, StatusCode::CONFLICT);
    assert_eq!(m.get("/sandbox/cashier?orderIds=1").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(m.get("/sandbox/cashier").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn stock_falls_with_orders_and_messages_wait_to_be_read_back() {
    let m = market().await;
    let ask = value!({"offerId": JEANS.0, "country": "cn"}).to_string();
    let stock = async || {
        let fields = [("offerDetailParam", ask.as_str())];
        let (_, d) = m.call("com.alibaba.fenxiao.crossborder", "product.search.queryProductDetail", &fields).await;
        d["result"]["result"]["productSkuInfos"][0]["amountOnSale"].as_i64().unwrap()
    };
    let before = stock().await;
    let id = order(&m, &[JEANS]).await;
    assert_eq!(stock().await, before - 1);

    let one = value!({"pieces": 1000, "specId": JEANS.1}).to_string();
    let (status, shelf) = m.control(&format!("offers/{}/restock", JEANS.0), &one).await;
    let row = value!({"specId": JEANS.1, "stock": before + 999});
    assert!(status == StatusCode::OK && shelf["skus"].as_array().unwrap().contains(&row), "{shelf}");
    assert_eq!(stock().await, before + 999);
    assert_eq!(m.control(&format!("offers/{}/restock", JEANS.0), r#"{"pieces": 1}"#).await.0, StatusCode::OK);
    assert_eq!(stock().await, before + 1000);
    for (offer, body, expected) in [
        ("1", r#"{"pieces": 1}"#, StatusCode::NOT_FOUND),
        ("889512351602", r#"{"pieces": 1, "specId": "abc"}"#, StatusCode::NOT_FOUND),
        ("889512351602", r#"{"pieces": 0}"#, StatusCode::BAD_REQUEST),
        ("889512351602", "{}", StatusCode::BAD_REQUEST),
        ("x", r#"{"pieces": 1}"#, StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(m.control(&format!("offers/{offer}/restock"), body).await.0, expected, "{offer} {body}");
    }
    assert_eq!(stock().await, before + 1000);

    let push = "cn.alibaba.open";
    let (_, page) = m.signed(push, "push.query.messageList", &[]).await;
    assert_eq!(page["pushMessagePage"]["totalCount"], 1);
    let message = &page["pushMessagePage"]["datas"][0];
    assert_eq!(
        (&message["type"], &message["data"]["currentStatus"]),
        (&value!("ORDER_BUYER_VIEW_BUYER_MAKE"), &value!("waitbuyerpay"))
    );
    assert_eq!(message["data"]["orderId"].to_string(), id);
    assert_eq!((&message["topicGroup"], &message["topicName"]), (&value!("ORDER"), &value!("BUYER_VIEW_BUYER_MAKE")));
    let none = m.signed(push, "push.query.messageList", &[("type", "ORDER_BUYER_VIEW_ORDER_PAY")]).await.1;
    assert_eq!(none["pushMessagePage"]["totalCount"], 0);
    let confirm = format!("[{}]", message["msgId"]);
    assert_eq!(m.signed(push, "push.message.confirm", &[("msgIdList", &confirm)]).await.1["isSuccess"], true);
    assert_eq!(m.signed(push, "push.query.messageList", &[]).await.1["pushMessagePage"]["totalCount"], 0);

    m.control(&format!("orders/{id}/pay"), "").await;
    let read = m.signed(push, "push.cursor.messageList", &[("quantity", "20")]).await.1;
    assert_eq!(read["pushMessageList"][0]["type"], "ORDER_BUYER_VIEW_ORDER_PAY");
    assert_eq!(m.signed(push, "push.cursor.messageList", &[]).await.1["pushMessageList"], value!([]));
}
