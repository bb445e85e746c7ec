//! What the operator does: developers, purchasing accounts.

use crate::{
    Platform, Problem, Result, Ticket,
    account::{GRANTED, INCLUDE_UPSTREAM, NONCE_RULE, NonceRule, SIGNATURE_RULE, SignatureRule, includes_upstream},
    developer::{NewKey, with_setting},
    problem::Thing,
    tokens::sealed,
};
use connector::TokenSet;
use domain::{AccountId, DeveloperId, Marketplace, UserId};
use storage::{
    Changes, CommitError, What,
    records::{Account, Developer, Meta, Standing, User},
};

/// A developer to be made, with one user and one key.
#[derive(Debug, Clone)]
pub struct NewDeveloper {
    /// Drawn where it is left out.
    pub id: Option<DeveloperId>,
    pub name: String,
    pub editions: Vec<String>,
    pub message_edition: String,
    /// May ask for the marketplace's own answers.
    pub include_upstream: bool,
}

/// A developer that was made.
pub struct MadeDeveloper {
    pub id: DeveloperId,
    pub user: UserId,
    pub key: NewKey,
}

/// What is changed of a developer; `None` leaves it as it is.
#[derive(Debug, Clone, Default)]
pub struct DeveloperChange {
    pub enabled: Option<bool>,
    pub editions: Option<Vec<String>>,
    pub message_edition: Option<String>,
    pub nonce_rule: Option<NonceRule>,
    pub include_upstream: Option<bool>,
    pub signature_rule: Option<SignatureRule>,
}

/// A developer as the operator sees it.
#[derive(Debug, Clone)]
pub struct DeveloperEntry {
    pub developer: Developer,
    /// Keys that hold now.
    pub access_keys: Vec<String>,
    pub nonce_rule: NonceRule,
    pub include_upstream: bool,
    pub signature_rule: SignatureRule,
}

/// A purchasing account at a marketplace.
#[derive(Debug, Clone)]
pub struct NewAccount {
    pub id: AccountId,
    pub marketplace: Marketplace,
    pub login_id: String,
    pub member_id: String,
    pub tokens: TokenSet,
    pub is_default: bool,
}

fn with_include_upstream(settings: &str, granted: bool) -> String {
    with_setting(settings, INCLUDE_UPSTREAM, if granted { GRANTED } else { "refused" })
}

fn standing(enabled: bool) -> Standing {
    if enabled { Standing::Active } else { Standing::Disabled }
}

/// The one edition of the operator.
const OPERATOR: &str = "operator";
/// User ids are 13 digits beginning 21000.
const FIRST_USER: i64 = 2_100_000_000_000;

impl Platform {
    pub async fn create_developer(&self, ticket: &Ticket, new: NewDeveloper) -> Result<MadeDeveloper> {
        let (made, changes) = self.new_developer(new).await?;
        ticket.decide_account(changes);
        Ok(made)
    }

    /// Makes a developer that the installation remembers under a name, e.g. its operator.
    pub async fn create_remembered(&self, name: &str, new: NewDeveloper) -> Result<MadeDeveloper> {
        let (made, changes) = self.new_developer(new).await?;
        let fact = Meta { name: name.to_owned(), value: made.id.to_string() };
        self.storage.commit(changes.insert_meta(&fact)).await?;
        Ok(made)
    }

    /// What the installation remembers under a name.
    pub async fn remembered(&self, name: &str) -> Result<Option<String>> {
        Ok(self.storage.meta(name).await?)
    }

    /// A new key for a developer whose keys were lost; those hold no more.
    pub async fn replace_keys(&self, developer: DeveloperId) -> Result<NewKey> {
        let now = self.clocks.wall();
        let (key, secret) = self.new_key(developer, now);
        let lost = self.storage.access_keys(developer).await?;
        let changes = lost.iter().fold(Changes::new().insert_access_key(&key), |changes, lost| {
            changes.expire_access_key(developer, &lost.access_key, now)
        });
        self.storage.commit(changes).await?;
        Ok(NewKey { access_key: key.access_key, secret, previous_until: None })
    }

    async fn new_developer(&self, new: NewDeveloper) -> Result<(MadeDeveloper, Changes)> {
        let now = self.clocks.wall();
        let id = match new.id {
            Some(id) => id,
            None => self.draw_developer_id()?,
        };
        let user = self.draw_user_id().await?;
        let developer = Developer {
            id,
            name: new.name,
            editions: new.editions.join(","),
            message_edition: new.message_edition,
            status: Standing::Active,
            default_user: user,
            callback_url: None,
            callback_verified_at: None,
            callback_paused_at: None,
            settings: with_include_upstream("{}", new.include_upstream),
            created_at: now,
            version: 1,
        };
        let first_user = User { developer_id: id, user_id: user, name: "default".to_owned(), status: Standing::Active };
        let (key, secret) = self.new_key(id, now);
        let changes = Changes::new().insert_developer(&developer).insert_user(&first_user).insert_access_key(&key);
        let key = NewKey { access_key: key.access_key, secret, previous_until: None };
        Ok((MadeDeveloper { id, user, key }, changes))
    }

    /// Changes a developer; what is `None` stays.
    pub async fn set_developer(
        &self,
        ticket: &Ticket,
        id: DeveloperId,
        change: DeveloperChange,
    ) -> Result<DeveloperEntry> {
        let mut developer = self.developer(id).await?;
        if let Some(enabled) = change.enabled {
            developer.status = standing(enabled);
        }
        if let Some(editions) = change.editions {
            developer.editions = editions.join(",");
        }
        if let Some(edition) = change.message_edition {
            developer.message_edition = edition;
        }
        if let Some(rule) = change.nonce_rule {
            developer.settings = with_setting(&developer.settings, NONCE_RULE, rule.word());
        }
        if let Some(granted) = change.include_upstream {
            developer.settings = with_include_upstream(&developer.settings, granted);
        }
        if let Some(rule) = change.signature_rule {
            developer.settings = with_setting(&developer.settings, SIGNATURE_RULE, rule.word());
        }
        ticket.decide_account(Changes::new().update_developer(&developer));
        self.entry(developer).await
    }

    /// Makes a user of a developer.
    pub async fn create_user(&self, ticket: &Ticket, id: DeveloperId, name: &str) -> Result<User> {
        self.developer(id).await?;
        let user = User {
            developer_id: id,
            user_id: self.draw_user_id().await?,
            name: name.to_owned(),
            status: Standing::Active,
        };
        ticket.decide_account(Changes::new().insert_user(&user));
        Ok(user)
    }

    pub async fn set_user(&self, ticket: &Ticket, id: DeveloperId, user: UserId, enabled: bool) -> Result<User> {
        let found = self.storage.user(id, user).await?.ok_or(Problem::NotFound(Thing::User))?;
        let user = User { status: standing(enabled), ..found };
        ticket.decide_account(Changes::new().replace_user(&user));
        Ok(user)
    }

    async fn draw_user_id(&self) -> Result<UserId> {
        let number = self.storage.next(None, "user_id", 1).await?;
        UserId::new(FIRST_USER + number).map_err(|e| Problem::Internal(e.to_string()))
    }

    /// Newest first; the operator is none of them.
    pub async fn developers(&self, page: u32, size: u32) -> Result<(Vec<DeveloperEntry>, usize)> {
        let mut all = self.storage.developers().await?;
        all.retain(|developer| developer.editions != OPERATOR);
        all.reverse();
        let total = all.len();
        let skip = (page as usize).saturating_sub(1).saturating_mul(size as usize);
        let mut entries = Vec::new();
        for developer in all.into_iter().skip(skip).take(size as usize) {
            entries.push(self.entry(developer).await?);
        }
        Ok((entries, total))
    }

    pub async fn developer_entry(&self, id: DeveloperId) -> Result<DeveloperEntry> {
        let developer = self.developer(id).await?;
        self.entry(developer).await
    }

    async fn entry(&self, developer: Developer) -> Result<DeveloperEntry> {
        let now = self.clocks.wall();
        let keys = self.storage.access_keys(developer.id).await?;
        let live = keys.into_iter().filter(|k| k.expires_at.is_none_or(|at| now < at));
        let nonce_rule = NonceRule::of(&developer.settings);
        let include_upstream = includes_upstream(&developer.settings);
        let signature_rule = SignatureRule::of(&developer.settings);
        let access_keys = live.map(|k| k.access_key).collect();
        Ok(DeveloperEntry { developer, access_keys, nonce_rule, include_upstream, signature_rule })
    }

    /// Registers a purchasing account; one that is there already keeps its tokens.
    pub async fn register_account(&self, new: NewAccount) -> Result<()> {
        let account = Account {
            id: new.id,
            marketplace: new.marketplace,
            login_id: new.login_id,
            member_id: new.member_id,
            tokens: Some(sealed(&new.tokens)),
            is_default: new.is_default,
            version: 1,
        };
        match self.storage.commit(Changes::new().insert_account(&account)).await {
            Ok(()) | Err(CommitError::Conflict(What::Account)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// 19 digits, like the ids that clients know.
    fn draw_developer_id(&self) -> Result<DeveloperId> {
        let [a, b, c, d, e, f, g, h, ..] = (self.random)();
        let drawn = i64::from_be_bytes([a, b, c, d, e, f, g, h]).unsigned_abs() % 1_000_000_000_000_000_000;
        let id = 1_000_000_000_000_000_000 + i64::try_from(drawn).unwrap_or_default();
        DeveloperId::new(id).map_err(|e| Problem::Internal(e.to_string()))
    }
}
