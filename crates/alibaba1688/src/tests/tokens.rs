//! Tokens: renewed once, and not for ever.

use super::{Kept, NOW, ORDER, Script, account, order_id};
use connector::{Kind, Ordering as _};
use domain::AccountId;
use std::sync::Arc;

const REFRESH: &str = "/openapi/param2/1/system.oauth2/getToken/1234567";

/// Takes `token-2` only and gives it out.
fn upstream() -> Script {
    Script::new(|seen| {
        if seen.path == REFRESH {
            return Ok((200, r#"{"access_token":"token-2","expires_in":"36000"}"#.to_owned()));
        }
        if seen.fields.get("access_token").map(String::as_str) == Some("token-2") {
            return Ok((200, format!(r#"{{"result":{ORDER},"success":"true"}}"#)));
        }
        Ok((401, r#"{"error_code":"401","error_message":"Request need user authenticated"}"#.to_owned()))
    })
}

fn refreshes(script: &Script) -> usize {
    script.seen().iter().filter(|s| s.path == REFRESH).count()
}

#[tokio::test]
async fn many_callers_with_a_stale_token_renew_it_once() {
    let script = upstream();
    let tokens = Arc::new(Kept::new("token-1", NOW.plus_secs(36_000)));
    let connector = Arc::new(script.connect_with(tokens.clone()));
    let calls: Vec<_> = (0..12)
        .map(|_| {
            let connector = connector.clone();
            tokio::spawn(async move { connector.order(account(), order_id()).await })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().expect("an order").core.id, order_id());
    }
    assert_eq!(refreshes(&script), 1);
    assert_eq!(*tokens.saved.lock().unwrap(), ["token-2"]);
}

#[tokio::test]
async fn a_token_about_to_run_out_is_renewed_before_the_call() {
    let script = upstream();
    let connector = script.connect_with(Arc::new(Kept::new("token-1", NOW.plus_secs(30))));
    connector.order(account(), order_id()).await.expect("an order");
    let seen = script.seen();
    assert_eq!(seen.len(), 2, "no call with the dying token");
    assert_eq!(seen[0].fields["refresh_token"], "refresh-1");
    assert_eq!(seen[0].fields["grant_type"], "refresh_token");
    assert_eq!(seen[0].fields["client_secret"], super::SECRET);
}

#[tokio::test]
async fn an_account_that_cannot_be_renewed_needs_authorisation() {
    let script = Script::new(|seen| {
        let code = if seen.path == REFRESH { "invalid_grant" } else { "401" };
        Ok((400, format!(r#"{{"error_code":"{code}","error_message":"no"}}"#)))
    });
    let error = script.connect().order(account(), order_id()).await.unwrap_err();
    assert_eq!(error.kind, Kind::Unauthorized);
    assert_eq!(script.seen().len(), 2, "asked, tried to renew, gave up");

    let unknown = script.connect().order(AccountId::new(404).unwrap(), order_id()).await.unwrap_err();
    assert_eq!(unknown.kind, Kind::Unauthorized);
    assert_eq!(script.seen().len(), 2, "nothing is sent for an unknown account");
}

#[tokio::test]
async fn a_token_that_stays_refused_is_not_tried_for_ever() {
    let script = Script::new(|seen| {
        if seen.path == REFRESH {
            return Ok((200, r#"{"access_token":"token-3","expires_in":36000}"#.to_owned()));
        }
        Ok((200, r#"{"error_code":"401","error_message":"no"}"#.to_owned()))
    });
    let error = script.connect().order(account(), order_id()).await.unwrap_err();
    assert_eq!(error.kind, Kind::Unauthorized);
    assert_eq!(script.seen().len(), 3);
}
