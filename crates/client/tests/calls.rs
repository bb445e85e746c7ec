//! The client against a server that behaves and misbehaves as the platform can.

use client::{Client, ClientError, Credentials, Request, Retries, Sources};
use contract::{Code, Content, Edition, Method, Operation, operation::BODY_LIMIT, operation::QueryField};
use domain::Timestamp;
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use std::{
    sync::atomic::{AtomicU8, Ordering},
    time::Duration,
};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{body_string, header, method, path, query_param},
};

const NO_ENTRY: &str = r#"{"requestId":"00000000000000000000000000000001","code":40404,"developId":"7","msg":"refundId: unknown","data":null}"#;
const BUSY: &str =
    r#"{"requestId":"00000000000000000000000000000002","code":50301,"developId":null,"msg":"busy","data":null}"#;
const DONE: &str = r#"{"requestId":"00000000000000000000000000000003","code":200,"developId":"7","msg":"成功","data":{"id":9007199254740993,"fee":12.50}}"#;

#[derive(Debug, Serialize, Deserialize, PartialEq, schemars::JsonSchema)]
struct Asked {
    id: i64,
    note: Option<String>,
}

#[derive(Debug, Serialize, Deserialize, PartialEq, schemars::JsonSchema)]
struct Got {
    id: i64,
}

macro_rules! operation {
    ($name:ident, $method:expr, $writes:literal) => {
        struct $name;

        impl Operation for $name {
            const ID: &'static str = stringify!($name);
            const METHOD: Method = $method;
            const PATH: &'static str = "/thing";
            const EDITION: Edition = Edition::V1;
            const GROUP: &'static str = "test";
            const TITLE: &'static str = "test";
            const WRITES: bool = $writes;
            const CONTENT: Content = Content::Json;
            const BODY_LIMIT: usize = BODY_LIMIT;
            const ERRORS: &'static [Code] = &[];
            const QUERY: &'static [QueryField] = &[];
            const EXAMPLES: &'static [&'static str] = &[];
            type Request = Asked;
            type Answer = Got;
        }
    };
}

operation!(Read, Method::Get, false);
operation!(Write, Method::Post, true);

fn client(server: &MockServer) -> Client {
    let counter = AtomicU8::new(0);
    let sources =
        Sources::new(|| Timestamp(1_775_221_032_000), move || Ok([counter.fetch_add(1, Ordering::SeqCst); 16]));
    let credentials = Credentials::new("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210");
    Client::new(format!("{}/api/", server.uri()), credentials.for_user("2100000000001"))
        .unwrap()
        .with_sources(sources)
        .with_retries(Retries { pause: Duration::from_millis(1), ..Retries::default() })
}

fn answer(status: u16, body: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body, "application/json")
}

async fn nonces(server: &MockServer) -> Vec<String> {
    let requests = server.received_requests().await.unwrap();
    requests.iter().map(|r| r.headers["nonce-str"].to_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_read_travels_in_the_query_signed_and_keeps_every_digit() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/api/thing"))
        .and(query_param("id", "9007199254740993"))
        .and(header("access-key", "0123456789abcdef0123456789abcdef"))
        .and(header("timestamp", "1775221032000"))
        .and(header("user-id", "2100000000001"))
        .respond_with(answer(200, DONE))
        .mount(&server)
        .await;
    let got = client(&server).call::<Read>(&Asked { id: 9_007_199_254_740_993, note: None }).await.unwrap();
    assert_eq!(got, Got { id: 9_007_199_254_740_993 });

    let request = &server.received_requests().await.unwrap()[0];
    assert_eq!(request.url.query(), Some("id=9007199254740993"), "null fields stay at home");
    let signed = contract::signature::Signed {
        access_key: "0123456789abcdef0123456789abcdef",
        timestamp: "1775221032000",
        nonce: request.headers["nonce-str"].to_str().unwrap(),
    };
    assert!(signed.verify(request.headers["signature"].to_str().unwrap(), "fedcba9876543210fedcba9876543210"));
}

#[tokio::test]
async fn a_strong_signature_covers_what_travels() {
    use contract::strong::{Claim, Message};
    let server = MockServer::start().await;
    Mock::given(path("/api/thing")).respond_with(answer(200, DONE)).mount(&server).await;
    let plain = client(&server);
    let strong = Client::new(plain.base_url(), plain.credentials().clone().strongly()).unwrap();
    strong.call::<Read>(&Asked { id: 1, note: Some("a b&字".to_owned()) }).await.unwrap();
    strong.call_keyed::<Write>(&Asked { id: 1, note: None }, "key").await.unwrap();
    let requests = server.received_requests().await.unwrap();
    for request in &requests {
        let field = |name: &str| request.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
        let claim = Claim::read(&field("signature-input").unwrap(), field("signature").as_deref()).unwrap();
        let (path, query) = (request.url.path(), request.url.query());
        let message = Message { method: request.method.as_str(), path, query, field: &field };
        claim.verify(&message, &request.body, "fedcba9876543210fedcba9876543210").unwrap();
        assert_eq!(claim.access_key, "0123456789abcdef0123456789abcdef");
        assert!(field("access-key").is_none() && field("user-id").is_some());
    }
    assert_eq!(requests.len(), 2);
    assert!(requests[0].headers.get("content-digest").is_none(), "no body, no digest");
    assert!(requests[1].headers.get("content-digest").is_some());
}

#[tokio::test]
async fn the_text_of_data_is_handed_on_as_it_was_sent() {
    let server = MockServer::start().await;
    Mock::given(method("POST")).and(body_string("{}")).respond_with(answer(200, DONE)).mount(&server).await;
    let reply = client(&server).call_raw(http::Method::POST, "/x", &[("a", "b c")], "{}", &HeaderMap::new()).await;
    let reply = reply.unwrap();
    assert_eq!(reply.data_text(), r#"{"id":9007199254740993,"fee":12.50}"#);
    assert_eq!(reply.text, DONE);
    assert_eq!(server.received_requests().await.unwrap()[0].url.query(), Some("a=b+c"));
}

#[tokio::test]
async fn a_refusal_names_code_and_request() {
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(answer(404, NO_ENTRY)).mount(&server).await;
    let error = client(&server).call::<Write>(&Asked { id: 1, note: None }).await.unwrap_err();
    let ClientError::Api(refusal) = error else { panic!("{error}") };
    assert_eq!((refusal.code, refusal.name, refusal.status), (40404, "REFUND_NOT_FOUND", 404));
    assert_eq!(refusal.request_id.as_deref(), Some("00000000000000000000000000000001"));
    assert_eq!(refusal.msg, "refundId: unknown");
}

#[tokio::test]
async fn a_busy_server_is_asked_again_for_reads_with_another_nonce() {
    let server = MockServer::start().await;
    Mock::given(method("GET")).respond_with(answer(503, BUSY)).up_to_n_times(2).mount(&server).await;
    Mock::given(method("GET")).respond_with(answer(200, DONE)).mount(&server).await;
    client(&server).call::<Read>(&Asked { id: 1, note: None }).await.unwrap();
    let nonces = nonces(&server).await;
    assert_eq!(nonces.len(), 3);
    assert!(nonces[0] != nonces[1] && nonces[1] != nonces[2] && nonces[0].len() == 32, "{nonces:?}");
}

#[tokio::test]
async fn a_write_is_sent_once_whatever_happens() {
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(answer(503, BUSY)).mount(&server).await;
    let error = client(&server).call_keyed::<Write>(&Asked { id: 1, note: None }, "order-1").await.unwrap_err();
    assert!(error.is_temporary());
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].headers["idempotency-key"], "order-1");
}

#[tokio::test]
async fn a_wait_longer_than_allowed_is_left_to_the_caller() {
    let server = MockServer::start().await;
    let busy = answer(503, BUSY).insert_header("retry-after", "60");
    Mock::given(method("GET")).respond_with(busy).mount(&server).await;
    let error = client(&server).call::<Read>(&Asked { id: 1, note: None }).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(60)));
    assert_eq!(nonces(&server).await.len(), 1);
}

#[tokio::test]
async fn nobody_listening_is_told_from_a_lost_answer_and_from_another_service() {
    let server = MockServer::start().await;
    let slow = answer(200, DONE).set_delay(Duration::from_secs(5));
    Mock::given(path("/api/slow")).respond_with(slow).mount(&server).await;
    Mock::given(path("/api/other")).respond_with(answer(502, "<html>")).mount(&server).await;
    let client = client(&server).with_timeout(Duration::from_millis(100)).unwrap();
    let lost = client.send(&Request::new(http::Method::POST, "/slow")).await.unwrap_err();
    assert!(matches!(lost, ClientError::Interrupted { .. }), "{lost}");
    let other = client.send(&Request::new(http::Method::POST, "/other")).await.unwrap_err();
    assert!(matches!(other, ClientError::NotThePlatform { status: 502, .. }), "{other}");

    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = Client::new(format!("http://{closed}"), Credentials::new("k", "s")).unwrap();
    let unreachable = client.send(&Request::new(http::Method::POST, "/x")).await.unwrap_err();
    assert!(matches!(unreachable, ClientError::Unreachable { .. }), "{unreachable}");
}

#[tokio::test]
async fn a_voucher_is_uploaded_as_a_file_part_and_repeats_byte_for_byte() {
    let server = MockServer::start().await;
    Mock::given(method("POST")).and(path("/api/thing")).respond_with(answer(200, DONE)).mount(&server).await;
    let client = client(&server);
    for _ in 0..2 {
        client.upload_voucher::<Write>(&[0xff, 0xd8, 0xff], Some("voucher-1")).await.unwrap();
    }
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests[0].body, requests[1].body);
    let kind = requests[0].headers["content-type"].to_str().unwrap();
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
    let mut expected = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"imageData\"; filename=\"voucher.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n").into_bytes();
    expected.extend([0xff, 0xd8, 0xff]);
    expected.extend(format!("\r\n--{boundary}--\r\n").into_bytes());
    assert_eq!(requests[0].body, expected);
}

#[test]
fn addresses_that_cannot_work_are_refused_before_the_first_call() {
    for bad in ["", "127.0.0.1:8700", "ftp://host", "http://"] {
        let made = Client::new(bad, Credentials::new("k", "s"));
        assert!(matches!(made, Err(ClientError::Request(_))), "{bad}");
    }
}

const TOLD: &str = r#"{"requestId":"00000000000000000000000000000003","code":200,"developId":"7","msg":"成功","data":{"rows":[{"id":"8","cursor":"11","messageType":"ORDER_CREATE","messagePlatform":1,"objectKind":"order","objectId":"1","sequence":1,"messageBody":{"id":3296622397216134260},"requestId":null,"createdAt":"2026-04-20T15:24:07.000+08:00"}],"nextCursor":"11","hasMore":true}}"#;

#[tokio::test]
async fn the_feed_goes_on_from_its_cursor_and_stays_where_it_fails() {
    let server = MockServer::start().await;
    let answers =
        [(r#"{"cursor":"","pageSize":200}"#, 200, TOLD), (r#"{"cursor":"11","pageSize":200}"#, 404, NO_ENTRY)];
    for (asked, status, answer) in answers {
        let answer = ResponseTemplate::new(status).set_body_raw(answer, "application/json");
        Mock::given(path("/api/developer/event/page"))
            .and(body_string(asked))
            .respond_with(answer)
            .mount(&server)
            .await;
    }
    let mut feed = client(&server).feed(None);
    let rows = feed.read().await.unwrap();
    assert_eq!((rows[0].id.as_str(), rows[0].message_body.0.get()), ("8", r#"{"id":3296622397216134260}"#));
    assert!(matches!(feed.read().await, Err(ClientError::Api(_))));
    assert_eq!(feed.cursor(), Some("11"));
}
