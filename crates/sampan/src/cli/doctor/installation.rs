//! What the operator may ask: database, marketplaces, and what waits.

use super::finding::Finding;
use crate::cli::{access::Global, exit::Failure};
use contract::{
    operations::operator::Health,
    request::Nothing,
    view::health::{DatabaseHealth, MarketplaceHealth, OperatorHealth, QueueHealth},
};

/// What should be done at once and has waited longer than this is stuck.
const STUCK_SECONDS: i64 = 60;
const SKEW_MS: i64 = 60_000;

pub async fn check(global: &Global) -> Vec<Finding> {
    match ask(global).await {
        Ok(health) => findings(&health),
        Err(failure) => vec![Finding::unasked("installation", &failure)],
    }
}

async fn ask(global: &Global) -> Result<OperatorHealth, Failure> {
    Ok(global.operator()?.call::<Health>(&Nothing {}).await?)
}

fn findings(health: &OperatorHealth) -> Vec<Finding> {
    let mut findings = vec![database(&health.database)];
    if health.marketplaces.is_empty() {
        let todo = "set sandbox.enabled, or the keys of alibaba1688, and start again";
        findings.push(Finding::bad("marketplaces", "none is connected", todo));
    }
    for market in &health.marketplaces {
        findings.push(reachable(market));
        findings.push(authorised(market));
    }
    match &health.queues {
        Some(queues) => findings.extend(waiting(queues)),
        None => findings.push(Finding::bad("queues", "cannot be read", "see the database")),
    }
    findings
}

fn database(found: &DatabaseHealth) -> Finding {
    match &found.error {
        None => Finding::good("database", format!("answers in {} ms", found.took_us / 1000)),
        Some(error) => Finding::bad("database", error, "look at the database and at the server's log"),
    }
}

fn reachable(market: &MarketplaceHealth) -> Finding {
    let name = &market.marketplace;
    match (&market.error, market.skew_ms) {
        (Some(error), _) => {
            let todo = "check network, base_url, app_key and app_secret of the marketplace; its operator may be down";
            Finding::bad(name, format!("does not answer as it should: {error}"), todo)
        }
        (None, Some(skew)) if skew.abs() > SKEW_MS => {
            let todo = "set the server's clock by a time service (NTP); marketplaces refuse old signatures";
            Finding::warn(name, format!("answers, but its clock differs by {} s", skew.abs() / 1000), todo)
        }
        (None, _) => Finding::good(name, format!("takes our key, in {} ms", market.took_us / 1000)),
    }
}

fn authorised(market: &MarketplaceHealth) -> Finding {
    let check = format!("{} account", market.marketplace);
    let until = market.authorised_until.map_or_else(String::new, |until| until.at.iso());
    match market.authorisation.as_str() {
        "valid" => Finding::good(&check, format!("authorised until {until}")),
        "expired" => {
            let todo =
                "nothing, if the next call renews it; otherwise authorise the account anew and configure its tokens";
            Finding::warn(&check, format!("the token ran out or its age is not known ({until})"), todo)
        }
        "missing" => {
            let todo = "authorise a purchasing account and configure its tokens";
            Finding::bad(&check, "no default account has tokens", todo)
        }
        _ => Finding::bad(&check, "the tokens cannot be read", "start with the master key that sealed them"),
    }
}

fn waiting(queues: &QueueHealth) -> Vec<Finding> {
    let stuck = |seconds: Option<i64>| seconds.filter(|s| *s > STUCK_SECONDS);
    let mut findings = Vec::new();
    if let Some(seconds) = stuck(queues.overdue_seconds) {
        let says = format!("{} pending, the next one is {seconds} s overdue", queues.messages_pending);
        findings.push(Finding::bad("messages", says, "look for callback warnings in the server's log"));
    }
    if queues.messages_dead > 0 {
        let says = format!("{} were given up after their last attempt", queues.messages_dead);
        let todo = "have the receivers repaired, then `sampan messages replay --since TIME`";
        findings.push(Finding::warn("messages", says, todo));
    }
    if queues.receivers_paused > 0 {
        let says = format!("{} failed for days and are paused; their messages are held", queues.receivers_paused);
        let todo = "`sampan developer list` names them; their developers repair them and call `sampan callback verify`";
        findings.push(Finding::warn("receivers", says, todo));
    }
    if queues.messages_held > 0 {
        let says = format!("{} wait for a verified callback", queues.messages_held);
        findings.push(Finding::warn("messages", says, "`sampan callback set URL --verify` by their developers"));
    }
    if let Some(seconds) = stuck(queues.oldest_observation_seconds) {
        let says = format!("{} looks are due, the oldest for {seconds} s", queues.observations_due);
        findings.push(Finding::warn("observations", says, "see the marketplace; the looks are taken once it answers"));
    }
    if let Some(seconds) = stuck(queues.oldest_intent_seconds) {
        let says = format!("{} writes have no known outcome, the oldest for {seconds} s", queues.open_intents);
        findings.push(Finding::warn("intents", says, "see the marketplace; they are settled once it answers"));
    }
    if findings.is_empty() {
        let says = format!("{} messages pending, nothing is stuck", queues.messages_pending);
        findings.push(Finding::good("queues", says));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::doctor::finding::State;
    use domain::Timestamp;

    fn well() -> OperatorHealth {
        let queues = QueueHealth {
            messages_pending: 1,
            messages_dead: 0,
            messages_held: 0,
            receivers_failing: 1,
            receivers_paused: 0,
            oldest_pending_seconds: Some(3000),
            overdue_seconds: Some(0),
            observations_due: 0,
            oldest_observation_seconds: None,
            open_intents: 1,
            oldest_intent_seconds: Some(1),
        };
        let market = MarketplaceHealth {
            marketplace: "alibaba1688".into(),
            reachable: true,
            error: None,
            took_us: 900,
            skew_ms: Some(-5),
            authorisation: "valid".into(),
            authorised_until: Some(Timestamp(1).into()),
        };
        OperatorHealth {
            at: Timestamp(0).into(),
            database: DatabaseHealth { ok: true, error: None, took_us: 10 },
            marketplaces: vec![market],
            queues: Some(queues),
        }
    }

    /// The worst of what is found after a change.
    fn worst(change: impl FnOnce(&mut OperatorHealth)) -> State {
        let mut health = well();
        change(&mut health);
        let states: Vec<State> = findings(&health).into_iter().map(|f| f.state).collect();
        let has = |state| states.contains(&state);
        if has(State::Bad) {
            State::Bad
        } else if has(State::Warn) {
            State::Warn
        } else {
            State::Good
        }
    }

    #[test]
    fn each_trouble_is_seen_and_a_retry_that_waits_is_none() {
        assert_eq!(worst(|_| {}), State::Good);
        assert_eq!(worst(|h| h.database.error = Some("gone".into())), State::Bad);
        assert_eq!(worst(|h| h.marketplaces.clear()), State::Bad);
        assert_eq!(worst(|h| h.marketplaces[0].error = Some("Timeout".into())), State::Bad);
        assert_eq!(worst(|h| h.marketplaces[0].skew_ms = Some(61_000)), State::Warn);
        assert_eq!(worst(|h| h.marketplaces[0].authorisation = "expired".into()), State::Warn);
        assert_eq!(worst(|h| h.marketplaces[0].authorisation = "missing".into()), State::Bad);
        assert_eq!(worst(|h| h.queues = None), State::Bad);
        let queues = |change: fn(&mut QueueHealth)| worst(|h| change(h.queues.as_mut().unwrap()));
        assert_eq!(queues(|q| q.overdue_seconds = Some(61)), State::Bad);
        assert_eq!(queues(|q| q.messages_dead = 1), State::Warn);
        assert_eq!(queues(|q| q.messages_held = 1), State::Warn);
        assert_eq!(queues(|q| q.receivers_paused = 1), State::Warn);
        assert_eq!(queues(|q| q.oldest_observation_seconds = Some(61)), State::Warn);
        assert_eq!(queues(|q| q.oldest_intent_seconds = Some(61)), State::Warn);
    }
}
