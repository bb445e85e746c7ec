//! Who may reach `/metrics` and `/sandbox/control`: loopback, otherwise only who signs with the operator's key.
//!
//! A forwarded request is not from loopback even if its proxy is. A page in a browser may not steer the sandbox: a request
//! that names an origin must come from this server's own pages, and one without a signature must ask for this machine by a
//! name that is no name server's to give: a page can have its own name lead here.

use axum::{
    body::{Body, to_bytes},
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, StatusCode, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};
use contract::{
    operation::BODY_LIMIT,
    signature::{Signed, WINDOW_MS, header as system, timestamp_ms},
    strong::Claim,
};
use gateway::strong;
use platform::{
    Clocks, Platform,
    account::{Credential, SignatureRule},
};
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

/// What the guard needs to judge a signature.
#[derive(Clone)]
pub struct Guard {
    pub platform: Arc<Platform>,
    pub clocks: Clocks,
}

pub async fn guard(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
    let foreign = from_elsewhere(request.headers());
    let (allowed, request) =
        if from_here(peer, request.headers()) { (true, request) } else { guard.signed_by_operator(request).await };
    if !allowed || foreign {
        let text = "only from this machine, or signed with the operator's key";
        return (StatusCode::FORBIDDEN, axum::Json(serde_json::json!({ "error": text }))).into_response();
    }
    next.run(request).await
}

fn from_here(peer: Option<SocketAddr>, headers: &HeaderMap) -> bool {
    let forwarded = ["forwarded", "x-forwarded-for", "x-real-ip"].iter().any(|name| headers.contains_key(*name));
    peer.is_some_and(|peer| peer.ip().to_canonical().is_loopback()) && !forwarded && asks_for_here(headers)
}

/// Whether `Host`, where it is said, is this machine by its address or as `localhost`.
fn asks_for_here(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST) else { return true };
    let Ok(authority) = host.to_str().unwrap_or_default().parse::<Authority>() else { return false };
    let name = authority.host().trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|ip| ip.to_canonical().is_loopback())
}

/// A browser names the page that a request comes from.
fn from_elsewhere(headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return false };
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let origin = origin.to_str().ok().and_then(|o| o.split_once("://")).map(|(_, host)| host);
    origin != Some(host)
}

impl Guard {
    /// Whether the operator signed it, in either scheme. A strong signature covers the body, which is read for it.
    async fn signed_by_operator(&self, request: Request) -> (bool, Request) {
        match strong::claim(request.headers()) {
            None => (self.signed_v1(request.headers()).await, request),
            Some(Err(_)) => (false, request),
            Some(Ok(claim)) => self.signed_strongly(&claim, request).await,
        }
    }

    async fn signed_v1(&self, headers: &HeaderMap) -> bool {
        let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let (access_key, timestamp) = (text(system::ACCESS_KEY), text(system::TIMESTAMP));
        let Some(credential) = self.operator(access_key, timestamp).await else { return false };
        let signed = Signed { access_key, timestamp, nonce: text(system::NONCE) };
        signed.verify(text(system::SIGNATURE), credential.secret.expose())
            && credential.developer.signature_rule == SignatureRule::Any
    }

    async fn signed_strongly(&self, claim: &Claim, request: Request) -> (bool, Request) {
        let expired = claim.is_expired(self.clocks.wall().0);
        let Some(credential) = self.operator(&claim.access_key, &claim.created).await.filter(|_| !expired) else {
            return (false, request);
        };
        let (parts, body) = request.into_parts();
        match to_bytes(body, BODY_LIMIT).await {
            Ok(bytes) => {
                let holds = strong::holds(claim, &parts, &bytes, credential.secret.expose()).is_ok();
                (holds, Request::from_parts(parts, Body::from(bytes)))
            }
            Err(_) => (false, Request::from_parts(parts, Body::empty())),
        }
    }

    /// The operator's key, if it is this one and the time is now.
    async fn operator(&self, access_key: &str, timestamp: &str) -> Option<Arc<Credential>> {
        let now = self.clocks.wall();
        let in_time = timestamp_ms(timestamp).is_some_and(|ms| ms.abs_diff(now.0) <= WINDOW_MS.unsigned_abs());
        let credential = self.platform.credential(access_key, now).await.ok()??;
        (in_time && credential.developer.granted("operator")).then_some(credential)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_on_this_machine_is_not_this_machine() {
        let here = Some(SocketAddr::from(([127, 0, 0, 1], 1)));
        let mut headers = HeaderMap::new();
        assert!(from_here(here, &headers));
        assert!(!from_here(Some(SocketAddr::from(([192, 0, 2, 1], 1))), &headers));
        assert!(!from_here(None, &headers));
        headers.insert("x-forwarded-for", "192.0.2.1".parse().unwrap());
        assert!(!from_here(here, &headers));
    }

    #[test]
    fn a_name_that_leads_here_is_not_this_machine() {
        let here = |host: &str| {
            let headers = HeaderMap::from_iter([(header::HOST, host.parse().unwrap())]);
            from_here(Some(SocketAddr::from(([127, 0, 0, 1], 1))), &headers)
        };
        for own in ["localhost", "LOCALHOST:8080", "127.0.0.1:8080", "127.9.9.9", "[::1]:8080", "[::ffff:127.0.0.1]"] {
            assert!(here(own), "{own}");
        }
        for other in [
            "rebound.evil.example:8080",
            "localhost.evil.example",
            "192.0.2.1",
            "0.0.0.0:8080",
            "",
            "a b",
            "2130706433",
        ] {
            assert!(!here(other), "{other}");
        }
    }

    #[test]
    fn a_foreign_page_is_refused() {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, "127.0.0.1:8080".parse().unwrap());
        assert!(!from_elsewhere(&headers));
        headers.insert(header::ORIGIN, "http://127.0.0.1:8080".parse().unwrap());
        assert!(!from_elsewhere(&headers));
        headers.insert(header::ORIGIN, "https://evil.example".parse().unwrap());
        assert!(from_elsewhere(&headers));
    }
}
