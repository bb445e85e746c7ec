//! `backup` and `operator`.

use super::{Desk, OPERATOR_KEY};
use crate::cli::exit::Exit;
use serde_json::Value;

#[tokio::test]
async fn a_backup_is_asked_for_by_an_absolute_path_and_shown_with_size_and_time() {
    let desk = Desk::new().await;
    let data = r#"{"file":"/b/a.db","bytes":1572864,"sandboxFile":"/b/a.db.sandbox","sandboxBytes":1024,"tookMs":42}"#;
    desk.answers("/operator/backup", 200, 200, data).await;
    let ended = desk.run(&["backup", "a.db"]).await;
    assert_eq!(ended.exit, Exit::Done, "{ended:?}");
    assert_eq!(ended.out, "file     /b/a.db  1.5 MiB\nsandbox  /b/a.db.sandbox  1.0 KiB\ntook     42 ms\n");
    assert!(ended.notes.contains("master keys are not in it"));
    let request = &desk.requests().await[0];
    assert_eq!(request.headers["access-key"], OPERATOR_KEY);
    let body: Value = serde_json::from_slice(&request.body).unwrap();
    let here = std::path::absolute("a.db").unwrap();
    assert_eq!(body["file"], here.to_str().unwrap(), "relative to where the command runs");
}

#[tokio::test]
async fn an_exchange_of_master_keys_says_what_may_go() {
    let desk = Desk::new().await;
    let data = r#"{"version":3,"resealed":12,"unused":[2,1],"file":"/d/master.key"}"#;
    desk.answers("/operator/key/rotate", 200, 200, data).await;
    let ended = desk.run(&["operator", "rotate-key"]).await;
    assert_eq!(ended.exit, Exit::Done, "{ended:?}");
    assert!(ended.out.contains("version           3\n") && ended.out.contains("2, 1"), "{}", ended.out);
    assert_eq!(desk.run(&["--json", "operator", "rotate-key"]).await.json()["resealed"], 12);
}

#[tokio::test]
async fn what_the_server_advises_is_shown() {
    let desk = Desk::new().await;
    desk.answers("/operator/backup", 403, 40304, "null").await;
    let ended = desk.run(&["backup", "/b/a.db"]).await;
    assert_eq!(ended.exit, Exit::Refused);
    assert!(ended.notes.contains("said no"), "{ended:?}");
}
