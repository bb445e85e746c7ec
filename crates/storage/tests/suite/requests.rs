//! The log of requests, and what waits.

use crate::{
    database::Place,
    samples::{AT, SHOP, dev, developer, ord, sent, usr},
};
use domain::Timestamp;
use storage::{
    Changes, QueuedObservation, Queues, Storage,
    records::{Intent, IntentState, Request},
};

fn request(developer: i64, id: &str, at: Timestamp) -> Request {
    Request {
        developer_id: dev(developer),
        request_id: id.into(),
        user_id: Some(usr(developer)),
        trace_id: None,
        at,
        operation: "ka_refund_detail".into(),
        method: "POST".into(),
        path: "/alibaba/ka/refund/detail".into(),
        query: String::new(),
        body: Some("{\"refundId\":\"TQ1\"}".into()),
        code: 200,
        msg: "成功".into(),
        took_us: 1234,
        calls: "[]".into(),
    }
}

pub async fn a_request_is_found_by_its_developer_and_the_last_word_stands(storage: Storage, _: Place) {
    let first = request(1, "a", AT);
    storage.commit(Changes::new().put_request(&first)).await.unwrap();
    assert_eq!(storage.request(dev(1), "a").await.unwrap(), Some(first.clone()));
    assert_eq!(storage.request(dev(2), "a").await.unwrap(), None, "another developer's");
    let failed = Request { code: 50001, user_id: None, trace_id: Some("t".into()), body: None, ..first };
    storage.commit(Changes::new().put_request(&failed).put_request(&request(1, "b", AT))).await.unwrap();
    assert_eq!(storage.request(dev(1), "a").await.unwrap(), Some(failed));
}

pub async fn only_the_newest_requests_are_kept(storage: Storage, _: Place) {
    let many = (0..1200).fold(Changes::new(), |c, n| c.put_request(&request(1, &n.to_string(), AT.plus_ms(n))));
    storage.commit(many.put_request(&request(2, "other", AT))).await.unwrap();
    let found = async |developer, id: i64| storage.request(dev(developer), &id.to_string()).await.unwrap().is_some();
    storage.trim_requests(dev(1), 100).await.unwrap();
    assert!(!found(1, 1099).await && found(1, 1100).await && found(1, 1199).await);
    assert!(storage.request(dev(2), "other").await.unwrap().is_some(), "nobody else's");
    storage.trim_requests(dev(1), 100).await.unwrap();
    assert!(found(1, 1100).await);

    let week = 7 * 86_400;
    storage.sweep(AT.plus_ms(1150).plus_secs(week)).await.unwrap();
    assert!(!found(1, 1150).await && found(1, 1151).await, "a week is over for what came first");
    assert!(storage.request(dev(2), "other").await.unwrap().is_none());
}

pub async fn what_waits_is_counted(storage: Storage, _: Place) {
    assert_eq!(storage.queues(AT).await.unwrap(), Queues::default());
    let look = |subject: &str, due_at| QueuedObservation {
        marketplace: SHOP,
        subject: subject.into(),
        order_id: ord(1),
        due_at,
        now: AT,
    };
    let intent = Intent {
        developer_id: dev(1),
        id: "i".into(),
        kind: "order.pay".into(),
        subject: "1".into(),
        payload: "{}".into(),
        state: IntentState::Running,
        created_at: AT.plus_secs(3),
        outcome: None,
        instance: 7,
        write_id: None,
    };
    let changes = Changes::new()
        .insert_developer(&developer(1))
        .and(sent(1, 1, AT.plus_secs(50)))
        .and(sent(1, 2, AT.plus_secs(40)))
        .observe(&look("order:1", AT))
        .observe(&look("order:2", AT.plus_secs(99)))
        .begin_intent(&intent);
    storage.commit(changes).await.unwrap();
    let expected = Queues {
        pending: 2,
        oldest_pending: Some(AT.plus_secs(1)),
        next_attempt: Some(AT.plus_secs(40)),
        observations: 1,
        oldest_observation: Some(AT),
        intents: 1,
        oldest_intent: Some(AT.plus_secs(3)),
        ..Queues::default()
    };
    assert_eq!(storage.queues(AT.plus_secs(9)).await.unwrap(), expected);
}
