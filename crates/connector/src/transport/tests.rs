//! Both transports: bounds, redirects, and whether something was sent.

use super::{Failure, HttpSettings, Transport, http, in_process};
use crate::{Effect, Kind};
use ::http::{Request, Response};
use bytes::Bytes;
use http_body_util::Full;
use std::{convert::Infallible, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use tower::{ServiceExt, service_fn};

fn request(uri: &str) -> Request<Bytes> {
    Request::builder().method("POST").uri(uri).body(Bytes::from_static(b"a=1")).unwrap()
}

fn echo(longest: usize) -> Transport {
    in_process(
        service_fn(
            |request: Request<Full<Bytes>>| async move { Ok::<_, Infallible>(Response::new(request.into_body())) },
        ),
        longest,
    )
}

/// A server that takes one connection and writes `answer`, or nothing and keeps it open.
async fn server(answer: Option<&'static str>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/x", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut seen = [0; 1024];
        let _ = socket.read(&mut seen).await;
        match answer {
            Some(answer) => socket.write_all(answer.as_bytes()).await.unwrap(),
            None => tokio::time::sleep(Duration::from_secs(30)).await,
        }
    });
    address
}

fn network(longest_answer: usize) -> Transport {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let settings = HttpSettings {
        connect_timeout: Duration::from_secs(2),
        total_timeout: Duration::from_millis(300),
        longest_answer,
    };
    http(settings).unwrap()
}

#[tokio::test]
async fn a_server_in_the_process_gets_and_gives_the_same_bytes() {
    let answer = echo(3).oneshot(request("https://gw.example/x")).await.unwrap();
    assert_eq!(answer.body(), "a=1");
    assert_eq!(echo(2).oneshot(request("https://gw.example/x")).await.unwrap_err(), Failure::TooLarge(2));
}

#[tokio::test]
async fn an_answer_is_read_up_to_its_bound_and_redirects_are_not_followed() {
    let found =
        server(Some("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 2\r\n\r\nhi")).await;
    let answer = network(2).oneshot(request(&found)).await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.body().as_ref()), (302, b"hi".as_slice()));
    let long = server(Some("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc")).await;
    assert_eq!(network(2).oneshot(request(&long)).await.unwrap_err(), Failure::TooLarge(2));
}

#[tokio::test]
async fn a_failure_says_whether_something_was_sent() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let unsent = network(99).oneshot(request(&format!("http://{free}/?token=secret"))).await.unwrap_err();
    assert!(matches!(unsent, Failure::NotSent(_)), "{unsent}");
    assert!(!unsent.to_string().contains("secret"), "{unsent}");
    let slow = server(None).await;
    let slow = network(99).oneshot(request(&slow)).await.unwrap_err();
    assert!(matches!(slow, Failure::TimedOut(_)), "{slow}");
    let cut = server(Some("")).await;
    let cut = network(99).oneshot(request(&cut)).await.unwrap_err();
    assert!(matches!(cut, Failure::Broken(_)), "{cut}");

    let error = unsent.of("x");
    assert_eq!((error.kind, error.effect), (Kind::Unreachable, Effect::None));
    let error = slow.of("x");
    assert_eq!((error.kind, error.effect), (Kind::Timeout, Effect::Unknown));
    let error = cut.of("x");
    assert_eq!((error.kind, error.effect), (Kind::Unreachable, Effect::Unknown));
}
