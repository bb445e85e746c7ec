//! Orders, refunds and counters.

use crate::{
    database::Place,
    samples::{AT, SHOP, conflict, dev, developer, ord, order, refund, usr},
};
use domain::RefundId;
use std::collections::HashSet;
use storage::{
    Changes, CommitError, OrderChange, OrderFilter, Period, Storage, What,
    records::{Order, Refund},
};

fn insert(orders: &[Order]) -> Changes {
    orders.iter().fold(Changes::new(), |changes, order| changes.order(OrderChange::insert(order)))
}

pub async fn an_order_comes_back_as_it_went(storage: Storage, _: Place) {
    let one = order(1, 1);
    storage.commit(insert(std::slice::from_ref(&one))).await.unwrap();
    let some = Some(one.clone());
    assert_eq!(storage.order(dev(1), one.order_id).await.unwrap(), some);
    assert_eq!(storage.order(dev(2), one.order_id).await.unwrap(), None, "another developer's order is unknown");
    assert_eq!(storage.owned_order(SHOP, one.order_id).await.unwrap(), some);
    assert_eq!(storage.order_by_no(dev(1), &one.order_no).await.unwrap(), some);
    assert_eq!(storage.orders_by_out_order_id(dev(1), usr(1), "mine-1").await.unwrap(), std::slice::from_ref(&one));
    assert_eq!(storage.orders_by_out_order_id(dev(1), usr(2), "mine-1").await.unwrap(), []);
    assert_eq!(storage.orders_by_out_order_id(dev(1), usr(1), "\0").await.unwrap(), []);
    assert_eq!(storage.orders_by_own_number(dev(1), "sampan-1").await.unwrap(), [one]);
}

pub async fn one_conflict_undoes_everything(storage: Storage, _: Place) {
    storage.commit(insert(&[order(1, 1)])).await.unwrap();
    let both = Changes::new().insert_developer(&developer(1)).and(insert(&[order(1, 2), order(1, 1)]));
    assert_eq!(conflict(storage.commit(both).await), What::Order);
    assert_eq!(storage.developer(dev(1)).await.unwrap(), None);
    assert_eq!(storage.order(dev(1), ord(2)).await.unwrap(), None);
    storage.commit(Changes::new()).await.unwrap();
}

pub async fn an_order_belongs_to_one_developer_and_its_number_is_unique(storage: Storage, _: Place) {
    storage.commit(insert(&[order(1, 1)])).await.unwrap();
    assert_eq!(conflict(storage.commit(insert(&[order(2, 1)])).await), What::Order);
    let same_no = Order { order_no: order(1, 1).order_no, ..order(1, 2) };
    assert_eq!(conflict(storage.commit(insert(std::slice::from_ref(&same_no))).await), What::Order);
    let of_another = Order { order_no: order(1, 1).order_no, ..order(2, 2) };
    storage.commit(insert(&[of_another])).await.unwrap();
}

pub async fn refunds_change_under_the_version_of_their_order(storage: Storage, _: Place) {
    let one = order(1, 1);
    let asked = refund(&one, 5);
    storage.commit(Changes::new().order(OrderChange::insert(&one).insert_refund(&asked))).await.unwrap();
    let closed = Refund { status: "refundclose".into(), ..asked.clone() };
    let change = |order: &Order| Changes::new().order(OrderChange::touch(order).update_refund(&closed));
    storage.commit(change(&one)).await.unwrap();
    assert_eq!(conflict(storage.commit(change(&one)).await), What::Order);
    let now = storage.order(dev(1), one.order_id).await.unwrap().unwrap();
    assert_eq!(now, Order { version: 2, ..one });
    assert_eq!(conflict(storage.commit(change(&now)).await), What::Refund, "the refund has moved on too");
    let read = storage.refund(dev(1), RefundId::new(5).unwrap()).await.unwrap();
    assert_eq!(read, Some(Refund { version: 2, ..closed }));
    assert_eq!(storage.refund(dev(2), RefundId::new(5).unwrap()).await.unwrap(), None);
    let update = OrderChange::update(&now, &now).insert_refund(&refund(&now, 4));
    storage.commit(Changes::new().order(update)).await.unwrap();
    let ids: Vec<i64> =
        storage.refunds_of(dev(1), now.order_id).await.unwrap().iter().map(|r| r.refund_id.get()).collect();
    assert_eq!(ids, [4, 5]);
}

pub async fn of_two_writers_one_wins(storage: Storage, _: Place) {
    let one = order(1, 1);
    storage.commit(insert(std::slice::from_ref(&one))).await.unwrap();
    let writers: Vec<_> = (0..20)
        .map(|n| {
            let (storage, one) = (storage.clone(), one.clone());
            let change = OrderChange::update(&one, &Order { sequence: n, ..one.clone() });
            tokio::spawn(async move { storage.commit(Changes::new().order(change)).await })
        })
        .collect();
    let mut won = 0;
    for writer in writers {
        match writer.await.unwrap() {
            Ok(()) => won += 1,
            Err(CommitError::Conflict(What::Order)) => {}
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(won, 1);
    assert_eq!(storage.order(dev(1), one.order_id).await.unwrap().unwrap().version, 2);
}

pub async fn pages_are_filtered_counted_and_sorted(storage: Storage, _: Place) {
    let mut orders: Vec<Order> = (1..=6).map(|n| order(1, n)).collect();
    orders[1].status = "success".into();
    orders[2].refund_status = Some("waitselleragree".into());
    orders[3].created_at = orders[4].created_at;
    orders[5].user_id = usr(9);
    storage.commit(insert(&orders).and(insert(&[order(2, 99)]))).await.unwrap();
    let page = async |filter: OrderFilter, offset, limit| {
        let page = storage.orders(dev(1), &filter, offset, limit).await.unwrap();
        (page.items.iter().map(|o| o.order_id.get() % 1000).collect::<Vec<_>>(), page.total)
    };
    let all = OrderFilter::default;
    assert_eq!(page(all(), 0, 10).await, (vec![6, 5, 4, 3, 2, 1], 6));
    assert_eq!(page(all(), 4, 2).await, (vec![2, 1], 6));
    assert_eq!(page(all(), 9, 2).await, (vec![], 6));
    let words = vec!["success".into(), "cancel".into()];
    assert_eq!(page(OrderFilter { statuses: words, ..all() }, 0, 10).await, (vec![2], 1));
    let words = vec!["waitselleragree".into()];
    assert_eq!(page(OrderFilter { refund_statuses: words, ..all() }, 0, 10).await, (vec![3], 1));
    assert_eq!(page(OrderFilter { user: Some(usr(9)), ..all() }, 0, 10).await, (vec![6], 1));
    assert_eq!(page(OrderFilter { out_order_id: Some("mine-2".into()), ..all() }, 0, 10).await, (vec![2], 1));
    assert_eq!(page(OrderFilter { order_ids: vec![ord(1), ord(99)], ..all() }, 0, 10).await, (vec![1], 1));
    let created = Period { from: Some(AT.plus_secs(2)), to: Some(AT.plus_secs(3)) };
    assert_eq!(page(OrderFilter { created, ..all() }, 0, 10).await, (vec![3, 2], 2));
    let modified = Period { from: Some(AT.plus_secs(5)), to: None };
    assert_eq!(page(OrderFilter { modified, ..all() }, 0, 1).await, (vec![6], 2));
}

pub async fn names_are_searched_without_case_and_wild_cards(storage: Storage, _: Place) {
    let named = |n, names: &str| Order { names: names.into(), ..order(1, n) };
    storage.commit(insert(&[named(1, "Blue SHIRT 100%"), named(2, "红色衬衫 ÉTÉ"), named(3, "a_b")])).await.unwrap();
    for (part, hits) in [("shirt", 1), ("100%", 1), ("%", 1), ("_", 1), ("衬衫", 1), ("Été", 1), ("", 3), ("zz", 0)]
    {
        let filter = OrderFilter { name: Some(part.into()), ..OrderFilter::default() };
        assert_eq!(storage.orders(dev(1), &filter, 0, 10).await.unwrap().total, hits, "{part}");
    }
}

pub async fn open_things_are_found_by_when_they_were_seen(storage: Storage, _: Place) {
    let done = Order { status: "success".into(), ..order(1, 1) };
    let (open, later) = (order(1, 2), order(2, 3));
    let change = OrderChange::insert(&open)
        .insert_refund(&refund(&open, 5))
        .insert_refund(&Refund { status: "refundsuccess".into(), ..refund(&open, 6) });
    storage.commit(insert(&[done, later.clone()]).order(change)).await.unwrap();
    assert_eq!(storage.open_orders(SHOP, AT.plus_secs(3), 10).await.unwrap(), std::slice::from_ref(&open));
    assert_eq!(storage.open_orders(SHOP, AT.plus_secs(9), 10).await.unwrap(), [open.clone(), later]);
    assert_eq!(storage.open_orders(SHOP, AT.plus_secs(9), 1).await.unwrap(), std::slice::from_ref(&open));
    assert_eq!(storage.open_refunds(SHOP, AT.plus_secs(9), 10).await.unwrap(), [refund(&open, 5)]);
    assert_eq!(storage.open_refunds(SHOP, AT, 10).await.unwrap(), []);
}

pub async fn counters_give_each_number_once(storage: Storage, place: Place) {
    let other = place.open(crate::database::key(1)).await;
    assert_eq!(storage.next(Some(dev(1)), "orders:20260420", 2).await.unwrap(), 1);
    assert_eq!(storage.next(Some(dev(1)), "orders:20260420", 1).await.unwrap(), 3);
    assert_eq!(storage.next(Some(dev(2)), "orders:20260420", 1).await.unwrap(), 1);
    storage.commit(Changes::new().add(dev(1), "orders:20260420", 10)).await.unwrap();
    assert_eq!(storage.next(Some(dev(1)), "orders:20260420", 1).await.unwrap(), 14);
    let drawn: Vec<_> = (0..400)
        .map(|n| {
            let storage = if n % 2 == 0 { storage.clone() } else { other.clone() };
            tokio::spawn(async move { storage.ids(7).await.unwrap() })
        })
        .collect();
    let mut seen = HashSet::new();
    for first in drawn {
        let first = first.await.unwrap();
        assert!(first > 0);
        assert!((first..first + 7).all(|id| seen.insert(id)), "an id was given twice");
    }
    other.close().await;
}
