//! A recorded case as a scenario: calls that were recorded are answered as they were then, all others by the economy.
//!
//! A call is found by its name and its scrubbed parameters, without what differs each time ([`VOLATILE`]). The recording is
//! a timeline whose marks are the calls that change something. A look does not run ahead of a change that was not asked for
//! yet: until then it gets the last answer again; with no answer yet the economy speaks. A change is answered once and
//! leaves everything before it behind. So it does not matter how often the platform looks in between.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use connector::cassette::{self, Recorded};
use serde::Deserialize;
use serde_json::{Value, json, value::RawValue};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Time, signature, key, and the platform's own number of an order, which is drawn anew.
const VOLATILE: &[&str] = &["_aop_timestamp", "_aop_signature", "access_token", "outOrderId"];

/// Calls that change something.
const CHANGES: &[&str] = &[
    "com.alibaba.trade/alibaba.trade.createCrossOrder",
    "com.alibaba.trade/alibaba.trade.cancel",
    "com.alibaba.trade/trade.receivegoods.confirm",
    "com.alibaba.trade/alibaba.trade.pay.protocolPay.preparePay",
    "com.alibaba.trade/alibaba.trade.createRefund",
    "com.alibaba.trade/alibaba.trade.refund.returnGoods",
    "com.alibaba.trade/alibaba.trade.cancelRefund",
];

/// Calls that leave something behind, and still are asked as often as one likes.
const LEAVE_SOMETHING: &[&str] = &[
    "com.alibaba.trade/alibaba.trade.uploadRefundVoucher",
    "com.alibaba.fenxiao.crossborder/product.image.upload",
    "cn.alibaba.open/push.cursor.messageList",
    "cn.alibaba.open/push.message.confirm",
    "system.oauth2/getToken",
];

/// Whether anything is other than before when this call was made.
pub(crate) fn changes(call: &str) -> bool {
    CHANGES.contains(&call) || LEAVE_SOMETHING.contains(&call)
}

/// Bytes of a cassette that is sent to the control API.
const CASSETTE_LIMIT: usize = 64 << 20;

/// What is recorded, and how far it has been played.
#[derive(Default)]
pub struct Tape(Mutex<Vec<Slot>>);

struct Slot {
    call: String,
    parameters: BTreeMap<String, String>,
    status: u16,
    retry_after: Option<String>,
    answer: Option<Box<RawValue>>,
    changes: bool,
    past: bool,
}

/// An answer as it was recorded.
#[derive(Debug, Clone)]
pub struct Played {
    status: u16,
    retry_after: Option<String>,
    /// JSON text; empty where no answer came.
    text: String,
}

impl Tape {
    /// Puts the calls in the place of what was there before.
    pub fn load(&self, calls: Vec<Recorded>) {
        let slot = |call: Recorded| Slot {
            changes: CHANGES.contains(&call.call.as_str()),
            parameters: lasting(call.parameters),
            call: call.call,
            status: call.status,
            retry_after: call.retry_after,
            answer: call.answer,
            past: false,
        };
        *self.slots() = calls.into_iter().map(slot).collect();
    }

    /// The recorded answer to this call, if it is its turn.
    pub fn play(&self, call: &str, fields: &BTreeMap<String, String>) -> Option<Played> {
        let mut slots = self.slots();
        if slots.is_empty() {
            return None;
        }
        let parameters = lasting(cassette::parameters(fields));
        let at = turn(&slots, |slot| slot.call == call && slot.parameters == parameters)?;
        if slots[at].changes {
            slots[..at].iter_mut().for_each(|slot| slot.past = true);
        }
        let slot = &mut slots[at];
        slot.past = true;
        let text = slot.answer.as_ref().map_or_else(String::new, |answer| answer.get().to_owned());
        Some(Played { status: slot.status, retry_after: slot.retry_after.clone(), text })
    }

    fn slots(&self) -> MutexGuard<'_, Vec<Slot>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn counted(&self) -> Value {
        let slots = self.slots();
        json!({"calls": slots.len(), "left": slots.iter().filter(|slot| !slot.past).count()})
    }
}

/// Whose turn it is among the slots that fit.
fn turn(slots: &[Slot], fits: impl Fn(&Slot) -> bool) -> Option<usize> {
    let mark = slots.iter().position(|slot| slot.changes && !slot.past).unwrap_or(slots.len());
    let mut given = None;
    for (at, slot) in slots.iter().enumerate().filter(|(_, slot)| fits(slot)) {
        match (slot.past, slot.changes) {
            (false, true) => return Some(at),
            (false, false) if at < mark => return Some(at),
            (true, false) => given = Some(at),
            (false, false) | (true, true) => {}
        }
    }
    given
}

/// The parameters without what differs each time.
pub(crate) fn lasting(mut parameters: BTreeMap<String, String>) -> BTreeMap<String, String> {
    parameters.retain(|name, _| !VOLATILE.contains(&name.as_str()));
    parameters
}

impl IntoResponse for Played {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_GATEWAY);
        let mut response = (status, self.text).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
        if let Some(wait) = self.retry_after.and_then(|text| text.parse().ok()) {
            headers.insert(header::RETRY_AFTER, wait);
        }
        response
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cassette {
    calls: Vec<Recorded>,
}

/// `/sandbox/control/replay`: what is loaded, and loading. An empty list unloads.
pub fn router(tape: Arc<Tape>) -> Router {
    let route = get(async |State(tape): State<Arc<Tape>>| Json(tape.counted())).post(load);
    Router::new().route("/sandbox/control/replay", route.layer(DefaultBodyLimit::max(CASSETTE_LIMIT))).with_state(tape)
}

async fn load(State(tape): State<Arc<Tape>>, body: Bytes) -> Response {
    let refuse = |why: String| (StatusCode::BAD_REQUEST, Json(json!({"error": why}))).into_response();
    let Cassette { calls } = match serde_json::from_slice(&body) {
        Ok(cassette) => cassette,
        Err(error) => return refuse(format!("calls: expected a list of recorded calls: {error}")),
    };
    if let Some(other) = calls.iter().find(|call| call.cassette != cassette::FORM) {
        return refuse(format!("cassette: expected {}, not {}", cassette::FORM, other.cassette));
    }
    if calls.len() > cassette::MOST_CALLS {
        return refuse(format!("calls: expected at most {}", cassette::MOST_CALLS));
    }
    tape.load(calls);
    Json(tape.counted()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;

    const LOOK: &str = "com.alibaba.trade/alibaba.trade.get.buyerView";
    const CHANGE: &str = "com.alibaba.trade/alibaba.trade.cancel";

    fn call(number: u64, name: &str, id: &str, answer: &str) -> Recorded {
        Recorded {
            cassette: cassette::FORM,
            number,
            at: Timestamp(number.cast_signed()),
            call: name.to_owned(),
            parameters: BTreeMap::from([
                ("orderId".to_owned(), id.to_owned()),
                ("access_token".to_owned(), "***".to_owned()),
            ]),
            status: 200,
            retry_after: None,
            answer: RawValue::from_string(format!("\"{answer}\"")).ok(),
        }
    }

    fn play(tape: &Tape, name: &str, id: &str) -> Option<String> {
        let fields = [("orderId", id), ("access_token", "secret"), ("_aop_timestamp", "1")];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        tape.play(name, &BTreeMap::from(fields)).map(|played| played.text.trim_matches('"').to_owned())
    }

    #[test]
    fn looks_follow_the_recording_and_never_run_ahead_of_a_change() {
        let tape = Tape::default();
        assert_eq!(play(&tape, LOOK, "1"), None);
        tape.load(vec![
            call(1, LOOK, "1", "unpaid"),
            call(2, LOOK, "1", "paid"),
            call(3, CHANGE, "1", "ok"),
            call(4, LOOK, "1", "closing"),
            call(5, LOOK, "1", "closed"),
        ]);
        assert_eq!(play(&tape, LOOK, "2"), None, "another order is the economy's");
        assert_eq!(play(&tape, LOOK, "1").as_deref(), Some("unpaid"));
        for _ in 0..3 {
            assert_eq!(play(&tape, LOOK, "1").as_deref(), Some("paid"));
        }
        assert_eq!(play(&tape, CHANGE, "1").as_deref(), Some("ok"));
        assert_eq!(play(&tape, CHANGE, "1"), None, "a change happens once");
        assert_eq!(play(&tape, LOOK, "1").as_deref(), Some("closing"));
        assert_eq!(play(&tape, LOOK, "1").as_deref(), Some("closed"));
        assert_eq!(play(&tape, LOOK, "1").as_deref(), Some("closed"), "the last answer stays");
    }

    #[test]
    fn a_change_leaves_the_looks_before_it_behind() {
        let tape = Tape::default();
        tape.load(vec![call(1, LOOK, "1", "before"), call(2, CHANGE, "1", "ok"), call(3, LOOK, "1", "after")]);
        assert_eq!(play(&tape, CHANGE, "1").as_deref(), Some("ok"));
        assert_eq!(play(&tape, LOOK, "1").as_deref(), Some("after"));
        tape.load(vec![call(1, CHANGE, "1", "ok"), call(2, LOOK, "1", "after")]);
        assert_eq!(play(&tape, LOOK, "1"), None, "not made yet");
    }
}
