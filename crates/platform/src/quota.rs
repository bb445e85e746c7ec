//! How much a developer has used of a day (of UTC+8).
//!
//! Counted in memory and added to the database every few seconds and at the end, so that no read costs a commit. A crash
//! loses what was not added yet; several processes learn of each other's requests as late. Whether there is a quota, and what
//! becomes of a request beyond it, is the gateway's matter.

use crate::{Platform, Result};
use domain::{DeveloperId, Timestamp};
use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use tokio_util::sync::CancellationToken;

const SAVE_EVERY: Duration = Duration::from_secs(5);

/// One developer's day.
#[derive(Debug)]
pub struct DayUse {
    /// When the day began.
    pub day: Timestamp,
    /// What the database said last, of all processes.
    saved: AtomicI64,
    /// What this process has counted since.
    unsaved: AtomicI64,
}

impl DayUse {
    fn new(day: Timestamp, saved: i64) -> Self {
        Self { day, saved: AtomicI64::new(saved), unsaved: AtomicI64::new(0) }
    }

    pub fn used(&self) -> i64 {
        self.saved.load(Ordering::Acquire).saturating_add(self.unsaved.load(Ordering::Acquire))
    }

    /// Counts one request, unless that would be more than `most`.
    pub fn take(&self, most: i64) -> bool {
        let before = self.saved.load(Ordering::Acquire).saturating_add(self.unsaved.fetch_add(1, Ordering::AcqRel));
        if before >= most {
            self.unsaved.fetch_sub(1, Ordering::AcqRel);
        }
        before < most
    }
}

/// The days of the developers that this process has heard today, and those of yesterday that are not added yet.
#[derive(Default)]
pub(crate) struct Days {
    today: RwLock<HashMap<DeveloperId, Arc<DayUse>>>,
    over: RwLock<Vec<(DeveloperId, Arc<DayUse>)>>,
}

impl Days {
    fn known(&self, developer: DeveloperId, day: Timestamp) -> Option<Arc<DayUse>> {
        let today = self.today.read().unwrap_or_else(PoisonError::into_inner);
        today.get(&developer).filter(|known| known.day == day).cloned()
    }

    /// Of several who begin the same day the first one's count stands.
    fn begin(&self, developer: DeveloperId, day: Timestamp, saved: i64) -> Arc<DayUse> {
        let mut today = self.today.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = today.get(&developer).filter(|known| known.day == day) {
            return known.clone();
        }
        let new = Arc::new(DayUse::new(day, saved));
        if let Some(old) = today.insert(developer, new.clone()) {
            self.over.write().unwrap_or_else(PoisonError::into_inner).push((developer, old));
        }
        new
    }

    /// Everything that has counts to add; what is over is handed out once.
    fn to_save(&self) -> Vec<(DeveloperId, Arc<DayUse>)> {
        let mut all = std::mem::take(&mut *self.over.write().unwrap_or_else(PoisonError::into_inner));
        let today = self.today.read().unwrap_or_else(PoisonError::into_inner);
        all.extend(today.iter().map(|(developer, day)| (*developer, day.clone())));
        all.retain(|(_, day)| day.unsaved.load(Ordering::Acquire) != 0);
        all
    }
}

impl Platform {
    /// What a developer has used of the day that wall time `now` lies in.
    pub async fn day_use(&self, developer: DeveloperId, now: Timestamp) -> Result<Arc<DayUse>> {
        let day = now.beijing_day();
        match self.days.known(developer, day) {
            Some(known) => Ok(known),
            None => Ok(self.days.begin(developer, day, self.storage.daily_use(developer, day).await?)),
        }
    }

    /// Adds to the database what was counted, until told to stop.
    pub async fn keep_daily_use(self: Arc<Self>, stop: CancellationToken) {
        while !stop.is_cancelled() {
            tokio::select! {
                () = tokio::time::sleep(SAVE_EVERY) => {}
                () = stop.cancelled() => {}
            }
            self.save_daily_use().await;
        }
    }

    pub(crate) async fn save_daily_use(&self) {
        for (developer, day) in self.days.to_save() {
            let counted = day.unsaved.load(Ordering::Acquire);
            match self.storage.add_daily_use(developer, day.day, counted).await {
                Ok(total) => {
                    day.unsaved.fetch_sub(counted, Ordering::AcqRel);
                    day.saved.store(total, Ordering::Release);
                }
                Err(error) => {
                    tracing::warn!(%developer, %error, "what a developer has used of its day waits to be written");
                    self.days.over_again(developer, day);
                }
            }
        }
    }
}

impl Days {
    /// A day that is over and could not be added is tried again; today's is looked at anyway.
    fn over_again(&self, developer: DeveloperId, day: Arc<DayUse>) {
        if self.known(developer, day.day).is_none_or(|known| !Arc::ptr_eq(&known, &day)) {
            self.over.write().unwrap_or_else(PoisonError::into_inner).push((developer, day));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Timestamp = Timestamp(1_776_614_400_000);

    #[test]
    fn a_day_is_used_up_and_no_refusal_counts() {
        let day = DayUse::new(DAY, 3);
        assert!(day.take(5) && day.take(5) && !day.take(5) && !day.take(5));
        assert_eq!(day.used(), 5);
        assert!(day.take(6), "a quota that was raised is had at once");
    }

    #[test]
    fn a_new_day_begins_anew_and_the_old_one_is_still_added() {
        let days = Days::default();
        let me = DeveloperId::new(7).unwrap();
        assert!(days.begin(me, DAY, 2).take(9));
        assert_eq!(days.begin(me, DAY, 100).used(), 3, "the first count stands");
        let tomorrow = DAY.plus_secs(86_400);
        assert!(days.known(me, tomorrow).is_none());
        assert_eq!(days.begin(me, tomorrow, 0).used(), 0);
        let waiting = days.to_save();
        assert_eq!(waiting.iter().map(|(_, day)| day.day).collect::<Vec<_>>(), [DAY]);
        assert!(days.to_save().is_empty());
        days.over_again(me, waiting[0].1.clone());
        assert_eq!(days.to_save().len(), 1, "what could not be added waits");
    }
}
