//! Who a caller is: access key, developer, user. Cached, because every request asks; forgotten when this process changes
//! them, and after a few seconds in any case, since another process may have.

use crate::{Platform, Problem, Result};
use domain::{AccountId, DeveloperId, IdCipher, IdKey, Marketplace, Timestamp, UserId};
use moka::sync::Cache as Moka;
use std::{fmt, sync::Arc, time::Duration};
use storage::{
    Changes, CommitError, Secret, What,
    records::{Developer, InstallationSecret, Standing},
};
use tokio::sync::OnceCell;

/// How long another process's change may go unseen.
const REMEMBER: Duration = Duration::from_secs(5);

/// The secret of the installation from which opaque ids are made.
const ID_KEY: &str = "id_key";

/// The setting that names the nonce rule.
pub(crate) const NONCE_RULE: &str = "nonceRule";

/// The setting that names the signature rule.
pub(crate) const SIGNATURE_RULE: &str = "signatureRule";

/// The setting that says whether requests may ask for the marketplace's own answers.
pub(crate) const INCLUDE_UPSTREAM: &str = "includeUpstream";

/// What stands in [`INCLUDE_UPSTREAM`] where it is granted.
pub(crate) const GRANTED: &str = "granted";

/// Whether the setting [`INCLUDE_UPSTREAM`] is granted. It is not where nothing is said: answers of a marketplace show how
/// the operator buys.
pub(crate) fn includes_upstream(settings: &str) -> bool {
    crate::developer::setting(settings, INCLUDE_UPSTREAM).is_some_and(|word| word == GRANTED)
}

/// Which requests need a nonce that was not seen before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NonceRule {
    /// Those that change state.
    #[default]
    Standard,
    /// All, and none may be absent.
    Strict,
    Off,
}

impl NonceRule {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Strict => "strict",
            Self::Off => "off",
        }
    }

    /// `None` for a word that is none of these.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Standard, Self::Strict, Self::Off].into_iter().find(|rule| rule.word() == word)
    }

    pub(crate) fn of(settings: &str) -> Self {
        crate::developer::setting(settings, NONCE_RULE).and_then(|word| Self::parse(&word)).unwrap_or_default()
    }
}

/// Which request signatures are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SignatureRule {
    #[default]
    Any,
    /// The strong one only.
    Strong,
}

impl SignatureRule {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Strong => "strong",
        }
    }

    /// `None` for a word that is none of these.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Any, Self::Strong].into_iter().find(|rule| rule.word() == word)
    }

    pub(crate) fn of(settings: &str) -> Self {
        crate::developer::setting(settings, SIGNATURE_RULE).and_then(|word| Self::parse(&word)).unwrap_or_default()
    }
}

/// A developer as requests need it.
#[derive(Debug)]
pub struct Account {
    pub id: DeveloperId,
    pub name: String,
    pub enabled: bool,
    pub default_user: UserId,
    pub nonce_rule: NonceRule,
    pub signature_rule: SignatureRule,
    /// May ask for the marketplace's own answers.
    pub include_upstream: bool,
    /// Turns marketplace ids into the opaque ones that this developer sees, and back.
    pub ids: IdCipher,
    editions: Vec<String>,
}

impl Account {
    /// Whether an edition is granted, by its name.
    pub fn granted(&self, edition: &str) -> bool {
        self.editions.iter().any(|e| e == edition)
    }

    pub fn editions(&self) -> &[String] {
        &self.editions
    }

    fn of(developer: &Developer, key: &IdKey) -> Self {
        Self {
            id: developer.id,
            name: developer.name.clone(),
            enabled: developer.status == Standing::Active,
            default_user: developer.default_user,
            nonce_rule: NonceRule::of(&developer.settings),
            signature_rule: SignatureRule::of(&developer.settings),
            include_upstream: includes_upstream(&developer.settings),
            ids: key.of(developer.id),
            editions: developer.editions.split(',').map(|e| e.trim().to_owned()).collect(),
        }
    }
}

/// The secret of an access key; prints as stars.
#[derive(Clone)]
pub struct AccessSecret(String);

impl AccessSecret {
    pub(crate) fn new(text: String) -> Self {
        Self(text)
    }

    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for AccessSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// An access key with whose it is.
#[derive(Debug)]
pub struct Credential {
    pub access_key: String,
    pub secret: AccessSecret,
    pub developer: Arc<Account>,
    expires_at: Option<Timestamp>,
}

/// Whether a user may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserStanding {
    Enabled,
    Disabled,
    /// Not a user of this developer.
    Unknown,
}

/// A caller whose signature holds.
#[derive(Debug, Clone)]
pub struct Caller {
    pub developer: Arc<Account>,
    pub user: UserId,
    pub access_key: String,
    pub request_id: String,
}

pub(crate) struct Cache {
    credentials: Moka<String, Arc<Credential>>,
    users: Moka<(DeveloperId, UserId), UserStanding>,
    /// Who buys for a user.
    buyers: Moka<(DeveloperId, UserId, Marketplace), AccountId>,
    /// Never changes, so it is read once.
    id_key: OnceCell<IdKey>,
}

impl Cache {
    pub(crate) fn new() -> Self {
        let small = 100_000;
        Self {
            credentials: Moka::builder().max_capacity(small).time_to_live(REMEMBER).build(),
            users: Moka::builder().max_capacity(small).time_to_live(REMEMBER).build(),
            buyers: Moka::builder().max_capacity(small).time_to_live(REMEMBER).build(),
            id_key: OnceCell::new(),
        }
    }

    /// A developer, its keys, users or their purchasing accounts were changed.
    pub(crate) fn forget(&self) {
        self.credentials.invalidate_all();
        self.users.invalidate_all();
        self.buyers.invalidate_all();
    }
}

impl Platform {
    /// The holder of an access key; `None` when it is unknown or no longer holds.
    pub async fn credential(&self, access_key: &str, now: Timestamp) -> Result<Option<Arc<Credential>>> {
        let live = |c: &Arc<Credential>| c.expires_at.is_none_or(|at| now < at);
        if let Some(known) = self.accounts.credentials.get(access_key) {
            return Ok(Some(known).filter(live));
        }
        let Some(key) = self.storage.access_key(access_key).await? else { return Ok(None) };
        let Some(developer) = self.storage.developer(key.developer_id).await? else { return Ok(None) };
        let credential = Arc::new(Credential {
            access_key: key.access_key,
            secret: AccessSecret::new(String::from_utf8_lossy(key.secret.expose()).into_owned()),
            developer: self.known_developer(&developer).await?,
            expires_at: key.expires_at,
        });
        self.accounts.credentials.insert(access_key.to_owned(), credential.clone());
        Ok(Some(credential).filter(live))
    }

    /// A developer as requests need it.
    pub(crate) async fn known_developer(&self, developer: &Developer) -> Result<Arc<Account>> {
        let id_key = self.accounts.id_key.get_or_try_init(|| self.id_key()).await?;
        Ok(Arc::new(Account::of(developer, id_key)))
    }

    /// The key of opaque ids; the first process that needs one makes it.
    async fn id_key(&self) -> Result<IdKey> {
        if let Some(known) = self.kept_id_key().await? {
            return Ok(known);
        }
        let value = Secret::new([(self.random)(), (self.random)()].concat());
        let secret = InstallationSecret { name: ID_KEY.to_owned(), value };
        match self.storage.commit(Changes::new().insert_installation_secret(&secret)).await {
            Ok(()) | Err(CommitError::Conflict(What::InstallationSecret)) => {}
            Err(error) => return Err(error.into()),
        }
        self.kept_id_key().await?.ok_or_else(|| Problem::Internal("the key of opaque ids is gone".to_owned()))
    }

    async fn kept_id_key(&self) -> Result<Option<IdKey>> {
        let Some(kept) = self.storage.installation_secret(ID_KEY).await? else { return Ok(None) };
        let bytes = kept.value.expose().try_into();
        let bytes = bytes.map_err(|_| Problem::Internal("the key of opaque ids is damaged".to_owned()))?;
        Ok(Some(IdKey::new(bytes)))
    }

    /// The purchasing account that buys for a user: its own, else the operator's default.
    pub(crate) async fn account_of(&self, caller: &Caller, marketplace: Marketplace) -> Result<AccountId> {
        let key = (caller.developer.id, caller.user, marketplace);
        if let Some(known) = self.accounts.buyers.get(&key) {
            return Ok(known);
        }
        let account = match self.storage.binding(caller.developer.id, caller.user, marketplace).await? {
            Some(bound) => bound.account_id,
            None => {
                let default = self.storage.default_account(marketplace).await?;
                default.ok_or(Problem::NotOffered("a purchasing account"))?.id
            }
        };
        self.accounts.buyers.insert(key, account);
        Ok(account)
    }

    pub async fn user_standing(&self, developer: DeveloperId, user: UserId) -> Result<UserStanding> {
        if let Some(standing) = self.accounts.users.get(&(developer, user)) {
            return Ok(standing);
        }
        let standing = match self.storage.user(developer, user).await? {
            None => return Ok(UserStanding::Unknown),
            Some(user) if user.status == Standing::Active => UserStanding::Enabled,
            Some(_) => UserStanding::Disabled,
        };
        self.accounts.users.insert((developer, user), standing);
        Ok(standing)
    }
}
