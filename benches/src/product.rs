//! The product with an upstream in the process that answers at once and keeps nothing: the same rooms in the same wiring
//! as the released binary, but for the transport of the one connector and for its limits, which belong to an upstream that
//! has limits.
//!
//! Prints nothing when it is ready; it writes `facts.json` and `bench-developer.json` into its folder, the key file last.

use crate::{
    clock, fill,
    stub::{self, Facts},
};
use alibaba1688::{Alibaba1688, AppSecret};
use axum::Router;
use connector::{Policy, TokenSet};
use domain::{AccountId, Marketplace, OrderId, Timestamp};
use gateway::{Gateway, Probes, Readiness};
use messages::{DeliverConfig, Deliverer, StoredCredentials};
use platform::{
    Clocks, Parts, Platform, SealedTokens,
    operator::{MadeDeveloper, NewAccount, NewDeveloper},
    orders::Adoption,
};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};
use storage::Storage;
use tokio::{net::TcpListener, task::JoinSet};
use tokio_util::sync::CancellationToken;

#[derive(clap::Args)]
pub struct Options {
    #[arg(long)]
    listen: SocketAddr,
    /// Data folder, empty
    #[arg(long)]
    folder: PathBuf,
    /// postgres://...; SQLite in the folder where it is left out
    #[arg(long)]
    database: Option<String>,
    /// Paid orders that are there from the beginning
    #[arg(long, default_value_t = 0)]
    paid_orders: usize,
}

pub async fn run(options: Options) -> Result<Value, String> {
    log_to_stderr();
    // First of all: a port that was free may not be so after the orders are made.
    let listener = TcpListener::bind(options.listen).await.map_err(|e| format!("{}: {e}", options.listen))?;
    let storage = fill::open(&options.folder, options.database.as_deref()).await?;
    let (answers, facts) = stub::learn(&options.folder.join("learning")).await?;
    let (platform, deliverer) = platform(&storage, stub::transport(answers));
    let account = AccountId::new(1).map_err(|e| e.to_string())?;
    let developer = accounts(&platform, account).await?;
    adopt(&platform, &developer, account, options.paid_orders).await?;
    let stop = CancellationToken::new();
    tokio::spawn(platform.clone().observe_queue(stop.clone()));
    tokio::spawn(platform.clone().keep_house(stop.clone()));
    tokio::spawn(deliverer.run(stop.clone().cancelled_owned()));
    let router = router(&platform).into_make_service_with_connect_info::<SocketAddr>();
    tell(&options, &developer, &facts)?;
    axum::serve(listener, router).with_graceful_shutdown(told_to_stop()).await.map_err(|e| e.to_string())?;
    stop.cancel();
    storage.close().await;
    Ok(json!({}))
}

fn log_to_stderr() {
    tracing_subscriber::fmt().with_max_level(tracing::Level::INFO).with_writer(std::io::stderr).with_ansi(false).init();
}

fn platform(storage: &Storage, upstream: connector::Transport) -> (Arc<Platform>, Arc<Deliverer>) {
    let wall: Arc<dyn Fn() -> Timestamp + Send + Sync> = Arc::new(clock::wall);
    let clocks = Clocks { wall: wall.clone(), world: wall.clone() };
    let credentials = Arc::new(StoredCredentials::new(storage.clone(), wall.clone()));
    let times = messages::Clocks { wall: wall.clone(), world: wall.clone() };
    let deliverer = Arc::new(Deliverer::new(storage.clone(), times, DeliverConfig::default(), credentials.clone()));
    let settings = alibaba1688::Config {
        base_url: "http://stub.invalid".to_owned(),
        app_key: "1688001".to_owned(),
        app_secret: AppSecret::new("stub"),
        site: "1688".to_owned(),
        catalog_account: None,
    };
    // This upstream has no quota: what is measured is the platform.
    let policy = Policy { concurrency: 100_000, rate: 10_000_000, ..Policy::new("alibaba1688") };
    let tokens = Arc::new(SealedTokens::new(storage.clone()));
    let connector = Arc::new(Alibaba1688::with_policy(settings, upstream, tokens, wall, &policy));
    let platform = Platform::new(Parts {
        storage: storage.clone(),
        marketplaces: HashMap::from([(Marketplace::Alibaba1688, connector.capabilities())]),
        clocks,
        random: Arc::new(clock::random),
        config: platform::Config::default(),
        deliverer: deliverer.clone(),
        credentials,
        custodian: None,
    });
    (platform, deliverer)
}

async fn accounts(platform: &Platform, account: AccountId) -> Result<MadeDeveloper, String> {
    let buyer = NewAccount {
        id: account,
        marketplace: Marketplace::Alibaba1688,
        login_id: "stub".to_owned(),
        member_id: "b2b-stub".to_owned(),
        tokens: TokenSet {
            access_token: "stub".to_owned(),
            refresh_token: "stub".to_owned(),
            expires_at: clock::wall().plus_secs(7 * 24 * 3600),
        },
        is_default: true,
    };
    platform.register_account(buyer).await.map_err(|p| format!("purchasing account: {p:?}"))?;
    let new = NewDeveloper {
        id: None,
        name: "bench".to_owned(),
        editions: vec!["v1".to_owned(), "ka".to_owned()],
        message_edition: "v1".to_owned(),
        include_upstream: false,
    };
    platform.create_remembered("bench", new).await.map_err(|p| format!("developer: {p:?}"))
}

/// Takes paid orders of the stub into the mirror.
async fn adopt(
    platform: &Arc<Platform>,
    developer: &MadeDeveloper,
    account: AccountId,
    count: usize,
) -> Result<(), String> {
    let mut under_way = JoinSet::new();
    for n in (1_i64..).take(count) {
        if under_way.len() >= 64 {
            finish(under_way.join_next().await)?;
        }
        let adoption = Adoption {
            marketplace: Marketplace::Alibaba1688,
            developer: developer.id,
            user: developer.user,
            account,
            order: OrderId::new(stub::PAID + stub::STRIDE * n).map_err(|e| e.to_string())?,
            rows: Vec::new(),
            announce: false,
        };
        let platform = platform.clone();
        under_way.spawn(async move { platform.adopt(&adoption).await.map(drop).map_err(|p| format!("{p:?}")) });
    }
    while let Some(done) = under_way.join_next().await {
        finish(Some(done))?;
    }
    Ok(())
}

fn finish(done: Option<Result<Result<(), String>, tokio::task::JoinError>>) -> Result<(), String> {
    match done {
        Some(Ok(Err(problem))) => Err(format!("an order cannot be adopted: {problem}")),
        Some(Err(error)) => Err(error.to_string()),
        Some(Ok(Ok(()))) | None => Ok(()),
    }
}

fn router(platform: &Arc<Platform>) -> Router {
    // As in the product, what is counted is kept, although nobody asks for it here.
    let recorder = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
    drop(metrics::set_global_recorder(recorder));
    let config = gateway::Config {
        wall: Arc::new(clock::wall),
        random: Arc::new(clock::random),
        started_at: clock::wall(),
        capacity: 1024,
        limits: gateway::Limits::default(),
    };
    let readiness = Arc::new(Readiness::default());
    readiness.set(true);
    Gateway::new(platform.clone(), config).router(Probes::new(readiness))
}

fn tell(options: &Options, developer: &MadeDeveloper, facts: &Facts) -> Result<(), String> {
    let key = json!({
        "baseUrl": format!("http://{}", options.listen),
        "accessKey": developer.key.access_key,
        "accessSecret": developer.key.secret,
    });
    let facts = serde_json::to_string(facts).map_err(|e| e.to_string())?;
    write(&options.folder.join("facts.json"), &facts)?;
    write(&options.folder.join("bench-developer.json"), &key.to_string())
}

/// In one step, so that a reader never sees half of it.
fn write(path: &Path, text: &str) -> Result<(), String> {
    let new = path.with_extension("new");
    std::fs::write(&new, text)
        .and_then(|()| std::fs::rename(&new, path))
        .map_err(|e| format!("{}: {e}", path.display()))
}

async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => drop(terminate.recv().await),
        Err(_) => std::future::pending().await,
    }
}
