//! A way to the marketplace on which it is fair, slow, or worse.

use bytes::Bytes;
use connector::{Policy, Transport, transport::Failure};
use http::{Request, Response};
use sampan::wiring::Wiring;
use std::{
    future::pending,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tower::{ServiceExt, service_fn};

const TIME_LIMIT: Duration = Duration::from_millis(400);
/// Long enough that a second request meets the first.
pub const SLOW: Duration = Duration::from_millis(120);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sky {
    #[default]
    Fair,
    Slow,
    /// The marketplace refuses each call by this code of its own.
    Says(&'static str),
    /// Connections break.
    Breaks,
    /// Nobody answers.
    Silent,
}

/// A refusal that says nothing of what was asked.
pub const REFUSES: Sky = Sky::Says("gw.SomethingElse");
pub const UNAUTHORIZED: Sky = Sky::Says("gw.APIACLDecline");
/// The product has gone since it was shown.
pub const GONE: Sky = Sky::Says("500_001");
/// Bad weather, with the code of a call that needs the marketplace.
pub const BAD: [(Sky, u32); 4] = [(REFUSES, 50201), (UNAUTHORIZED, 50203), (Sky::Breaks, 50202), (Sky::Silent, 50401)];

#[derive(Clone, Default)]
pub struct Weather(Arc<Mutex<Sky>>);

impl Weather {
    pub fn wiring(&self) -> Wiring {
        let upstream = Policy {
            time_limit: TIME_LIMIT,
            retries: 1,
            backoff: Duration::from_millis(1),
            breaker_failures: 100_000,
            ..Policy::new("alibaba1688")
        };
        let weather = self.clone();
        let around_transport = move |way: Transport| {
            let weather = weather.clone();
            Transport::new(service_fn(move |request| weather.clone().carry(way.clone(), request)))
        };
        Wiring { around_transport: Box::new(around_transport), upstream, ..Wiring::default() }
    }

    pub fn turn(&self, sky: Sky) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = sky;
    }

    async fn carry(self, way: Transport, request: Request<Bytes>) -> Result<Response<Bytes>, Failure> {
        let sky = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match sky {
            Sky::Fair => way.oneshot(request).await,
            Sky::Slow => {
                tokio::time::sleep(SLOW).await;
                way.oneshot(request).await
            }
            Sky::Says(code) => {
                let body = format!(r#"{{"error_code":"{code}","error_message":"no","exception":""}}"#);
                Ok(Response::builder().status(400).body(Bytes::from(body)).expect("an answer"))
            }
            Sky::Breaks => Err(Failure::Broken("cut".to_owned())),
            Sky::Silent => pending().await,
        }
    }
}
