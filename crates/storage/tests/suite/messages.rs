//! Messages and their deliveries.

use crate::{
    database::Place,
    samples::{AT, conflict, dev, developer, message, sent},
};
use domain::{MessageId, Timestamp};
use std::collections::HashSet;
use storage::{
    Changes, ClaimedDelivery, MessageFilter, Outcome, Period, Receiver, Report, Share, Storage, What,
    records::{Delivery, DeliveryState, Message, ObjectKind},
};

const LEASE_MS: i64 = 30_000;
const HALF_HOUR_MS: i64 = 1_800_000;

fn report(status: Option<i64>) -> Report {
    Report { at: AT, status, error: None, duration_ms: 12, answer: "ok".into(), receiver: Receiver::AsBefore }
}

async fn claim(storage: &Storage, at: Timestamp, limit: i64) -> Vec<ClaimedDelivery> {
    storage.claim_deliveries(at, at, LEASE_MS, &Share { in_all: limit, each: 8, more: Vec::new() }).await.unwrap()
}

async fn delivery(storage: &Storage, n: i64) -> Delivery {
    storage.delivery(dev(1), MessageId::new(n).unwrap()).await.unwrap().unwrap()
}

async fn with_developers(storage: &Storage, n: i64) {
    let all = (1..=n).fold(Changes::new(), |changes, n| changes.insert_developer(&developer(n)));
    storage.commit(all).await.unwrap();
}

pub async fn a_message_is_claimed_attempted_and_acknowledged(storage: Storage, _: Place) {
    with_developers(&storage, 1).await;
    storage.commit(sent(1, 1, AT)).await.unwrap();
    assert_eq!(storage.message(dev(1), MessageId::new(1).unwrap()).await.unwrap(), Some(message(1, 1)));
    assert!(claim(&storage, AT.plus_ms(-1), 9).await.is_empty(), "not due yet");
    let first = claim(&storage, AT, 9).await.pop().unwrap();
    assert_eq!((&first.message, first.failed_attempts, first.number), (&message(1, 1), 0, 1));
    assert!(claim(&storage, AT, 9).await.is_empty(), "leased");
    let again = AT.plus_ms(HALF_HOUR_MS);
    storage.record_attempt(&first, report(Some(500)), Outcome::Retry { due_at: again }).await.unwrap();
    assert_eq!(storage.next_delivery_due().await.unwrap(), Some(again));
    assert!(claim(&storage, again.plus_ms(-1), 9).await.is_empty());
    let second = claim(&storage, again, 9).await.pop().unwrap();
    assert_eq!((second.failed_attempts, second.number), (1, 2));
    storage.record_attempt(&second, report(Some(200)), Outcome::Done).await.unwrap();
    assert!(claim(&storage, Timestamp(i64::MAX), 9).await.is_empty());
    assert_eq!(storage.next_delivery_due().await.unwrap(), None);
    let done = delivery(&storage, 1).await;
    assert_eq!((done.state, done.attempts, done.failed_attempts), (DeliveryState::Done, 2, 1));
    assert_eq!(storage.delivery_counts().await.unwrap(), [(DeliveryState::Done, 1)]);
}

pub async fn a_lost_lease_cannot_finish(storage: Storage, _: Place) {
    with_developers(&storage, 1).await;
    storage.commit(sent(1, 1, AT)).await.unwrap();
    let slow = claim(&storage, AT, 9).await.pop().unwrap();
    let later = AT.plus_ms(LEASE_MS);
    let quick = claim(&storage, later, 9).await.pop().expect("the lease ran out");
    let lost = storage.record_attempt(&slow, report(Some(500)), Outcome::Dead).await;
    assert_eq!(conflict(lost), What::Delivery);
    assert_eq!(conflict(storage.hold_delivery(&slow).await), What::Delivery);
    storage.record_attempt(&quick, report(Some(200)), Outcome::Done).await.unwrap();
    let entries = storage.messages(dev(1), &MessageFilter::default(), 0, 9).await.unwrap().items;
    assert_eq!(entries[0].attempts.len(), 1, "what the slow one saw is not kept");
    assert_eq!(entries[0].delivery.state, DeliveryState::Done);
}

pub async fn receivers_take_turns(storage: Storage, _: Place) {
    with_developers(&storage, 3).await;
    let mut changes = (1..=100).fold(Changes::new(), |changes, n| changes.and(sent(1, n, AT)));
    changes = changes.and(sent(2, 201, AT.plus_ms(5))).and(sent(3, 301, AT.plus_ms(6)));
    storage.commit(changes).await.unwrap();
    let at = AT.plus_ms(10);
    let got = claim(&storage, at, 4).await;
    let owners: Vec<i64> = got.iter().map(|c| c.message.developer_id.get()).collect();
    assert_eq!(owners, [1, 1, 2, 3], "those with one message do not wait behind a hundred");
    let busy = claim(&storage, at, 100).await.len() + claim(&storage, at, 100).await.len() + 2;
    assert!((8..=16).contains(&busy), "{busy} under way for one receiver");
}

pub async fn a_proven_receiver_gets_more_than_its_turn(storage: Storage, _: Place) {
    with_developers(&storage, 2).await;
    let changes = (1..=100).fold(Changes::new(), |changes, n| changes.and(sent(1, n, AT)));
    storage.commit(changes.and(sent(2, 201, AT))).await.unwrap();
    let share = Share { in_all: 10, each: 2, more: vec![(dev(1), 30), (dev(2), 30)] };
    let got = storage.claim_deliveries(AT, AT, LEASE_MS, &share).await.unwrap();
    let of = |n: i64| got.iter().filter(|c| c.message.developer_id == dev(n)).count();
    assert_eq!((of(1), of(2)), (32, 1), "its turn and thirty more, the oldest first");
    let ids: Vec<i64> = got.iter().map(|c| c.message.id.get()).collect();
    assert_eq!(ids, (1..=32).chain([201]).collect::<Vec<_>>());
}

pub async fn nobody_gets_a_delivery_twice(storage: Storage, place: Place) {
    let other = place.open(crate::database::key(1)).await;
    with_developers(&storage, 20).await;
    let changes = (1..=100).fold(Changes::new(), |changes, n| changes.and(sent(1 + n % 20, n, AT)));
    storage.commit(changes).await.unwrap();
    let workers: Vec<_> = (0..10)
        .map(|n| {
            let storage = if n % 2 == 0 { storage.clone() } else { other.clone() };
            tokio::spawn(async move { [claim(&storage, AT, 20).await, claim(&storage, AT, 20).await].concat() })
        })
        .collect();
    let mut seen = HashSet::new();
    for worker in workers {
        for claimed in worker.await.unwrap() {
            assert!(seen.insert(claimed.message.id), "leased twice");
        }
    }
    for claimed in claim(&storage, AT, 200).await {
        assert!(seen.insert(claimed.message.id), "leased twice");
    }
    assert_eq!(seen.len(), 100);
    other.close().await;
}

pub async fn held_messages_wait_for_a_callback(storage: Storage, _: Place) {
    with_developers(&storage, 1).await;
    let held = message(1, 1);
    let queued = Delivery::queued(&held, DeliveryState::Held, AT);
    storage.commit(Changes::new().message(&held, &queued).and(sent(1, 2, AT))).await.unwrap();
    let claimed = claim(&storage, AT, 9).await;
    assert_eq!(claimed.iter().map(|c| c.message.id.get()).collect::<Vec<_>>(), [2]);
    storage.hold_delivery(&claimed[0]).await.unwrap();
    assert!(claim(&storage, AT.plus_ms(LEASE_MS), 9).await.is_empty());
    storage.commit(Changes::new().release_held(dev(1), AT.plus_secs(60))).await.unwrap();
    assert_eq!(claim(&storage, AT.plus_secs(60), 9).await.len(), 2);
}

pub async fn dead_messages_are_replayed(storage: Storage, _: Place) {
    with_developers(&storage, 1).await;
    storage.commit(sent(1, 1, AT)).await.unwrap();
    let dead = claim(&storage, AT, 9).await.pop().unwrap();
    storage.record_attempt(&dead, report(None), Outcome::Dead).await.unwrap();
    assert!(claim(&storage, AT.plus_secs(99_999), 9).await.is_empty());
    let replay = |dev| Changes::new().replay(dev, MessageId::new(1).unwrap(), AT);
    assert_eq!(conflict(storage.commit(replay(dev(2))).await), What::Delivery);
    storage.commit(replay(dev(1))).await.unwrap();
    let again = claim(&storage, AT, 9).await.pop().unwrap();
    assert_eq!((again.failed_attempts, again.number), (0, 2));
    storage.commit(replay(dev(1))).await.unwrap();
    let late = storage.record_attempt(&again, report(Some(200)), Outcome::Done).await;
    assert_eq!(conflict(late), What::Delivery, "the replay is newer");
    assert_eq!(claim(&storage, AT, 9).await.len(), 1);
}

pub async fn a_receiver_fails_from_its_first_failure_to_its_next_success(storage: Storage, _: Place) {
    with_developers(&storage, 1).await;
    storage.commit((1..=4).fold(Changes::new(), |changes, n| changes.and(sent(1, n, AT)))).await.unwrap();
    let claims = claim(&storage, AT, 9).await;
    let fails_since = async || storage.receiver_fails_since(dev(1)).await.unwrap();
    let attempt = async |n: usize, at: Timestamp, outcome: Outcome, receiver: Receiver| {
        storage.record_attempt(&claims[n], Report { at, receiver, ..report(None) }, outcome).await.unwrap();
    };
    attempt(0, AT.plus_secs(5), Outcome::Dead, Receiver::Fails).await;
    attempt(1, AT.plus_secs(9), Outcome::Dead, Receiver::Fails).await;
    assert_eq!(fails_since().await, Some(AT.plus_secs(5)), "the first failure counts");
    assert_eq!(storage.queues(AT).await.unwrap().failing, 1);
    attempt(2, AT, Outcome::Retry { due_at: AT }, Receiver::Fails).await;
    assert_eq!(fails_since().await, Some(AT), "the clock was set back");
    storage.commit(Changes::new().hold_pending(dev(1))).await.unwrap();
    assert_eq!(storage.queues(AT).await.unwrap().held, 1);
    attempt(3, AT, Outcome::Done, Receiver::Works).await;
    assert_eq!(fails_since().await, None);
    assert_eq!(delivery(&storage, 4).await.state, DeliveryState::Done, "what was under way ends as it ends");
}

pub async fn messages_are_paged_with_their_attempts(storage: Storage, _: Place) {
    with_developers(&storage, 2).await;
    let changes = (1..=3).fold(sent(2, 9, AT), |changes, n| changes.and(sent(1, n, AT)));
    storage.commit(changes).await.unwrap();
    for claimed in claim(&storage, AT, 9).await.iter().filter(|c| c.message.id.get() == 2) {
        storage.record_attempt(claimed, report(Some(404)), Outcome::Retry { due_at: AT }).await.unwrap();
    }
    let retry = claim(&storage, AT, 9).await.pop().unwrap();
    storage.record_attempt(&retry, report(Some(200)), Outcome::Done).await.unwrap();
    let page = async |filter: MessageFilter, offset, limit| {
        let page = storage.messages(dev(1), &filter, offset, limit).await.unwrap();
        let attempts = |e: &storage::MessageEntry| e.attempts.iter().map(|a| a.status.unwrap()).collect::<Vec<_>>();
        (page.items.iter().map(|e| (e.message.id.get(), attempts(e))).collect::<Vec<_>>(), page.total)
    };
    let all = MessageFilter::default;
    assert_eq!(page(all(), 0, 9).await, (vec![(3, vec![]), (2, vec![404, 200]), (1, vec![])], 3));
    assert_eq!(page(all(), 2, 1).await, (vec![(1, vec![])], 3));
    let states = vec![DeliveryState::Done];
    assert_eq!(page(MessageFilter { states, ..all() }, 0, 9).await.1, 1);
    let ids = vec![MessageId::new(1).unwrap(), MessageId::new(9).unwrap()];
    assert_eq!(page(MessageFilter { ids, ..all() }, 0, 9).await, (vec![(1, vec![])], 1));
    let created = Period { from: Some(AT.plus_secs(3)), to: None };
    assert_eq!(page(MessageFilter { created, ..all() }, 0, 9).await.1, 1);
    let of = |kind| MessageFilter { object_kind: Some(kind), object_id: Some(message(1, 1).object_id), ..all() };
    assert_eq!(page(of(ObjectKind::Order), 0, 9).await.1, 0);
    assert_eq!(page(of(ObjectKind::Refund), 0, 9).await.1, 3);
    let message_type = Some("NO_SUCH_TYPE".to_owned());
    assert_eq!(page(MessageFilter { message_type, ..all() }, 0, 9).await.1, 0);
    let ids = async |range, since| {
        let found = storage.message_ids(dev(1), range, since).await.unwrap();
        found.into_iter().map(MessageId::get).collect::<Vec<_>>()
    };
    let id = |n| MessageId::new(n).unwrap();
    assert_eq!(ids(Some((id(2), id(9))), None).await, [2, 3]);
    assert_eq!(ids(None, Some(AT.plus_secs(3))).await, [3]);
}

pub async fn an_object_has_each_sequence_number_once(storage: Storage, _: Place) {
    storage.commit(sent(1, 1, AT)).await.unwrap();
    let same = Message { id: MessageId::new(2).unwrap(), ..message(1, 1) };
    let twice = Changes::new().message(&same, &Delivery::queued(&same, DeliveryState::Pending, AT));
    assert_eq!(conflict(storage.commit(twice).await), What::Message);
}
