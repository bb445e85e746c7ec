//! From a host name to addresses. Behind a trait, so that a name that changes its answer between two calls can be tested.
//!
//! The system's lookup blocks a thread and cannot be stopped. A receiver's dead name server must not use up the threads
//! that everything else needs, so there is at most one lookup under way for a name and 32 in all; callers join it.

use async_trait::async_trait;
use futures::{
    FutureExt,
    future::{BoxFuture, Shared, WeakShared},
};
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::Semaphore;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the host name does not resolve")]
pub struct Unresolved;

#[async_trait]
pub trait Resolve: Send + Sync {
    /// All addresses of a name; at least one.
    async fn resolve(&self, host: &str) -> Result<Vec<IpAddr>, Unresolved>;
}

type Lookup = Shared<BoxFuture<'static, Result<Vec<IpAddr>, Unresolved>>>;
type Running = WeakShared<BoxFuture<'static, Result<Vec<IpAddr>, Unresolved>>>;

/// The operating system's resolver.
pub struct SystemResolver {
    running: Mutex<HashMap<String, Running>>,
    lookups: Arc<Semaphore>,
}

impl Default for SystemResolver {
    fn default() -> Self {
        Self { running: Mutex::default(), lookups: Arc::new(Semaphore::new(32)) }
    }
}

impl SystemResolver {
    fn lookup(&self, host: &str) -> Lookup {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.retain(|_, lookup| lookup.upgrade().is_some_and(|l| l.peek().is_none()));
        if let Some(same) = running.get(host).and_then(WeakShared::upgrade) {
            return same;
        }
        let lookup = spawned(host.to_owned(), Arc::clone(&self.lookups)).boxed().shared();
        if let Some(weak) = lookup.downgrade() {
            running.insert(host.to_owned(), weak);
        }
        // Driven by a task of its own: it stays known as running after every caller has given up.
        tokio::spawn(lookup.clone());
        lookup
    }
}

async fn spawned(host: String, lookups: Arc<Semaphore>) -> Result<Vec<IpAddr>, Unresolved> {
    let _permit = lookups.acquire_owned().await.map_err(|_| Unresolved)?;
    let found = tokio::net::lookup_host((host, 0)).await.map_err(|_| Unresolved)?;
    let addresses: Vec<IpAddr> = found.map(|a| a.ip()).collect();
    if addresses.is_empty() { Err(Unresolved) } else { Ok(addresses) }
}

#[async_trait]
impl Resolve for SystemResolver {
    async fn resolve(&self, host: &str) -> Result<Vec<IpAddr>, Unresolved> {
        self.lookup(host).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn localhost_is_loopback_and_nonsense_is_nowhere() {
        let resolver = SystemResolver::default();
        let found = resolver.resolve("localhost").await.unwrap();
        assert!(found.iter().all(IpAddr::is_loopback), "{found:?}");
        assert_eq!(resolver.resolve("").await, Err(Unresolved));
    }

    #[tokio::test]
    async fn callers_of_one_name_share_the_lookup() {
        let resolver = SystemResolver::default();
        let first = resolver.lookup("localhost");
        let second = resolver.lookup("localhost");
        assert!(first.ptr_eq(&second));
    }
}
