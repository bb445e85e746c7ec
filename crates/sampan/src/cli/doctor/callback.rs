//! The developer's callback: verified, and whether the receiver took what was sent last.

use super::finding::Finding;
use crate::cli::{access::Global, exit::Failure};
use contract::{
    operations::developer::{CallbackGet, MessageList},
    request::{MessagePageBody, Nothing},
    view::developer::{AttemptRow, CallbackView, MessageRow},
};

const CHECK: &str = "callback";
/// So many of the newest messages are looked at.
const NEWEST: i64 = 20;

pub async fn check(global: &Global) -> Vec<Finding> {
    if let Err(failure) = global.developer() {
        return vec![Finding::warn(
            CHECK,
            format!("not checked: {failure}"),
            "give a developer's key to have it checked",
        )];
    }
    match ask(global).await {
        Ok((callback, messages)) => vec![judge(&callback, &messages)],
        Err(failure) => vec![Finding::unasked(CHECK, &failure)],
    }
}

async fn ask(global: &Global) -> Result<(CallbackView, Vec<MessageRow>), Failure> {
    let client = global.developer()?;
    let callback = client.call::<CallbackGet>(&Nothing {}).await?;
    let newest = MessagePageBody { page_size: Some(NEWEST), ..MessagePageBody::default() };
    Ok((callback, client.call::<MessageList>(&newest).await?.records))
}

fn judge(callback: &CallbackView, newest: &[MessageRow]) -> Finding {
    let Some(url) = &callback.url else {
        let todo = "`sampan callback set URL --verify`, if this developer wants messages";
        return if newest.is_empty() {
            Finding::good(CHECK, "none is set, and there is nothing to send")
        } else {
            Finding::warn(CHECK, "none is set; messages are held", todo)
        };
    };
    if callback.state == "paused" {
        let since =
            callback.paused_at.as_ref().map_or_else(String::new, |paused| format!(" since {}", paused.at.text()));
        let says = format!("{url} failed for days and is paused{since}; messages are held");
        let todo = "repair the receiver, then `sampan callback verify` releases them";
        return Finding::bad(CHECK, says, todo);
    }
    if !callback.verified {
        return Finding::bad(CHECK, format!("{url} has not passed; nothing is sent"), "`sampan callback verify`");
    }
    let last: Vec<&AttemptRow> = newest.iter().filter_map(|m| m.attempts.iter().max_by_key(|a| a.number)).collect();
    let failed: Vec<&&AttemptRow> = last.iter().filter(|attempt| attempt.status != Some(200)).collect();
    let Some(one) = failed.first() else {
        return Finding::good(CHECK, format!("{url} is verified and took the last {} messages", last.len()));
    };
    let why = match (one.status, &one.error) {
        (Some(status), _) => format!("HTTP {status}"),
        (None, Some(error)) => error.clone(),
        (None, None) => "no answer".to_owned(),
    };
    let says = format!("{url} failed {} of the last {} messages, the newest with: {why}", failed.len(), last.len());
    let todo = "HTTP 200 within a second acknowledges; see `sampan messages list --attempts`, then `messages replay`";
    if last.first().is_some_and(|newest| newest.status == Some(200)) {
        Finding::warn(CHECK, says, todo)
    } else {
        Finding::bad(CHECK, says, todo)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::doctor::finding::State;
    use domain::Timestamp;

    fn callback(url: Option<&str>, verified: bool) -> CallbackView {
        CallbackView {
            url: url.map(str::to_owned),
            verified,
            verified_at: None,
            state: if verified { "verified" } else { "unverified" }.into(),
            failing_since: None,
            paused_at: None,
            message_edition: "v1".into(),
            signature_base: "rawBody".into(),
        }
    }

    fn message(statuses: &[i64]) -> MessageRow {
        let attempt = |(number, status): (i64, &i64)| AttemptRow {
            number,
            at: Timestamp(0).into(),
            status: Some(*status),
            error: None,
            duration_ms: 1,
            answer: String::new(),
        };
        MessageRow {
            id: "1".into(),
            message_type: "ORDER_CREATE".into(),
            message_platform: 1,
            object_kind: "order".into(),
            object_id: "1".into(),
            sequence: 1,
            state: "pending".into(),
            message_body: "{}".into(),
            request_id: None,
            created_at: Timestamp(0).into(),
            next_attempt_at: None,
            attempts: (1..).zip(statuses).map(attempt).collect(),
        }
    }

    #[test]
    fn a_callback_is_judged_by_its_verification_and_its_last_attempts() {
        let (none, open) = (callback(None, false), callback(Some("https://a"), false));
        let good = callback(Some("https://a"), true);
        assert_eq!(judge(&none, &[]).state, State::Good);
        assert_eq!(judge(&none, &[message(&[])]).state, State::Warn);
        assert_eq!(judge(&open, &[]).state, State::Bad);
        let paused = CallbackView { state: "paused".into(), paused_at: Some(Timestamp(0).into()), ..open };
        assert!(judge(&paused, &[]).says.contains("paused since"), "{}", judge(&paused, &[]).says);
        assert_eq!(judge(&good, &[message(&[500, 200]), message(&[])]).state, State::Good);
        assert_eq!(judge(&good, &[message(&[200]), message(&[500])]).state, State::Warn);
        let bad = judge(&good, &[message(&[]), message(&[503]), message(&[200])]);
        assert_eq!(bad.state, State::Bad);
        assert!(bad.says.contains("HTTP 503"), "{}", bad.says);
    }
}
