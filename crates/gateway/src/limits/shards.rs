//! What is kept for each caller, in parts with a lock each. A lookup shares its lock; only a new caller takes it alone.

use std::{
    borrow::Borrow,
    collections::HashMap,
    hash::{BuildHasher, Hash, RandomState},
    sync::{Arc, PoisonError, RwLock},
};

const SHARDS: usize = 16;
/// A part is swept each time that it has grown by this many entries.
const SWEEP_EVERY: usize = 1024;

pub(super) struct Shards<K, V> {
    hasher: RandomState,
    parts: [RwLock<Part<K, V>>; SHARDS],
}

struct Part<K, V> {
    known: HashMap<K, Arc<V>>,
    sweep_at: usize,
}

impl<K, V> Default for Shards<K, V> {
    fn default() -> Self {
        let part = |_| RwLock::new(Part { known: HashMap::new(), sweep_at: SWEEP_EVERY });
        Self { hasher: RandomState::new(), parts: std::array::from_fn(part) }
    }
}

impl<K: Hash + Eq, V> Shards<K, V> {
    pub(super) fn find<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<Arc<V>>
    where
        K: Borrow<Q>,
    {
        self.part(key).read().unwrap_or_else(PoisonError::into_inner).known.get(key).cloned()
    }

    /// What is kept for the caller, made where it is missing. `idle` says of what nothing is lost by forgetting it.
    pub(super) fn of<Q>(&self, key: &Q, make: impl FnOnce() -> V, idle: impl Fn(&V) -> bool) -> Arc<V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ToOwned<Owned = K> + ?Sized,
    {
        if let Some(known) = self.find(key) {
            return known;
        }
        let mut part = self.part(key).write().unwrap_or_else(PoisonError::into_inner);
        if part.known.len() >= part.sweep_at {
            part.known.retain(|_, kept| !idle(kept));
            part.sweep_at = part.known.len() + SWEEP_EVERY;
        }
        part.known.entry(key.to_owned()).or_insert_with(|| Arc::new(make())).clone()
    }

    fn part<Q: Hash + ?Sized>(&self, key: &Q) -> &RwLock<Part<K, V>> {
        &self.parts[usize::from(self.hasher.hash_one(key) as u8) % SHARDS]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_made_for_each_and_the_idle_are_forgotten() {
        let shards: Shards<u64, u64> = Shards::default();
        let idle = |kept: &u64| *kept != 0;
        let first = shards.of(&0, || 0, idle);
        for key in 1..100_000_u64 {
            shards.of(&key, || key, idle);
        }
        assert!(Arc::ptr_eq(&first, &shards.of(&0, || unreachable!("it is there"), idle)));
        let kept: usize = shards.parts.iter().map(|part| part.read().unwrap().known.len()).sum();
        assert!(kept <= SHARDS * (SWEEP_EVERY + 1) + 1, "{kept}");
    }
}
