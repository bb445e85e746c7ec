//! Nonces, idempotency keys, intents, previews, vouchers.

use crate::{
    database::Place,
    samples::{AT, conflict, dev, usr},
};
use storage::{
    Changes, Storage, What,
    records::{Idempotency, IdempotencyState, Intent, IntentState, Nonce, Preview, Voucher},
};

pub async fn a_nonce_is_taken_until_it_expires(storage: Storage, _: Place) {
    let nonce = |until| Nonce { access_key: "a".into(), nonce: "n".into(), expires_at: until };
    storage.commit(Changes::new().nonce(&nonce(AT.plus_secs(1200)), AT)).await.unwrap();
    let again = Changes::new().nonce(&nonce(AT.plus_secs(2400)), AT.plus_secs(1199));
    assert_eq!(conflict(storage.commit(again).await), What::Nonce);
    let other = Nonce { access_key: "b".into(), ..nonce(AT) };
    storage.commit(Changes::new().nonce(&other, AT)).await.unwrap();
    storage.commit(Changes::new().nonce(&nonce(AT.plus_secs(2400)), AT.plus_secs(1200))).await.unwrap();
}

fn running() -> Idempotency {
    Idempotency {
        developer_id: dev(1),
        operation: "ka_order_create".into(),
        key: "k".into(),
        content_hash: "h".into(),
        state: IdempotencyState::Running,
        started_at: AT,
        answer: None,
        expires_at: AT.plus_secs(86_400),
        intent_id: Some("i1".into()),
    }
}

pub async fn an_idempotency_key_runs_once_and_keeps_its_answer(storage: Storage, _: Place) {
    let begin = |at| Changes::new().begin_idempotency(&Idempotency { started_at: at, ..running() }, at);
    let held = |at| Idempotency { started_at: at, ..running() };
    let finish = |at| Changes::new().finish_idempotency(&held(at), "{\"code\":200}");
    assert_eq!(conflict(storage.commit(finish(AT)).await), What::Idempotency);
    storage.commit(begin(AT)).await.unwrap();
    assert_eq!(conflict(storage.commit(begin(AT.plus_secs(1))).await), What::Idempotency);
    let of_another = Changes::new().abandon_idempotency(&held(AT.plus_secs(1)));
    assert_eq!(conflict(storage.commit(of_another).await), What::Idempotency, "only the holder frees it");
    storage.commit(Changes::new().abandon_idempotency(&held(AT))).await.unwrap();
    storage.commit(begin(AT.plus_secs(2))).await.unwrap();
    assert_eq!(conflict(storage.commit(finish(AT)).await), What::Idempotency, "only the holder finishes it");
    storage.commit(finish(AT.plus_secs(2))).await.unwrap();
    let found = storage.idempotency(dev(1), "ka_order_create", "k").await.unwrap().unwrap();
    let answer = found.answer.as_ref().and_then(storage::Secret::expose_text);
    assert_eq!((found.state, answer), (IdempotencyState::Done, Some("{\"code\":200}")));
    storage.reseal().await.unwrap();
    assert_eq!(conflict(storage.commit(begin(AT.plus_secs(3))).await), What::Idempotency);
    assert_eq!(storage.idempotency(dev(2), "ka_order_create", "k").await.unwrap(), None);
    storage.commit(begin(AT.plus_secs(86_400))).await.unwrap();
    let found = storage.idempotency(dev(1), "ka_order_create", "k").await.unwrap().unwrap();
    assert_eq!((found.state, found.answer), (IdempotencyState::Running, None), "the expired answer is forgotten");
}

pub async fn an_answer_opens_whatever_its_key_is_written_with(storage: Storage, _: Place) {
    let odd = Idempotency { key: "a\0b\u{fffd}订".into(), ..running() };
    storage.commit(Changes::new().begin_idempotency(&odd, AT).finish_idempotency(&odd, "{}")).await.unwrap();
    let found = storage.idempotency(dev(1), &odd.operation, &odd.key).await.unwrap().unwrap();
    assert_eq!(found.answer.as_ref().and_then(storage::Secret::expose_text), Some("{}"));
    storage.reseal().await.unwrap();
}

pub async fn an_intent_is_settled_once(storage: Storage, _: Place) {
    let intent = |id: &str, at| Intent {
        developer_id: dev(1),
        id: id.into(),
        kind: "order.create".into(),
        subject: "sampan-1".into(),
        payload: "{}".into(),
        state: IntentState::Running,
        created_at: at,
        outcome: None,
        instance: 7,
        write_id: Some(format!("write of {id}")),
    };
    let begin = |id: &str, at| Changes::new().begin_intent(&intent(id, at));
    storage.commit(begin("late", AT.plus_secs(60)).and(begin("early", AT))).await.unwrap();
    assert_eq!(conflict(storage.commit(begin("late", AT)).await), What::Intent);
    assert_eq!(storage.running_intents(AT.plus_secs(30), 10).await.unwrap(), [intent("early", AT)]);
    assert_eq!(storage.running_intents(AT.plus_secs(90), 10).await.unwrap().len(), 2);
    let finish = || Changes::new().finish_intent(dev(1), "early", IntentState::Failed, "{}");
    storage.commit(finish()).await.unwrap();
    assert_eq!(conflict(storage.commit(finish()).await), What::Intent);
    let found = storage.intents_of_write("write of early").await.unwrap().remove(0);
    assert_eq!((found.state, found.outcome.as_deref()), (IntentState::Failed, Some("{}")));
    assert_eq!(storage.intents_of(dev(2), "sampan-1").await.unwrap(), []);
    assert_eq!(storage.running_intents(AT.plus_secs(90), 10).await.unwrap(), [intent("late", AT.plus_secs(60))]);
    assert_eq!(storage.intents_of(dev(1), "sampan-1").await.unwrap().len(), 2);
}

pub async fn the_intents_of_one_write_are_found_by_it(storage: Storage, _: Place) {
    let intent = |id: &str, write: Option<&str>, at| Intent {
        developer_id: dev(if id == "c" { 2 } else { 1 }),
        id: id.into(),
        kind: "order.pay".into(),
        subject: id.into(),
        payload: "{}".into(),
        state: IntentState::Running,
        created_at: at,
        outcome: None,
        instance: 7,
        write_id: write.map(str::to_owned),
    };
    let parts = [intent("b", Some("w"), AT), intent("a", Some("w"), AT.plus_secs(1)), intent("c", Some("v"), AT)];
    let old = intent("old", None, AT);
    let changes = parts.iter().chain([&old]).fold(Changes::new(), |changes, intent| changes.begin_intent(intent));
    storage.commit(changes).await.unwrap();
    assert_eq!(storage.intents_of_write("w").await.unwrap(), parts[..2]);
    assert_eq!(storage.intents_of_write("v").await.unwrap(), parts[2..]);
    assert_eq!(storage.intents_of_write("old").await.unwrap(), [old]);
}

pub async fn a_key_that_was_given_up_is_retaken_by_one(storage: Storage, _: Place) {
    storage.commit(Changes::new().begin_idempotency(&running(), AT)).await.unwrap();
    let later = Idempotency { started_at: AT.plus_secs(60), intent_id: Some("i2".into()), ..running() };
    storage.commit(Changes::new().retake_idempotency(&later, AT)).await.unwrap();
    let too_late = Changes::new().retake_idempotency(&later, AT);
    assert_eq!(conflict(storage.commit(too_late).await), What::Idempotency, "somebody else was first");
    let found = storage.idempotency(dev(1), "ka_order_create", "k").await.unwrap().unwrap();
    assert_eq!((found.started_at, found.intent_id.as_deref()), (AT.plus_secs(60), Some("i2")));
}

pub async fn previews_and_vouchers(storage: Storage, _: Place) {
    let preview = |at, amounts: &str| Preview {
        developer_id: dev(1),
        user_id: usr(1),
        lines_hash: "l".into(),
        created_at: at,
        amounts: amounts.into(),
    };
    storage.commit(Changes::new().put_preview(&preview(AT, "1"))).await.unwrap();
    storage.commit(Changes::new().put_preview(&preview(AT.plus_secs(9), "2"))).await.unwrap();
    let found = storage.preview(dev(1), usr(1), "l", AT.plus_secs(8)).await.unwrap();
    assert_eq!(found, Some(preview(AT.plus_secs(9), "2")));
    assert_eq!(storage.preview(dev(1), usr(1), "l", AT.plus_secs(9)).await.unwrap(), None);
    let voucher = Voucher { developer_id: dev(1), url: "https://v/1.jpg".into(), created_at: AT };
    storage.commit(Changes::new().insert_voucher(&voucher)).await.unwrap();
    assert!(storage.voucher_exists(dev(1), "https://v/1.jpg").await.unwrap());
    assert!(!storage.voucher_exists(dev(2), "https://v/1.jpg").await.unwrap());
}

pub async fn expired_things_are_swept(storage: Storage, _: Place) {
    let done = Changes::new()
        .begin_idempotency(&running(), AT)
        .finish_idempotency(&running(), "{}")
        .nonce(&Nonce { access_key: "a".into(), nonce: "n".into(), expires_at: AT.plus_secs(1) }, AT);
    storage.commit(done).await.unwrap();
    storage.sweep(AT).await.unwrap();
    assert!(storage.idempotency(dev(1), "ka_order_create", "k").await.unwrap().is_some());
    storage.sweep(AT.plus_secs(86_400)).await.unwrap();
    assert_eq!(storage.idempotency(dev(1), "ka_order_create", "k").await.unwrap(), None);
    // The same nonce judged at its old time: only a row that is gone lets it pass.
    let nonce = Nonce { access_key: "a".into(), nonce: "n".into(), expires_at: AT.plus_secs(1) };
    storage.commit(Changes::new().nonce(&nonce, AT)).await.unwrap();
}
