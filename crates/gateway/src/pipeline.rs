//! One request from the wire to the wire, in the contract's order of checks: route, headers, key, timestamp, signature,
//! nonce, developer and user, limits, grant, body, fields, then the operation.

use crate::{
    Gateway,
    authenticate::SystemHeaders,
    body,
    fault::fault,
    gathered::Gathered,
    handler::{Outcome, Raw},
    limits::Standing,
    log,
    options::{self, Options},
    routes::Route,
};
use axum::{body::Body, extract::ConnectInfo, response::Response};
use contract::{
    envelope::RequestId,
    error::{Code, Fault},
    ids::IdForm,
    operation::Edition,
    signature::header,
    upstream::{MirrorRecord, Upstream, UpstreamAnswer},
};
use domain::DeveloperId;
use http::{HeaderName, HeaderValue, Request, StatusCode, request::Parts};
use platform::{
    Caller,
    account::NonceRule,
    once::{Ask, Begin, Given, Kept},
    requests::{
        shown::{Answered, Mirrored, Shown},
        trail::follow,
    },
};
use serde::Serialize;
use serde_json::{Value, value::RawValue};
use sha2::{Digest, Sha256};
use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Instant,
};
use tracing::Instrument;

pub(crate) fn service(
    gateway: &Arc<Gateway>,
) -> impl tower::Service<Request<Body>, Response = Response, Error = Infallible, Future: Send + 'static>
+ Clone
+ Send
+ Sync
+ 'static {
    let gateway = gateway.clone();
    tower::service_fn(move |request| {
        let gateway = gateway.clone();
        async move { Ok(gateway.serve(request).await) }
    })
}

const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");
const REQUEST_ID: HeaderName = HeaderName::from_static(header::REQUEST_ID);
/// Bytes of an envelope without what is in it.
const ROOM_AROUND: usize = 160;

/// An answer before it is printed.
struct Reply {
    develop_id: Option<DeveloperId>,
    outcome: Result<Answer, Fault>,
    /// Where the caller asked to see it.
    upstream: Option<Upstream>,
    limits: Option<Standing>,
}

impl Reply {
    /// Code and text of the envelope.
    fn told(&self) -> (u32, &str) {
        match &self.outcome {
            Ok(answer) => (answer.code, &answer.msg),
            Err(fault) => (fault.code.number(), &fault.message),
        }
    }

    /// Bytes of what is in the envelope.
    fn size(&self) -> usize {
        match &self.outcome {
            Ok(answer) => answer.data.get().len() + answer.msg.len(),
            Err(fault) => fault.message.len(),
        }
    }
}

struct Answer {
    code: u32,
    msg: String,
    data: Arc<RawValue>,
    replayed: bool,
}

impl Gateway {
    pub(crate) async fn serve(self: Arc<Self>, request: Request<Body>) -> Response {
        let mut bytes = (self.config.random)();
        self.now().stamp(&mut bytes);
        let id = RequestId::new(bytes);
        let started = Instant::now();
        let span = tracing::info_span!("request", request_id = %id, trace_id = tracing::field::Empty);
        let (parts, body) = request.into_parts();
        let route = self.routes.find(parts.method.as_str(), parts.uri.path());
        let mut gathered = Gathered::new(u128::from_be_bytes(bytes), route, &parts, self.now());
        if let Some(trace_id) = gathered.trace_id() {
            span.record("trace_id", trace_id);
        }
        let trail = gathered.trail.clone();
        let outcome =
            follow(trail.clone(), self.checked(id, route, &parts, body, &mut gathered)).instrument(span.clone()).await;
        let upstream = trail.take_shown().map(told);
        let reply = Reply { develop_id: gathered.developer, outcome, upstream, limits: gathered.limits.take() };
        let (code, msg) = reply.told();
        span.in_scope(|| log::finished(route, code, started.elapsed()));
        if let Some(asked) = gathered.asked() {
            self.platform.told(asked, code, msg);
        }
        print(id, reply)
    }

    async fn checked(
        &self,
        id: RequestId,
        route: Option<&Route>,
        parts: &Parts,
        body: Body,
        gathered: &mut Gathered<'_>,
    ) -> Result<Answer, Fault> {
        let route = route.ok_or_else(|| Fault::new(Code::RouteNotFound, "no such path or method"))?;
        let (now, address) = (self.now(), address(parts));
        self.limits.admit(address)?;
        let headers = SystemHeaders::read(&parts.headers)?;
        let proven = self.prove(&headers, parts, &route.entry, body, now).await;
        let (proven, body) = proven.inspect_err(|fault| self.limits.failed(address, fault))?;
        gathered.developer = Some(proven.credential.developer.id);
        self.check_nonce(&headers, &proven, route.entry.writes, now)?;
        let caller = self.caller(&headers, &proven, id.to_string()).await?;
        gathered.user = Some(caller.user);
        let (outcome, limits) = self.limits.charge(&self.platform, &caller, route).await;
        gathered.limits = limits;
        outcome?;
        let _room = self.room.try_acquire().map_err(|_| overloaded())?;
        granted(&caller, route.entry.edition)?;
        let upstream = options::upstream(&parts.headers);
        if upstream == Ok(true) {
            options::may_see_upstream(&caller.developer, route.entry.edition)?;
        }
        let fields = body::fields(&route.entry, parts.uri.query(), &parts.headers, body).await?;
        gathered.fields(&fields);
        route.fields.check(&fields)?;
        let options = Options::read(&route.entry, parts)?;
        if upstream? {
            gathered.trail.show();
        }
        let nonce = Some(proven.nonce).filter(|_| caller.developer.nonce_rule != NonceRule::Off);
        let ask = ask(route, parts, &fields, nonce, proven.nonce_until)?;
        let ask = Ask { asked: gathered.asked(), ..ask };
        self.once(route, caller, fields, ask, options).await
    }

    /// Runs the operation; a write runs once for its nonce, its key and its number.
    async fn once(
        &self,
        route: &Route,
        caller: Caller,
        body: Value,
        ask: Ask,
        options: Options,
    ) -> Result<Answer, Fault> {
        let platform = self.platform.clone();
        let ticket = match platform.begin(&caller, ask).await.map_err(fault)? {
            Begin::Go(ticket) => ticket,
            Begin::Replay(kept) => return replay(route, kept, options.ids),
        };
        let raw = Raw {
            platform: platform.clone(),
            caller,
            body,
            ticket: ticket.clone(),
            ids: options.ids,
            limits: self.limits.clone(),
        };
        let result = (route.run)(raw).await;
        if route.entry.writes {
            platform.finish(&ticket, keep(&result)).await.map_err(fault)?;
        }
        result.map(|Outcome { msg, data, .. }| Answer { code: Code::Success.number(), msg, data, replayed: false })
    }
}

/// Where the request comes from; unknown where no socket brought it.
fn address(parts: &Parts) -> Option<IpAddr> {
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip())
}

fn granted(caller: &Caller, edition: Edition) -> Result<(), Fault> {
    let ok = match edition {
        Edition::Developer => true,
        Edition::V1 | Edition::V2 | Edition::Ka | Edition::BigMajor | Edition::Operator => {
            caller.developer.granted(edition.name())
        }
    };
    if ok {
        Ok(())
    } else {
        Err(Fault::new(Code::OperationNotGranted, format!("the edition {} is not granted", edition.name())))
    }
}

fn overloaded() -> Fault {
    Fault::new(Code::Overloaded, "too much to do at the moment").retry_after(1)
}

/// What makes this request one of a kind: its nonce, the key in its header and the caller's own number in its body.
fn ask(
    route: &Route,
    parts: &Parts,
    fields: &Value,
    nonce: Option<String>,
    nonce_until: domain::Timestamp,
) -> Result<Ask, Fault> {
    if !route.entry.writes {
        return Ok(Ask::read(route.entry.id));
    }
    let key = match parts.headers.get(header::IDEMPOTENCY_KEY) {
        None => None,
        Some(value) => Some(
            printable(value.as_bytes())
                .ok_or_else(|| Fault::invalid(header::IDEMPOTENCY_KEY, "1 to 64 printable ASCII characters"))?,
        ),
    };
    let number = route.own_number.and_then(|name| Some((name, fields.get(name)?.as_str().filter(|n| !n.is_empty())?)));
    let content_hash = content_hash(route.entry.id, fields);
    let given = key.map(|text| Given { field: header::IDEMPOTENCY_KEY, text, own_number: false });
    let number = number.map(|(field, text)| Given { field, text: text.to_owned(), own_number: true });
    Ok(Ask {
        operation: route.entry.id,
        writes: true,
        nonce,
        nonce_until,
        content_hash,
        given: given.into_iter().chain(number).collect(),
        asked: None,
    })
}

fn printable(bytes: &[u8]) -> Option<String> {
    let ok = (1..=64).contains(&bytes.len()) && bytes.iter().all(|b| (0x20..=0x7e).contains(b));
    ok.then(|| String::from_utf8_lossy(bytes).into_owned())
}

/// The same content is the same fields with the same values; neither white space nor the order of keys counts.
fn content_hash(operation: &str, fields: &Value) -> String {
    let mut hash = Sha256::new();
    hash.update(operation.as_bytes());
    feed(fields, &mut hash);
    hex::encode(hash.finalize())
}

fn feed(value: &Value, hash: &mut Sha256) {
    match value {
        Value::Object(map) => {
            let mut names: Vec<_> = map.iter().filter(|(_, v)| !v.is_null()).collect();
            names.sort_by_key(|(name, _)| name.as_str());
            hash.update(b"{");
            for (name, value) in names {
                hash.update(Value::from(name.as_str()).to_string());
                feed(value, hash);
            }
            hash.update(b"}");
        }
        Value::Array(items) => {
            hash.update(b"[");
            items.iter().for_each(|item| feed(item, hash));
            hash.update(b"]");
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => hash.update(value.to_string()),
    }
}

/// Kept is what the operation itself answered: success and its own refusals, never a failure of the way.
fn keep(result: &Result<Outcome, Fault>) -> Option<Kept> {
    match result {
        Ok(Outcome { msg, data, kept }) => {
            let data = kept.as_deref().unwrap_or(data).get().to_owned();
            Some(Kept { code: Code::Success.number(), msg: msg.clone(), data })
        }
        Err(fault) if fault.code.http() < 500 && fault.retry_after.is_none() => {
            Some(Kept { code: fault.code.number(), msg: fault.message.clone(), data: "null".to_owned() })
        }
        Err(_) => None,
    }
}

/// A kept answer has ids as numbers; a repeat gets the form that it asks for itself.
fn replay(route: &Route, kept: Kept, ids: IdForm) -> Result<Answer, Fault> {
    let as_kept = ids == IdForm::Number || kept.code != Code::Success.number();
    let data = if as_kept { RawValue::from_string(kept.data) } else { (route.again)(&kept.data, ids) };
    let data = data.map_err(|error| {
        tracing::error!(operation = route.entry.id, %error, "a kept answer cannot be printed");
        Fault::new(Code::InternalError, "a fault of the platform")
    })?;
    Ok(Answer { code: kept.code, msg: kept.msg, data: data.into(), replayed: true })
}

fn told(shown: Shown) -> Upstream {
    let answer = |Answered { operation, answer }| UpstreamAnswer {
        api: String::from(operation),
        answer: answer.and_then(|text| RawValue::from_string(text).ok()),
    };
    let record = |Mirrored { object, id, as_of, document }| {
        let document = RawValue::from_string(document).ok()?;
        Some(MirrorRecord { object: String::from(object), id, as_of: as_of.into(), document })
    };
    Upstream {
        calls: shown.calls.into_iter().map(answer).collect(),
        mirror: shown.mirror.into_iter().filter_map(record).collect(),
        left_out: shown.left_out,
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Printed<'a> {
    request_id: RequestId,
    code: u32,
    develop_id: Option<String>,
    msg: &'a str,
    data: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upstream: Option<&'a Upstream>,
}

fn print(id: RequestId, reply: Reply) -> Response {
    let mut response =
        Response::builder().header(http::header::CONTENT_TYPE, JSON).header(REQUEST_ID, id.digits().as_slice());
    let mut body = Vec::with_capacity(reply.size() + ROOM_AROUND);
    if let Some(Standing { policy, state }) = &reply.limits {
        response = response.header(header::RATE_LIMIT_POLICY, policy).header(header::RATE_LIMIT, state);
    }
    let (code, msg) = reply.told();
    let mut printed = Printed {
        request_id: id,
        code,
        develop_id: reply.develop_id.map(|id| id.to_string()),
        msg,
        data: None,
        upstream: reply.upstream.as_ref(),
    };
    match &reply.outcome {
        Ok(answer) => {
            let status = Code::from_number(answer.code).map_or(500, Code::http);
            response = response.status(status);
            if answer.replayed {
                response = response.header(header::IDEMPOTENT_REPLAYED, "true");
            }
            printed.data = Some(&answer.data);
        }
        Err(fault) => {
            response = response.status(fault.code.http());
            if let Some(seconds) = fault.retry_after {
                response = response.header(http::header::RETRY_AFTER, seconds);
            }
        }
    }
    if serde_json::to_writer(&mut body, &printed).is_err() {
        body.clear();
    }
    response.body(Body::from(body)).unwrap_or_else(|_| {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        response
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn content_is_the_same_whatever_the_order_and_nulls() {
        let a = content_hash("op", &json!({"a":1,"b":{"c":[1,2],"d":null}}));
        assert_eq!(a, content_hash("op", &json!({"b":{"c":[1,2]},"a":1})));
        assert_ne!(a, content_hash("op", &json!({"b":{"c":[2,1]},"a":1})));
        assert_ne!(a, content_hash("other", &json!({"b":{"c":[1,2]},"a":1})));
        assert_ne!(content_hash("op", &json!({"a":"1"})), content_hash("op", &json!({"a":1})));
    }

    #[test]
    fn keys_are_printable_and_short() {
        assert_eq!(printable(b"order 1").as_deref(), Some("order 1"));
        for bad in [&b""[..], b"\n", "é".as_bytes(), &[b'x'; 65]] {
            assert_eq!(printable(bad), None);
        }
    }
}
