//! The master keys in use, exchangeable while the house runs.
//!
//! Whoever seals holds the keys until the row is committed ([`Keyring::current`] gives a share), so that after an exchange
//! it can be known when nobody works with the old ones any more: only then does a search for old seals find all of them.

use crate::MasterKey;
use std::{
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

const LOOK_AGAIN: Duration = Duration::from_millis(2);

/// Clones share the keys.
#[derive(Clone)]
pub struct Keyring {
    keys: Arc<RwLock<Arc<MasterKey>>>,
}

impl Keyring {
    pub fn new(key: MasterKey) -> Self {
        Self { keys: Arc::new(RwLock::new(Arc::new(key))) }
    }

    /// The keys that seal and open now.
    pub fn current(&self) -> Arc<MasterKey> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes `keys` into use, and waits until nobody works with the old ones; answers whether that came to pass in time.
    pub async fn exchange(&self, keys: MasterKey, patience: Duration) -> bool {
        let old = std::mem::replace(&mut *self.keys.write().unwrap_or_else(PoisonError::into_inner), Arc::new(keys));
        let gone = async {
            while Arc::strong_count(&old) > 1 {
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        };
        tokio::time::timeout(patience, gone).await.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(version: u8) -> MasterKey {
        MasterKey::parse(&format!("{version}:{}", "07".repeat(32))).unwrap()
    }

    #[tokio::test]
    async fn an_exchange_waits_for_whoever_holds_the_old_keys() {
        let ring = Keyring::new(key(1));
        let held = ring.current();
        let short = Duration::from_millis(20);
        assert!(!ring.exchange(key(2), short).await);
        assert_eq!((held.version(), ring.current().version()), (1, 2));
        assert!(ring.exchange(key(3), short).await);
    }
}
