//! `sandbox`: the operator's key, and answers without an envelope.

use super::{Desk, OPERATOR_KEY};
use crate::cli::exit::Exit;

#[tokio::test]
async fn the_clock_is_moved_with_the_operator_s_key() {
    let desk = Desk::new().await;
    desk.answers_plain("/sandbox/control/clock/advance", 200, r#"{"now":"2026-04-20T15:24:07.000+08:00"}"#).await;
    let ended = desk.run(&["sandbox", "clock", "advance", "86400"]).await;
    assert_eq!((ended.exit, ended.out.as_str()), (Exit::Done, "now  2026-04-20T15:24:07.000+08:00\n"));
    let request = &desk.requests().await[0];
    assert_eq!(request.body, br#"{"seconds":86400}"#);
    assert_eq!(request.headers["access-key"], OPERATOR_KEY);
    assert_eq!(desk.run(&["sandbox", "clock", "advance", "0"]).await.exit, Exit::Usage);
}

#[tokio::test]
async fn habits_are_a_table_for_people_and_the_answer_for_programs() {
    let desk = Desk::new().await;
    let habits = r#"[{"habit":"agrees_at_once","products":[610000000001,610000000002]},{"habit":"never_answers","products":[]}]"#;
    desk.answers_plain("/sandbox/control/habits", 200, habits).await;
    let people = desk.run(&["sandbox", "habits"]).await;
    assert_eq!(people.out, "habit           products\nagrees_at_once  610000000001, 610000000002\nnever_answers\n");
    assert_eq!(desk.run(&["--json", "sandbox", "habits"]).await.out, format!("{habits}\n"));
}

#[tokio::test]
async fn a_refused_operator_is_told_by_the_envelope() {
    let desk = Desk::new().await;
    desk.answers("/sandbox/control/clock", 401, 40103, "null").await;
    let ended = desk.run(&["--json", "sandbox", "clock"]).await;
    assert_eq!((ended.exit, ended.json()["error"]["name"].as_str()), (Exit::Refused, Some("SIGNATURE_MISMATCH")));
    let nothing = desk.run(&["sandbox", "habits"]).await;
    assert_eq!(nothing.exit, Exit::Refused);
    assert!(nothing.notes.contains("no sandbox"), "{}", nothing.notes);
}
