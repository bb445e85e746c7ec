//! The use cases: what happens when a developer buys, pays, asks for a refund, or a marketplace says that something
//! changed. Knows no HTTP and no marketplace by name.
//!
//! Three rules hold everywhere. A write at a marketplace is an intent before and an outcome after ([`intent`]). What the
//! marketplace reports is compared with the mirror and the difference becomes events ([`observe`]); nothing else makes
//! messages. A developer's things are loaded under the developer's id, so another's are not found.

pub mod account;
pub mod accounts;
pub mod aftersale;
pub mod care;
pub mod cart;
pub mod catalog;
pub mod chat;
pub mod clock;
pub mod developer;
pub mod feed;
pub mod health;
pub mod ingest;
mod intend;
mod intent;
mod jobs;
pub mod mirror;
mod observe;
pub mod offering;
pub mod once;
pub mod operator;
pub mod orders;
mod outcome;
pub mod payments;
pub mod problem;
mod problem_from;
pub mod quota;
pub mod requests;
mod rivals;
mod rounds;
mod settle;
pub mod sight;
mod tokens;
mod under_way;

pub use account::Caller;
pub use clock::Clocks;
pub use jobs::{Calls, LeftOpen};
pub use once::Ticket;
pub use problem::Problem;
pub use rounds::Rounds;
pub use tokens::SealedTokens;

use connector::{Aftersale, Capabilities, Catalog, Ordering, Payment, Push};
use domain::{Marketplace, Timestamp};
use messages::{Deliverer, StoredCredentials};
use std::{collections::HashMap, sync::Arc};
use storage::Storage;
use tokio::sync::Notify;

/// Rates and times that an operator may set.
#[derive(Debug, Clone)]
pub struct Config {
    /// The platform's fee of a line, in hundredths of a percent of its amount.
    pub service_fee_bp: u32,
    /// What a payment costs, in hundredths of a percent of what is paid.
    pub surcharge_bp: u32,
    /// How long a mandatory preview serves.
    pub preview_ms: i64,
    /// A mirror older than this is compared again before it is shown.
    pub stale_ms: i64,
    /// A running intent of another process that is younger than this is its call under way.
    pub intent_ms: i64,
    /// Only when it is older than this does an intent of which the marketplace knows nothing count as not done: a call may
    /// still be on its way.
    pub doubt_ms: i64,
    /// How long a push for an order that nobody owns is kept.
    pub orphan_ms: i64,
    pub rounds: Rounds,
    /// Other processes work on the same database.
    pub shared_database: bool,
    /// Marks the intents of this installation: the process that owns its data folder is the only one that lives.
    pub instance: i64,
    /// Voucher URLs that count as uploaded by everybody (the sandbox's example).
    pub known_vouchers: Vec<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            service_fee_bp: 150,
            surcharge_bp: 245,
            preview_ms: 30 * 60_000,
            stale_ms: 10 * 60_000,
            intent_ms: 20_000,
            doubt_ms: 10 * 60_000,
            orphan_ms: 3_600_000,
            rounds: Rounds::default(),
            shared_database: false,
            instance: 0,
            known_vouchers: Vec::new(),
        }
    }
}

pub type Result<T> = std::result::Result<T, Problem>;

/// Sixteen random bytes.
pub type Random = Arc<dyn Fn() -> [u8; 16] + Send + Sync>;

pub struct Platform {
    storage: Storage,
    marketplaces: HashMap<Marketplace, Capabilities>,
    clocks: Clocks,
    random: Random,
    config: Config,
    deliverer: Arc<Deliverer>,
    credentials: Arc<StoredCredentials>,
    custodian: Option<Arc<dyn care::Custodian>>,
    accounts: account::Cache,
    looks: observe::Looks,
    sights: sight::Sights,
    reasons: aftersale::ReasonCache,
    sellers: orders::Sellers,
    requests: requests::RequestLog,
    under_way: under_way::UnderWay,
    clicks: chat::Clicks,
    days: quota::Days,
    /// Rung when an observation was queued.
    to_observe: Notify,
}

/// What the wiring gives to the platform.
pub struct Parts {
    pub storage: Storage,
    pub marketplaces: HashMap<Marketplace, Capabilities>,
    pub clocks: Clocks,
    pub random: Random,
    pub config: Config,
    pub deliverer: Arc<Deliverer>,
    pub credentials: Arc<StoredCredentials>,
    /// `None`: this host keeps no files, and care of them is not offered.
    pub custodian: Option<Arc<dyn care::Custodian>>,
}

impl Platform {
    pub fn new(parts: Parts) -> Arc<Self> {
        Arc::new(Self {
            accounts: account::Cache::new(),
            looks: observe::Looks::new(),
            sights: sight::Sights::new(),
            reasons: aftersale::reason_cache(),
            sellers: orders::sellers(),
            requests: requests::RequestLog::new(),
            under_way: under_way::UnderWay::default(),
            clicks: chat::Clicks::new(),
            days: quota::Days::default(),
            to_observe: Notify::new(),
            storage: parts.storage,
            marketplaces: parts.marketplaces,
            clocks: parts.clocks,
            random: parts.random,
            config: parts.config,
            deliverer: parts.deliverer,
            credentials: parts.credentials,
            custodian: parts.custodian,
        })
    }

    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Now, as the story measures it.
    pub fn world(&self) -> Timestamp {
        self.clocks.world()
    }

    /// A new id of 32 hex digits: the moment, then 80 random bits. Ids made one after the other lie side by side in an
    /// index, so that a commit of many touches few pages of it.
    fn new_id(&self) -> String {
        let mut bytes = (self.random)();
        self.clocks.wall().stamp(&mut bytes);
        hex::encode(bytes)
    }

    fn capabilities(&self, marketplace: Marketplace) -> Result<&Capabilities> {
        self.marketplaces.get(&marketplace).ok_or(Problem::NotOffered("the marketplace"))
    }

    fn catalog_of(&self, marketplace: Marketplace) -> Result<&Arc<dyn Catalog>> {
        self.capabilities(marketplace)?.catalog.as_ref().ok_or(Problem::NotOffered("the catalogue"))
    }

    fn ordering(&self, marketplace: Marketplace) -> Result<&Arc<dyn Ordering>> {
        self.capabilities(marketplace)?.ordering.as_ref().ok_or(Problem::NotOffered("ordering"))
    }

    fn payment(&self, marketplace: Marketplace) -> Result<&Arc<dyn Payment>> {
        self.capabilities(marketplace)?.payment.as_ref().ok_or(Problem::NotOffered("payment"))
    }

    fn aftersale(&self, marketplace: Marketplace) -> Result<&Arc<dyn Aftersale>> {
        self.capabilities(marketplace)?.aftersale.as_ref().ok_or(Problem::NotOffered("after-sales"))
    }

    fn push(&self, marketplace: Marketplace) -> Result<&Arc<dyn Push>> {
        self.capabilities(marketplace)?.push.as_ref().ok_or(Problem::NotOffered("pushes"))
    }
}

impl From<storage::Error> for Problem {
    fn from(error: storage::Error) -> Self {
        match error {
            storage::Error::Overloaded => Self::Overloaded,
            other => Self::Internal(other.to_string()),
        }
    }
}

impl From<storage::CommitError> for Problem {
    fn from(error: storage::CommitError) -> Self {
        match error {
            storage::CommitError::Conflict(storage::What::Nonce) => Self::NonceReplayed,
            storage::CommitError::Conflict(storage::What::Idempotency) => Self::StillRunning("Idempotency-Key"),
            storage::CommitError::Conflict(storage::What::Payment) => {
                Self::OrderState("the payment was changed at the same moment; look again".to_owned())
            }
            storage::CommitError::Conflict(storage::What::CartRow) => Self::StillRunning("cartIds"),
            storage::CommitError::Conflict(storage::What::CartRoom) => cart::no_room(),
            storage::CommitError::Conflict(what) => Self::Internal(format!("{what:?} changed at the same time")),
            storage::CommitError::Overloaded => Self::Overloaded,
            storage::CommitError::Unavailable(error) => error.into(),
        }
    }
}
