//! A developer's own account: profile, callback, messages, secret.

use crate::{Caller, Platform, Problem, Result, Ticket, problem::Thing};
use domain::{DeveloperId, MessageId, Timestamp};
use messages::{MessageEdition, Outcome, UrlError, VerifyError};
use serde_json::{Map, Value};
use storage::{
    Changes, MessageFilter, Secret,
    records::{AccessKey, Developer},
};

pub use storage::records::{Attempt, Delivery, DeliveryState, Message, ObjectKind, Standing};
pub use storage::{MessageEntry, records::User};

/// The setting that says what follows the access key in the base of `Authorization`.
const BASE: &str = "callbackBase";

/// What a developer may know of itself.
#[derive(Debug, Clone)]
pub struct Profile {
    pub developer: Developer,
    pub users: Vec<User>,
    pub callback: Callback,
}

/// Where messages go and how they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    pub url: Option<String>,
    pub verified_at: Option<Timestamp>,
    /// World time at which it was paused, since it had failed for days.
    pub paused_at: Option<Timestamp>,
    /// World time since when it takes nothing.
    pub failing_since: Option<Timestamp>,
    pub edition: String,
    /// `rawBody` or `messageBody`.
    pub base: String,
}

/// What is changed of a callback; `None` leaves it as it is, an empty URL removes it.
#[derive(Debug, Clone, Default)]
pub struct CallbackChange {
    pub url: Option<String>,
    pub edition: Option<String>,
    pub base: Option<&'static str>,
}

/// Which messages are looked for.
#[derive(Debug, Clone, Default)]
pub struct MessageQuery {
    pub created: (Option<Timestamp>, Option<Timestamp>),
    pub state: Option<DeliveryState>,
    pub message_type: Option<String>,
    pub object_id: Option<i64>,
    pub page: u32,
    pub page_size: u32,
}

/// Which messages are sent again.
#[derive(Debug, Clone, Copy)]
pub enum Replay {
    One(MessageId),
    Range(MessageId, MessageId),
    Since(Timestamp),
}

/// A new key with its secret, shown once.
pub struct NewKey {
    pub access_key: String,
    pub secret: String,
    pub previous_until: Option<Timestamp>,
}

/// A developer's setting, where it is a text.
pub(crate) fn setting(settings: &str, name: &str) -> Option<String> {
    let map: Map<String, Value> = serde_json::from_str(settings).unwrap_or_default();
    map.get(name).and_then(Value::as_str).map(str::to_owned)
}

/// The settings with one of them changed.
pub(crate) fn with_setting(settings: &str, name: &str, value: &str) -> String {
    let mut map: Map<String, Value> = serde_json::from_str(settings).unwrap_or_default();
    map.insert(name.to_owned(), Value::from(value));
    Value::Object(map).to_string()
}

fn callback(developer: &Developer, failing_since: Option<Timestamp>) -> Callback {
    Callback {
        url: developer.callback_url.clone(),
        verified_at: developer.callback_verified_at,
        paused_at: developer.callback_paused_at,
        failing_since,
        edition: developer.message_edition.clone(),
        base: setting(&developer.settings, BASE).unwrap_or_else(|| "rawBody".to_owned()),
    }
}

impl Platform {
    pub async fn profile(&self, id: DeveloperId) -> Result<Profile> {
        let developer = self.developer(id).await?;
        let users = self.storage.users(id).await?;
        let failing_since = self.storage.receiver_fails_since(id).await?;
        Ok(Profile { callback: callback(&developer, failing_since), developer, users })
    }

    pub async fn callback(&self, caller: &Caller) -> Result<Callback> {
        let developer = self.developer(caller.developer.id).await?;
        Ok(callback(&developer, self.storage.receiver_fails_since(developer.id).await?))
    }

    /// Changes the callback. A changed URL has to pass the verification again.
    pub async fn set_callback(&self, caller: &Caller, ticket: &Ticket, change: CallbackChange) -> Result<Callback> {
        let mut developer = self.developer(caller.developer.id).await?;
        let mut failing_since = self.storage.receiver_fails_since(developer.id).await?;
        let mut changes = Changes::new();
        if let Some(url) = change.url {
            let url = Some(url).filter(|u| !u.is_empty());
            if let Some(url) = &url {
                self.deliverer.accept(url).map_err(bad_url)?;
            }
            if url != developer.callback_url {
                (developer.callback_verified_at, developer.callback_paused_at) = (None, None);
                changes = changes.forgive_receiver(developer.id);
                failing_since = None;
            }
            developer.callback_url = url;
        }
        if let Some(edition) = change.edition {
            developer.message_edition = edition;
        }
        if let Some(base) = change.base {
            developer.settings = with_setting(&developer.settings, BASE, base);
        }
        ticket.decide_account(changes.update_developer(&developer));
        Ok(callback(&developer, failing_since))
    }

    /// Posts the verification. Passed, the URL may be sent to, also one that was paused, and what was held is queued.
    pub async fn verify_callback(&self, caller: &Caller, ticket: &Ticket) -> Result<Outcome> {
        let mut developer = self.developer(caller.developer.id).await?;
        let url = developer.callback_url.clone().ok_or(Problem::NotFound(Thing::Callback))?;
        let edition = MessageEdition::parse(&developer.message_edition).unwrap_or(MessageEdition::V1);
        let target = self.credentials.unverified(developer.id).await.map_err(|e| Problem::Internal(e.to_string()))?;
        let target = target.ok_or_else(|| Problem::Internal("a developer without a key".to_owned()))?;
        let outcome = self.deliverer.verify(developer.id, edition, &target).await.map_err(|error| match error {
            VerifyError::Url(error) => bad_url(error),
            error => Problem::Internal(error.to_string()),
        })?;
        if !outcome.acknowledged() {
            return Ok(outcome);
        }
        tracing::info!(developer = %developer.id, host = host(&url), "a callback URL passed");
        developer.callback_verified_at = Some(self.clocks.wall());
        developer.callback_paused_at = None;
        let changes = Changes::new().update_developer(&developer).forgive_receiver(developer.id);
        let changes = changes.release_held(developer.id, self.clocks.world());
        ticket.decide_account(changes);
        Ok(outcome)
    }

    pub async fn messages(&self, caller: &Caller, query: MessageQuery) -> Result<(Vec<MessageEntry>, i64)> {
        let filter = MessageFilter {
            created: storage::Period { from: query.created.0, to: query.created.1 },
            states: query.state.into_iter().collect(),
            message_type: query.message_type,
            object_id: query.object_id,
            ..MessageFilter::default()
        };
        let offset = i64::from(query.page.saturating_sub(1)) * i64::from(query.page_size);
        let page = self.storage.messages(caller.developer.id, &filter, offset, i64::from(query.page_size)).await?;
        Ok((page.items, page.total))
    }

    /// Queues messages again, whatever became of them. Answers how many.
    pub async fn replay(&self, caller: &Caller, ticket: &Ticket, what: Replay) -> Result<i64> {
        let developer = caller.developer.id;
        let now = self.clocks.world();
        let ids = match what {
            Replay::One(id) => {
                if self.storage.message(developer, id).await?.is_none() {
                    return Err(Problem::NotFound(Thing::Message));
                }
                vec![id]
            }
            Replay::Range(from, to) => self.storage.message_ids(developer, Some((from, to)), None).await?,
            Replay::Since(since) => self.storage.message_ids(developer, None, Some(since)).await?,
        };
        let count = i64::try_from(ids.len()).unwrap_or(i64::MAX);
        ticket.decide(ids.into_iter().fold(Changes::new(), |c, id| c.replay(developer, id, now)));
        Ok(count)
    }

    /// A new key; the present ones hold for `overlap_s` seconds more.
    pub async fn reset_secret(&self, developer: DeveloperId, ticket: &Ticket, overlap_s: u32) -> Result<NewKey> {
        self.developer(developer).await?;
        let now = self.clocks.wall();
        let until = now.plus_secs(i64::from(overlap_s));
        let (key, secret) = self.new_key(developer, now);
        let mut changes = Changes::new().insert_access_key(&key);
        for old in self.storage.access_keys(developer).await? {
            if old.expires_at.is_none_or(|at| at > until) {
                changes = changes.expire_access_key(developer, &old.access_key, until);
            }
        }
        ticket.decide_account(changes);
        Ok(NewKey { access_key: key.access_key, secret, previous_until: (overlap_s > 0).then_some(until) })
    }

    pub(crate) fn new_key(&self, developer_id: DeveloperId, now: Timestamp) -> (AccessKey, String) {
        let secret = hex::encode((self.random)());
        let key = AccessKey {
            access_key: hex::encode((self.random)()),
            developer_id,
            secret: Secret::new(secret.clone().into_bytes()),
            created_at: now,
            expires_at: None,
        };
        (key, secret)
    }

    pub(crate) async fn developer(&self, id: DeveloperId) -> Result<Developer> {
        self.storage.developer(id).await?.ok_or(Problem::NotFound(Thing::Developer))
    }
}

fn bad_url(error: UrlError) -> Problem {
    Problem::Invalid { field: "url", expected: format!("a callback URL that may be called: {error}") }
}

/// Without path and query, which may hold secrets of the receiver.
fn host(url: &str) -> &str {
    url.split('/').nth(2).unwrap_or_default()
}
