//! The control API under `/sandbox/control`: moves the clock, plays the sellers and the buyer's bank, and sets faults.
//!
//! JSON in, JSON out; an error is `{"error": "..."}` with 400, 404 or 409. Who may call it is decided by the wiring round
//! this router (loopback or the operator's signature), never here.

mod accounts;
mod clock;
mod faults;
mod habits;
mod offers;
mod orders;
mod pushes;
mod refunds;

use crate::economy::{Economy, Failure};
use axum::{
    Json, Router,
    body::Bytes,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{delete, get, post},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// What a handler answers.
type Outcome = Result<Json<Value>, Refused>;

/// An error that is shown to the caller.
#[derive(Debug)]
struct Refused {
    status: StatusCode,
    why: String,
}

pub fn router(economy: Economy) -> Router {
    let routes = Router::new()
        .route("/clock", get(clock::show))
        .route("/clock/advance", post(clock::advance))
        .route("/accounts/{account}", post(accounts::change))
        .route("/faults", get(faults::list).post(faults::set).delete(faults::clear))
        .route("/faults/{fault}", delete(faults::clear_one))
        .route("/habits", get(habits::list))
        .route("/offers/{offer}/restock", post(offers::restock))
        .route("/orders/{order}/pay", post(orders::pay))
        .route("/orders/{order}/ship", post(orders::ship))
        .route("/orders/{order}/modify-price", post(orders::modify_price))
        .route("/orders/{order}/close", post(orders::close))
        .route("/pushes", get(pushes::show).post(pushes::change))
        .route("/refunds/{refund}/agree", post(refunds::agree))
        .route("/refunds/{refund}/refuse", post(refunds::refuse))
        .route("/refunds/{refund}/receive", post(refunds::receive))
        .fallback(|| async { Refused::new(StatusCode::NOT_FOUND, "there is no such control") })
        .method_not_allowed_fallback(|| async { Refused::new(StatusCode::METHOD_NOT_ALLOWED, "wrong method") })
        .with_state(economy);
    Router::new().nest("/sandbox/control", routes)
}

impl Refused {
    fn new(status: StatusCode, why: impl Into<String>) -> Self {
        Self { status, why: why.into() }
    }

    fn bad(why: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, why)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.status, Json(json!({"error": self.why}))).into_response()
    }
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        let status = match &failure {
            Failure::Refused(refusal) => match refusal.code {
                "ORDER_NOT_EXIST" | "OFFER_NOT_EXIST" | "4005" | "401" => StatusCode::NOT_FOUND,
                "ORDER_ENTRY_NOT_EXIST" | "PRICE_ERROR" => StatusCode::BAD_REQUEST,
                _ => StatusCode::CONFLICT,
            },
            Failure::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self::new(status, failure.to_string())
    }
}

/// Reads a body; an empty one means `{}`.
fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Refused> {
    let text: &[u8] = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(text).map_err(|e| Refused::bad(format!("the body cannot be read: {e}")))
}

/// Reads an id of the path.
fn id<T: std::str::FromStr<Err = domain::ids::InvalidId>>(text: &str) -> Result<T, Refused> {
    text.parse().map_err(|e| Refused::bad(format!("{text}: {e}")))
}
