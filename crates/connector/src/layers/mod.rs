//! What surrounds an upstream call. A layer is a [`Rule`]; [`wrap`] makes it a `tower` service round the next one.

mod breaker;
mod limit;
mod meter;
mod policy;
mod retry;
mod time_limit;

#[cfg(test)]
mod tests;

pub use breaker::Breaker;
pub use limit::Limit;
pub use meter::Meter;
pub use policy::Policy;
pub use retry::Retry;
pub use time_limit::TimeLimit;

use crate::{
    Error, Result,
    upstream::{Answering, Call, Upstream},
};
use std::{
    future::Future,
    sync::Arc,
    task::{Context, Poll},
};
use tower::Service;

/// What a layer does with a call and the rest of the way.
pub trait Rule<P, R>: Send + Sync + 'static {
    fn around(&self, call: Call<P>, next: Upstream<P, R>) -> impl Future<Output = Result<R>> + Send;
}

/// `next` under `rule`.
pub fn wrap<L, P, R>(rule: L, next: Upstream<P, R>) -> Upstream<P, R>
where
    L: Rule<P, R>,
    P: Send + 'static,
    R: Send + 'static,
{
    Upstream::new(Layered { rule: Arc::new(rule), next })
}

struct Layered<L, P, R> {
    rule: Arc<L>,
    next: Upstream<P, R>,
}

impl<L, P, R> Clone for Layered<L, P, R> {
    fn clone(&self) -> Self {
        Self { rule: Arc::clone(&self.rule), next: self.next.clone() }
    }
}

impl<L, P, R> Service<Call<P>> for Layered<L, P, R>
where
    L: Rule<P, R>,
    P: Send + 'static,
    R: Send + 'static,
{
    type Response = R;
    type Error = Error;
    type Future = Answering<R>;

    /// Always ready: the next service is made ready on its own clone, within the call.
    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, call: Call<P>) -> Self::Future {
        let (rule, next) = (Arc::clone(&self.rule), self.next.clone());
        Box::pin(async move { rule.around(call, next).await })
    }
}
