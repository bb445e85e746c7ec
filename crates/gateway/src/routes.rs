//! The table of routes: method and path to operation, handler and body check.

use crate::{
    fields::Fields,
    handler::{Again, Call, Done, Refusal, Run, again, run},
    log::Meters,
};
use contract::{
    limits::RouteClass,
    operation::{Entry, Operation},
};
use std::{collections::HashMap, future::Future};

/// What clients join before a path; both are published.
const BASES: [&str; 2] = ["", "/api"];

pub(crate) struct Route {
    pub(crate) entry: Entry,
    pub(crate) fields: Fields,
    pub(crate) run: Run,
    pub(crate) again: Again,
    /// The body field that holds the caller's own number, which makes a create idempotent like a key does.
    pub(crate) own_number: Option<&'static str>,
    pub(crate) meters: Meters,
    /// Whose limit it counts towards.
    pub(crate) class: Option<RouteClass>,
}

/// All routes. Paths are fixed texts, so a map finds them.
#[derive(Default)]
pub struct Routes {
    routes: Vec<Route>,
    index: HashMap<(&'static str, &'static str), usize>,
}

impl Routes {
    /// Registers the handler of an operation.
    #[must_use]
    pub fn on<T, F, Fut, D>(mut self, handler: F) -> Self
    where
        T: Operation,
        F: Fn(Call<T>) -> Fut + Send + Sync + Copy + 'static,
        Fut: Future<Output = Result<D, Refusal>> + Send + 'static,
        D: Into<Done<T::Answer>>,
    {
        let entry = const { Entry::of::<T>() };
        self.index.insert((T::METHOD.name(), T::PATH), self.routes.len());
        self.routes.push(Route {
            entry,
            fields: Fields::new(entry),
            run: run::<T, F, Fut, D>(handler),
            again: again::<T>,
            own_number: None,
            meters: Meters::default(),
            class: RouteClass::of(&entry),
        });
        self
    }

    /// The last registered operation takes the caller's own number from this field.
    #[must_use]
    pub fn numbered(mut self, field: &'static str) -> Self {
        if let Some(route) = self.routes.last_mut() {
            route.own_number = Some(field);
        }
        self
    }

    pub(crate) fn find(&self, method: &str, path: &str) -> Option<&Route> {
        BASES
            .into_iter()
            .filter_map(|base| path.strip_prefix(base))
            .find_map(|path| self.index.get(&(method, path)))
            .and_then(|i| self.routes.get(*i))
    }

    /// Ids of operations that the contract lists and nobody serves. Empty, or the table is wrong.
    pub fn unserved(&self) -> Vec<&'static str> {
        let served = |entry: &&Entry| !self.index.contains_key(&(entry.method.name(), entry.path));
        contract::OPERATIONS.iter().filter(served).map(|entry| entry.id).collect()
    }

    /// Ids of operations that are served and that the contract does not list. Empty, or nobody can read of them.
    pub fn unlisted(&self) -> Vec<&'static str> {
        let ids = self.routes.iter().map(|route| route.entry.id);
        ids.filter(|id| contract::OPERATIONS.iter().all(|entry| entry.id != *id)).collect()
    }
}
