//! Where a callback is never sent, whatever a name resolves to, an address is spelled like or an answer asks for.
//!
//! The ranges themselves are held beside the rule (`address.rs`), the spellings that a developer may set over HTTP
//! (`sampan/tests/it/malice/addresses.rs`). Here it is what is dialled.

use crate::receiver::{Habit, Receiver, ok};
use async_trait::async_trait;
use bytes::Bytes;
use http::HeaderMap;
use messages::{
    AddressRule, CallbackUrl, ConnectError, Failure, Outcome, PostLimits, Poster, Resolve, resolve::Unresolved,
};
use std::{
    collections::VecDeque,
    net::IpAddr,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

/// Answers each question with the next of these, the last one for ever.
struct Script(Mutex<VecDeque<Vec<IpAddr>>>);

impl Script {
    fn of(answers: &[&[&str]]) -> Arc<Self> {
        let ip = |text: &&str| text.parse().expect("an address");
        Arc::new(Self(Mutex::new(answers.iter().map(|list| list.iter().map(ip).collect()).collect())))
    }

    fn left(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

#[async_trait]
impl Resolve for Script {
    async fn resolve(&self, _: &str) -> Result<Vec<IpAddr>, Unresolved> {
        let mut answers = self.0.lock().unwrap();
        let next = if answers.len() > 1 { answers.pop_front() } else { answers.front().cloned() };
        next.filter(|list| !list.is_empty()).ok_or(Unresolved)
    }
}

/// Calls by plain http what 127.0.0.1 is, and nothing else that is not public.
fn poster(resolver: Arc<dyn Resolve>) -> Poster {
    let rule = AddressRule::parse(&["127.0.0.1/32"]).unwrap();
    Poster::new(rule, resolver, None, &PostLimits { timeout_ms: 1000, ..PostLimits::default() })
}

async fn post(poster: &Poster, url: &str) -> Outcome {
    let url = CallbackUrl::parse(url).unwrap_or_else(|e| panic!("{url}: {e}"));
    poster.post(&url, &HeaderMap::new(), Bytes::from_static(b"{}")).await
}

fn is_denied(outcome: &Outcome) -> bool {
    matches!(outcome.failure, Some(Failure::Connect(ConnectError::Denied(_))))
}

/// An address of each range that is not called, and each form in which IPv6 carries one of IPv4.
const INSIDE: [&str; 38] = [
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.2",
    "127.255.255.255",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.2",
    "::ffff:127.0.0.2",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:127.0.0.2",
    "64:ff9b::127.0.0.2",
    "64:ff9b::10.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::10.0.0.1",
    "2002:7f00:2::",
    "2002:a9fe:a9fe::",
    "2001:0:7f00:2::",
    "2001:0:808:808::f5ff:fffe",
    "2001:db8::1",
    "fc00::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
];

#[tokio::test]
async fn a_name_that_leads_inside_is_not_dialled() {
    for address in INSIDE {
        for scheme in ["http", "https"] {
            let outcome = post(&poster(Script::of(&[&[address]])), &format!("{scheme}://receiver.example/")).await;
            assert!(is_denied(&outcome), "{scheme} {address}: {outcome:?}");
            assert!(outcome.duration_ms < 500, "{address}: nobody was asked, and it took {} ms", outcome.duration_ms);
        }
    }
}

/// Public by itself, and by plain http not for anybody.
#[tokio::test]
async fn plain_http_goes_to_no_public_address() {
    for address in ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"] {
        let outcome = post(&poster(Script::of(&[&[address]])), "http://receiver.example/").await;
        assert!(is_denied(&outcome) && outcome.error().unwrap().contains("https"), "{address}: {outcome:?}");
    }
}

/// Of several answers those that are inside are left out, in whatever order they come.
#[tokio::test]
async fn of_several_addresses_only_those_that_pass_are_dialled() {
    let everywhere = Receiver::start_everywhere(Habit::Answer(ok())).await;
    let url = format!("http://receiver.example:{}/", everywhere.port);
    for answers in [&["127.0.0.2", "127.0.0.1"][..], &["127.0.0.1", "127.0.0.2"], &["::1", "127.0.0.3", "127.0.0.1"]] {
        let outcome = post(&poster(Script::of(&[answers])), &url).await;
        assert!(outcome.acknowledged(), "{answers:?}: {outcome:?}");
    }
    let before = everywhere.connections();
    for answers in [&["127.0.0.2", "127.0.0.3"][..], &["::1", "10.0.0.1"]] {
        assert!(is_denied(&post(&poster(Script::of(&[answers])), &url).await), "{answers:?}");
    }
    assert_eq!(everywhere.connections(), before, "who is inside heard nothing");
}

/// A name server that says one thing when the URL is looked at and another when it is called: each connection is judged by
/// the answer that it dials.
#[tokio::test]
async fn a_name_that_changes_is_judged_at_each_connection() {
    let closing = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n".to_owned();
    let everywhere = Receiver::start_everywhere(Habit::Answer(closing)).await;
    let url = format!("http://rebound.example:{}/", everywhere.port);
    let script = Script::of(&[&["127.0.0.1"], &["127.0.0.2"], &["127.0.0.1"], &["169.254.169.254"], &["::1"]]);
    let poster = poster(script.clone());
    let mut heard = Vec::new();
    for _ in 0..5 {
        let outcome = post(&poster, &url).await;
        assert!(outcome.acknowledged() != is_denied(&outcome), "{outcome:?}");
        heard.push(outcome.acknowledged());
    }
    assert_eq!(heard, [true, false, true, false, false]);
    assert_eq!((everywhere.bodies().len(), script.left()), (2, 1), "each call asked anew");
}

/// A kept connection leads where it led when it was judged, whatever the name says meanwhile.
#[tokio::test]
async fn a_kept_connection_goes_where_it_was_judged() {
    let judged = Receiver::start(Habit::Answer(ok())).await;
    let url = format!("http://rebound.example:{}/", judged.port);
    let poster = poster(Script::of(&[&["127.0.0.1"], &["127.0.0.2"]]));
    for _ in 0..3 {
        let outcome = post(&poster, &url).await;
        assert!(outcome.acknowledged() || is_denied(&outcome), "{outcome:?}");
    }
    assert!(!judged.bodies().is_empty());
    assert!(judged.heads().iter().all(|head| head.contains("host: rebound.example")), "{:?}", judged.heads());
}

#[tokio::test]
async fn no_redirect_is_followed_in_any_form() {
    let inside = Receiver::start(Habit::Answer(ok())).await;
    for status in
        ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"]
    {
        for target in [
            inside.url(),
            format!("//127.0.0.1:{}/", inside.port),
            "http://169.254.169.254/latest/meta-data/".to_owned(),
            "file:///etc/passwd".to_owned(),
            "/again".to_owned(),
        ] {
            let answer = format!(
                "HTTP/1.1 {status}\r\nlocation: {target}\r\nrefresh: 0; url={target}\r\ncontent-length: 0\r\n\r\n"
            );
            let receiver = Receiver::start(Habit::Answer(answer)).await;
            let outcome = post(&poster(Script::of(&[&[]])), &receiver.url()).await;
            assert_eq!((outcome.status, outcome.acknowledged()), (status[..3].parse().ok(), false), "{target}");
            assert_eq!(receiver.bodies().len(), 1, "{status} to {target} asks nobody again");
        }
    }
    assert_eq!(inside.connections(), 0);
}

/// What an answer may cost is bounded, and what is kept of it is a beginning.
#[tokio::test]
async fn an_answer_costs_a_second_and_a_kilobyte() {
    let huge = "x".repeat(1 << 20);
    for answer in [
        format!("HTTP/1.1 200 OK\r\nx-huge: {huge}\r\ncontent-length: 0\r\n\r\n"),
        format!("HTTP/1.1 200 OK\r\n{}\r\n", "x: y\r\n".repeat(10_000)),
        format!("HTTP/1.1 200 OK\r\ncontent-length: 1048576\r\n\r\n{huge}"),
        "HTTP/1.1 200 OK\r\ncontent-length: 18446744073709551615\r\n\r\nx".to_owned(),
        "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\nx".to_owned(),
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffff\r\nx".to_owned(),
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\n\u{1f}\u{0}\u{0}\u{0}".to_owned(),
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n".to_owned(),
        "HTTP/1.1 100 Continue\r\n\r\n".repeat(1000),
    ] {
        let receiver = Receiver::start(Habit::Answer(answer.clone())).await;
        let began = Instant::now();
        let outcome = post(&poster(Script::of(&[&[]])), &receiver.url()).await;
        assert!(began.elapsed() < Duration::from_secs(4), "{}", &answer[..40]);
        assert!(outcome.answer.len() <= 4096, "{} bytes of {}", outcome.answer.len(), &answer[..40]);
    }
}
