//! How the installation is.

use crate::{Call, Routes, handler::Refusal};
use contract::{
    operations::operator::Health,
    view::health::{DatabaseHealth, MarketplaceHealth, OperatorHealth, QueueHealth},
};
use domain::Timestamp;
use platform::health::{self, Authorisation, Queues};
use std::time::Duration;

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.on::<Health, _, _, _>(health)
}

async fn health(call: Call<Health>) -> Result<OperatorHealth, Refusal> {
    let found = call.platform.health().await;
    let (wall, world) = (found.wall, found.world);
    Ok(OperatorHealth {
        at: wall.into(),
        database: DatabaseHealth {
            ok: found.database.error.is_none(),
            error: found.database.error,
            took_us: micros(found.database.took),
        },
        marketplaces: found.marketplaces.into_iter().map(marketplace).collect(),
        queues: found.queues.map(|queues| waiting(&queues, wall, world)),
    })
}

fn marketplace(found: health::MarketplaceHealth) -> MarketplaceHealth {
    let (authorisation, until) = match found.authorisation {
        Authorisation::Valid(until) => ("valid", Some(until)),
        Authorisation::Expired(until) => ("expired", Some(until)),
        Authorisation::Missing => ("missing", None),
        Authorisation::Unreadable => ("unreadable", None),
    };
    MarketplaceHealth {
        marketplace: found.marketplace.name().to_owned(),
        reachable: found.check.error.is_none(),
        error: found.check.error,
        took_us: micros(found.check.took),
        skew_ms: found.skew_ms,
        authorisation: authorisation.to_owned(),
        authorised_until: until.map(Into::into),
    }
}

fn waiting(queues: &Queues, wall: Timestamp, world: Timestamp) -> QueueHealth {
    let age = |now: Timestamp, since: Option<Timestamp>| since.map(|since| now.ms_since(since).max(0) / 1000);
    QueueHealth {
        messages_pending: queues.pending,
        messages_dead: queues.dead,
        messages_held: queues.held,
        receivers_failing: queues.failing,
        receivers_paused: queues.paused,
        oldest_pending_seconds: age(world, queues.oldest_pending),
        overdue_seconds: age(world, queues.next_attempt),
        observations_due: queues.observations,
        oldest_observation_seconds: age(wall, queues.oldest_observation),
        open_intents: queues.intents,
        oldest_intent_seconds: age(wall, queues.oldest_intent),
    }
}

fn micros(time: Duration) -> i64 {
    i64::try_from(time.as_micros()).unwrap_or(i64::MAX)
}
