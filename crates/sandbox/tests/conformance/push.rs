//! `Push`: what a marketplace tells by itself.

use super::{
    Market,
    market::refused,
    stage::{Posted, Seller},
};
use connector::{
    Kind,
    push::{Pushed, Subject},
};
use domain::order::Order;
use std::collections::BTreeSet;

fn decode(market: &Market, posted: &Posted) -> connector::Result<Pushed> {
    market.push().decode(&posted.content_type, &posted.body)
}

/// The pushes of an order that was bought and refunded.
async fn life(market: &Market) -> (Order, Subject, Vec<Posted>) {
    market.push();
    let order = market.paid_order_of(Seller::Obliging, 1).await;
    let refund = market.refund_unshipped(&order).await;
    let subject = Subject::Refund { refund, order: order.id };
    // Made, paid, asked for a refund, agreed.
    (order.clone(), subject, market.stage.pushed(order.id, 4).await)
}

pub async fn a_life_is_pushed_with_its_subjects(market: Market) {
    let (order, refund, posted) = life(&market).await;
    let pushes: Vec<Pushed> = posted.iter().map(|p| decode(&market, p).expect("their signature")).collect();
    let about = |subject| pushes.iter().filter(move |p| p.subjects == [subject]);
    assert!(about(Subject::Order(order.id)).count() >= 2, "{pushes:?}");
    assert!(about(refund).count() >= 2, "{pushes:?}");
    assert!(pushes.iter().all(|p| !p.topic.is_empty() && p.born_at >= order.created_at));
    let ids: BTreeSet<&str> = pushes.iter().map(|p| p.message_id.as_str()).collect();
    assert_eq!(ids.len(), pushes.len(), "each has a number of its own");
    for (push, posted) in pushes.iter().zip(&posted) {
        assert!(push.raw.starts_with('{') && posted.body.len() > push.raw.len(), "the message as received");
    }
}

pub async fn a_push_that_was_touched_is_not_believed(market: Market) {
    let (_, _, posted) = life(&market).await;
    refused(Kind::Unauthorized, decode(&market, &market.stage.touched(&posted[0])));
}

pub async fn what_is_no_push_is_refused(market: Market) {
    for body in ["", "hello", "{}", "message"] {
        let posted =
            Posted { content_type: "application/x-www-form-urlencoded".to_owned(), body: body.as_bytes().to_vec() };
        let error = decode(&market, &posted).expect_err("no push");
        assert!(matches!(error.kind, Kind::InvalidParameter | Kind::Unauthorized), "{body:?}: {error}");
    }
    let binary = Posted { content_type: "application/octet-stream".to_owned(), body: vec![0xff; 64] };
    refused(Kind::InvalidParameter, decode(&market, &binary));
}

pub async fn a_repeat_has_the_same_number(market: Market) {
    let (_, _, posted) = life(&market).await;
    let (first, again) = (decode(&market, &posted[0]), decode(&market, &posted[0].clone()));
    assert_eq!(first.expect("their signature"), again.expect("their signature"));
}

pub async fn a_topic_of_no_object_has_no_subject(market: Market) {
    let push = decode(&market, &market.stage.push_of_nothing()).expect("their signature");
    assert_eq!(push.subjects, []);
}

/// The messages that wait, once there are so many.
async fn missed(market: &Market, count: usize) -> Vec<Pushed> {
    let missed = market.push().missed().await.expect("a list");
    assert_eq!(missed.len(), count, "{missed:?}");
    missed
}

pub async fn what_was_never_acknowledged_is_read_back_until_it_is_confirmed(market: Market) {
    market.push();
    market.stage.lose_pushes().await;
    let order = market.paid_order_of(Seller::Obliging, 1).await;
    let waiting = missed(&market, 2).await;
    assert!(waiting.iter().all(|push| push.subjects == [Subject::Order(order.id)]));
    assert!(waiting[0].born_at <= waiting[1].born_at && waiting[0].topic != waiting[1].topic);
    assert_eq!(missed(&market, 2).await, waiting, "reading acknowledges nothing");

    let first = vec![waiting[0].message_id.clone()];
    market.push().confirm(&first).await.expect("it waits");
    assert_eq!(missed(&market, 1).await, waiting[1..]);
    let both: Vec<String> = waiting.iter().map(|push| push.message_id.clone()).collect();
    market.push().confirm(&both).await.expect("one that waits no more is no error");
    missed(&market, 0).await;
}
