//! A caller's closure on its way through the writer, with the types of its result hidden.

use crate::Error;
use rusqlite::Connection;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tokio::sync::oneshot::Sender;

/// Whether what a closure did is to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ran {
    Keep,
    Undo,
}

pub trait Job: Send {
    /// May be called again when what it did was undone for another's sake; the last outcome counts.
    fn run(&mut self, connection: &Connection) -> Ran;
    /// Tells the caller; called once, after the common commit.
    fn answer(self: Box<Self>, commit: &Result<(), Error>);
}

type Outcome<T, E> = Result<Result<T, E>, Error>;

struct Call<T, E, F> {
    f: F,
    outcome: Outcome<T, E>,
    reply: Sender<Outcome<T, E>>,
}

pub fn call<T, E, F>(f: F, reply: Sender<Outcome<T, E>>) -> Box<dyn Job>
where
    T: Send + 'static,
    E: Send + 'static,
    F: FnMut(&Connection) -> Result<T, E> + Send + 'static,
{
    Box::new(Call { f, outcome: Err(Error::Closed), reply })
}

impl<T, E, F> Job for Call<T, E, F>
where
    T: Send,
    E: Send,
    F: FnMut(&Connection) -> Result<T, E> + Send,
{
    fn run(&mut self, connection: &Connection) -> Ran {
        // One caller's panic must not take the writer, and with it everybody else, down.
        self.outcome = catch_unwind(AssertUnwindSafe(|| (self.f)(connection))).map_err(|_| Error::Panicked);
        if matches!(self.outcome, Ok(Ok(_))) { Ran::Keep } else { Ran::Undo }
    }

    fn answer(self: Box<Self>, commit: &Result<(), Error>) {
        let told = match commit {
            Ok(()) => self.outcome,
            Err(error) => Err(error.clone()),
        };
        // Nobody listening any more is no fault: the write stands.
        drop(self.reply.send(told));
    }
}
