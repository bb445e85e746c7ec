//! What the log of requests will say of the request at hand, gathered while the checks pass. A refusal says as much as was
//! known when it came; before the signature holds there is no developer to tell, and no entry.

use crate::{limits::Standing, routes::Route};
use contract::{envelope::SUCCESS, operation::Method, redaction, signature::header::TRACE_PARENT};
use domain::{DeveloperId, Timestamp, UserId};
use form_urlencoded::Serializer;
use http::{HeaderMap, request::Parts};
use platform::requests::{
    Asked, Told,
    trail::{TraceParent, Trail},
};
use serde_json::Value;
use std::sync::Arc;

pub(crate) struct Gathered<'a> {
    route: Option<&'a Route>,
    parts: &'a Parts,
    at: Timestamp,
    trace: Option<TraceParent>,
    pub(crate) trail: Arc<Trail>,
    pub(crate) developer: Option<DeveloperId>,
    pub(crate) user: Option<UserId>,
    /// What the answer says of the caller's limits.
    pub(crate) limits: Option<Standing>,
    body: Option<String>,
    asked: Option<Arc<Asked>>,
}

impl<'a> Gathered<'a> {
    pub(crate) fn new(request_id: u128, route: Option<&'a Route>, parts: &'a Parts, at: Timestamp) -> Self {
        let trace = inbound(&parts.headers);
        let trail = Arc::new(Trail::new(request_id, trace));
        Self { route, parts, at, trace, trail, developer: None, user: None, limits: None, body: None, asked: None }
    }

    /// The caller's trace.
    pub(crate) fn trace_id(&self) -> Option<String> {
        self.trace.as_ref().map(TraceParent::trace_text)
    }

    /// The fields of the request; those of a GET are in its query.
    pub(crate) fn fields(&mut self, fields: &Value) {
        if self.route.is_some_and(|route| route.entry.method == Method::Post) {
            self.body = Some(redaction::redacted(fields));
        }
    }

    /// What is known by now; the first answer stands.
    pub(crate) fn asked(&mut self) -> Option<Arc<Asked>> {
        if self.asked.is_none() {
            self.asked = self.build().map(Arc::new);
        }
        self.asked.clone()
    }

    fn build(&mut self) -> Option<Asked> {
        Some(Asked {
            developer: self.developer?,
            user: self.user,
            at: self.at,
            operation: self.route?.entry.id,
            method: self.parts.method.to_string(),
            path: self.parts.uri.path().to_owned(),
            query: self.parts.uri.query().map(query).unwrap_or_default(),
            body: self.body.take(),
            trace_id: self.trace_id(),
            trail: self.trail.clone(),
            success: SUCCESS,
            told: Told::default(),
        })
    }
}

/// One well-formed `traceparent`; anything else counts as none.
fn inbound(headers: &HeaderMap) -> Option<TraceParent> {
    let mut given = headers.get_all(TRACE_PARENT).iter();
    let (one, more) = (given.next()?, given.next());
    if more.is_some() { None } else { one.to_str().ok()?.parse().ok() }
}

fn query(text: &str) -> String {
    let mut out = Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(text.as_bytes()) {
        out.append_pair(redaction::field_name(&name), &redaction::text(&name, &value));
    }
    out.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn one_trace_is_taken_and_two_are_none() {
        let mut headers = HeaderMap::new();
        assert_eq!(inbound(&headers), None);
        headers.append(TRACE_PARENT, PARENT.parse().unwrap());
        assert_eq!(inbound(&headers).map(|p| p.to_string()).as_deref(), Some(PARENT));
        headers.append(TRACE_PARENT, PARENT.parse().unwrap());
        assert_eq!(inbound(&headers), None);
    }

    #[test]
    fn a_query_is_kept_by_class() {
        assert_eq!(query("orderId=28367&keyword=red+bag&%E7%8E%8B=1"), "orderId=28367&keyword=***&***=***");
    }
}
