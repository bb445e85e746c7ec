//! Payments that wait for the operator, and the accounts that users are bound to.

use crate::{
    database::Place,
    samples::{AT, SHOP, conflict, dev, ord, order, usr},
};
use domain::AccountId;
use storage::{
    Changes, OrderChange, PaymentFilter, Storage, What,
    records::{Binding, Order, Payment, PaymentState},
};

fn payment(developer: i64, n: i64) -> Payment {
    Payment {
        developer_id: dev(developer),
        id: n,
        order_id: ord(n),
        user_id: usr(developer),
        state: PaymentState::Waiting,
        submitted_at: AT.plus_secs(n),
        decided_at: None,
        reason: None,
        version: 1,
    }
}

pub async fn an_order_has_one_payment_that_changes_under_its_version(storage: Storage, _: Place) {
    storage.commit(Changes::new().insert_payment(&payment(1, 1))).await.unwrap();
    let second = Payment { id: 2, ..payment(1, 1) };
    assert_eq!(conflict(storage.commit(Changes::new().insert_payment(&second)).await), What::Payment);
    let refused = Payment {
        state: PaymentState::Refused,
        decided_at: Some(AT.plus_secs(9)),
        reason: Some("no money".into()),
        ..payment(1, 1)
    };
    storage.commit(Changes::new().update_payment(&refused)).await.unwrap();
    assert_eq!(conflict(storage.commit(Changes::new().update_payment(&refused)).await), What::Payment);
    let kept = Payment { version: 2, ..refused };
    assert_eq!(storage.payment(1).await.unwrap(), Some(kept.clone()));
    assert_eq!(storage.payment_of(dev(1), ord(1)).await.unwrap(), Some(kept));
    assert_eq!(storage.payment_of(dev(2), ord(1)).await.unwrap(), None);
}

pub async fn payments_are_paged_the_longest_waiting_first(storage: Storage, _: Place) {
    let orders = [(1, 1, "waitbuyerpay"), (2, 2, "waitbuyerpay"), (1, 3, "cancel"), (1, 4, "waitbuyerpay")];
    for (developer, n, status) in orders {
        let order = Order { status: status.into(), ..order(developer, n) };
        let changes = Changes::new().order(OrderChange::insert(&order)).insert_payment(&payment(developer, n));
        storage.commit(changes).await.unwrap();
    }
    let refused = Payment { state: PaymentState::Refused, ..payment(1, 4) };
    storage.commit(Changes::new().update_payment(&refused)).await.unwrap();
    let found = async |filter: PaymentFilter, offset, limit| {
        let page = storage.payments(filter, offset, limit).await.unwrap();
        (page.items.iter().map(|p| p.id).collect::<Vec<_>>(), page.total)
    };
    let any = PaymentFilter::default();
    assert_eq!(found(any, 0, 10).await, (vec![1, 2, 3, 4], 4));
    assert_eq!(found(any, 1, 2).await, (vec![2, 3], 4));
    assert_eq!(found(PaymentFilter { developer: Some(dev(2)), ..any }, 0, 10).await, (vec![2], 1));
    let waiting = PaymentFilter { state: Some(PaymentState::Waiting), unpaid: Some(true), ..any };
    assert_eq!(found(waiting, 0, 10).await, (vec![1, 2], 2));
    assert_eq!(found(PaymentFilter { unpaid: Some(false), ..any }, 0, 10).await, (vec![3], 1));
}

pub async fn a_user_is_bound_for_each_marketplace(storage: Storage, _: Place) {
    let bound = |account| Binding {
        developer_id: dev(1),
        user_id: usr(1),
        marketplace: SHOP,
        account_id: AccountId::new(account).unwrap(),
    };
    storage.commit(Changes::new().bind(&bound(7))).await.unwrap();
    storage.commit(Changes::new().bind(&bound(8))).await.unwrap();
    assert_eq!(storage.binding(dev(1), usr(1), SHOP).await.unwrap(), Some(bound(8)));
    assert_eq!(storage.bindings_of(AccountId::new(8).unwrap()).await.unwrap(), [bound(8)]);
    assert_eq!(storage.bindings_of(AccountId::new(7).unwrap()).await.unwrap(), []);
    assert_eq!(storage.binding(dev(2), usr(1), SHOP).await.unwrap(), None);
    for _ in 0..2 {
        storage.commit(Changes::new().unbind(&bound(8))).await.unwrap();
    }
    assert_eq!(storage.binding(dev(1), usr(1), SHOP).await.unwrap(), None);
}
