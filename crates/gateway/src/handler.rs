//! What a handler gets and gives. Authority is in the type: a [`Call`] exists only for a caller who was proven and granted.

use crate::{fault::fault, fields, limits::Limiter};
use contract::{envelope::SUCCESS, error::Fault, ids::IdForm, operation::Operation};
use futures::future::BoxFuture;
use platform::{Caller, Platform, Ticket, problem::Problem};
use serde_json::{Value, value::RawValue};
use std::{future::Future, sync::Arc};

/// One call of the operation `T`.
pub struct Call<T: Operation> {
    pub platform: Arc<Platform>,
    pub caller: Caller,
    pub request: T::Request,
    /// The right to write once; reads carry an empty one.
    pub ticket: Arc<Ticket>,
    /// For a handler that prints by itself.
    pub ids: IdForm,
    pub(crate) limits: Arc<Limiter>,
}

/// What an operation answers in `data`: a view, or one that was printed before and has not changed.
pub enum Done<A> {
    View(A),
    Printed(Arc<RawValue>),
    /// Success whose text says more than the usual word, e.g. what is missing.
    Told(A, String),
}

impl<A> From<A> for Done<A> {
    fn from(data: A) -> Self {
        Self::View(data)
    }
}

/// Why a handler refuses: a fault of its own (the request cannot be read so) or the platform's problem.
pub enum Refusal {
    Fault(Fault),
    Problem(Problem),
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<serde_json::Error> for Refusal {
    /// A document that its view cannot read: the marketplace's answer is unusable, and that is not the caller's doing.
    fn from(error: serde_json::Error) -> Self {
        Self::Problem(Problem::unusable("view", format!("a document does not fit its view: {error}")))
    }
}

/// The call before its request is read.
pub(crate) struct Raw {
    pub(crate) platform: Arc<Platform>,
    pub(crate) caller: Caller,
    pub(crate) body: Value,
    pub(crate) ticket: Arc<Ticket>,
    pub(crate) ids: IdForm,
    pub(crate) limits: Arc<Limiter>,
}

/// A success before it is printed.
pub(crate) struct Outcome {
    pub(crate) msg: String,
    /// JSON text.
    pub(crate) data: Arc<RawValue>,
    /// What a write keeps for repeats, where it is another text: ids are kept as numbers, whatever was asked.
    pub(crate) kept: Option<Box<RawValue>>,
}

/// Prints a kept answer of the operation with ids in the form that is asked for now.
pub(crate) type Again = fn(&str, IdForm) -> serde_json::Result<Box<RawValue>>;

pub(crate) fn again<T: Operation>(kept: &str, ids: IdForm) -> serde_json::Result<Box<RawValue>> {
    ids.print(&serde_json::from_str::<T::Answer>(kept)?)
}

pub(crate) type Run = Box<dyn Fn(Raw) -> BoxFuture<'static, Result<Outcome, Fault>> + Send + Sync>;

/// Turns a typed handler into a row of the route table.
pub(crate) fn run<T, F, Fut, D>(handler: F) -> Run
where
    T: Operation,
    F: Fn(Call<T>) -> Fut + Send + Sync + Copy + 'static,
    Fut: Future<Output = Result<D, Refusal>> + Send + 'static,
    D: Into<Done<T::Answer>>,
{
    Box::new(move |raw| {
        Box::pin(async move {
            let (request, ids) = (fields::read::<T>(raw.body)?, raw.ids);
            let Raw { platform, caller, ticket, limits, .. } = raw;
            let call = Call { platform, caller, request, ticket, ids, limits };
            let done: Done<T::Answer> = handler(call).await.map_err(public)?.into();
            let (view, msg) = match done {
                Done::Printed(data) => return Ok(Outcome { msg: SUCCESS.to_owned(), data, kept: None }),
                Done::View(view) => (view, SUCCESS.to_owned()),
                Done::Told(view, msg) => (view, msg),
            };
            let print = |form: IdForm| {
                form.print(&view)
                    .map_err(|e| public(Problem::Internal(format!("an answer cannot be printed: {e}")).into()))
            };
            let differs = T::WRITES && ids != IdForm::Number;
            let kept = if differs { Some(print(IdForm::Number)?) } else { None };
            Ok(Outcome { msg, data: print(ids)?.into(), kept })
        })
    })
}

fn public(refusal: Refusal) -> Fault {
    match refusal {
        Refusal::Fault(fault) => fault,
        Refusal::Problem(problem) => fault(problem),
    }
}
