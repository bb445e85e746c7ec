//! What `listen` prints: a line and the body for people, a document a line for programs.

use super::receiver::Arrival;
use crate::cli::{
    pretty::pretty,
    screen::{Screen, Tone},
};
use client::Message;
use contract::view::developer::EventRow;
use serde_json::{Value, json};

pub fn ready(url: &str, screen: &mut Screen) {
    if screen.json() {
        screen.value(&json!({ "listening": url }));
    } else {
        let url = screen.paint(Tone::Strong, url);
        screen.line(&format!("listening on {url}"));
    }
}

pub fn registered(screen: &mut Screen) {
    if !screen.json() {
        let verified = screen.paint(Tone::Good, "verified");
        screen.line(&format!("callback URL set and {verified}; waiting for messages, Ctrl-C ends"));
    }
}

pub fn arrival(arrival: &Arrival, screen: &mut Screen) {
    if screen.json() {
        screen.value(&document(arrival));
        return;
    }
    match &arrival.result {
        Ok(message) => proved(message, arrival, screen),
        Err(reason) => {
            let verdict = screen.paint(Tone::Bad, "not believed");
            screen.line(&format!("{verdict}  {reason}; answered {}", arrival.answered.as_u16()));
        }
    }
}

fn proved(message: &Message, arrival: &Arrival, screen: &mut Screen) {
    let kind = screen.paint(Tone::Strong, &message.message_type);
    let sequence = message.sequence.map(|n| format!("  sequence {n}")).unwrap_or_default();
    let attempt = message.retry_count.saturating_add(1);
    let time = message.sent_at.text();
    screen.line(&format!("{time}  {kind}  id {}{sequence}  attempt {attempt}{}", message.id, fate(arrival)));
    screen.line(&pretty(&message.body));
}

/// A message that was shown before has come again, and the receiver behind has answered.
pub fn again(message: &Message, arrival: &Arrival, screen: &mut Screen) {
    if screen.json() {
        let answered = arrival.answered.as_u16();
        screen.value(
            &json!({ "again": true, "id": message.id, "retryCount": message.retry_count, "answered": answered }),
        );
        return;
    }
    let attempt = message.retry_count.saturating_add(1);
    let (time, id) = (message.sent_at.text(), message.id);
    screen.line(&format!("{time}  id {id} again  attempt {attempt}{}", fate(arrival)));
}

/// An event of which no callback came while somebody listened.
pub fn missed(row: &EventRow, screen: &mut Screen) {
    let body = row.message_body.0.get();
    // JSON text in ka.
    let inside = serde_json::from_str::<String>(body);
    let body = inside.as_deref().unwrap_or(body);
    if screen.json() {
        let body = serde_json::from_str(body).unwrap_or_else(|_| json!(body));
        let id = row.id.parse::<i64>().ok();
        screen.value(&json!({
            "missed": true,
            "messageType": row.message_type,
            "id": id,
            "sequence": row.sequence,
            "createdAt": row.created_at,
            "messageBody": body,
        }));
        return;
    }
    let (time, kind) = (row.created_at.at.text(), screen.paint(Tone::Strong, &row.message_type));
    let mark = screen.paint(Tone::Bad, "missed");
    screen.line(&format!("{time}  {kind}  id {}  sequence {}  {mark}", row.id, row.sequence));
    screen.line(&pretty(body));
}

/// A remark on the server.
pub fn server(text: &str, screen: &mut Screen) {
    let text = screen.paint(Tone::Faint, text);
    screen.note(&text);
}

fn fate(arrival: &Arrival) -> String {
    match &arrival.forwarded {
        None => format!("  answered {}", arrival.answered.as_u16()),
        Some(Ok(status)) => format!("  receiver answered {}", status.as_u16()),
        Some(Err(error)) => format!("  receiver not reached: {error}; answered {}", arrival.answered.as_u16()),
    }
}

fn document(arrival: &Arrival) -> Value {
    let answered = arrival.answered.as_u16();
    let message = match &arrival.result {
        Ok(message) => message,
        Err(reason) => return json!({ "verified": false, "reason": reason.to_string(), "answered": answered }),
    };
    // Not JSON inside is still shown, as the text that it is.
    let body = serde_json::from_str(&message.body).unwrap_or_else(|_| json!(message.body));
    json!({
        "verified": true,
        "messageType": message.message_type,
        "id": message.id,
        "sequence": message.sequence,
        "retryCount": message.retry_count,
        "timestamp": message.sent_at.0,
        "answered": answered,
        "messageBody": body,
    })
}
