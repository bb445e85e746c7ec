//! The feed: what is committed gets a place, in an order that a reader can follow while writers write.

use crate::{
    database::{Place, key},
    samples::{AT, conflict, dev, message, sent},
};
use domain::{MessageId, Timestamp};
use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use storage::{
    Changes, CommitError, FeedEntry, Storage, What,
    records::{Delivery, DeliveryState, Message},
};

const LEASE_MS: i64 = 10_000;

async fn stamp_all(storage: &Storage) -> usize {
    let claim = storage.claim_stamper(AT, LEASE_MS).await.unwrap().expect("nobody else has it");
    let mut stamped = 0;
    while storage.is_unstamped().await.unwrap() {
        stamped += storage.stamp(&claim, AT.plus_ms(LEASE_MS), 2).await.unwrap();
    }
    storage.leave_stamper(&claim).await.unwrap();
    stamped
}

fn ids(entries: &[FeedEntry]) -> Vec<i64> {
    entries.iter().map(|entry| entry.message.id.get()).collect()
}

pub async fn a_reader_pages_through_its_own_messages(storage: Storage, _: Place) {
    assert!(!storage.is_unstamped().await.unwrap());
    assert_eq!(storage.feed(dev(1), 0, 9).await.unwrap().end, 0);
    let changes = (1..=5).fold(sent(2, 99, AT), |changes, n| changes.and(sent(1, n, AT)));
    storage.commit(changes).await.unwrap();
    let before = storage.feed(dev(1), 0, 9).await.unwrap();
    assert!(before.entries.is_empty() && !before.more, "without a place there is nothing to read");
    assert_eq!(stamp_all(&storage).await, 6);
    let first = storage.feed(dev(1), 0, 3).await.unwrap();
    assert_eq!((ids(&first.entries), first.more), (vec![1, 2, 3], true));
    assert_eq!(first.entries[2].message, message(1, 3));
    let rest = storage.feed(dev(1), first.entries[2].position, 3).await.unwrap();
    assert_eq!((ids(&rest.entries), rest.more), (vec![4, 5], false));
    assert!(rest.end >= rest.entries[1].position);
    assert!(storage.feed(dev(1), rest.end, 3).await.unwrap().entries.is_empty());
    storage.commit(sent(1, 6, AT)).await.unwrap();
    stamp_all(&storage).await;
    assert_eq!(ids(&storage.feed(dev(1), rest.end, 3).await.unwrap().entries), [6], "nothing appears before the end");
    assert_eq!(ids(&storage.feed(dev(2), 0, 9).await.unwrap().entries), [99]);
}

pub async fn what_was_committed_before_a_crash_is_stamped_after_it(storage: Storage, place: Place) {
    let claim = storage.claim_stamper(AT, LEASE_MS).await.unwrap().unwrap();
    storage.commit(sent(1, 1, AT).and(sent(1, 2, AT))).await.unwrap();
    storage.stamp(&claim, AT.plus_ms(LEASE_MS), 1).await.unwrap();
    storage.commit(sent(1, 3, AT)).await.unwrap();
    // The process dies here, with the lease.
    let next = place.open(key(1)).await;
    assert!(next.claim_stamper(AT, LEASE_MS).await.unwrap().is_none(), "leased");
    next.release_leases().await.unwrap();
    assert_eq!(stamp_all(&next).await, 2);
    assert_eq!(ids(&next.feed(dev(1), 0, 9).await.unwrap().entries), [1, 2, 3]);
    next.close().await;
}

pub async fn a_stamper_that_lost_its_lease_stamps_nothing(storage: Storage, _: Place) {
    storage.commit(sent(1, 1, AT)).await.unwrap();
    let slow = storage.claim_stamper(AT, LEASE_MS).await.unwrap().unwrap();
    let later = AT.plus_ms(LEASE_MS);
    let quick = storage.claim_stamper(later, LEASE_MS).await.unwrap().expect("the lease ran out");
    assert_eq!(conflict(storage.stamp(&slow, later, 9).await.map(drop)), What::Round);
    storage.leave_stamper(&slow).await.unwrap();
    assert!(storage.claim_stamper(later, LEASE_MS).await.unwrap().is_none(), "the other's lease stays");
    assert_eq!(storage.stamp(&quick, later.plus_ms(LEASE_MS), 9).await.unwrap(), 1);
}

/// Ids are drawn by several processes, so those of an object need not rise.
pub async fn the_messages_of_an_object_keep_their_order(storage: Storage, _: Place) {
    for (n, id) in [(1, 900), (2, 5), (3, 70)] {
        storage.commit(of_object(1, 1, n, id)).await.unwrap();
    }
    stamp_all(&storage).await;
    assert_eq!(ids(&storage.feed(dev(1), 0, 9).await.unwrap().entries), [900, 5, 70]);
}

fn of_object(developer: i64, object: i64, sequence: i64, id: i64) -> Changes {
    let message =
        Message { id: MessageId::new(id).unwrap(), object_id: object, sequence, ..message(developer, sequence) };
    Changes::new().message(&message, &Delivery::queued(&message, DeliveryState::Held, AT))
}

/// As the database was before there was a feed; opening it brings it up to date.
pub async fn messages_of_an_older_database_get_their_places(storage: Storage, place: Place) {
    const OLDER: &str = "DROP TABLE feed; DROP TABLE failing_receivers; \
        ALTER TABLE developers DROP COLUMN callback_paused_at; DELETE FROM versions WHERE version = 10";
    for (object, sequence, id) in [(1, 1, 30), (2, 1, 20), (1, 2, 10)] {
        storage.commit(of_object(1, object, sequence, id)).await.unwrap();
    }
    match &place {
        Place::File(path) => rusqlite::Connection::open(path).unwrap().execute_batch(OLDER).unwrap(),
        Place::Url(url) => {
            let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
            tokio::spawn(connection);
            client.batch_execute(OLDER).await.unwrap();
        }
    }
    let updated = place.open(key(1)).await;
    assert_eq!(stamp_all(&updated).await, 3);
    assert_eq!(ids(&updated.feed(dev(1), 0, 9).await.unwrap().entries), [20, 30, 10], "by time, then by object");
    updated.close().await;
}

/// An entry drawn early whose commit comes late, which only a database with several writers has.
pub async fn a_late_commit_is_not_hidden_behind_a_cursor(storage: Storage, place: Place) {
    const MESSAGE: &str = "INSERT INTO messages (developer_id, id, object_kind, object_id, sequence, message_type, platform, \
        edition, body, event, created_at) VALUES (1, 50, 'order', 50, 1, 'LATE', 1, 'v1', '{}', '{}', 0)";
    let Place::Url(url) = place else {
        println!("skipped on SQLite: its commits are in the order of their entries");
        return;
    };
    let (mut client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let late = client.transaction().await.unwrap();
    late.batch_execute(MESSAGE).await.unwrap();
    late.batch_execute("INSERT INTO feed (developer_id, message_id) VALUES (1, 50)").await.unwrap();
    storage.commit(sent(1, 1, AT)).await.unwrap();
    stamp_all(&storage).await;
    let read = storage.feed(dev(1), 0, 9).await.unwrap();
    assert_eq!(ids(&read.entries), [1]);
    late.commit().await.unwrap();
    stamp_all(&storage).await;
    assert_eq!(ids(&storage.feed(dev(1), read.end, 9).await.unwrap().entries), [50]);
}

const WRITERS: i64 = 8;
const OBJECTS: i64 = 5;
const EACH: i64 = 12;

/// Writers of several processes, two stampers that take the lease from each other, and readers that follow.
pub async fn a_reader_who_follows_misses_nothing_and_sees_nothing_twice(storage: Storage, place: Place) {
    let other = place.open(key(1)).await;
    let done = Arc::new(AtomicBool::new(false));
    let stampers = [storage.clone(), other.clone()].map(|storage| tokio::spawn(stamp_until(storage, done.clone())));
    let readers = (1..=2).map(|developer| tokio::spawn(follow(other.clone(), developer)));
    let readers: Vec<_> = readers.collect();
    let writers = (0..WRITERS).map(|writer| {
        let storage = if writer % 2 == 0 { storage.clone() } else { other.clone() };
        tokio::spawn(write(storage, writer))
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    for reader in readers {
        tokio::time::timeout(Duration::from_secs(60), reader).await.expect("everything is read").unwrap();
    }
    done.store(true, Ordering::Relaxed);
    for stamper in stampers {
        stamper.await.unwrap();
    }
    other.close().await;
}

/// Objects of its own, one message after the other as a version allows, with ids out of order.
async fn write(storage: Storage, writer: i64) {
    for sequence in 1..=EACH {
        for object in 0..OBJECTS {
            let object = writer * OBJECTS + object + 1;
            let id = (EACH - sequence) * 1000 + object + 1;
            storage.commit(of_object(1 + writer % 2, object, sequence, id)).await.unwrap();
        }
    }
}

/// Short leases by a clock of their own, so that they change hands in the middle.
async fn stamp_until(storage: Storage, done: Arc<AtomicBool>) {
    let mut now = AT;
    while !done.load(Ordering::Relaxed) {
        now = Timestamp(now.0 + 7);
        if let Some(claim) = storage.claim_stamper(now, 5).await.unwrap() {
            for _ in 0..3 {
                match storage.stamp(&claim, now.plus_ms(5), 7).await {
                    Ok(_) => {}
                    Err(CommitError::Conflict(What::Round)) => break,
                    Err(error) => panic!("{error}"),
                }
            }
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

async fn follow(storage: Storage, developer: i64) {
    let expected = usize::try_from(WRITERS / 2 * OBJECTS * EACH).unwrap();
    let (mut after, mut seen, mut last) = (0, HashSet::new(), HashMap::new());
    while seen.len() < expected {
        let page = storage.feed(dev(developer), after, 10).await.unwrap();
        for FeedEntry { position, message } in page.entries {
            assert!(position > after, "the order of the feed");
            assert!(seen.insert(message.id), "{} twice", message.id);
            let before = last.insert(message.object_id, message.sequence).unwrap_or(0);
            assert_eq!(message.sequence, before + 1, "one of object {} was missed", message.object_id);
            after = position;
        }
        assert!(page.end >= after);
    }
}
