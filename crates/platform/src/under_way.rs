//! Which intents this process is working on, known for certain rather than guessed by the clock.
//!
//! An intent that this installation began and that is not here is nobody's call under way: its process died, its caller hung
//! up, or the database was away when it was to be ended. Whoever asks for it next may settle it at once. Only of another
//! process's intents it has to be guessed, by their age. Rejected: a lock that each process holds in the database, which is
//! lost with its connection although the process lives.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

#[derive(Default)]
pub(crate) struct UnderWay(Arc<Mutex<HashSet<String>>>);

/// While it is held, somebody works on the intent.
pub(crate) struct AtWork {
    all: Arc<Mutex<HashSet<String>>>,
    intent: String,
}

impl UnderWay {
    /// `None` where somebody works on it already.
    pub(crate) fn enter(&self, intent: &str) -> Option<AtWork> {
        let new = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(intent.to_owned());
        new.then(|| AtWork { all: self.0.clone(), intent: intent.to_owned() })
    }

    pub(crate) fn contains(&self, intent: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(intent)
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.intent);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_intent_has_one_worker_and_is_free_when_he_is_gone() {
        let under_way = UnderWay::default();
        let first = under_way.enter("i");
        assert!(first.is_some() && under_way.contains("i"));
        assert!(under_way.enter("i").is_none());
        drop(first);
        assert!(!under_way.contains("i") && under_way.enter("i").is_some());
    }
}
