//! A marketplace over a network: what it sees of the request that caused a call, and what the operator sees of it.

use super::{PARENT, TRACE};
use crate::{answer::Answer, ask::Ask, persona::Persona};
use axum::{Router, body::Body, extract::State, http::Request, response::IntoResponse};
use http::HeaderMap;
use sampan::{
    app::App,
    config::{Alibaba1688, Config},
};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tower::ServiceExt;

type Seen = Arc<Mutex<Vec<(String, HeaderMap)>>>;

/// A marketplace that tells the time and has one empty page of products.
async fn market() -> (String, Seen, tokio::task::JoinHandle<()>) {
    let seen = Seen::default();
    let router = Router::new().fallback(answer).with_state(seen.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let task = tokio::spawn(async move { axum::serve(listener, router).await.expect("serves") });
    (url, seen, task)
}

async fn answer(State(seen): State<Seen>, request: Request<Body>) -> impl IntoResponse {
    let path = request.uri().path().to_owned();
    seen.lock().unwrap().push((path.clone(), request.headers().clone()));
    if path.contains("/currentTime/") {
        return format!("\"{}\"", domain::Timestamp(crate::persona::now_ms()).compact());
    }
    if path.contains("/getToken/") {
        return r#"{"access_token":"t2","expires_in":36000}"#.to_owned();
    }
    r#"{"result":{"success":true,"code":"200","result":{"totalRecords":0,"totalPage":1,"pageSize":20,"currentPage":1,"data":[]}}}"#
        .to_owned()
}

fn config(folder: &std::path::Path, base_url: String) -> Config {
    Config {
        listen: "127.0.0.1:0".parse().expect("an address"),
        data: folder.to_owned(),
        alibaba1688: Some(Alibaba1688 {
            base_url,
            app_key: "1".to_owned(),
            app_secret: "s".into(),
            login_id: "buyer".to_owned(),
            member_id: "b2b-1".to_owned(),
            access_token: "t1".into(),
            refresh_token: "r1".into(),
        }),
        ..Config::default()
    }
}

async fn send(app: &App, persona: &Persona, ask: Ask) -> Answer {
    let response = app.router.clone().oneshot(persona.request(&ask)).await;
    Answer::read(response.unwrap_or_else(|never| match never {})).await
}

async fn health(app: &App, operator: &Persona) -> Value {
    send(app, operator, Ask::post("/operator/health", &json!({}))).await.accepted()
}

#[tokio::test]
async fn a_live_marketplace_sees_whose_request_it_was_and_the_operator_sees_the_marketplace() {
    sampan::install_tls();
    let folder = tempfile::tempdir().expect("a folder");
    let (url, seen, task) = market().await;
    let app = App::start(&config(folder.path(), url)).await.expect("it starts");
    let operator = Persona::of_file(&folder.path().join("operator.json"));
    let made = send(&app, &operator, Ask::post("/operator/developer/create", &json!({"name": "shop"}))).await;
    let developer = Persona::of(&made.accepted());

    let search = Ask::post("/alibaba/product/keywords/query", &json!({"keyword": "bag", "country": "en"}));
    let first = send(&app, &developer, search.clone().header("traceparent", PARENT)).await;
    let second = send(&app, &developer, search).await;
    let (first_id, second_id) = (first.request_id().to_owned(), second.request_id().to_owned());
    first.accepted();
    second.accepted();
    let calls: Vec<(String, String)> = {
        let seen = seen.lock().unwrap();
        let header = |headers: &HeaderMap, name: &str| headers[name].to_str().expect("a text").to_owned();
        // What the server asks by itself is nobody's request.
        let asked = seen.iter().filter(|(_, h)| h.contains_key("x-request-id"));
        asked.map(|(_, h)| (header(h, "x-request-id"), header(h, "traceparent"))).collect()
    };
    let of = |id: &str| calls.iter().filter(|(request, _)| request == id).map(|(_, t)| t.as_str()).collect::<Vec<_>>();
    assert_eq!(
        (of(&first_id).len(), of(&second_id).len()),
        (2, 1),
        "a renewal of the token, and the searches: {calls:?}"
    );
    for parent in of(&first_id) {
        assert!(parent.starts_with(&format!("00-{TRACE}-")) && parent.ends_with("-01"), "{parent}");
        assert!(!parent.contains("00f067aa0ba902b7"), "a span of its own: {parent}");
    }
    assert!(of(&second_id)[0].starts_with(&format!("00-{second_id}-")), "{calls:?}");

    let well = health(&app, &operator).await;
    let market = &well["marketplaces"][0];
    assert_eq!((&market["marketplace"], &market["reachable"]), (&json!("alibaba1688"), &json!(true)), "{well}");
    assert!(market["skewMs"].as_i64().expect("a number").abs() < 5000, "{well}");
    assert_eq!(market["authorisation"], "valid", "{well}");
    assert_eq!((&well["database"]["ok"], &well["queues"]["messagesPending"]), (&json!(true), &json!(0)), "{well}");

    task.abort();
    let ill = health(&app, &operator).await;
    let market = &ill["marketplaces"][0];
    assert_eq!(market["reachable"], false, "{ill}");
    assert!(market["error"].as_str().expect("a text").contains("currentTime"), "{ill}");
    send(&app, &developer, Ask::post("/operator/health", &json!({}))).await.refused(40301);
    app.stop().await;
}
