//! Faults: chosen calls fail on their way, and chosen push messages go wrong, until what was set is used up or cleared.
//!
//! They stand round the economy and never in it: what a call does, it does as ever, and only whether it is made and what is
//! answered changes. They are kept in memory, so a restart heals everything; rejected: keeping them in the economy's file,
//! where a forgotten fault would outlive whoever set it. Which share of calls is struck is drawn from the seed, the call and
//! its step, never from a shared stream.

mod answer;
mod ask;
mod blow;
mod mangle;
mod pushes;
mod subject;

pub use ask::Fault;
pub use blow::{Blow, PushFault, WayFault, When};
pub use subject::Subject;

use crate::economy::draw::Seed;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Faults that may be active at a time.
pub const MOST: usize = 100;
/// Calls that a fault tells apart to draw for each; beyond them it begins to count anew.
const REMEMBERED: usize = 10_000;

/// What is active, in the order in which it was set: the first that fits strikes.
pub struct Faults {
    seed: Seed,
    active: Mutex<Active>,
}

#[derive(Default)]
struct Active {
    set: u64,
    faults: Vec<Standing>,
}

struct Standing {
    id: u64,
    fault: Fault,
    left: Option<u32>,
    struck: u64,
    /// How often each call has passed, by a hash of what it is.
    steps: HashMap<u64, u32>,
}

/// A fault as it stands.
#[derive(Debug, Clone)]
pub struct Row {
    pub id: u64,
    pub fault: Fault,
    /// Calls that it still strikes; `None` for all until it is cleared.
    pub left: Option<u32>,
    pub struck: u64,
}

impl Faults {
    pub fn new(seed: Seed) -> Self {
        Self { seed, active: Mutex::default() }
    }

    /// Adds a fault; answers its number, or `None` where there are [`MOST`] already.
    pub fn set(&self, fault: Fault) -> Option<u64> {
        let mut active = self.active();
        if active.faults.len() >= MOST {
            return None;
        }
        active.set += 1;
        let (id, left) = (active.set, fault.times);
        active.faults.push(Standing { id, fault, left, struck: 0, steps: HashMap::new() });
        Some(id)
    }

    pub fn list(&self) -> Vec<Row> {
        let row = |s: &Standing| Row { id: s.id, fault: s.fault.clone(), left: s.left, struck: s.struck };
        self.active().faults.iter().map(row).collect()
    }

    pub fn clear(&self) {
        self.active().faults.clear();
    }

    /// Whether there was one of this number.
    pub fn clear_one(&self, id: u64) -> bool {
        let mut active = self.active();
        let before = active.faults.len();
        active.faults.retain(|s| s.id != id);
        active.faults.len() < before
    }

    fn is_empty(&self) -> bool {
        self.active().faults.is_empty()
    }

    /// The first fault that strikes: `fits` says whether it is meant, `what` is the call with what tells it from others.
    fn strike<T>(&self, what: &str, fits: impl Fn(&Fault) -> Option<T>) -> Option<T> {
        let mut active = self.active();
        let at = active.faults.iter_mut().position(|s| fits(&s.fault).is_some() && s.draws(self.seed, what))?;
        let standing = &mut active.faults[at];
        let found = fits(&standing.fault);
        standing.struck += 1;
        standing.left = standing.left.map(|left| left.saturating_sub(1));
        metrics::counter!("sandbox_faults_total", "fault" => standing.fault.kind.name()).increment(1);
        if standing.left == Some(0) {
            active.faults.remove(at);
        }
        found
    }

    fn active(&self) -> MutexGuard<'_, Active> {
        self.active.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Standing {
    /// Whether this step of the call belongs to the share that is struck.
    fn draws(&mut self, seed: Seed, what: &str) -> bool {
        let Some(percent) = self.fault.percent else { return true };
        let call = seed.draw(what, "call");
        if self.steps.len() >= REMEMBERED && !self.steps.contains_key(&call) {
            self.steps.clear();
        }
        let step = self.steps.entry(call).or_default();
        *step = step.wrapping_add(1);
        let step = format!("fault {} {step}", self.fault.kind.name());
        seed.below(what, &step, 100) < i64::from(percent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Fault {
        Fault::read(serde_json::from_str(text).unwrap()).unwrap()
    }

    fn struck(faults: &Faults, what: &str) -> bool {
        faults.strike(what, |fault| Some(fault.kind.name())).is_some()
    }

    #[test]
    fn a_fault_is_used_up_and_the_first_that_fits_strikes() {
        let faults = Faults::new(Seed(7));
        assert_eq!(faults.set(fault(r#"{"fault": "hang", "times": 2}"#)), Some(1));
        assert_eq!(faults.set(fault(r#"{"fault": "html"}"#)), Some(2));
        let name = || faults.strike("a call", |fault| Some(fault.kind.name()));
        assert_eq!([name(), name(), name()], [Some("hang"), Some("hang"), Some("html")]);
        let left = faults.list();
        assert!(left.len() == 1 && left[0].id == 2 && left[0].struck == 1 && left[0].left.is_none());
        assert!(!faults.clear_one(1) && faults.clear_one(2) && name().is_none());
    }

    #[test]
    fn a_share_follows_from_seed_call_and_step_however_calls_interleave() {
        let alone = |seed, what| {
            let faults = Faults::new(Seed(seed));
            faults.set(fault(r#"{"fault": "hang", "percent": 30}"#));
            (0..200).map(|_| struck(&faults, what)).collect::<Vec<_>>()
        };
        let (a, b) = (alone(7, "a"), alone(7, "b"));
        let hits = a.iter().filter(|hit| **hit).count();
        assert!((40..=80).contains(&hits), "{hits} of 200");
        assert!(a != b && a != alone(8, "a"));

        let faults = Faults::new(Seed(7));
        faults.set(fault(r#"{"fault": "hang", "percent": 30}"#));
        let mixed: Vec<_> = (0..200).map(|_| (struck(&faults, "a"), struck(&faults, "b"))).collect();
        assert_eq!(mixed, a.into_iter().zip(b).collect::<Vec<_>>());
    }

    #[test]
    fn there_is_a_bound() {
        let faults = Faults::new(Seed(7));
        let set = |_| faults.set(fault(r#"{"fault": "hang"}"#)).is_some();
        assert!((0..MOST).all(set) && !set(0));
        faults.clear();
        assert!(faults.is_empty() && set(0));
    }
}
