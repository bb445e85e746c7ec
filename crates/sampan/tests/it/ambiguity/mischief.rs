//! A way to the marketplace on which chosen calls go astray. It lies round the real transport into the real marketplace.

use bytes::Bytes;
use connector::{Policy, Transport, transport::Failure};
use http::{Request, Response};
use sampan::wiring::Wiring;
use std::{
    future::pending,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::task::JoinHandle;
use tower::{ServiceExt, service_fn};

/// How long a call may take; the product's default is 15 s.
const TIME_LIMIT: Duration = Duration::from_millis(500);

/// What becomes of one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mishap {
    /// It acts at once; its answer comes after the time limit.
    Late,
    /// It never arrives.
    Lost,
    /// It acts; the connection breaks within the answer.
    Cut,
    /// It arrives twice, and the second one's answer comes back.
    Twice,
    /// It is on its way until it is let through; its answer reaches nobody.
    Held,
    /// It acts, and says that it did not pay.
    Denied,
}

/// Clones share what is planned.
#[derive(Clone, Default)]
pub struct Mischief {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    next: Mutex<Option<(&'static str, Mishap)>>,
    /// Falls silent with the next mishap.
    then_silent: AtomicBool,
    silent: AtomicBool,
    held: Mutex<Option<(Transport, Request<Bytes>)>>,
}

/// Limits that a test can wait for, and a breaker that stays out of the way.
pub fn impatient() -> Wiring {
    let upstream = Policy {
        time_limit: TIME_LIMIT,
        retries: 1,
        backoff: Duration::from_millis(5),
        breaker_failures: 1000,
        ..Policy::new("alibaba1688")
    };
    Wiring { upstream, intent_ms: 1500, ..Wiring::default() }
}

type Answer = Result<Response<Bytes>, Failure>;

impl Mischief {
    /// The installation's wiring with this on its way, and limits that a test can wait for.
    pub fn wiring(&self) -> Wiring {
        let mischief = self.clone();
        let around_transport = move |way: Transport| mischief.clone().around(way);
        Wiring { around_transport: Box::new(around_transport), ..impatient() }
    }

    /// The next call whose name ends so meets this.
    pub fn befall(&self, call: &'static str, mishap: Mishap) {
        *lock(&self.shared.next) = Some((call, mishap));
    }

    /// As [`Mischief::befall`]; from then on nobody is answered.
    pub fn befall_then_silence(&self, call: &'static str, mishap: Mishap) {
        self.shared.then_silent.store(true, Ordering::SeqCst);
        self.befall(call, mishap);
    }

    pub fn speak_again(&self) {
        self.shared.silent.store(false, Ordering::SeqCst);
    }

    /// What was planned has happened.
    pub fn has_struck(&self) -> bool {
        lock(&self.shared.next).is_none()
    }

    /// Lets a held call arrive; returns once the marketplace has answered it into the void.
    pub async fn let_arrive(&self) {
        let (way, request) = lock(&self.shared.held).take().expect("a call is held");
        way.oneshot(request).await.expect("the marketplace answers");
    }

    fn around(self, way: Transport) -> Transport {
        Transport::new(service_fn(move |request| self.clone().carry(way.clone(), request)))
    }

    async fn carry(self, way: Transport, request: Request<Bytes>) -> Answer {
        if self.shared.silent.load(Ordering::SeqCst) {
            return pending().await;
        }
        let Some(mishap) = self.mishap_of(&request) else { return way.oneshot(request).await };
        if self.shared.then_silent.swap(false, Ordering::SeqCst) {
            self.shared.silent.store(true, Ordering::SeqCst);
        }
        match mishap {
            Mishap::Late => {
                // The caller's patience ends; what was sent is not taken back.
                acts(way, request).await.expect("no panic").expect("the marketplace answers");
                pending().await
            }
            Mishap::Lost => pending().await,
            Mishap::Cut => {
                way.oneshot(request).await.expect("the marketplace answers");
                Err(Failure::Broken("cut".to_owned()))
            }
            Mishap::Twice => {
                way.clone().oneshot(request.clone()).await.expect("the marketplace answers");
                way.oneshot(request).await
            }
            Mishap::Denied => {
                let answer = way.oneshot(request).await.expect("the marketplace answers");
                let text =
                    String::from_utf8_lossy(answer.body()).replace("\"paySuccess\":true", "\"paySuccess\":false");
                Ok(answer.map(|_| Bytes::from(text)))
            }
            Mishap::Held => {
                *lock(&self.shared.held) = Some((way, request));
                pending().await
            }
        }
    }

    fn mishap_of(&self, request: &Request<Bytes>) -> Option<Mishap> {
        let call = request.uri().path().rsplit('/').nth(1).unwrap_or_default();
        let mut next = lock(&self.shared.next);
        let (_, mishap) = next.take_if(|(name, _)| call.ends_with(*name))?;
        Some(mishap)
    }
}

fn acts(way: Transport, request: Request<Bytes>) -> JoinHandle<Answer> {
    tokio::spawn(way.oneshot(request))
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
