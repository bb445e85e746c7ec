//! `sandbox`: the operator's key, and answers without an envelope.

use super::{Desk, OPERATOR_KEY};
use crate::cli::exit::Exit;

const CLOCK: &str = r#"{"world":"2026-04-21T15:24:07.000+08:00","worldMs":1776756247000,"wall":"2026-04-20T15:24:07.000+08:00","wallMs":1776669847000,"offsetMs":86400000}"#;
const HABITS: &str = r#"{"habits":[{"habit":"never_answers","says":"never answers","offers":[{"offerId":610000000001,"title":"帆布包","titleEn":"Canvas bag","price":"12.50","minOrderQuantity":2,"specIds":["a"]}]},{"habit":"pushes_late","says":"pushes late","offers":[]}]}"#;

#[tokio::test]
async fn the_clock_is_moved_with_the_operator_s_key() {
    let desk = Desk::new().await;
    desk.answers_plain("/sandbox/control/clock/advance", 200, CLOCK).await;
    let ended = desk.run(&["sandbox", "clock", "advance", "86400"]).await;
    assert_eq!(
        (ended.exit, ended.out.as_str()),
        (Exit::Done, "world  2026-04-21T15:24:07.000+08:00\nwall   2026-04-20T15:24:07.000+08:00\nahead  86400 s\n")
    );
    let request = &desk.requests().await[0];
    assert_eq!(request.body, br#"{"seconds":86400}"#);
    assert_eq!(request.headers["access-key"], OPERATOR_KEY);
    assert_eq!(desk.run(&["sandbox", "clock", "advance", "0"]).await.exit, Exit::Usage);
}

#[tokio::test]
async fn habits_are_a_table_for_people_and_the_answer_for_programs() {
    let desk = Desk::new().await;
    desk.answers_plain("/sandbox/control/habits", 200, HABITS).await;
    let people = desk.run(&["sandbox", "habits"]).await;
    let expected =
        "never_answers  never answers\n  610000000001  from 12.50  min 2  帆布包\npushes_late  pushes late\n";
    assert_eq!(people.out, expected);
    assert_eq!(desk.run(&["--json", "sandbox", "habits"]).await.out, format!("{HABITS}\n"));
}

#[tokio::test]
async fn faults_are_set_shown_and_cleared() {
    let desk = Desk::new().await;
    let active = r#"{"faults":[{"id":1,"left":3,"struck":0,"fault":"hang","call":"alibaba.trade.cancel","when":"before"},{"id":2,"left":null,"struck":7,"fault":"duplicate","percent":10}],"id":2}"#;
    desk.answers_plain("/sandbox/control/faults", 200, active).await;
    let people = desk.run(&["sandbox", "fault"]).await;
    let lines: Vec<&str> = people.out.lines().collect();
    assert!(lines.len() == 3 && lines[0].starts_with("id"), "{people:?}");
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(lines[1]), ["1", "hang", "3", "0", "call=alibaba.trade.cancel", "when=before"]);
    assert_eq!(words(lines[2]), ["2", "duplicate", "all", "7", "percent=10"]);

    let set = ["sandbox", "fault", "set", "code", "--code", "500_004", "--times", "2", "--when", "after"];
    assert_eq!(desk.run(&set).await.exit, Exit::Done);
    assert_eq!(desk.run(&["sandbox", "fault", "clear"]).await.exit, Exit::Done);
    let requests = desk.requests().await;
    assert_eq!(requests[1].body, br#"{"fault":"code","times":2,"when":"after","code":"500_004"}"#);
    let methods: Vec<&str> = requests.iter().map(|r| r.method.as_str()).collect();
    assert_eq!(methods, ["GET", "POST", "DELETE"]);
    assert_eq!(desk.run(&["sandbox", "fault", "set", "hang", "--when", "later"]).await.exit, Exit::Usage);

    desk.answers_plain("/sandbox/control/faults/5", 404, r#"{"error":"there is no fault 5"}"#).await;
    let none = desk.run(&["sandbox", "fault", "clear", "5"]).await;
    assert_eq!((none.exit, none.notes.as_str()), (Exit::Refused, "error: there is no fault 5\n"));
}

#[tokio::test]
async fn no_fault_is_said_to_be_none() {
    let desk = Desk::new().await;
    desk.answers_plain("/sandbox/control/faults", 200, r#"{"faults":[]}"#).await;
    assert_eq!(desk.run(&["sandbox", "fault"]).await.out, "no faults\n");
}

#[tokio::test]
async fn the_reason_of_a_control_is_handed_on() {
    let desk = Desk::new().await;
    desk.answers_plain("/sandbox/control/clock/advance", 400, r#"{"error":"seconds: expected 0 to 9"}"#).await;
    let ended = desk.run(&["sandbox", "clock", "advance", "10"]).await;
    assert_eq!((ended.exit, ended.notes.as_str()), (Exit::Refused, "error: seconds: expected 0 to 9\n"));
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
