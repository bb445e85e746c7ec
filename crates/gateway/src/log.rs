//! One line and two numbers for every request. No bodies, no secrets, no names.

use std::time::Duration;

pub(crate) fn finished(operation: &'static str, code: u32, took: Duration) {
    let took_ms = (took.as_secs_f64() * 10_000.0).round() / 10.0;
    metrics::counter!("sampan_requests_total", "operation" => operation, "code" => code.to_string()).increment(1);
    metrics::histogram!("sampan_request_seconds", "operation" => operation).record(took.as_secs_f64());
    if code >= 50000 {
        tracing::warn!(operation, code, took_ms, "answered");
    } else {
        tracing::info!(operation, code, took_ms, "answered");
    }
}
