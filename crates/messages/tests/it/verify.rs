//! The verification of a callback URL, as its receiver sees it.

use crate::receiver::{Habit, Receiver, ok, status};
use contract::callback::Base;
use domain::{DeveloperId, Timestamp};
use messages::{
    AddressRule, MessageEdition, Outcome, PostLimits, Poster, SystemResolver, Target, UrlError, VerifyError, verify,
};
use std::sync::Arc;

async fn attempt(url: &str, edition: MessageEdition) -> Result<Outcome, VerifyError> {
    let rule = AddressRule::loopback();
    let poster = Poster::new(rule.clone(), Arc::new(SystemResolver::default()), None, &PostLimits::default());
    let target = Target {
        url: url.to_owned(),
        access_key: "0123456789abcdef0123456789abcdef".to_owned(),
        secret: "fedcba9876543210fedcba9876543210".to_owned(),
        base: Base::RawBody,
        failing_since: None,
    };
    let developer = DeveloperId::new(1).unwrap();
    verify(&poster, &rule, developer, edition, &target, Timestamp(1_779_263_269_913)).await
}

#[tokio::test]
async fn the_contracts_message_is_posted_and_signed() {
    let receiver = Receiver::start(Habit::Answer(ok())).await;
    assert!(attempt(&receiver.url(), MessageEdition::V1).await.unwrap().acknowledged());
    let expected = r#"{"messageType":"VERIFY","messageBody":{},"messagePlatform":1,"timestamp":"1779263269913","retryCount":0,"developId":1,"id":0}"#;
    assert_eq!(receiver.bodies(), [expected]);
    let head = &receiver.heads()[0];
    assert!(head.starts_with("POST /callback HTTP/1.1\r\n"), "{head}");
    for line in ["content-type: application/json; charset=UTF-8", "authorization: ", "webhook-signature: v1,"] {
        assert!(head.contains(line), "{line} is not in {head}");
    }
    for system_header in ["access-key", "nonce-str", "webhook-sequence"] {
        assert!(!head.contains(system_header), "{system_header} must not be in {head}");
    }
}

#[tokio::test]
async fn in_ka_the_body_is_text() {
    let receiver = Receiver::start(Habit::Answer(ok())).await;
    attempt(&receiver.url(), MessageEdition::Ka).await.unwrap();
    assert!(receiver.bodies()[0].contains(r#""messageBody":"{}""#));
}

#[tokio::test]
async fn a_receiver_that_does_not_say_200_has_not_passed() {
    let receiver = Receiver::start(Habit::Answer(status("500 Oops"))).await;
    let outcome = attempt(&receiver.url(), MessageEdition::V1).await.unwrap();
    assert!(!outcome.acknowledged());
    assert_eq!((outcome.status, receiver.bodies().len()), (Some(500), 1));
}

#[tokio::test]
async fn a_url_that_may_not_be_called_is_refused_with_the_reason() {
    let refused = attempt("ftp://example.com/", MessageEdition::V1).await.unwrap_err();
    assert_eq!(refused, VerifyError::Url(UrlError::Scheme));
    let private = attempt("https://10.0.0.1/", MessageEdition::V1).await.unwrap_err();
    assert_eq!(private.to_string(), "the address is private");
}
