//! `sign`, `verify` and `openapi`: nobody is asked.

use super::{Desk, run_in};
use crate::cli::exit::Exit;

const BODY: &str = r#"{"messageType":"ORDER_CREATE","messageBody":"{\"orderId\":\"1\"}","messagePlatform":1,"timestamp":"1779263269913"}"#;
const AUTHORIZATION: &str = "dbdd7d753964d95992cb9c9aadae5cb369d2d9307a68c1642ee10661aa9de8b5";
const BODY_ONLY: &str = "d8bccbf3bcf4b741a8d4a34270665ddc64b0dd5b4da5f21499d2e430a03cee61";

#[tokio::test]
async fn sign_gives_the_contract_s_example_and_a_curl_line() {
    let desk = Desk::new().await;
    let fixed = ["--timestamp", "1775221032", "--nonce", "abcdefghijklmnopqrstuvwxyz012345"];
    let words: Vec<&str> = ["--json", "sign", "POST", "/x", r#"{"a":"it's"}"#].into_iter().chain(fixed).collect();
    let ended = desk.run(&words).await;
    let json = ended.json();
    assert_eq!(json["headers"]["signature"], "D5020791EE13AABD86A11338056566AB");
    let curl = json["curl"].as_str().unwrap();
    assert!(curl.starts_with(&format!("curl -sS -X POST '{}/x' \\\n", desk.server.uri())), "{curl}");
    assert!(curl.contains("-H 'signature: D5020791EE13AABD86A11338056566AB'"), "{curl}");
    assert!(curl.ends_with(r#"-d '{"a":"it'\''s"}'"#), "{curl}");
    assert!(desk.requests().await.is_empty());
}

#[tokio::test]
async fn sign_puts_the_fields_of_a_get_into_the_address() {
    let desk = Desk::new().await;
    let ended = desk.run(&["sign", "GET", "/x", r#"{"q":"a b&c"}"#]).await;
    assert!(ended.out.contains("/x?q=a+b%26c'"), "{}", ended.out);
    assert!(!ended.out.contains("content-type"), "{}", ended.out);
}

#[tokio::test]
async fn verify_says_yes_or_no_by_its_exit_code() {
    let desk = Desk::new().await;
    let file = desk.folder.path().join("message.json");
    std::fs::write(&file, BODY).unwrap();
    let file = file.to_str().unwrap();
    let good = desk.run(&["verify", "--authorization", AUTHORIZATION, "--body", file]).await;
    assert_eq!((good.exit, good.out.as_str()), (Exit::Done, "valid  ORDER_CREATE 0\n"));
    let bad = desk.run(&["--json", "verify", "--authorization", BODY_ONLY, "--body", file]).await;
    assert_eq!((bad.exit, bad.json()["valid"].as_bool()), (Exit::Refused, Some(false)));
    let base = ["verify", "--authorization", BODY_ONLY, "--body", file, "--base", "message-body"];
    assert_eq!(desk.run(&base).await.exit, Exit::Done);
    assert_eq!(desk.run(&["verify", "--body", file]).await.exit, Exit::Usage);
}

const REFUND: &str = r#"{"refundId":"TQ36706338027991577"}"#;
/// The published vector of the strong signature.
const STRONG: &str = "sampan=:JWIBx4Vi4Y7/jmaV0qhlV+7i3xx83WixfthfgYK8mSU=:";

#[tokio::test]
async fn a_strong_signature_is_made_and_judged() {
    let desk = Desk::new().await;
    let words = ["--json", "--strong", "sign", "POST", "/alibaba/ka/refund/detail?ids=string", REFUND];
    let fixed = ["--timestamp", "1775221032", "--nonce", "abcdefghijklmnopqrstuvwxyz012345"];
    let ended = desk.run(&words.into_iter().chain(fixed).collect::<Vec<_>>()).await;
    let json = ended.json();
    assert_eq!(json["headers"]["signature"], STRONG);
    assert!(json["headers"]["access-key"].is_null(), "{json}");
    assert!(json["curl"].as_str().unwrap().contains(&format!("-H 'signature: {STRONG}'")), "{json}");

    let file = desk.folder.path().join("request.json");
    std::fs::write(&file, REFUND).unwrap();
    let lines: Vec<String> = json["headers"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.as_str().unwrap()))
        .collect();
    let judged = async |path: &str| {
        let mut words = vec!["--json", "verify", "--request", "POST", path, "--body", file.to_str().unwrap()];
        lines.iter().for_each(|line| words.extend(["-H", line.as_str()]));
        desk.run(&words).await
    };
    let good = judged("/alibaba/ka/refund/detail?ids=string").await;
    assert_eq!((good.exit, good.json()["valid"].as_bool()), (Exit::Done, Some(true)), "{good:?}");
    let bad = judged("/alibaba/ka/refund/detail?ids=number").await;
    assert_eq!((bad.exit, bad.json()["valid"].as_bool()), (Exit::Refused, Some(false)), "{bad:?}");
    assert!(bad.json()["signatureBase"].as_str().unwrap().contains("\"@query\": ?ids=number\n"), "{bad:?}");
    assert!(desk.requests().await.is_empty());
}

#[tokio::test]
async fn openapi_needs_no_server_and_no_key() {
    let ended = run_in("/no/such/folder", &["--json", "openapi"]).await;
    assert_eq!(ended.exit, Exit::Done);
    assert!(ended.json()["openapi"].as_str().unwrap().starts_with("3.1"));
}
