//! `listen`: messages are proved before they are believed, and the receiver behind has the last word.

use super::{ACCESS_KEY, Desk, Ended, Paper, SECRET, run_onto};
use crate::cli::exit::Exit;
use contract::callback::{Base, Key};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::task::JoinHandle;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{self, method},
};

/// A running `listen` and where it listens.
struct Listening {
    url: String,
    task: JoinHandle<Ended>,
}

impl Listening {
    async fn start(desk: &Desk, words: &[&str]) -> Self {
        let (paper, folder) = (Paper::default(), desk.folder.path().to_str().unwrap().to_owned());
        let words: Vec<String> = ["--json", "listen"].iter().chain(words).map(|word| (*word).to_owned()).collect();
        let out = paper.clone();
        let task = tokio::spawn(async move {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            run_onto(out, &folder, &words).await
        });
        for _ in 0..200 {
            if let Some(line) = paper.text().lines().next() {
                let ready: Value = serde_json::from_str(line).unwrap();
                return Self { url: ready["listening"].as_str().unwrap().to_owned(), task };
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("listen did not begin: {:?}", paper.text());
    }

    /// The lines after the first, as documents.
    async fn documents(self) -> Vec<Value> {
        let ended = self.task.await.unwrap();
        assert_eq!(ended.exit, Exit::Done, "{ended:?}");
        ended.out.lines().skip(1).map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

fn message(kind: &str, id: u64) -> String {
    json!({ "messageType": kind, "messageBody": "{\"orderId\":\"1\"}", "messagePlatform": 1,
        "timestamp": "1779263269913", "retryCount": 0, "developId": 7, "id": id })
    .to_string()
}

async fn post(url: &str, body: &str, secret: &str) -> u16 {
    let signature = Key { access_key: ACCESS_KEY, secret }.authorization(Base::RawBody, body).unwrap();
    client::install_tls();
    let call = reqwest::Client::builder().no_proxy().build().unwrap().post(url);
    call.header("authorization", signature).body(body.to_owned()).send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn proved_messages_are_acknowledged_and_others_are_not() {
    let desk = Desk::new().await;
    let listening = Listening::start(&desk, &["--count", "1"]).await;
    assert_eq!(post(&listening.url, &message("ORDER_CREATE", 1), "another secret").await, 401);
    assert_eq!(post(&listening.url, &message("VERIFY", 0), SECRET).await, 200);
    assert_eq!(post(&listening.url, &message("ORDER_CREATE", 9), SECRET).await, 200);
    let seen = listening.documents().await;
    assert_eq!(seen.len(), 3, "{seen:?}");
    assert_eq!((seen[0]["verified"].as_bool(), seen[0]["answered"].as_u64()), (Some(false), Some(401)));
    assert_eq!(seen[1]["messageType"], "VERIFY");
    assert_eq!((seen[2]["id"].as_u64(), &seen[2]["messageBody"]["orderId"]), (Some(9), &json!("1")));
}

#[tokio::test]
async fn the_receiver_behind_gets_the_message_as_it_came_and_decides() {
    let (desk, behind) = (Desk::new().await, MockServer::start().await);
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(500)).mount(&behind).await;
    let listening = Listening::start(&desk, &["--count", "1", "--forward-to", &behind.uri()]).await;
    let body = message("ORDER_CREATE", 9);
    assert_eq!(post(&listening.url, &body, SECRET).await, 500);
    assert_eq!(listening.documents().await[0]["answered"], 500);
    let handed_on = &behind.received_requests().await.unwrap()[0];
    assert_eq!(handed_on.body, body.as_bytes());
    assert!(handed_on.headers.contains_key("authorization"));
}

#[tokio::test]
async fn a_receiver_behind_that_is_down_leaves_the_message_unacknowledged() {
    let desk = Desk::new().await;
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let listening = Listening::start(&desk, &["--count", "1", "--forward-to", &format!("http://{closed}")]).await;
    assert_eq!(post(&listening.url, &message("ORDER_CREATE", 9), SECRET).await, 502);
    assert_eq!(listening.documents().await[0]["verified"], true);
}

/// A page of the feed with messages 8 and 9.
const TOLD: &str = r#"{"rows":[
  {"id":"8","cursor":"11","messageType":"ORDER_CREATE","messagePlatform":1,"objectKind":"order","objectId":"1","sequence":1,
   "messageBody":"{\"orderId\":\"1\"}","requestId":null,"createdAt":"2026-04-20T15:24:07.000+08:00"},
  {"id":"9","cursor":"12","messageType":"ORDER_PAY_SUCCESS","messagePlatform":1,"objectKind":"order","objectId":"1","sequence":2,
   "messageBody":"{\"orderId\":\"1\"}","requestId":null,"createdAt":"2026-04-20T15:24:08.000+08:00"}],
  "nextCursor":"12","hasMore":false}"#;

fn left(desk: &Desk, ids: &[i64]) {
    let kept = json!({ "baseUrl": desk.server.uri(), "accessKey": ACCESS_KEY, "cursor": "10", "ids": ids });
    std::fs::write(desk.folder.path().join("listen.json"), kept.to_string()).unwrap();
}

#[tokio::test]
async fn what_was_missed_is_shown_once_and_the_next_listen_knows() {
    let desk = Desk::new().await;
    left(&desk, &[8]);
    desk.answers("/developer/event/page", 200, 200, TOLD).await;
    let listening = Listening::start(&desk, &["--count", "1"]).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    // The callback of a missed message comes late.
    assert_eq!(post(&listening.url, &message("ORDER_PAY_SUCCESS", 9), SECRET).await, 200);
    assert_eq!(post(&listening.url, &message("ORDER_CREATE", 10), SECRET).await, 200);
    let seen = listening.documents().await;
    let ids: Vec<_> = seen.iter().map(|event| (event["id"].as_i64(), event["missed"] == true)).collect();
    assert_eq!(ids, [(Some(9), true), (Some(10), false)], "{seen:?}");
    assert_eq!(seen[0]["messageBody"]["orderId"], "1");
    let asked: Value = serde_json::from_slice(&desk.requests().await[0].body).unwrap();
    assert_eq!(asked["cursor"], "10");
    let kept = std::fs::read_to_string(desk.folder.path().join("listen.json")).unwrap();
    let kept: Value = serde_json::from_str(&kept).unwrap();
    assert_eq!((&kept["cursor"], &kept["ids"]), (&json!("12"), &json!([8, 9, 10])));
}

#[tokio::test]
async fn a_server_that_is_away_holds_up_no_message_and_is_asked_again() {
    let desk = Desk::new().await;
    left(&desk, &[]);
    let busy =
        r#"{"requestId":"00000000000000000000000000000002","code":50301,"developId":null,"msg":"busy","data":null}"#;
    let away = ResponseTemplate::new(503).set_body_raw(busy, "application/json");
    let feed = Mock::given(matchers::path("/developer/event/page"));
    feed.respond_with(away).up_to_n_times(4).mount(&desk.server).await;
    desk.answers("/developer/event/page", 200, 200, TOLD).await;
    let listening = Listening::start(&desk, &["--count", "2"]).await;
    assert_eq!(post(&listening.url, &message("ORDER_CREATE", 8), SECRET).await, 200);
    let kept = desk.folder.path().join("listen.json");
    for _ in 0..400 {
        if std::fs::read_to_string(&kept).is_ok_and(|kept| kept.contains("[8,9]")) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(post(&listening.url, &message("ORDER_CREATE", 20), SECRET).await, 200);
    let seen = listening.documents().await;
    let ids: Vec<_> = seen.iter().map(|event| (event["id"].as_i64(), event["missed"] == true)).collect();
    assert_eq!(ids, [(Some(8), false), (Some(9), true), (Some(20), false)], "{seen:?}");
}

#[tokio::test]
async fn a_repeat_is_a_short_line_where_a_receiver_behind_answers() {
    let (desk, behind) = (Desk::new().await, MockServer::start().await);
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(500)).mount(&behind).await;
    let listening = Listening::start(&desk, &["--count", "2", "--forward-to", &behind.uri()]).await;
    for id in [9, 9, 10] {
        assert_eq!(post(&listening.url, &message("ORDER_CREATE", id), SECRET).await, 500);
    }
    let seen = listening.documents().await;
    assert_eq!((&seen[1]["again"], &seen[1]["id"], &seen[1]["messageBody"]), (&json!(true), &json!(9), &Value::Null));
    assert_eq!(seen.len(), 3);
}

#[tokio::test]
async fn set_registers_this_receiver_and_has_it_verified() {
    let desk = Desk::new().await;
    desk.answers("/developer/callback/set", 500, 50001, "null").await;
    let ended = desk.run(&["listen", "--set"]).await;
    assert_eq!(ended.exit, Exit::Refused, "{ended:?}");
    let request = &desk.requests().await[0];
    let sent: Value = serde_json::from_slice(&request.body).unwrap();
    assert!(sent["url"].as_str().unwrap().starts_with("http://127.0.0.1:"), "{sent}");
}

#[tokio::test]
async fn a_taken_port_ends_with_2() {
    let desk = Desk::new().await;
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ended = desk.run(&["listen", "--port", &port]).await;
    assert_eq!(ended.exit, Exit::Usage);
    assert!(ended.notes.contains(&format!("port {port} cannot be used")), "{}", ended.notes);
}
