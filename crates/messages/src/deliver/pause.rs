//! A receiver that has failed for days is paused: its URL loses its verification, and so messages are held for it instead
//! of being tried and given up. It resumes by passing the verification again, which releases them.
//!
//! How long it has failed is world time, from the first failed attempt after the last acknowledgement. Only what changes is
//! written, so a receiver that works, or goes on failing, costs nothing. Rejected: a count of failures, which says more of
//! how many messages there were than of how long the receiver was away.

use super::Deliverer;
use crate::target::Target;
use domain::{DeveloperId, Timestamp};
use storage::{Changes, CommitError, Receiver, records::Developer};

/// What an attempt changes of what was known of its receiver.
pub(super) fn news(target: &Target, acknowledged: bool, world: Timestamp) -> Receiver {
    match (target.failing_since, acknowledged) {
        (Some(_), true) => Receiver::Works,
        (None, false) => Receiver::Fails,
        // A date ahead is one of a clock that was set back.
        (Some(since), false) if since > world => Receiver::Fails,
        (Some(_), false) | (None, true) => Receiver::AsBefore,
    }
}

/// Whether the receiver of an attempt is paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paused {
    No,
    /// Just now, and what was recorded before is held.
    Now,
    /// While the attempt was under way.
    Before,
}

/// Pauses the receiver of an attempt that failed, if it has failed for long enough.
pub(super) async fn where_due(deliverer: &Deliverer, id: DeveloperId, target: &Target, world: Timestamp) -> Paused {
    if !has_failed_for_days(deliverer.config.pause_after_ms, target.failing_since, world) {
        return Paused::No;
    }
    match pause(deliverer, id, target, world).await {
        Ok(paused) => paused,
        // Whoever changed the developer may have paused it; the delivery finds out when it is due.
        Err(CommitError::Conflict(_)) => Paused::No,
        Err(error) => {
            tracing::warn!(developer = %id, %error, "a receiver could not be paused");
            Paused::No
        }
    }
}

fn has_failed_for_days(pause_after_ms: i64, since: Option<Timestamp>, world: Timestamp) -> bool {
    pause_after_ms > 0 && since.is_some_and(|since| world.ms_since(since) >= pause_after_ms)
}

async fn pause(
    deliverer: &Deliverer,
    id: DeveloperId,
    target: &Target,
    world: Timestamp,
) -> Result<Paused, CommitError> {
    let storage = &deliverer.storage;
    let Some(developer) = storage.developer(id).await? else { return Ok(Paused::No) };
    if developer.callback_verified_at.is_none() {
        return Ok(Paused::Before);
    }
    let since = storage.receiver_fails_since(id).await?;
    let same = developer.callback_url.as_ref() == Some(&target.url);
    if !same || !has_failed_for_days(deliverer.config.pause_after_ms, since, world) {
        return Ok(Paused::No);
    }
    let paused = Developer { callback_verified_at: None, callback_paused_at: Some(world), ..developer };
    storage.commit(Changes::new().update_developer(&paused).hold_pending(id)).await?;
    metrics::counter!("sampan_callback_paused_total").increment(1);
    let failed_hours = since.map(|since| world.ms_since(since) / 3_600_000);
    tracing::warn!(developer = %id, failed_hours, "a receiver failed for days and is paused until it passes again");
    Ok(Paused::Now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::callback::Base;

    const DAY_MS: i64 = 24 * 3_600_000;

    fn failing(since: Option<i64>) -> Target {
        let text = String::new;
        let failing_since = since.map(Timestamp);
        Target { url: text(), access_key: text(), secret: text(), base: Base::RawBody, failing_since }
    }

    #[test]
    fn only_what_changes_is_written() {
        let now = Timestamp(1000);
        assert_eq!(news(&failing(None), true, now), Receiver::AsBefore);
        assert_eq!(news(&failing(None), false, now), Receiver::Fails);
        assert_eq!(news(&failing(Some(999)), false, now), Receiver::AsBefore);
        assert_eq!(news(&failing(Some(1001)), false, now), Receiver::Fails);
        assert_eq!(news(&failing(Some(999)), true, now), Receiver::Works);
    }

    #[test]
    fn days_without_a_success_pause_and_zero_never_does() {
        let now = Timestamp(3 * DAY_MS);
        assert!(has_failed_for_days(3 * DAY_MS, Some(Timestamp(0)), now));
        assert!(!has_failed_for_days(3 * DAY_MS, Some(Timestamp(1)), now));
        assert!(!has_failed_for_days(3 * DAY_MS, None, now));
        assert!(!has_failed_for_days(0, Some(Timestamp(0)), now));
    }
}
