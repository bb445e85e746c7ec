//! What a developer has used of a day.

use crate::{
    database::Place,
    samples::{AT, dev},
};
use storage::Storage;

pub async fn uses_of_a_day_add_up_whoever_counts(storage: Storage, _: Place) {
    assert_eq!(storage.daily_use(dev(1), AT).await.unwrap(), 0);
    let (a, b) = tokio::join!(storage.add_daily_use(dev(1), AT, 3), storage.add_daily_use(dev(1), AT, 4));
    let (a, b) = (a.unwrap(), b.unwrap());
    assert_eq!(a.max(b), 7, "the later one sees both: {a} {b}");
    assert_eq!(storage.add_daily_use(dev(2), AT, 1).await.unwrap(), 1);
    assert_eq!(storage.add_daily_use(dev(1), AT.plus_secs(86_400), 2).await.unwrap(), 2);
    assert_eq!(storage.daily_use(dev(1), AT).await.unwrap(), 7);
}

pub async fn days_of_last_month_are_forgotten(storage: Storage, _: Place) {
    let month = 31 * 86_400;
    storage.add_daily_use(dev(1), AT, 3).await.unwrap();
    storage.add_daily_use(dev(1), AT.plus_secs(86_400), 4).await.unwrap();
    storage.sweep(AT.plus_secs(month - 1)).await.unwrap();
    assert_eq!(storage.daily_use(dev(1), AT).await.unwrap(), 3);
    storage.sweep(AT.plus_secs(month)).await.unwrap();
    assert_eq!(storage.daily_use(dev(1), AT).await.unwrap(), 0);
    assert_eq!(storage.daily_use(dev(1), AT.plus_secs(86_400)).await.unwrap(), 4);
}
