//! What a call bears of the request that caused it, and what it leaves on that request's trail.

use super::{ORDER, Script, account, order_id};
use connector::{
    Health as _, Kind, Ordering as _,
    trail::{Ended, TraceParent, Trail, follow},
};
use domain::Timestamp;
use std::sync::Arc;

const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const REQUEST: u128 = 0xef3e_b878_02e6_4570_8d58_96b5_4841_0756;

fn span(seen: &super::Seen) -> TraceParent {
    seen.headers["traceparent"].to_str().unwrap().parse().expect("a traceparent")
}

#[tokio::test]
async fn the_caller_s_trace_and_the_request_id_reach_the_upstream() {
    let script = Script::always(format!(r#"{{"result":{ORDER},"success":"true"}}"#));
    let connector = script.connect();
    let trail = Arc::new(Trail::new(REQUEST, PARENT.parse().ok()));
    follow(trail.clone(), async {
        connector.order(account(), order_id()).await.expect("an order");
        connector.order(account(), order_id()).await.expect("an order");
    })
    .await;
    connector.order(account(), order_id()).await.expect("an order");
    let seen = script.seen();
    assert_eq!(seen[0].headers["x-request-id"], "ef3eb87802e645708d5896b548410756");
    let (first, second) = (span(&seen[0]), span(&seen[1]));
    assert_eq!((first.trace_text().as_str(), first.sampled), ("4bf92f3577b34da6a3ce929d0e0e4736", true));
    assert_ne!(first.span_id, second.span_id, "each call is a span of its own");
    assert_ne!(first.span_id, 0x00f0_67aa_0ba9_02b7, "and none is the caller's");
    assert!(!seen[2].headers.contains_key("traceparent") && !seen[2].headers.contains_key("x-request-id"));
    assert_eq!(trail.calls().noted.len(), 2, "what nobody asked for is on nobody's trail");
}

#[tokio::test]
async fn every_try_and_every_renewal_is_on_the_trail_with_its_code() {
    let script = Script::new(|seen| {
        if seen.path.contains("getToken") {
            return Ok((200, r#"{"access_token":"token-2","expires_in":36000}"#.to_owned()));
        }
        if seen.fields.get("access_token").map(String::as_str) == Some("token-2") {
            return Ok((200, r#"{"success":false,"errorCode":"ORDER_NOT_EXIST","errorMessage":"none"}"#.to_owned()));
        }
        Ok((401, r#"{"error_code":"401","error_message":"Request need user authenticated"}"#.to_owned()))
    });
    let trail = Arc::new(Trail::new(REQUEST, None));
    follow(trail.clone(), script.connect().order(account(), order_id())).await.unwrap_err();
    let noted = trail.calls().noted;
    let failed = |kind, code: &str| Ended::Failed { kind, code: Some(code.to_owned()) };
    let ended: Vec<_> = noted.iter().map(|c| (c.operation, c.ended.clone())).collect();
    assert_eq!(
        ended,
        [
            ("alibaba.trade.get.buyerView", failed(Kind::Unauthorized, "401")),
            ("getToken", Ended::Answered),
            ("alibaba.trade.get.buyerView", failed(Kind::OrderNotFound, "ORDER_NOT_EXIST")),
        ]
    );
}

#[tokio::test]
async fn a_failed_way_is_repeated_and_each_try_is_noted() {
    let script = Script::always("not json");
    let trail = Arc::new(Trail::new(REQUEST, None));
    follow(trail.clone(), script.connect().order(account(), order_id())).await.unwrap_err();
    let noted = trail.calls().noted;
    assert_eq!(noted.len(), 3);
    assert!(noted.iter().all(|c| c.ended == Ended::Failed { kind: Kind::Unreachable, code: None }), "{noted:?}");
    let spans: std::collections::HashSet<u64> = script.seen().iter().map(|s| span(s).span_id).collect();
    assert_eq!(spans.len(), 3, "a repeat is a span of its own");
}

#[tokio::test]
async fn the_time_of_the_platform_tells_that_it_takes_our_key() {
    let script = Script::always(r#""20260520120000000+0800""#);
    let now = script.connect().check().await.expect("the time");
    assert_eq!(Some(now), Timestamp::from_compact("20260520120000000+0800"));
    let seen = &script.seen()[0];
    assert!(seen.path.contains("/system/currentTime/") && seen.fields.contains_key("_aop_signature"), "{seen:?}");
    assert!(!seen.fields.contains_key("access_token"), "no account is needed");

    let refusing = Script::new(|_| Ok((401, r#"{"error_code":"401","error_message":"bad signature"}"#.to_owned())));
    assert_eq!(refusing.connect().check().await.unwrap_err().kind, Kind::Unauthorized);
}
