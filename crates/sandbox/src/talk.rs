//! The page that a chat link opens: who the seller is. Nobody talks back in a sandbox.

use crate::{
    catalogue::Catalogue,
    page::{escaped, page},
};
use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use std::sync::Arc;

/// The page of the seller with this encrypted id.
pub fn url(base: &str, open_id: &str) -> String {
    format!("{}/sandbox/chat/{open_id}", base.trim_end_matches('/'))
}

pub fn router(catalogue: Arc<Catalogue>) -> Router {
    Router::new().route("/sandbox/chat/{seller}", get(show)).with_state(catalogue)
}

async fn show(State(catalogue): State<Arc<Catalogue>>, Path(open_id): Path<String>) -> Response {
    let Some(seller) = catalogue.seller_by_open_id(&open_id) else {
        return page(StatusCode::NOT_FOUND, "旺旺", "<h1>没有这个卖家 / No such seller</h1>", "'none'");
    };
    let (company, login) = (escaped(&seller.company), escaped(&seller.login_id));
    let body =
        format!("<h1>{company}</h1><p>{login}</p><p>演练环境的卖家不会回复 / Sellers of the sandbox do not answer</p>");
    page(StatusCode::OK, &seller.company, &body, "'none'")
}
