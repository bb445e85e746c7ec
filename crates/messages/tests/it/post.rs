//! One call: what counts as an answer, what is kept of it, what is never called.

use crate::receiver::{Habit, Receiver, ok, status};
use async_trait::async_trait;
use bytes::Bytes;
use http::HeaderMap;
use messages::{
    AddressRule, CallbackUrl, ConnectError, Failure, Outcome, PostLimits, Poster, Resolve, SystemResolver,
    resolve::Unresolved,
};
use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers};

fn poster(timeout_ms: u64) -> Poster {
    let limits = PostLimits { timeout_ms, ..PostLimits::default() };
    Poster::new(AddressRule::loopback(), Arc::new(SystemResolver::default()), None, &limits)
}

async fn post(poster: &Poster, url: &str) -> Outcome {
    poster.post(&CallbackUrl::parse(url).unwrap(), &HeaderMap::new(), Bytes::from_static(b"{}")).await
}

async fn at(habit: Habit, timeout_ms: u64) -> Outcome {
    let receiver = Receiver::start(habit).await;
    post(&poster(timeout_ms), &receiver.url()).await
}

#[tokio::test]
async fn two_hundred_acknowledges_and_the_answer_is_kept() {
    let outcome = at(Habit::Answer(ok()), 1000).await;
    assert!(outcome.acknowledged());
    assert_eq!((outcome.status, outcome.answer.as_str(), outcome.error()), (Some(200), "ok", None));
}

#[tokio::test]
async fn other_statuses_are_failures() {
    for line in ["201 Created", "204 No Content", "404 Not Found", "500 Internal Server Error"] {
        let outcome = at(Habit::Answer(status(line)), 1000).await;
        assert!(!outcome.acknowledged(), "{line}");
        assert_eq!(outcome.error(), Some(format!("status {}", &line[..3])));
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let server = MockServer::start().await;
    let target = format!("{}/elsewhere", server.uri());
    let redirect = ResponseTemplate::new(307).insert_header("location", target.as_str());
    Mock::given(matchers::path("/callback")).respond_with(redirect).expect(1).mount(&server).await;
    Mock::given(matchers::path("/elsewhere")).respond_with(ResponseTemplate::new(200)).expect(0).mount(&server).await;
    let outcome = post(&poster(1000), &format!("{}/callback", server.uri())).await;
    assert_eq!(outcome.status, Some(307));
    assert!(!outcome.acknowledged());
}

#[tokio::test]
async fn a_receiver_that_never_answers_costs_the_timeout_and_no_more() {
    let start = Instant::now();
    let outcome = at(Habit::Never, 200).await;
    assert_eq!((outcome.status, outcome.failure), (None, Some(Failure::Timeout)));
    assert!((200..900).contains(&start.elapsed().as_millis()), "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_dripping_head_is_no_answer() {
    let outcome = at(Habit::Drip(ok()), 300).await;
    assert_eq!(outcome.failure, Some(Failure::Timeout));
}

#[tokio::test]
async fn a_dripping_body_does_not_undo_the_acknowledgement() {
    let start = Instant::now();
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\nbegun";
    let outcome = at(Habit::Answer(head.to_owned()), 300).await;
    assert!(outcome.acknowledged());
    assert_eq!(outcome.answer, "begun");
    assert!(start.elapsed() < Duration::from_millis(900));
}

#[tokio::test]
async fn the_first_kilobyte_is_kept_and_the_rest_not_read() {
    let head = "HTTP/1.1 500 Oops\r\ntransfer-encoding: identity\r\nconnection: close\r\n\r\n";
    let start = Instant::now();
    let outcome = at(Habit::Flood(head.to_owned()), 5000).await;
    assert_eq!((outcome.status, outcome.answer.len()), (Some(500), 1024));
    assert!(start.elapsed() < Duration::from_secs(2), "must not wait for the end of an endless answer");
}

#[tokio::test]
async fn an_answer_that_is_no_text_can_be_stored() {
    let outcome = at(Habit::Answer("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\na\0b".to_owned()), 1000).await;
    assert_eq!(outcome.answer, "a\u{fffd}b");
}

#[tokio::test]
async fn what_is_not_http_is_a_failure() {
    assert_eq!(at(Habit::Answer("SSH-2.0-x\r\n\r\n".to_owned()), 1000).await.failure, Some(Failure::Protocol));
}

#[tokio::test]
async fn nobody_listening_is_refused() {
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let outcome = post(&poster(1000), &format!("http://{free}/")).await;
    assert_eq!(outcome.failure, Some(Failure::Connect(ConnectError::Refused)));
}

#[tokio::test]
async fn a_connection_that_the_receiver_closed_meanwhile_is_not_its_failure() {
    let receiver = Receiver::start(Habit::HangUp(ok())).await;
    let poster = poster(1000);
    for _ in 0..3 {
        assert!(post(&poster, &receiver.url()).await.acknowledged());
    }
    assert_eq!((receiver.bodies().len(), receiver.connections()), (3, 3));
}

#[tokio::test]
async fn a_burst_shares_connections() {
    let receiver = Receiver::start(Habit::Answer(ok())).await;
    let poster = poster(1000);
    for _ in 0..10 {
        assert!(post(&poster, &receiver.url()).await.acknowledged());
    }
    assert_eq!(receiver.connections(), 1);
}

#[tokio::test]
async fn at_most_sixteen_calls_are_open_to_one_receiver() {
    let receiver = Receiver::start(Habit::Never).await;
    let poster = poster(400);
    let calls: Vec<_> = (0..40)
        .map(|_| {
            let (poster, url) = (poster.clone(), receiver.url());
            tokio::spawn(async move { post(&poster, &url).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(receiver.connections(), 16);
    for call in calls {
        assert_eq!(call.await.unwrap().failure, Some(Failure::Timeout));
    }
}

/// Answers with the first address on the first question and with the second afterwards.
struct Rebinding {
    answers: [IpAddr; 2],
    asked: AtomicUsize,
}

#[async_trait]
impl Resolve for Rebinding {
    async fn resolve(&self, _: &str) -> Result<Vec<IpAddr>, Unresolved> {
        Ok(vec![self.answers[self.asked.fetch_add(1, Ordering::SeqCst).min(1)]])
    }
}

#[tokio::test]
async fn a_name_that_turns_to_a_private_address_is_not_called() {
    let closing = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    let receiver = Receiver::start(Habit::Answer(closing.to_owned())).await;
    let answers = ["127.0.0.1".parse().unwrap(), "127.0.0.2".parse().unwrap()];
    let resolver = Arc::new(Rebinding { answers, asked: AtomicUsize::new(0) });
    let rule = AddressRule::new(vec!["127.0.0.1/32".parse().unwrap()]);
    let poster = Poster::new(rule, resolver, None, &PostLimits::default());
    let url = format!("http://receiver.example:{}/", receiver.port);
    assert!(post(&poster, &url).await.acknowledged());
    let second = post(&poster, &url).await;
    assert!(matches!(second.failure, Some(Failure::Connect(ConnectError::Denied(_)))), "{second:?}");
    assert_eq!(second.error().unwrap(), "address denied: the address is loopback");
    assert_eq!(receiver.bodies().len(), 1);
}

#[tokio::test]
async fn addresses_written_out_are_judged_too() {
    let receiver = Receiver::start(Habit::Answer(ok())).await;
    let strict = Poster::new(AddressRule::default(), Arc::new(SystemResolver::default()), None, &PostLimits::default());
    for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433"] {
        let outcome = post(&strict, &format!("http://{host}:{}/", receiver.port)).await;
        assert!(matches!(outcome.failure, Some(Failure::Connect(ConnectError::Denied(_)))), "{host}: {outcome:?}");
    }
    assert_eq!(receiver.connections(), 0);
}
