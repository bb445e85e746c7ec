//! Places for calls: so many to one endpoint, so many in each lane. An endpoint's own place is taken first, so that calls
//! waiting for a slow receiver hold no place that another receiver's calls could use. Receivers that have proven themselves
//! have a lane of their own, so that any number of dead ones cannot take its places.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Endpoints are forgotten when nobody calls them any more; looked for when the table has grown this far.
const SWEEP_AT: usize = 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    Proven,
    Unproven,
}

pub(crate) struct Gates {
    per_endpoint: usize,
    endpoints: Mutex<HashMap<String, Weak<Semaphore>>>,
    proven: Arc<Semaphore>,
    unproven: Arc<Semaphore>,
}

/// A place for one call; given back when dropped.
#[must_use = "the place is given back when this is dropped"]
pub struct Place {
    _endpoint: Option<OwnedSemaphorePermit>,
    _lane: Option<OwnedSemaphorePermit>,
}

impl Gates {
    pub(crate) fn new(per_endpoint: usize, per_lane: usize) -> Self {
        let lane = || Arc::new(Semaphore::new(per_lane.max(1)));
        Self { per_endpoint: per_endpoint.max(1), endpoints: Mutex::default(), proven: lane(), unproven: lane() }
    }

    pub(crate) async fn enter(&self, endpoint: &str, lane: Lane) -> Place {
        // Acquiring fails only on a closed semaphore, and nobody closes these.
        let endpoint = self.endpoint(endpoint).acquire_owned().await.ok();
        let lane = match lane {
            Lane::Proven => &self.proven,
            Lane::Unproven => &self.unproven,
        };
        let lane = Arc::clone(lane).acquire_owned().await.ok();
        Place { _endpoint: endpoint, _lane: lane }
    }

    fn endpoint(&self, name: &str) -> Arc<Semaphore> {
        let mut endpoints = self.endpoints.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(gate) = endpoints.get(name).and_then(Weak::upgrade) {
            return gate;
        }
        if endpoints.len() >= SWEEP_AT {
            endpoints.retain(|_, gate| gate.strong_count() > 0);
        }
        let gate = Arc::new(Semaphore::new(self.per_endpoint));
        endpoints.insert(name.to_owned(), Arc::downgrade(&gate));
        gate
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    #[tokio::test]
    async fn a_full_endpoint_waits_without_taking_places_of_others() {
        let gates = Gates::new(1, 2);
        let slow = gates.enter("slow:443", Lane::Unproven).await;
        let mut waiting = Box::pin(gates.enter("slow:443", Lane::Unproven));
        assert!((&mut waiting).now_or_never().is_none());
        let other = gates.enter("quick:443", Lane::Unproven).now_or_never();
        assert!(other.is_some(), "a waiting call must not hold a place");
        drop(slow);
        assert!(waiting.now_or_never().is_some());
    }

    #[tokio::test]
    async fn the_dead_cannot_take_the_places_of_the_proven() {
        let gates = Gates::new(1, 1);
        let dead = gates.enter("dead:443", Lane::Unproven).await;
        assert!(gates.enter("new:443", Lane::Unproven).now_or_never().is_none());
        assert!(gates.enter("quick:443", Lane::Proven).now_or_never().is_some());
        drop(dead);
    }

    #[tokio::test]
    async fn endpoints_nobody_calls_are_forgotten() {
        let gates = Gates::new(1, 10_000);
        for n in 0..=SWEEP_AT {
            drop(gates.enter(&format!("host{n}:1"), Lane::Unproven).await);
        }
        assert!(gates.endpoints.lock().unwrap().len() < SWEEP_AT);
    }
}
