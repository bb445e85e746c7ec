//! The embedded marketplace: a server that speaks the 1688 open platform's protocol over one simulated economy.
//!
//! A peer, not a mock: the connector that talks to it is the one that talks to production. [`Sandbox`] is the whole of it;
//! `docs/SANDBOX.md` tells what it does. Who may reach the control API is decided by the wiring.

pub mod api;
pub mod calls;
pub mod cashier;
pub mod catalogue;
pub mod control;
pub mod economy;
pub mod faults;
mod oauth;
mod page;
pub mod pictures;
pub mod replay;
pub mod server;
mod talk;
mod vouchers;

pub use economy::{BackupError, OpenError, PushTarget, SignedPush, Travel, Wall};

use axum::Router;
use catalogue::Catalogue;
use connector::cassette::Recorded;
use domain::{AccountId, OrderId, Timestamp};
use economy::{Economy, Setup};
use pictures::Look;
use server::{App, Platform};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// How a sandbox is opened.
#[derive(Clone)]
pub struct SandboxConfig {
    /// Folder of the economy's file; made where there is none.
    pub dir: PathBuf,
    /// The app that is registered at this marketplace.
    pub app_key: String,
    pub app_secret: String,
    /// Seed of a new world; an existing one keeps its own.
    pub seed: u64,
    /// The clock on the wall.
    pub wall: Wall,
}

/// A running marketplace.
pub struct Sandbox {
    platform: Platform,
    catalogue: Arc<Catalogue>,
}

/// A purchasing account of the world and its newest tokens. No `Debug`: tokens are secrets.
#[derive(Clone)]
pub struct WorldAccount {
    pub login_id: String,
    pub member_id: String,
    pub user_id: i64,
    pub access_token: String,
    pub refresh_token: String,
    /// Wall time at which the access token ends.
    pub expires_at: Timestamp,
}

impl Sandbox {
    /// Reads the world from its folder, or makes a new one.
    pub async fn open(config: SandboxConfig) -> Result<Arc<Self>, OpenError> {
        let catalogue = Catalogue::embedded();
        let economy = Economy::open(Setup {
            path: config.dir.join("economy.sqlite"),
            seed: config.seed,
            wall: config.wall,
            catalogue: catalogue.clone(),
            look: Look::in_folder(catalogue.clone(), &config.dir),
            public_url: String::new(),
            app_secret: config.app_secret.clone(),
        })
        .await?;
        let app = Arc::new(App { key: config.app_key, secret: config.app_secret });
        Ok(Arc::new(Self {
            platform: Platform { app, economy, consents: Arc::default(), tape: Arc::default() },
            catalogue,
        }))
    }

    /// Where this marketplace is reached, e.g. `http://127.0.0.1:8080`. Begins the URLs of pictures, vouchers and the cashier.
    pub fn set_public_url(&self, url: &str) {
        self.platform.economy.set_public_url(url);
    }

    /// From now on these calls are answered as they were recorded; what was loaded before is gone.
    pub fn replay(&self, calls: Vec<Recorded>) {
        self.platform.tape.load(calls);
    }

    /// Everything: protocol, authorisation, pictures, vouchers, cashier and, under `/sandbox/control`, the control API.
    pub fn router(&self) -> Router {
        self.open_router().merge(self.control_router())
    }

    /// Everything but the control API.
    pub fn open_router(&self) -> Router {
        server::router(self.platform.clone())
            .merge(oauth::router(self.platform.clone()))
            .merge(pictures::router(self.catalogue.clone()))
            .merge(vouchers::router(self.platform.economy.clone()))
            .merge(cashier::router(self.platform.economy.clone()))
            .merge(talk::router(self.catalogue.clone()))
    }

    /// The control API alone, for a guard round it.
    pub fn control_router(&self) -> Router {
        replay::router(self.platform.tape.clone()).merge(control::router(self.platform.economy.clone()))
    }

    /// The protocol alone, as a `tower::Service` for a transport inside the process.
    pub fn protocol_service(&self) -> Router {
        server::router(self.platform.clone()).merge(oauth::router(self.platform.clone()))
    }

    /// Lets time pass and delivers push messages until `shutdown` is cancelled.
    pub fn start_tasks(&self, shutdown: CancellationToken) -> JoinHandle<()> {
        let economy = self.platform.economy.clone();
        drop(tokio::spawn(prepare(self.catalogue.clone(), economy.look().clone(), shutdown.clone())));
        tokio::spawn(economy.run(shutdown.cancelled_owned()))
    }

    /// Whether every search answers at once. Before that the first ones wait for what they need.
    pub fn is_indexed(&self) -> bool {
        self.catalogue.is_indexed() && self.platform.economy.look().is_ready()
    }

    /// Sets or replaces where push messages go.
    pub fn set_push_target(&self, target: Arc<dyn PushTarget>) {
        self.platform.economy.set_push_target(target);
    }

    /// The purchasing accounts of the world, by id.
    pub fn accounts(&self) -> Vec<WorldAccount> {
        let accounts = self.platform.economy.accounts().into_iter();
        accounts
            .filter_map(|a| {
                let access = a.access.last()?.clone();
                Some(WorldAccount {
                    login_id: a.party.login_id,
                    member_id: a.party.member_id,
                    user_id: a.party.user_id,
                    access_token: access.text,
                    refresh_token: a.refresh.text,
                    expires_at: access.ends_at,
                })
            })
            .collect()
    }

    /// Orders that every new world begins with, each with the account that bought it.
    pub fn example_orders(&self) -> Vec<(OrderId, AccountId)> {
        economy::example_orders()
    }

    /// World time minus wall time.
    pub fn offset_ms(&self) -> i64 {
        self.platform.economy.offset_ms()
    }

    /// The economy itself, for a host that moves the clock or reads records without HTTP.
    pub fn economy(&self) -> &Economy {
        &self.platform.economy
    }

    /// Copies the world as it is on disk at this moment into a new file; answers its bytes. Life goes on meanwhile.
    pub async fn backup(&self, to: &Path) -> Result<u64, BackupError> {
        self.platform.economy.backup(to).await
    }

    /// Finishes what is queued and closes the file.
    pub async fn close(&self) {
        self.platform.economy.close().await;
    }
}

/// How long after the start the indexes are made: the first requests come first.
const CALM: Duration = Duration::from_secs(2);

/// Makes ready what searches need, on a thread of its own.
async fn prepare(catalogue: Arc<Catalogue>, look: Arc<Look>, shutdown: CancellationToken) {
    if shutdown.run_until_cancelled(tokio::time::sleep(CALM)).await.is_none() {
        return;
    }
    let indexing = tokio::task::spawn_blocking(move || {
        catalogue.index();
        look.prepare(&|| shutdown.is_cancelled());
    });
    if let Err(error) = indexing.await {
        tracing::warn!(%error, "the indexes of the sandbox were not made; the first searches make them");
    }
}
