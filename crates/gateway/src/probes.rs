//! What machines ask of the process: `/healthz`, `/readyz`, `/openapi.json`. `/metrics` is bound by the wiring, which
//! knows who may read it.

use axum::{Json, Router, extract::State, http::StatusCode, routing::get};
use serde_json::{Value, json};
use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicBool, Ordering},
};

/// What a person finds who opens the address.
const WELCOME: &str = "Sampan. The API is described in /openapi.json; calls are signed, see the README.\n";

/// Whether the process should get traffic, and what it still prepares beside that.
#[derive(Default)]
pub struct Readiness {
    ready: AtomicBool,
    indexes: OnceLock<Box<dyn Fn() -> bool + Send + Sync>>,
}

impl Readiness {
    pub fn set(&self, ready: bool) {
        self.ready.store(ready, Ordering::Release);
    }

    /// Where to look whether the indexes of searches are made. They hold nobody up: who needs one waits for it.
    pub fn watch_indexes(&self, ready: impl Fn() -> bool + Send + Sync + 'static) {
        let _ = self.indexes.set(Box::new(ready));
    }

    fn told(&self) -> (bool, Value) {
        let ready = self.ready.load(Ordering::Acquire);
        let mut told = json!({ "ready": ready });
        if let Some(indexed) = self.indexes.get() {
            told["indexes"] = json!(if indexed() { "ready" } else { "building" });
        }
        (ready, told)
    }
}

/// The probes and the API document.
#[derive(Clone)]
pub struct Probes {
    readiness: Arc<Readiness>,
    openapi: Arc<OnceLock<Value>>,
}

impl Probes {
    pub fn new(readiness: Arc<Readiness>) -> Self {
        Self { readiness, openapi: Arc::default() }
    }

    pub(crate) fn router(self) -> Router {
        Router::new()
            .route("/", get(async || WELCOME))
            .route("/healthz", get(async || "ok"))
            .route("/readyz", get(readyz))
            .route("/openapi.json", get(openapi))
            .with_state(self)
    }
}

async fn readyz(State(probes): State<Probes>) -> (StatusCode, Json<Value>) {
    let (ready, told) = probes.readiness.told();
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(told))
}

/// Made when first asked: a process that nobody asks does not pay for it.
async fn openapi(State(probes): State<Probes>) -> Json<Value> {
    Json(probes.openapi.get_or_init(contract::openapi::document).clone())
}
