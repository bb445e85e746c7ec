//! Serves uploaded vouchers under the path that their upload answered.

use crate::economy::Economy;
use axum::{
    Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

pub fn router(economy: Economy) -> Router {
    Router::new().route("/sandbox/vouchers/{file}", get(show)).with_state(economy)
}

async fn show(State(economy): State<Economy>, Path(file): Path<String>) -> Response {
    match economy.voucher(&format!("sandbox/vouchers/{file}")).await {
        // Uploaded by others: a browser must not guess another type.
        Some(jpg) => {
            ([(header::CONTENT_TYPE, "image/jpeg"), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")], jpg).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
