//! Where marketplaces push to: `POST /hooks/{marketplace}`. Answered 200 once the push is stored.

use crate::Gateway;
use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    routing::post,
};
use domain::Marketplace;
use http::{HeaderMap, StatusCode, header};
use platform::{ingest::Received, problem::Problem};
use std::sync::Arc;

const PUSH_LIMIT: usize = 256 * 1024;

pub(crate) fn router(gateway: &Arc<Gateway>) -> Router {
    Router::new()
        .route("/hooks/{marketplace}", post(push))
        .layer(DefaultBodyLimit::max(PUSH_LIMIT))
        .with_state(gateway.clone())
}

async fn push(
    State(gateway): State<Arc<Gateway>>,
    Path(marketplace): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let Ok(marketplace) = marketplace.parse::<Marketplace>() else { return StatusCode::NOT_FOUND };
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let (status, result) = match gateway.platform.receive(marketplace, content_type, &body).await {
        Ok(Received::New) => (StatusCode::OK, "new"),
        Ok(Received::Repeated) => (StatusCode::OK, "repeated"),
        Err(Problem::Upstream(upstream)) if upstream.kind == platform::problem::kind::Kind::Unauthorized => {
            (StatusCode::UNAUTHORIZED, "bad_signature")
        }
        Err(Problem::Upstream(_)) => (StatusCode::BAD_REQUEST, "malformed"),
        Err(problem) => {
            tracing::error!(%marketplace, inside = problem.inside(), "a push could not be stored");
            (StatusCode::SERVICE_UNAVAILABLE, "not_stored")
        }
    };
    metrics::counter!("sampan_pushes_total", "marketplace" => marketplace.name(), "result" => result).increment(1);
    status
}
