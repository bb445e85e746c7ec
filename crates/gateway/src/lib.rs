//! HTTP for the contract: one handler an operation, and the checks before it in the contract's order.
//!
//! Routes, body checks and the OpenAPI document come from `contract::OPERATIONS`; a handler is registered under its
//! operation's type, and [`Routes::complete`] refuses a table with an operation that nobody serves. A framework router
//! with a route for each path was rejected: all paths are fixed texts, and the order of checks begins with the route.

mod authenticate;
mod body;
mod fault;
mod fields;
mod gathered;
mod handler;
mod hooks;
mod limits;
mod log;
mod nonces;
mod operations;
mod options;
mod pipeline;
mod probes;
mod routes;
pub mod strong;
mod whole;

pub use authenticate::SystemHeaders;
pub use body::object as read_object;
pub use handler::{Call, Done};
pub use limits::{Limits, Rate};
pub use probes::{Probes, Readiness};
pub use routes::Routes;

use axum::Router;
use domain::Timestamp;
use limits::Limiter;
use nonces::Nonces;
use platform::Platform;
use std::{
    sync::{Arc, atomic::AtomicI64},
    time::Instant,
};
use tokio::sync::Semaphore;

/// What the wiring gives to the gateway.
pub struct Config {
    /// Wall time: signatures, nonces and the request log are measured by it.
    pub wall: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    pub random: Arc<dyn Fn() -> [u8; 16] + Send + Sync>,
    /// Requests worked on at once; beyond it 50301.
    pub capacity: usize,
    /// How much each caller may ask.
    pub limits: Limits,
    /// Wall time from which on no other process hears requests for this installation's data.
    pub started_at: Timestamp,
}

/// The public API.
pub struct Gateway {
    platform: Arc<Platform>,
    routes: Routes,
    nonces: Nonces,
    /// [`Config::started_at`], or earlier where the clock was set back.
    since: AtomicI64,
    began: Instant,
    config: Config,
    room: Semaphore,
    /// KiB of bodies of callers who are not proven.
    unproven: Semaphore,
    limits: Arc<Limiter>,
}

impl Gateway {
    pub fn new(platform: Arc<Platform>, config: Config) -> Arc<Self> {
        Arc::new(Self {
            platform,
            routes: operations::routes(),
            nonces: Nonces::default(),
            since: AtomicI64::new(config.started_at.0),
            began: Instant::now(),
            room: Semaphore::new(config.capacity),
            unproven: Semaphore::new(strong::UNPROVEN_KIB),
            limits: Arc::new(Limiter::new(config.limits, config.wall.clone())),
            config,
        })
    }

    /// Everything that is served: the API under `/` and `/api`, marketplace pushes under `/hooks`, and the probes.
    pub fn router(self: &Arc<Self>, probes: Probes) -> Router {
        let gateway = self.clone();
        // A probe asked with another method is an unknown route, told in the envelope like any other.
        let refuse = move |request| gateway.clone().serve(request);
        probes
            .router()
            .merge(hooks::router(self))
            .fallback_service(pipeline::service(self))
            .method_not_allowed_fallback(refuse)
    }

    fn now(&self) -> Timestamp {
        (self.config.wall)()
    }

    /// A time that nobody sets, forward or back.
    fn uptime(&self) -> Timestamp {
        Timestamp(i64::try_from(self.began.elapsed().as_millis()).unwrap_or(i64::MAX))
    }
}
