//! Pushes and the looks that follow from them.

use crate::{
    database::Place,
    samples::{AT, SHOP, conflict, ord},
};
use domain::Timestamp;
use storage::{Changes, ClaimedObservation, Dates, QueuedObservation, RoundClaim, Storage, What, records::Push};

const LEASE_MS: i64 = 30_000;

fn look(subject: &str, due_at: Timestamp) -> Changes {
    let subject = subject.to_owned();
    Changes::new().observe(&QueuedObservation { marketplace: SHOP, subject, order_id: ord(1), due_at, now: AT })
}

async fn claim(storage: &Storage, at: Timestamp) -> Vec<ClaimedObservation> {
    storage.claim_observations(at, LEASE_MS, 10).await.unwrap()
}

pub async fn a_lone_process_takes_what_a_dead_one_leased(storage: Storage, _: Place) {
    storage.commit(look("order:1", AT)).await.unwrap();
    let dead = claim(&storage, AT).await.pop().unwrap();
    assert!(claim(&storage, AT).await.is_empty());
    storage.release_leases().await.unwrap();
    let mine = claim(&storage, AT).await.pop().unwrap();
    storage.commit(Changes::new().finish_observation(&dead)).await.unwrap();
    assert!(storage.observation_pending(SHOP, ord(1)).await.unwrap(), "the dead one's lease is worth nothing");
    storage.commit(Changes::new().finish_observation(&mine)).await.unwrap();
    assert!(!storage.observation_pending(SHOP, ord(1)).await.unwrap());
}

pub async fn an_installation_takes_back_its_own_leases_only(storage: Storage, _: Place) {
    let (one, other) = (storage.clone().of_instance(1), storage.of_instance(2));
    one.commit(look("order:1", AT)).await.unwrap();
    assert_eq!(claim(&one, AT).await.len(), 1);
    other.commit(look("order:2", AT)).await.unwrap();
    assert_eq!(claim(&other, AT).await.len(), 1);
    one.release_own_leases().await.unwrap();
    let free: Vec<String> = claim(&other, AT).await.into_iter().map(|claim| claim.subject).collect();
    assert_eq!(free, ["order:1"]);
}

pub async fn what_a_clock_dated_ahead_before_it_was_set_back_is_due(storage: Storage, _: Place) {
    let earlier = AT.plus_secs(-3600);
    let dates = Dates { now: earlier, latest_due: earlier.plus_secs(180), latest_lease: earlier.plus_secs(90) };
    storage.commit(look("order:1", AT).and(look("order:2", AT))).await.unwrap();
    storage.claim_observations(AT, LEASE_MS, 1).await.unwrap();
    assert!(claim(&storage, earlier).await.is_empty());
    assert!(storage.mend_observations(dates).await.unwrap());
    assert_eq!(claim(&storage, earlier).await.len(), 2, "the leased one and the one that waited");
    assert!(!storage.mend_observations(dates).await.unwrap(), "leases of the present stay");
}

pub async fn a_push_counts_once(storage: Storage, _: Place) {
    let push = Push {
        marketplace: SHOP,
        message_id: "m1".into(),
        topic: "ORDER_BUYER_VIEW_ORDER_PAY".into(),
        raw: "{}".into(),
        received_at: AT,
    };
    storage.commit(Changes::new().push(&push).and(look("order:1", AT))).await.unwrap();
    assert!(storage.observation_pending(SHOP, ord(1)).await.unwrap());
    assert!(!storage.observation_pending(SHOP, ord(2)).await.unwrap());
    let done = claim(&storage, AT).await.pop().unwrap();
    storage.commit(Changes::new().finish_observation(&done)).await.unwrap();
    assert!(!storage.observation_pending(SHOP, ord(1)).await.unwrap());
    let again = Changes::new().push(&push).and(look("order:1", AT));
    assert_eq!(conflict(storage.commit(again).await), What::Push);
    assert!(claim(&storage, AT).await.is_empty(), "the look of the second push is not queued");
}

pub async fn a_subject_has_one_row_and_a_second_call_is_not_lost(storage: Storage, _: Place) {
    storage.commit(look("order:1", AT.plus_secs(5))).await.unwrap();
    assert!(claim(&storage, AT).await.is_empty());
    storage.commit(look("order:1", AT)).await.unwrap();
    let mut claimed = claim(&storage, AT).await;
    assert_eq!(claimed.len(), 1, "one row, at the earlier time");
    let first = claimed.pop().unwrap();
    assert_eq!((first.subject.as_str(), first.order_id, first.first_queued_at), ("order:1", ord(1), AT));
    storage.commit(look("order:1", AT.plus_secs(1))).await.unwrap();
    assert!(claim(&storage, AT.plus_secs(1)).await.is_empty(), "still leased");
    storage.commit(Changes::new().finish_observation(&first)).await.unwrap();
    let second = claim(&storage, AT.plus_secs(1)).await.pop().expect("queued while it was looked at");
    storage.commit(Changes::new().finish_observation(&second)).await.unwrap();
    assert!(claim(&storage, AT.plus_secs(9999)).await.is_empty());
}

pub async fn a_failed_look_is_postponed(storage: Storage, _: Place) {
    storage.commit(look("order:1", AT).and(look("refund:2", AT))).await.unwrap();
    let [first, dropped] = claim(&storage, AT).await.try_into().unwrap();
    storage.commit(Changes::new().drop_observation(&dropped)).await.unwrap();
    storage.commit(Changes::new().postpone_observation(&first, AT.plus_secs(10))).await.unwrap();
    assert!(claim(&storage, AT.plus_secs(9)).await.is_empty());
    let again = claim(&storage, AT.plus_secs(10)).await.pop().unwrap();
    assert_eq!((again.attempts, &again.subject), (1, &first.subject));
    storage.commit(Changes::new().observe(&queued(&again, AT.plus_secs(11)))).await.unwrap();
    storage.commit(Changes::new().postpone_observation(&again, AT.plus_secs(99))).await.unwrap();
    let soon = claim(&storage, AT.plus_secs(11)).await;
    assert_eq!(soon.len(), 1, "what was queued meanwhile keeps its own time");
}

fn queued(claim: &ClaimedObservation, due_at: Timestamp) -> QueuedObservation {
    let ClaimedObservation { marketplace, subject, order_id, .. } = claim.clone();
    QueuedObservation { marketplace, subject, order_id, due_at, now: AT }
}

pub async fn a_lease_that_ran_out_is_given_again(storage: Storage, _: Place) {
    storage.commit(look("order:1", AT)).await.unwrap();
    let slow = claim(&storage, AT).await.pop().unwrap();
    let quick = claim(&storage, AT.plus_ms(LEASE_MS)).await.pop().unwrap();
    storage.commit(Changes::new().finish_observation(&slow)).await.unwrap();
    storage.commit(Changes::new().postpone_observation(&slow, AT)).await.unwrap();
    assert!(claim(&storage, AT.plus_ms(LEASE_MS)).await.is_empty(), "the slow one changes nothing");
    storage.commit(Changes::new().finish_observation(&quick)).await.unwrap();
    assert!(claim(&storage, AT.plus_secs(9999)).await.is_empty());
}

fn at(now: Timestamp) -> RoundClaim {
    RoundClaim { now, lease_ms: LEASE_MS, due_by: now }
}

pub async fn a_round_has_one_holder_and_comes_again_when_it_is_due(storage: Storage, _: Place) {
    let first = storage.claim_round("compare", at(AT)).await.unwrap().expect("made when it is first claimed");
    assert_eq!((first.name.as_str(), first.position), ("compare", None));
    assert!(storage.claim_round("compare", at(AT)).await.unwrap().is_none(), "leased");
    assert!(storage.claim_round("another", at(AT)).await.unwrap().is_some());
    let (position, due) = (AT.plus_secs(-60), AT.plus_secs(300));
    storage.commit(Changes::new().finish_round(&first, Some(position), due)).await.unwrap();
    assert!(storage.claim_round("compare", at(AT.plus_secs(299))).await.unwrap().is_none(), "not due");
    assert!(storage.rounds_due().await.unwrap().contains(&("compare".to_owned(), due)));
    let wanted = RoundClaim { due_by: Timestamp(i64::MAX), ..at(AT) };
    let again = storage.claim_round("compare", wanted).await.unwrap().expect("wanted before it is due");
    assert_eq!(again.position, Some(position));
}

pub async fn a_round_whose_holder_died_is_taken_over(storage: Storage, _: Place) {
    let one = storage.clone().of_instance(1);
    let slow = one.claim_round("compare", at(AT)).await.unwrap().unwrap();
    storage.clone().of_instance(2).release_own_leases().await.unwrap();
    assert!(storage.claim_round("compare", at(AT)).await.unwrap().is_none(), "the other's is not given back");
    let later = AT.plus_ms(LEASE_MS);
    let next = storage.claim_round("compare", at(later)).await.unwrap().expect("the lease ran out");
    storage.commit(Changes::new().finish_round(&slow, Some(AT), later)).await.unwrap();
    assert!(storage.claim_round("compare", at(later)).await.unwrap().is_none(), "a lost lease changes nothing");
    storage.release_leases().await.unwrap();
    assert_eq!(storage.claim_round("compare", at(later)).await.unwrap().unwrap().position, None);
    drop(next);
    one.release_own_leases().await.unwrap();
}

pub async fn a_round_that_a_clock_dated_ahead_is_due_when_it_was_set_back(storage: Storage, _: Place) {
    let held = storage.claim_round("compare", at(AT)).await.unwrap().unwrap();
    storage.commit(Changes::new().finish_round(&held, None, AT.plus_secs(300))).await.unwrap();
    let earlier = AT.plus_secs(-86_400);
    let dates = Dates { now: earlier, latest_due: earlier.plus_secs(900), latest_lease: earlier.plus_secs(900) };
    assert!(storage.mend_rounds(dates).await.unwrap());
    assert!(storage.claim_round("compare", at(earlier)).await.unwrap().is_some());
}
