//! How many deliveries of one developer may be under way: a few for a receiver that nobody knows, more with each one that
//! it acknowledges, a few again when it fails. So a quick receiver is not slowed by the round trips of single claims, and a
//! dead one holds little, however many of them there are.
//!
//! Known in memory only: a receiver proves itself again within a few round trips. Rejected: one number for all, which is
//! too small for the quick or too large for the dead.

use domain::DeveloperId;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// For a receiver that has not proven itself.
pub(super) const FEW: i64 = 4;
/// For one that has, at most.
const MOST: i64 = 256;
/// Developers that one claim gives more than their turn.
const MORE_OF: usize = 64;
/// Developers without deliveries are forgotten; looked for when the table has grown this far.
const SWEEP_AT: usize = 10_000;

/// What an attempt said of its receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    Acknowledged,
    /// It answered something else.
    Refused,
    /// It did not answer.
    Silent,
}

#[derive(Default)]
pub(super) struct Windows(Mutex<HashMap<DeveloperId, Window>>);

struct Window {
    size: i64,
    under_way: i64,
}

impl Default for Window {
    fn default() -> Self {
        Self { size: FEW, under_way: 0 }
    }
}

impl Windows {
    pub(super) fn begin(&self, developer: DeveloperId) {
        let mut all = self.lock();
        if all.len() >= SWEEP_AT {
            all.retain(|_, window| window.under_way > 0);
        }
        all.entry(developer).or_default().under_way += 1;
    }

    /// Whether its last attempts were acknowledged.
    pub(super) fn is_proven(&self, developer: DeveloperId) -> bool {
        self.lock().get(&developer).is_some_and(|window| window.size > FEW)
    }

    /// `manner` is nothing where no attempt was made.
    pub(super) fn end(&self, developer: DeveloperId, manner: Option<Manner>) {
        let mut all = self.lock();
        let Some(window) = all.get_mut(&developer) else { return };
        window.under_way -= 1;
        window.size = match manner {
            Some(Manner::Acknowledged) => (window.size + 1).min(MOST),
            Some(Manner::Refused) => (window.size / 2).max(FEW),
            Some(Manner::Silent) => FEW,
            None => window.size,
        };
    }

    /// Who may have how many more, given `room` in all.
    pub(super) fn more(&self, room: i64) -> Vec<(DeveloperId, i64)> {
        let all = self.lock();
        // Less than a quarter free is not worth a statement.
        let open = |window: &&Window| window.size > FEW && window.under_way > 0;
        let wide = all.iter().filter(|(_, window)| open(window));
        let free = wide.map(|(developer, window)| (*developer, window.size - window.under_way, window.size));
        let worth = free.filter(|(_, free, size)| *free * 4 >= *size).take(MORE_OF);
        worth
            .scan(room, |room, (developer, free, _)| {
                let given = free.min(*room);
                *room -= given;
                (given > 0).then_some((developer, given))
            })
            .collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<DeveloperId, Window>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn developer(n: i64) -> DeveloperId {
        DeveloperId::new(n).unwrap()
    }

    fn attempts(windows: &Windows, n: i64, manner: Manner, count: usize) {
        for _ in 0..count {
            windows.begin(developer(n));
            windows.end(developer(n), Some(manner));
        }
    }

    #[test]
    fn a_window_grows_with_each_acknowledgement_and_closes_at_silence() {
        let windows = Windows::default();
        windows.begin(developer(1));
        assert!(windows.more(1000).is_empty() && !windows.is_proven(developer(1)));
        attempts(&windows, 1, Manner::Acknowledged, 20);
        assert_eq!(windows.more(1000), [(developer(1), FEW + 20 - 1)]);
        attempts(&windows, 1, Manner::Acknowledged, 1000);
        assert_eq!(windows.more(1000), [(developer(1), MOST - 1)]);
        attempts(&windows, 1, Manner::Refused, 1);
        assert_eq!(windows.more(1000), [(developer(1), MOST / 2 - 1)]);
        assert!(windows.is_proven(developer(1)));
        attempts(&windows, 1, Manner::Silent, 1);
        assert!(windows.more(1000).is_empty() && !windows.is_proven(developer(1)));
    }

    #[test]
    fn room_is_given_out_once_and_who_has_nothing_under_way_waits_for_a_turn() {
        let windows = Windows::default();
        for n in 1..=3 {
            attempts(&windows, n, Manner::Acknowledged, 16);
        }
        assert!(windows.more(1000).is_empty());
        (1..=3).for_each(|n| windows.begin(developer(n)));
        let more = windows.more(25);
        assert_eq!(more.iter().map(|(_, n)| n).sum::<i64>(), 25);
        assert_eq!(more.len(), 2);
    }

    #[test]
    fn developers_without_deliveries_are_forgotten() {
        let windows = Windows::default();
        (1..=SWEEP_AT as i64 + 1).for_each(|n| attempts(&windows, n, Manner::Acknowledged, 1));
        assert_eq!(windows.lock().len(), 1);
    }
}
