//! `call`: where the words lead, what is sent, and the exit codes.

use super::{ACCESS_KEY, Desk, SECRET, run_in};
use crate::cli::exit::Exit;
use contract::signature::Signed;

#[tokio::test]
async fn a_call_may_be_signed_strongly() {
    let desk = Desk::new().await;
    desk.answers("/developer/profile", 200, 200, "{}").await;
    let ended = desk.run(&["--strong", "call", "POST", "/developer/profile"]).await;
    assert_eq!(ended.exit, Exit::Done, "{ended:?}");
    let request = &desk.requests().await[0];
    assert!(request.headers["signature-input"].to_str().unwrap().starts_with("sampan=("), "{request:?}");
    assert!(!request.headers.contains_key("access-key") && request.headers.contains_key("content-digest"));
}

#[tokio::test]
async fn a_call_is_signed_and_its_envelope_is_shown_digit_for_digit() {
    let desk = Desk::new().await;
    desk.answers("/alibaba/ka/refund/detail", 200, 200, r#"{"id":9007199254740993,"fee":12.50}"#).await;
    let ended = desk.run(&["call", "POST", "/alibaba/ka/refund/detail", r#"{"refundId":"TQ1"}"#]).await;
    assert_eq!(ended.exit, Exit::Done);
    assert!(ended.out.contains("    \"id\": 9007199254740993,\n    \"fee\": 12.50\n"), "{}", ended.out);

    let request = &desk.requests().await[0];
    assert_eq!(request.body, br#"{"refundId":"TQ1"}"#);
    assert_eq!(request.headers["user-id"], "2100000000001");
    let text = |name: &str| request.headers[name].to_str().unwrap();
    let signed = Signed { access_key: ACCESS_KEY, timestamp: text("timestamp"), nonce: text("nonce-str") };
    assert!(signed.verify(text("signature"), SECRET));
}

#[tokio::test]
async fn a_refusal_ends_with_1_and_still_shows_the_envelope() {
    let desk = Desk::new().await;
    desk.answers("/x", 404, 40404, "null").await;
    let ended = desk.run(&["--json", "call", "POST", "/x"]).await;
    assert_eq!((ended.exit, ended.json()["code"].as_u64()), (Exit::Refused, Some(40404)));
    let ended = desk.run(&["call", "POST", "/x"]).await;
    assert_eq!((ended.exit, ended.notes.as_str()), (Exit::Refused, "HTTP 404: 40404 REFUND_NOT_FOUND\n"));
}

#[tokio::test]
async fn no_server_ends_with_3() {
    let desk = Desk::new().await;
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let address = format!("http://{closed}");
    let ended = desk.run(&["--base-url", &address, "call", "POST", "/x"]).await;
    assert_eq!(ended.exit, Exit::Unreachable);
    assert!(ended.notes.contains("sampan serve"), "{}", ended.notes);
    let ended = desk.run(&["--json", "--base-url", &address, "call", "POST", "/x"]).await;
    assert_eq!((ended.exit, ended.json()["error"]["exit"].as_u64()), (Exit::Unreachable, Some(3)));
    assert_eq!(ended.notes, "", "a program gets the document only");
}

#[tokio::test]
async fn a_get_takes_its_fields_from_the_json() {
    let desk = Desk::new().await;
    desk.answers("/alibaba/order/detail", 200, 200, "{}").await;
    let json = r#"{"orderId":2836707120000991577,"language":"en","page":null}"#;
    assert_eq!(desk.run(&["call", "GET", "/alibaba/order/detail", json]).await.exit, Exit::Done);
    assert_eq!(desk.requests().await[0].url.query(), Some("orderId=2836707120000991577&language=en"));
}

#[tokio::test]
async fn an_operation_is_called_by_its_id() {
    let desk = Desk::new().await;
    desk.answers("/developer/profile", 200, 200, "{}").await;
    assert_eq!(desk.run(&["call", "developer_profile"]).await.exit, Exit::Done);
    let request = &desk.requests().await[0];
    assert_eq!((request.method.as_str(), request.body.as_slice()), ("POST", b"{}".as_slice()));

    let unknown = desk.run(&["call", "profile"]).await;
    assert_eq!(unknown.exit, Exit::Usage);
    assert!(unknown.notes.contains("did you mean developer_profile"), "{}", unknown.notes);
}

#[tokio::test]
async fn json_comes_from_a_file_and_the_key_travels() {
    let desk = Desk::new().await;
    desk.answers("/x", 200, 200, "null").await;
    let file = desk.folder.path().join("body.json");
    std::fs::write(&file, r#"{"a":1}"#).unwrap();
    let argument = format!("@{}", file.display());
    let ended = desk.run(&["call", "post", "/x", &argument, "--idempotency-key", "order-17"]).await;
    assert_eq!(ended.exit, Exit::Done);
    let request = &desk.requests().await[0];
    assert_eq!(
        (request.body.as_slice(), &request.headers["idempotency-key"]),
        (br#"{"a":1}"#.as_slice(), &"order-17".parse().unwrap())
    );
}

#[tokio::test]
async fn a_file_is_sent_as_the_voucher_part() {
    let desk = Desk::new().await;
    desk.answers("/upload", 200, 200, "null").await;
    let file = desk.folder.path().join("photo.jpg");
    std::fs::write(&file, b"jpeg bytes").unwrap();
    let ended = desk.run(&["call", "POST", "/upload", "--file", file.to_str().unwrap()]).await;
    assert_eq!(ended.exit, Exit::Done, "{ended:?}");
    let body = String::from_utf8(desk.requests().await[0].body.clone()).unwrap();
    assert!(body.contains("name=\"imageData\"") && body.contains("jpeg bytes"), "{body}");
}

#[tokio::test]
async fn wrong_words_end_with_2_before_anything_is_sent() {
    let desk = Desk::new().await;
    for words in [
        &["call"][..],
        &["call", "POST", "/x", "{not json"],
        &["call", "POST", "/x", "@/no/such/file"],
        &["call", "POST", "x"],
        &["call", "GET", "/x", "[1]"],
        &["call", "NOPE", "/x", "{}"],
        &["call", "POST", "/x", "--idempotency-key", ""],
        &["call", "--list", "POST"],
        &["no-such-command"],
    ] {
        let ended = desk.run(words).await;
        assert_eq!(ended.exit, Exit::Usage, "{words:?}: {ended:?}");
    }
    assert!(desk.requests().await.is_empty());
}

#[tokio::test]
async fn a_missing_key_file_is_named() {
    let ended = run_in("/no/such/folder", &["call", "POST", "/x"]).await;
    assert_eq!(ended.exit, Exit::Usage);
    assert!(ended.notes.contains("/no/such/folder/test-developer.json is not there"), "{}", ended.notes);
}

#[tokio::test]
async fn flags_stand_in_for_the_file() {
    let desk = Desk::new().await;
    desk.answers("/x", 200, 200, "null").await;
    let uri = desk.server.uri();
    let key = ["--base-url", &uri, "--access-key", "k", "--access-secret", "s", "--user-id", "2100000000009"];
    let words: Vec<&str> = key.into_iter().chain(["call", "POST", "/x"]).collect();
    assert_eq!(run_in("/no/such/folder", &words).await.exit, Exit::Done);
    let request = &desk.requests().await[0];
    assert_eq!(
        (&request.headers["access-key"], &request.headers["user-id"]),
        (&"k".parse().unwrap(), &"2100000000009".parse().unwrap())
    );
    let half = run_in("/no/such/folder", &["--access-key", "k", "call", "POST", "/x"]).await;
    assert_eq!(half.exit, Exit::Usage);
}

#[tokio::test]
async fn the_list_names_what_can_be_called() {
    let desk = Desk::new().await;
    let ended = desk.run(&["call", "--list"]).await;
    assert!(
        ended
            .out
            .lines()
            .any(|line| line.starts_with("ka_refund_detail ") && line.contains("/alibaba/ka/refund/detail"))
    );
    let json = desk.run(&["--json", "call", "--list"]).await.json();
    let rows = json.as_array().unwrap();
    assert_eq!(rows.len(), contract::OPERATIONS.len());
    assert!(rows.iter().any(|row| row["id"] == "ka_refund_create" && row["writes"] == true));
}
