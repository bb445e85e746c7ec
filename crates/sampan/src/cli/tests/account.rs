//! `developer`, `callback` and `messages`: which operation is asked, with which key, and what is shown.

use super::{ACCESS_KEY, Desk, OPERATOR_KEY};
use crate::cli::exit::Exit;
use serde_json::{Value, json};
use std::fs;

const CALLBACK: &str = r#"{"url":"https://shop.example/hook","verified":true,"state":"verified","failingSince":null,"pausedAt":null,"verifiedAt":"2026-04-20T15:24:07.000+08:00","messageEdition":"v1","signatureBase":"rawBody"}"#;
const CREATED: &str = r#"{"developId":"8","accessKey":"k8","accessSecret":"s8","userId":"2100000000008"}"#;
const NEW_KEY: &str = r#"{"accessKey":"k2","accessSecret":"s2","previousKeyUntil":null}"#;
const MESSAGES: &str = r#"{"records":[{"id":"224","messageType":"ORDER_BUYER_VIEW_ORDER_PAY","messagePlatform":1,"objectKind":"order","objectId":"2836707120000991577","sequence":2,"state":"dead","messageBody":"{}","createdAt":"2026-04-20T15:24:07.000+08:00","nextAttemptAt":null,"attempts":[{"number":1,"at":"2026-04-20T15:24:08.000+08:00","status":null,"error":"timeout","durationMs":1000,"answer":""},{"number":2,"at":"2026-04-20T15:54:08.000+08:00","status":503,"error":null,"durationMs":12,"answer":"down for repair"}]}],"total":1,"size":20,"current":1}"#;

async fn body(desk: &Desk, number: usize) -> Value {
    serde_json::from_slice(&desk.requests().await[number].body).unwrap()
}

#[tokio::test]
async fn a_developer_is_made_by_the_operator_and_its_key_is_kept() {
    let desk = Desk::new().await;
    desk.answers("/operator/developer/create", 200, 200, CREATED).await;
    let out = desk.folder.path().join("shop.json");
    let words = ["developer", "create", "Shop", "--edition", "ka", "--out", out.to_str().unwrap()];
    let ended = desk.run(&words).await;
    assert_eq!(ended.exit, Exit::Done, "{ended:?}");
    assert!(ended.out.contains("accessSecret  s8\n"), "{}", ended.out);
    assert_eq!(desk.requests().await[0].headers["access-key"], OPERATOR_KEY);
    assert_eq!(body(&desk, 0).await, json!({"name": "Shop", "editions": ["ka"], "messageEdition": null}));

    let kept: Value = serde_json::from_str(&fs::read_to_string(&out).unwrap()).unwrap();
    assert_eq!((&kept["accessSecret"], &kept["baseUrl"]), (&json!("s8"), &json!(desk.server.uri())));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(desk.run(&words).await.exit, Exit::Usage, "a key file is not overwritten");
    assert_eq!(desk.requests().await.len(), 1, "and no developer is made for nothing");
}

#[tokio::test]
async fn the_own_new_key_replaces_the_one_in_the_file() {
    let desk = Desk::new().await;
    desk.answers("/developer/secret/reset", 200, 200, NEW_KEY).await;
    let ended = desk.run(&["--json", "developer", "reset-secret", "--overlap", "60"]).await;
    assert_eq!((ended.exit, ended.out.as_str()), (Exit::Done, format!("{NEW_KEY}\n").as_str()));
    assert_eq!(desk.requests().await[0].headers["access-key"], ACCESS_KEY);
    assert_eq!(body(&desk, 0).await, json!({"overlapSeconds": 60}));
    let file = fs::read_to_string(desk.folder.path().join("test-developer.json")).unwrap();
    let file: Value = serde_json::from_str(&file).unwrap();
    assert_eq!((&file["accessKey"], &file["accessSecret"]), (&json!("k2"), &json!("s2")));
    assert_eq!((&file["developId"], &file["userId"]), (&json!("7"), &json!("2100000000001")));
}

#[tokio::test]
async fn another_developer_s_new_key_leaves_the_file_alone() {
    let desk = Desk::new().await;
    desk.answers("/operator/developer/reset-secret", 200, 200, NEW_KEY).await;
    let before = fs::read(desk.folder.path().join("test-developer.json")).unwrap();
    assert_eq!(desk.run(&["developer", "reset-secret", "8"]).await.exit, Exit::Done);
    assert_eq!(body(&desk, 0).await["developId"], "8");
    assert_eq!(fs::read(desk.folder.path().join("test-developer.json")).unwrap(), before);
}

#[tokio::test]
async fn a_change_of_nothing_is_wrong_usage() {
    let desk = Desk::new().await;
    let ended = desk.run(&["developer", "set", "8"]).await;
    assert_eq!(ended.exit, Exit::Usage);
    assert!(ended.notes.contains("--status") && ended.notes.contains("--nonce-rule"), "{}", ended.notes);
    assert!(desk.requests().await.is_empty());
}

#[tokio::test]
async fn the_callback_is_shown_and_a_failed_verification_ends_with_1() {
    let desk = Desk::new().await;
    desk.answers("/developer/callback/get", 200, 200, CALLBACK).await;
    desk.answers("/developer/callback/set", 200, 200, CALLBACK).await;
    let failed = r#"{"passed":false,"status":404,"error":null,"durationMs":3}"#;
    desk.answers("/developer/callback/verify", 200, 200, failed).await;
    let shown = desk.run(&["callback", "show"]).await;
    assert!(shown.out.starts_with("url      https://shop.example/hook\nstate    verified\n"), "{}", shown.out);

    let ended = desk.run(&["callback", "verify"]).await;
    assert_eq!(ended.exit, Exit::Refused);
    assert_eq!(ended.out, "did not pass (HTTP 404): the answer was not HTTP 200  3 ms\n");

    let words = ["callback", "set", "https://shop.example/hook", "--edition", "ka", "--base", "message-body"];
    assert_eq!(desk.run(&words).await.exit, Exit::Done);
    let expected = json!({"url": "https://shop.example/hook", "messageEdition": "ka", "signatureBase": "messageBody"});
    assert_eq!(body(&desk, 2).await, expected);
}

#[tokio::test]
async fn messages_are_a_short_table_with_attempts_on_demand() {
    let desk = Desk::new().await;
    desk.answers("/developer/message/page", 200, 200, MESSAGES).await;
    let ended = desk.run(&["messages", "list", "--state", "dead", "--object", "TQ5", "--attempts"]).await;
    assert_eq!(ended.exit, Exit::Done, "{ended:?}");
    let row = "224  ORDER_BUYER_VIEW_ORDER_PAY  2836707120000991577  2    dead   2         503   2026-04-20 15:24:07\n";
    assert!(ended.out.contains(row), "{}", ended.out);
    assert!(ended.out.contains("224 attempt 1  2026-04-20 15:24:08  timeout  1000 ms\n"), "{}", ended.out);
    assert!(ended.out.contains("  down for repair\n"), "{}", ended.out);
    let sent = body(&desk, 0).await;
    assert_eq!((&sent["state"], &sent["objectId"]), (&json!("dead"), &json!("TQ5")));
    assert_eq!(desk.run(&["messages", "list", "--state", "lost"]).await.exit, Exit::Usage);
}

#[tokio::test]
async fn a_replay_names_exactly_one_thing() {
    let desk = Desk::new().await;
    desk.answers("/developer/message/replay", 200, 200, r#"{"replayed":7}"#).await;
    let ended = desk.run(&["messages", "replay", "--from", "224", "--to", "230"]).await;
    assert_eq!((ended.exit, ended.out.as_str()), (Exit::Done, "7 queued again\n"));
    let sent = body(&desk, 0).await;
    assert_eq!((&sent["fromId"], &sent["toId"]), (&json!("224"), &json!("230")));
    for words in [
        &["messages", "replay"][..],
        &["messages", "replay", "--from", "1"],
        &["messages", "replay", "--to", "1"],
        &["messages", "replay", "--id", "1", "--since", "2026-04-20 00:00:00"],
        &["messages", "replay", "--id", "1", "--from", "1", "--to", "2"],
        &["messages", "replay", "--from", "1", "--to", "2", "--since", "2026-04-20 00:00:00"],
        &["messages", "replay", "--id", "x"],
    ] {
        assert_eq!(desk.run(words).await.exit, Exit::Usage, "{words:?}");
    }
    assert_eq!(desk.requests().await.len(), 1);
}

const PAYMENT: &str = r#"{"paymentId":"9","state":"waiting","developId":"7","userId":"2100000000001","orderId":"3296622397215134260","orderNo":"PO202605200001","amount":6400,"account":"xportcn","submittedAt":"2026-05-20T15:40:00.000+08:00","decidedAt":null,"reason":null,"staffName":null,"transferAccountImgs":null,"transferAccountRemark":null}"#;

#[tokio::test]
async fn the_operator_sees_what_waits_and_says_yes_or_no() {
    let desk = Desk::new().await;
    let page = format!(r#"{{"records":[{PAYMENT}],"total":1,"size":20,"current":1}}"#);
    desk.answers("/operator/payment/list", 200, 200, &page).await;
    let listed = desk.run(&["operator", "payments", "list"]).await;
    assert_eq!(listed.exit, Exit::Done, "{listed:?}");
    assert!(listed.out.contains("3296622397215134260") && listed.out.contains("64.00"), "{}", listed.out);
    assert_eq!(desk.requests().await[0].headers["access-key"], OPERATOR_KEY);
    assert_eq!(body(&desk, 0).await, json!({"state": "waiting", "page": 1, "pageSize": 20}));

    let approved = PAYMENT
        .replace("waiting", "approved")
        .replace("}", r#","protocolPaySuccess":false,"payUrl":"https://trade.1688.com/order/cashier.htm?orderId=1"}"#);
    desk.answers("/operator/payment/approve", 200, 200, &approved).await;
    let ended = desk.run(&["operator", "payments", "approve", "9"]).await;
    assert!(ended.out.contains("cashier.htm"), "{}", ended.out);
    assert_eq!(body(&desk, 1).await, json!({"paymentId": "9"}));

    desk.answers("/operator/payment/refuse", 200, 200, &PAYMENT.replace("waiting", "refused")).await;
    let ended = desk.run(&["operator", "payments", "refuse", "9", "--reason", "too much"]).await;
    assert!(ended.exit == Exit::Done && ended.out.contains("refused"), "{ended:?}");
    assert_eq!(body(&desk, 2).await, json!({"paymentId": "9", "reason": "too much"}));
}

#[tokio::test]
async fn the_operator_binds_users_to_accounts() {
    let desk = Desk::new().await;
    let accounts = r#"[{"accountId":"1","marketplace":"alibaba1688","loginId":"xportcn","isDefault":true,"users":[{"developId":"7","userId":"2100000000001"}]}]"#;
    desk.answers("/operator/account/list", 200, 200, accounts).await;
    let listed = desk.run(&["operator", "accounts", "list"]).await;
    assert!(listed.out.contains("xportcn") && listed.out.contains("2100000000001"), "{}", listed.out);
    let bound = r#"{"developId":"7","userId":"2100000000001","marketplace":"alibaba1688","accountId":"1"}"#;
    desk.answers("/operator/user/bind", 200, 200, bound).await;
    let ended = desk.run(&["operator", "accounts", "bind", "7", "2100000000001", "--account", "1"]).await;
    assert!(ended.exit == Exit::Done && ended.out.contains("account 1"), "{ended:?}");
    assert_eq!(body(&desk, 1).await, json!({"developId": "7", "userId": "2100000000001", "accountId": "1"}));
    let unbound = r#"{"developId":"7","userId":"2100000000001","marketplace":"alibaba1688","accountId":null}"#;
    desk.answers("/operator/user/unbind", 200, 200, unbound).await;
    let ended = desk.run(&["operator", "accounts", "unbind", "7", "2100000000001"]).await;
    assert!(ended.out.contains("the default"), "{}", ended.out);
    assert_eq!(body(&desk, 2).await["marketplace"], "alibaba1688");
}
