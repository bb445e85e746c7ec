//! The life of a delivery, as receiver and developer see it.

use crate::{
    house::{House, SECRET, WORLD, access_key, developer},
    receiver::{Habit, Receiver, ok, status},
};
use contract::{
    callback::{Base, Key},
    view::message::MessageEnvelope,
};
use domain::{MessageId, Timestamp};
use std::time::{Duration, Instant};
use storage::{Changes, CommitError, Outcome, Report, Share, records::DeliveryState};

const HALF_HOUR_MS: i64 = 1_800_000;

#[tokio::test]
async fn a_message_is_delivered_signed_and_recorded() {
    let house = House::build().await;
    let receiver = Receiver::start(Habit::Answer(ok())).await;
    house.developer(7, Some(receiver.url()), true).await;
    let running = house.delivering(1000);
    let id = house.message(7, 224).await;
    running.deliverer.notify();
    house.until_state(7, id, DeliveryState::Done).await;
    running.stop().await;

    let expected = r#"{"messageType":"ORDER_BUYER_VIEW_ORDER_PAY","messageBody":{"baseInfo":{"id":3296622397216134260}},"messagePlatform":1,"timestamp":"1779263269913","retryCount":0,"developId":7,"id":224}"#;
    assert_eq!(receiver.bodies(), [expected]);
    let head = &receiver.heads()[0];
    let key = Key { access_key: &access_key(7), secret: SECRET };
    let authorization = key.authorization(Base::RawBody, expected).unwrap();
    for line in [format!("authorization: {authorization}"), "webhook-sequence: 224".into(), "webhook-id: 224".into()] {
        assert!(head.contains(&line), "{line} is not in {head}");
    }
    let attempts = house.attempts(7, id).await;
    assert_eq!(attempts.len(), 1);
    let seen = (attempts[0].number, attempts[0].status, attempts[0].error.as_deref(), attempts[0].answer.as_str());
    assert_eq!((seen, attempts[0].at), ((1, Some(200), None, "ok"), WORLD));
}

#[tokio::test]
async fn six_attempts_half_an_hour_apart_then_dead_then_replayed() {
    let house = House::build().await;
    let mut answers = vec![status("500 Oops"); 6];
    answers.push(ok());
    let receiver = Receiver::start(Habit::Answers(answers)).await;
    house.developer(1, Some(receiver.url()), true).await;
    let id = house.message(1, 5).await;
    let running = house.delivering(1000);
    for attempt in 1..=6 {
        let delivery = house.until(1, id, |d| d.attempts == attempt).await;
        assert_eq!(delivery.failed_attempts, attempt);
        let expected = if attempt == 6 { DeliveryState::Dead } else { DeliveryState::Pending };
        assert_eq!(delivery.state, expected, "after attempt {attempt}");
        if attempt < 6 {
            assert_eq!(delivery.due_at, WORLD.plus_ms(attempt * HALF_HOUR_MS));
            house.pass_world(HALF_HOUR_MS - 1);
            running.deliverer.notify();
            tokio::time::sleep(Duration::from_millis(60)).await;
            assert_eq!(receiver.bodies().len() as i64, attempt, "must not be tried before its time");
            house.pass_world(1);
            house.pass_wall(1000);
        }
    }
    house.pass_world(10 * HALF_HOUR_MS);
    tokio::time::sleep(Duration::from_millis(60)).await;
    assert_eq!(receiver.bodies().len(), 6, "a dead message must not be sent");

    let now = Timestamp(house.world.load(std::sync::atomic::Ordering::SeqCst));
    house.storage.commit(Changes::new().replay(developer(1), id, now)).await.unwrap();
    running.deliverer.notify();
    house.until_state(1, id, DeliveryState::Done).await;
    running.stop().await;

    let sent: Vec<MessageEnvelope> = receiver.bodies().iter().map(|b| serde_json::from_str(b).unwrap()).collect();
    let counts: Vec<u32> = sent.iter().map(|e| e.retry_count).collect();
    assert_eq!(counts, [0, 1, 2, 3, 4, 5, 0]);
    assert!(sent.iter().all(|e| e.id == 5 && e.message_body.get() == sent[0].message_body.get()));
    assert_ne!(sent[0].timestamp, sent[1].timestamp);
    let statuses: Vec<_> = house.attempts(1, id).await.iter().map(|a| (a.number, a.status)).collect();
    assert_eq!(statuses[5..], [(6, Some(500)), (7, Some(200))]);
}

#[tokio::test]
async fn a_dead_receiver_holds_up_nobody_else() {
    let house = House::build().await;
    let (dead, quick) = (Receiver::start(Habit::Never).await, Receiver::start(Habit::Answer(ok())).await);
    house.developer(1, Some(dead.url()), true).await;
    house.developer(2, Some(quick.url()), true).await;
    for id in 1..=60 {
        house.message(1, id).await;
    }
    let running = house.delivering(2000);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let start = Instant::now();
    for id in 101..=140 {
        house.message(2, id).await;
    }
    running.deliverer.notify();
    for id in 101..=140 {
        house.until_state(2, MessageId::new(id).unwrap(), DeliveryState::Done).await;
    }
    assert!(start.elapsed() < Duration::from_millis(1900), "{:?}", start.elapsed());
    assert!((1..=16).contains(&dead.connections()), "{} calls to the dead receiver", dead.connections());
}

#[tokio::test]
async fn what_a_crashed_process_had_claimed_is_delivered_when_its_lease_is_over() {
    let house = House::build().await;
    let receiver = Receiver::start(Habit::Answer(ok())).await;
    house.developer(1, Some(receiver.url()), true).await;
    let id = house.message(1, 9).await;
    let (world, wall) = (WORLD, crate::house::WALL);
    let crashed = house
        .storage
        .claim_deliveries(world, wall, 10_000, &Share { in_all: 10, each: 1, more: Vec::new() })
        .await
        .unwrap();
    assert_eq!(crashed.len(), 1);

    let running = house.delivering(1000);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(receiver.bodies().len(), 0, "the lease still holds");
    house.pass_wall(10_001);
    house.until_state(1, id, DeliveryState::Done).await;
    running.stop().await;
    assert_eq!(receiver.bodies().len(), 1);

    let receiver = storage::Receiver::AsBefore;
    let late = Report { at: world, status: None, error: None, duration_ms: 1, answer: String::new(), receiver };
    let lost = house.storage.record_attempt(&crashed[0], late, Outcome::Dead).await;
    assert!(matches!(lost, Err(CommitError::Conflict(_))), "{lost:?}");
    assert_eq!(house.delivery(1, id).await.state, DeliveryState::Done);
}

#[tokio::test]
async fn without_a_verified_url_messages_are_kept_and_sent_once_there_is_one() {
    let house = House::build().await;
    let receiver = Receiver::start(Habit::Answer(ok())).await;
    let mut unverified = house.developer(1, Some(receiver.url()), false).await;
    let id = house.message(1, 3).await;
    let running = house.delivering(1000);
    house.until_state(1, id, DeliveryState::Held).await;
    assert!(receiver.bodies().is_empty());

    unverified.callback_verified_at = Some(crate::house::WALL);
    let verified = Changes::new().update_developer(&unverified).release_held(developer(1), WORLD);
    house.storage.commit(verified).await.unwrap();
    running.deliverer.notify();
    let delivery = house.until_state(1, id, DeliveryState::Done).await;
    running.stop().await;
    assert_eq!((receiver.bodies().len(), delivery.attempts), (1, 1), "holding is no attempt");
}

#[tokio::test]
async fn stopping_finishes_what_is_under_way() {
    let house = House::build().await;
    let receiver = Receiver::start(Habit::Drip(ok())).await;
    house.developer(1, Some(receiver.url()), true).await;
    let id = house.message(1, 3).await;
    let running = house.delivering(5000);
    while receiver.bodies().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    running.stop().await;
    assert_eq!(house.delivery(1, id).await.state, DeliveryState::Done);
}

#[tokio::test]
async fn a_long_queue_of_one_receiver_drains_without_waiting_for_the_poll() {
    let house = House::build().await;
    let receiver = Receiver::start(Habit::Answer(ok())).await;
    house.developer(1, Some(receiver.url()), true).await;
    for id in 1..=300 {
        house.message(1, id).await;
    }
    let start = Instant::now();
    let running = house.delivering(1000);
    for id in 1..=300 {
        house.until_state(1, MessageId::new(id).unwrap(), DeliveryState::Done).await;
    }
    let took = start.elapsed();
    running.stop().await;
    assert_eq!(receiver.bodies().len(), 300, "each exactly once");
    assert!(took < Duration::from_secs(4), "{took:?}");
}
