//! Places for calls: so many to one endpoint, so many in all. An endpoint's own place is taken first, so that calls
//! waiting for a slow receiver hold no place that another receiver's calls could use.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Endpoints are forgotten when nobody calls them any more; looked for when the table has grown this far.
const SWEEP_AT: usize = 1024;

pub(crate) struct Gates {
    per_endpoint: usize,
    endpoints: Mutex<HashMap<String, Weak<Semaphore>>>,
    overall: Arc<Semaphore>,
}

/// A place for one call; given back when dropped.
#[must_use = "the place is given back when this is dropped"]
pub struct Place {
    _endpoint: Option<OwnedSemaphorePermit>,
    _overall: Option<OwnedSemaphorePermit>,
}

impl Gates {
    pub(crate) fn new(per_endpoint: usize, overall: usize) -> Self {
        Self {
            per_endpoint: per_endpoint.max(1),
            endpoints: Mutex::default(),
            overall: Arc::new(Semaphore::new(overall.max(1))),
        }
    }

    pub(crate) async fn enter(&self, endpoint: &str) -> Place {
        // Acquiring fails only on a closed semaphore, and nobody closes these.
        let endpoint = self.endpoint(endpoint).acquire_owned().await.ok();
        let overall = Arc::clone(&self.overall).acquire_owned().await.ok();
        Place { _endpoint: endpoint, _overall: overall }
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
        let slow = gates.enter("slow:443").await;
        let mut waiting = Box::pin(gates.enter("slow:443"));
        assert!((&mut waiting).now_or_never().is_none());
        let other = gates.enter("quick:443").now_or_never();
        assert!(other.is_some(), "a waiting call must not hold a place");
        drop(slow);
        assert!(waiting.now_or_never().is_some());
    }

    #[tokio::test]
    async fn endpoints_nobody_calls_are_forgotten() {
        let gates = Gates::new(1, 10_000);
        for n in 0..=SWEEP_AT {
            drop(gates.enter(&format!("host{n}:1")).await);
        }
        assert!(gates.endpoints.lock().unwrap().len() < SWEEP_AT);
    }
}
