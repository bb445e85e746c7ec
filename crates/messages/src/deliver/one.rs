//! One delivery: prepare, post, record. Recording and what follows from the attempt are one commit.

use super::{
    Deliverer,
    pause::{self, Paused},
    windows::Manner,
};
use crate::{
    callback_url::CallbackUrl,
    envelope::{Attempt, Callback, SealError, Sealed, seal},
    gates::Lane,
    post::Outcome as Posted,
    schedule::Next,
    target::Target,
};
use domain::Timestamp;
use std::time::Duration;
use storage::{Changes, ClaimedDelivery, CommitError, Outcome, Receiver, Report};

/// How often the record of an attempt is written again when the database is busy or away.
const RECORD_TRIES: u32 = 5;

/// What the attempt said of the receiver, if there was one.
pub(super) async fn deliver(deliverer: &Deliverer, claim: &ClaimedDelivery, target: &Target) -> Option<Manner> {
    let url = match CallbackUrl::parse(&target.url) {
        Ok(url) => url,
        Err(error) => {
            refuse(deliverer, claim, error.to_string()).await;
            return None;
        }
    };
    // A place that comes late could outlive the lease; then the message is better claimed anew.
    let patience = Duration::from_millis(u64::try_from(deliverer.config.lease_ms / 2).unwrap_or_default());
    let lane = if deliverer.windows.is_proven(claim.message.developer_id) { Lane::Proven } else { Lane::Unproven };
    let Ok(place) = tokio::time::timeout(patience, deliverer.poster.enter(&url, lane)).await else {
        metrics::counter!("sampan_callback_crowded_total").increment(1);
        return None;
    };
    let posted = match prepare(deliverer, claim, target) {
        Ok(callback) => deliverer.poster.post_in(place, &url, &callback.headers, callback.body.into()).await,
        Err(error) => {
            refuse(deliverer, claim, error.to_string()).await;
            return None;
        }
    };
    let world = (deliverer.clocks.world)();
    observe(deliverer, claim, &posted, world);
    let outcome = match deliverer.config.schedule().next(claim.failed_attempts, posted.acknowledged(), world) {
        Next::Delivered => Outcome::Done,
        Next::Again(due_at) => Outcome::Retry { due_at },
        Next::GivenUp => Outcome::Dead,
    };
    let receiver = pause::news(target, posted.acknowledged(), world);
    record(deliverer, claim, report(&posted, receiver, world), outcome).await;
    if !posted.acknowledged()
        && pause::where_due(deliverer, claim.message.developer_id, target, world).await == Paused::Before
        && matches!(outcome, Outcome::Retry { .. })
    {
        hold(deliverer, claim).await;
    }
    Some(manner(&posted))
}

fn manner(posted: &Posted) -> Manner {
    match posted.status {
        Some(_) if posted.acknowledged() => Manner::Acknowledged,
        Some(_) => Manner::Refused,
        None => Manner::Silent,
    }
}

fn prepare(deliverer: &Deliverer, claim: &ClaimedDelivery, target: &Target) -> Result<Callback, SealError> {
    let message = &claim.message;
    let sealed = Sealed {
        id: message.id.get(),
        developer: message.developer_id,
        message_type: &message.message_type,
        platform: message.platform,
        body: &message.body,
        sequence: Some(message.sequence),
        request_id: message.request_id.as_deref(),
    };
    let retry_count = u32::try_from(claim.failed_attempts).unwrap_or(u32::MAX);
    seal(&sealed, Attempt { retry_count, at: (deliverer.clocks.wall)() }, target.key(), target.base)
}

fn report(posted: &Posted, receiver: Receiver, at: Timestamp) -> Report {
    Report {
        at,
        status: posted.status.map(i64::from),
        error: posted.error(),
        duration_ms: posted.duration_ms,
        answer: posted.answer.clone(),
        receiver,
    }
}

/// A message that cannot be sent at all is dead at once, with the reason on record.
async fn refuse(deliverer: &Deliverer, claim: &ClaimedDelivery, reason: String) {
    tracing::error!(message_id = %claim.message.id, reason, "a message cannot be sent");
    let at = (deliverer.clocks.world)();
    let receiver = Receiver::AsBefore;
    let report = Report { at, status: None, error: Some(reason), duration_ms: 0, answer: String::new(), receiver };
    record(deliverer, claim, report, Outcome::Dead).await;
}

async fn record(deliverer: &Deliverer, claim: &ClaimedDelivery, report: Report, outcome: Outcome) {
    let mut pause = Duration::from_millis(20);
    for _ in 0..RECORD_TRIES {
        match deliverer.storage.record_attempt(claim, report.clone(), outcome).await {
            Ok(()) => return,
            Err(CommitError::Conflict(_)) => {
                metrics::counter!("sampan_callback_lease_lost_total").increment(1);
                tracing::info!(message_id = %claim.message.id, "the lease was lost or the message replayed meanwhile");
                return;
            }
            Err(error) => {
                metrics::counter!("sampan_callback_storage_errors_total", "step" => "record").increment(1);
                tracing::warn!(message_id = %claim.message.id, %error, "an attempt could not be recorded");
            }
        }
        tokio::time::sleep(pause).await;
        pause *= 3;
    }
}

/// Keeps a message until its developer has a verified URL.
pub(super) async fn hold(deliverer: &Deliverer, claim: &ClaimedDelivery) {
    let developer = claim.message.developer_id;
    match deliverer.storage.hold_delivery(claim).await {
        Ok(()) => metrics::counter!("sampan_callback_held_total").increment(1),
        Err(error) => tracing::info!(message_id = %claim.message.id, %error, "a message could not be held"),
    }
    // A URL that passed between the look and the hold has released what was held then, and not this one.
    if let Ok(Some(_)) = deliverer.credentials.target(developer).await {
        let changes = Changes::new().release_held(developer, (deliverer.clocks.world)());
        if let Err(error) = deliverer.storage.commit(changes).await {
            tracing::warn!(%developer, %error, "held messages could not be released");
        }
        deliverer.notify();
    }
}

fn observe(deliverer: &Deliverer, claim: &ClaimedDelivery, posted: &Posted, world: Timestamp) {
    let kind = posted.kind();
    metrics::counter!("sampan_callback_attempts_total", "outcome" => kind).increment(1);
    metrics::histogram!("sampan_callback_seconds", "outcome" => kind).record(posted.duration_ms as f64 / 1000.0);
    if posted.acknowledged() {
        let waited_ms = world.ms_since(claim.message.created_at).max(0);
        metrics::histogram!("sampan_callback_delay_seconds").record(waited_ms as f64 / 1000.0);
    }
    tracing::info!(
        developer = %claim.message.developer_id,
        message_id = %claim.message.id,
        attempt = claim.number,
        of = deliverer.config.attempts,
        outcome = kind,
        status = posted.status,
        duration_ms = posted.duration_ms,
        "callback"
    );
}
