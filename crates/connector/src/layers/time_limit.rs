//! Ends a try that takes too long. Nobody knows what became of a write then.

use super::{Policy, Rule};
use crate::{
    Effect, Error, Kind, Result,
    upstream::{Call, Upstream},
};
use std::time::Duration;
use tower::ServiceExt;

pub struct TimeLimit {
    limit: Duration,
}

impl TimeLimit {
    pub fn new(policy: &Policy) -> Self {
        Self { limit: policy.time_limit }
    }
}

impl<P: Send + 'static, R: Send + 'static> Rule<P, R> for TimeLimit {
    async fn around(&self, call: Call<P>, next: Upstream<P, R>) -> Result<R> {
        let operation = call.operation;
        tokio::time::timeout(self.limit, next.oneshot(call)).await.unwrap_or_else(|_| {
            let detail = format!("no answer within {} ms", self.limit.as_millis());
            Err(Error::transport(Kind::Timeout, Effect::Unknown, operation, detail))
        })
    }
}
