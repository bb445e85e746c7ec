//! Counts and times calls and logs one line for each: which, for whom, how long, with what outcome. Never a body, a name or
//! a secret.

use super::{Policy, Rule};
use crate::{
    Error, Result,
    upstream::{Call, Upstream},
};
use domain::AccountId;
use std::time::Duration;
use tokio::time::Instant;
use tower::ServiceExt;

pub struct Meter {
    marketplace: &'static str,
}

impl Meter {
    pub fn new(policy: &Policy) -> Self {
        Self { marketplace: policy.marketplace }
    }

    fn record(&self, operation: &'static str, account: Option<AccountId>, took: Duration, error: Option<&Error>) {
        let outcome = error.map_or_else(|| "ok".to_owned(), |e| format!("{:?}", e.kind));
        let marketplace = self.marketplace;
        metrics::counter!("upstream_calls_total", "marketplace" => marketplace, "operation" => operation, "outcome" => outcome)
            .increment(1);
        metrics::histogram!("upstream_call_seconds", "marketplace" => marketplace, "operation" => operation)
            .record(took.as_secs_f64());
        let (account, took_ms) = (account.map_or(0, AccountId::get), took.as_millis());
        match error {
            None => tracing::debug!(marketplace, operation, account, took_ms, "upstream answered"),
            Some(e) => tracing::warn!(
                marketplace,
                operation,
                account,
                took_ms,
                kind = ?e.kind,
                effect = ?e.effect,
                code = e.code.as_deref().unwrap_or_default(),
                detail = e.detail.as_deref().unwrap_or_default(),
                "upstream call failed"
            ),
        }
    }
}

impl<P: Send + 'static, R: Send + 'static> Rule<P, R> for Meter {
    async fn around(&self, call: Call<P>, next: Upstream<P, R>) -> Result<R> {
        let (operation, account, began) = (call.operation, call.account, Instant::now());
        let answer = next.oneshot(call).await;
        self.record(operation, account, began.elapsed(), answer.as_ref().err());
        answer
    }
}
