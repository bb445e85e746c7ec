//! One upstream call as a value, and the service that makes it: everything that a marketplace is asked goes through one
//! [`Upstream`], so that time limits, repeats, limits, the breaker and measuring are written once.
//!
//! The innermost service signs and sends, so a repeat has a fresh timestamp and token. Rejected: wrapping the capability
//! traits; a wrapper for each method would repeat every rule.

use crate::{
    Error, Result,
    layers::{self, Policy},
};
use domain::AccountId;
use std::{future::Future, pin::Pin};
use tower::{Service, util::BoxCloneSyncService};

/// What is to be called. `P` is the connector's own: which call, with which arguments.
#[derive(Debug, Clone)]
pub struct Call<P> {
    /// The upstream's name of the call, e.g. `alibaba.trade.createRefund`.
    pub operation: &'static str,
    /// Whose token is used; limits count by it.
    pub account: Option<AccountId>,
    /// A read: making it twice changes nothing.
    pub idempotent: bool,
    pub payload: P,
}

/// A service that makes calls and answers with what was classified as success.
pub type Upstream<P, R> = BoxCloneSyncService<Call<P>, R, Error>;

/// The future of such a service.
pub type Answering<R> = Pin<Box<dyn Future<Output = Result<R>> + Send>>;

/// Puts the layers round `service`, outermost first: measuring, repeats, breaker, limits, time limit.
pub fn layered<S, P, R>(service: S, policy: &Policy) -> Upstream<P, R>
where
    S: Service<Call<P>, Response = R, Error = Error> + Clone + Send + Sync + 'static,
    S::Future: Send + 'static,
    P: Clone + Send + Sync + 'static,
    R: Send + 'static,
{
    let timed = layers::wrap(layers::TimeLimit::new(policy), Upstream::new(service));
    let limited = layers::wrap(layers::Limit::new(policy), timed);
    let guarded = layers::wrap(layers::Breaker::new(policy), limited);
    let repeated = layers::wrap(layers::Retry::new(policy), guarded);
    layers::wrap(layers::Meter::new(policy), repeated)
}
