//! What a start does about a crash before it is ready: so much as can be done at once.

use platform::{Calls, LeftOpen, Platform};
use std::time::Duration;

/// How long a start waits for the marketplace's answers.
const BEFORE_READY: Duration = Duration::from_millis(400);

/// Settles what the last run left open. A marketplace that is slow to answer does not keep the start: what is not settled
/// soon is answered, to be settled while requests are served.
pub async fn settle(platform: &Platform, left: LeftOpen, calls: Calls) -> Option<LeftOpen> {
    let settled = tokio::time::timeout(BEFORE_READY, platform.recover(&left, calls)).await;
    match settled {
        Ok(0) => None,
        Ok(settled) => {
            tracing::info!(settled, "settled what the last run left open");
            None
        }
        Err(_) => Some(left),
    }
}
