//! One line and two numbers for every request. No bodies, no secrets, no names.

use crate::routes::Route;
use contract::error::Code;
use metrics::{Counter, Histogram, counter, histogram};
use std::{sync::OnceLock, time::Duration};

/// The numbers of a route that every call moves; looking them up by name each time would cost more than moving them.
#[derive(Default)]
pub(crate) struct Meters {
    seconds: OnceLock<Histogram>,
    succeeded: OnceLock<Counter>,
}

impl Meters {
    fn count(&self, operation: &'static str, code: u32, took: Duration) {
        let seconds = self.seconds.get_or_init(|| histogram!("sampan_request_seconds", "operation" => operation));
        seconds.record(took.as_secs_f64());
        if code == Code::Success.number() {
            self.succeeded.get_or_init(|| requests(operation, code)).increment(1);
        } else {
            requests(operation, code).increment(1);
        }
    }
}

fn requests(operation: &'static str, code: u32) -> Counter {
    counter!("sampan_requests_total", "operation" => operation, "code" => code.to_string())
}

pub(crate) fn finished(route: Option<&Route>, code: u32, took: Duration) {
    let operation = route.map_or("none", |route| route.entry.id);
    match route {
        Some(route) => route.meters.count(operation, code, took),
        None => requests(operation, code).increment(1),
    }
    let took_ms = (took.as_secs_f64() * 10_000.0).round() / 10.0;
    if code >= 50000 {
        tracing::warn!(operation, code, took_ms, "answered");
    } else {
        tracing::info!(operation, code, took_ms, "answered");
    }
}
