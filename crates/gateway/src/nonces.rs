//! Nonces in memory: every request whose signature holds records its own for 1200 s.
//!
//! Those of writes are stored durably as well, by the commit of the write itself; this set answers first and covers reads.
//! Time here is the time since the process began, which does not jump when the clock on the wall is set.
//! A nonce is kept as a 128-bit keyed hash: the texts of all clients of twenty minutes would not fit.

use contract::signature::NONCE_MEMORY_MS;
use domain::Timestamp;
use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Mutex, PoisonError},
};

const SHARDS: usize = 16;
/// A shard is swept each time that it has grown by this many entries.
const SWEEP_EVERY: usize = 4096;

pub(crate) struct Nonces {
    keys: [RandomState; 2],
    shards: [Mutex<Shard>; SHARDS],
}

#[derive(Default)]
struct Shard {
    seen: HashMap<u128, i64>,
    sweep_at: usize,
}

impl Default for Nonces {
    fn default() -> Self {
        Self { keys: [RandomState::new(), RandomState::new()], shards: Default::default() }
    }
}

impl Nonces {
    /// Records the nonce of a caller; true when it was new.
    pub(crate) fn record(&self, access_key: &str, nonce: &str, now: Timestamp) -> bool {
        let id = self.id(access_key, nonce);
        let shard = &self.shards[usize::from(id as u8) % SHARDS];
        let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
        shard.sweep(now);
        let expires = now.plus_ms(NONCE_MEMORY_MS).0;
        let fresh = shard.seen.get(&id).is_none_or(|until| *until <= now.0);
        shard.seen.insert(id, expires);
        fresh
    }

    fn id(&self, access_key: &str, nonce: &str) -> u128 {
        let [a, b] = &self.keys;
        u128::from(a.hash_one((access_key, nonce))) << 64 | u128::from(b.hash_one((access_key, nonce)))
    }
}

impl Shard {
    fn sweep(&mut self, now: Timestamp) {
        if self.seen.len() < self.sweep_at.max(SWEEP_EVERY) {
            return;
        }
        self.seen.retain(|_, until| *until > now.0);
        self.sweep_at = self.seen.len() + SWEEP_EVERY;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_new_once_in_twenty_minutes_and_for_each_key() {
        let nonces = Nonces::default();
        let now = Timestamp(1_775_221_032_000);
        assert!(nonces.record("a", "n", now));
        assert!(!nonces.record("a", "n", now.plus_ms(NONCE_MEMORY_MS - 1)));
        assert!(nonces.record("b", "n", now));
        assert!(nonces.record("a", "n", now.plus_ms(3 * NONCE_MEMORY_MS)));
    }

    #[test]
    fn old_nonces_are_forgotten() {
        let nonces = Nonces::default();
        let now = Timestamp(1_775_221_032_000);
        for i in 0..SHARDS * SWEEP_EVERY * 2 {
            nonces.record("a", &i.to_string(), now.plus_ms(i as i64 * 1000));
        }
        let kept: usize = nonces.shards.iter().map(|s| s.lock().unwrap().seen.len()).sum();
        assert!(kept <= SHARDS * (SWEEP_EVERY + 1200), "{kept}");
    }
}
