//! A marketplace in process, a wall clock that the test moves, and a signed caller.

use alibaba1688::sign;
use axum::{
    Router,
    body::Body,
    http::{Request, Response, StatusCode, header},
};
use domain::Timestamp;
use http_body_util::BodyExt;
use sandbox::{Sandbox, SandboxConfig};
use serde_json::Value;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use tower::ServiceExt;

pub const KEY: &str = "1000000";
pub const SECRET: &str = "sandbox-secret";
pub const BASE: &str = "http://sandbox.test";

pub struct Market {
    pub sandbox: Arc<Sandbox>,
    pub router: Router,
    pub token: String,
    wall: Arc<AtomicI64>,
    _dir: tempfile::TempDir,
}

pub async fn market() -> Market {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let start = Timestamp::from_text("2026-05-20 12:00:00").expect("a time");
    let wall = Arc::new(AtomicI64::new(start.0));
    let reads = wall.clone();
    let sandbox = Sandbox::open(SandboxConfig {
        dir: dir.path().to_owned(),
        app_key: KEY.to_owned(),
        app_secret: SECRET.to_owned(),
        seed: 7,
        wall: Arc::new(move || Timestamp(reads.load(Ordering::SeqCst))),
    })
    .await
    .expect("the sandbox opens");
    sandbox.set_public_url(BASE);
    let token = sandbox.accounts().into_iter().find(|a| a.login_id == "sampan-test").expect("the account").access_token;
    Market { router: sandbox.router(), sandbox, token, wall, _dir: dir }
}

impl Market {
    pub fn pass_wall_ms(&self, ms: i64) {
        self.wall.fetch_add(ms, Ordering::SeqCst);
    }

    /// A signed call with the test account's token.
    pub async fn call(&self, namespace: &str, api: &str, fields: &[(&str, &str)]) -> (StatusCode, Value) {
        let mut all = vec![("access_token", self.token.as_str())];
        all.extend_from_slice(fields);
        self.signed(namespace, api, &all).await
    }

    /// A signed call with exactly these fields.
    pub async fn signed(&self, namespace: &str, api: &str, fields: &[(&str, &str)]) -> (StatusCode, Value) {
        let path = format!("param2/1/{namespace}/{api}/{KEY}");
        let signature = sign::request(SECRET, &path, fields.iter().copied());
        let mut all = fields.to_vec();
        all.push((sign::SIGNATURE, &signature));
        self.post(&format!("/openapi/{path}"), &all).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> (StatusCode, Value) {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .expect("a request");
        json(self.send(request).await).await
    }

    pub async fn control(&self, path: &str, body: &str) -> (StatusCode, Value) {
        let request = Request::post(format!("/sandbox/control/{path}")).body(Body::from(body.to_owned()));
        json(self.send(request.expect("a request")).await).await
    }

    pub async fn get(&self, path: &str) -> Response<Body> {
        self.send(Request::get(path).body(Body::empty()).expect("a request")).await
    }

    pub async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.expect("routers do not fail")
    }
}

pub async fn json(response: Response<Body>) -> (StatusCode, Value) {
    let (status, body) = bytes(response).await;
    (status, serde_json::from_slice(&body).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&body))))
}

pub async fn bytes(response: Response<Body>) -> (StatusCode, Vec<u8>) {
    let status = response.status();
    (status, response.into_body().collect().await.expect("a body").to_bytes().to_vec())
}
