//! A way to the marketplace on which it is fair, slow, or worse.

use bytes::Bytes;
use connector::{Policy, Transport, transport::Failure};
use http::{Request, Response};
use sampan::wiring::Wiring;
use std::{
    future::pending,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    time::Duration,
};
use tower::{ServiceExt, service_fn};

const TIME_LIMIT: Duration = Duration::from_millis(400);
/// Long enough that a second request meets the first.
pub const SLOW: Duration = Duration::from_millis(120);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Sky {
    Fair,
    Slow,
    /// The marketplace refuses each call by a code that says nothing of it.
    Refuses,
    Unauthorized,
    /// Connections break.
    Breaks,
    /// Nobody answers.
    Silent,
}

#[derive(Clone, Default)]
pub struct Weather(Arc<AtomicU8>);

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
        self.0.store(sky as u8, Ordering::SeqCst);
    }

    async fn carry(self, way: Transport, request: Request<Bytes>) -> Result<Response<Bytes>, Failure> {
        let told = |status: u16, code: &str| {
            let body = format!(r#"{{"error_code":"{code}","error_message":"no","exception":""}}"#);
            Ok(Response::builder().status(status).body(Bytes::from(body)).expect("an answer"))
        };
        match self.0.load(Ordering::SeqCst) {
            sky if sky == Sky::Slow as u8 => {
                tokio::time::sleep(SLOW).await;
                way.oneshot(request).await
            }
            sky if sky == Sky::Refuses as u8 => told(400, "gw.SomethingElse"),
            sky if sky == Sky::Unauthorized as u8 => told(400, "gw.APIACLDecline"),
            sky if sky == Sky::Breaks as u8 => Err(Failure::Broken("cut".to_owned())),
            sky if sky == Sky::Silent as u8 => pending().await,
            _ => way.oneshot(request).await,
        }
    }
}
