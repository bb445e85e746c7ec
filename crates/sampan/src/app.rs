//! Wiring: one visible list of connectors, jobs and routes. The sandbox's push target is bound last, since sandbox and
//! gateway call each other.

use crate::{
    care::Keeper,
    config::Config,
    data, first_start,
    guard::{Guard, guard},
    headers::{Encrypted, dress},
    privacy, recording, recovery,
    tls::Certificates,
    wiring::Wiring,
};
use alibaba1688::{Alibaba1688, AppSecret};
use axum::{Router, body::Body, http::Request, middleware, routing::get};
use connector::{
    Capabilities, TokenSet, Tokens, Transport,
    transport::{HttpSettings, Recorder, http, in_process},
};
use domain::{AccountId, Marketplace, Timestamp};
use gateway::{Gateway, Probes, Readiness};
use messages::{DeliverConfig, Deliverer, StoredCredentials};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use platform::{Calls, Clocks, Parts, Platform, SealedTokens, clock::Now, operator::NewAccount};
use sandbox::{PushTarget, Sandbox, SandboxConfig, SignedPush};
use secrecy::ExposeSecret;
use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};
use storage::Storage;
use tokio::net::TcpListener;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::ServiceExt;

/// Key and secret of the one app that the embedded marketplace knows. It is reachable only by whoever reaches this
/// process, and its money is play money.
const SANDBOX_APP: (&str, &str) = ("1688001", "sampan-sandbox-secret");
/// The URL of the contract's return example counts as uploaded in the sandbox.
const EXAMPLE_VOUCHER: &str = "https://cbu01.alicdn.com/img/ibank/2019/901/930/11848039109.jpg";
/// Live access tokens are refreshed at first use: their age is not known.
const UNKNOWN_AGE: Timestamp = Timestamp(0);

/// A running server.
pub struct App {
    pub address: SocketAddr,
    pub base_url: String,
    pub router: Router,
    listener: Mutex<Option<TcpListener>>,
    pub(crate) certificates: Option<Arc<Certificates>>,
    /// The use cases, for a host that calls them without HTTP.
    pub platform: Arc<Platform>,
    storage: Storage,
    sandbox: Option<Arc<Sandbox>>,
    recorder: Option<Arc<Recorder>>,
    stop: CancellationToken,
    jobs: TaskTracker,
    _owned: data::Owned,
}

impl App {
    /// Builds everything and starts its jobs. Requests are answered once the router is served.
    pub async fn start(config: &Config) -> Result<Self, String> {
        Self::start_with(config, Wiring::of(config)).await
    }

    /// As [`App::start`], with something of the host's own between the rooms.
    pub async fn start_with(config: &Config, wiring: Wiring) -> Result<Self, String> {
        let owned = data::own(&config.data)?;
        privacy::keep(config)?;
        let certificates = Certificates::of(&config.tls)?;
        let instance = data::instance(&config.data)?;
        // From here on nobody else serves this folder: a request that was signed later was heard by no predecessor.
        let started_at = (wiring.wall)();
        let listener = TcpListener::bind(config.listen)
            .await
            .map_err(|e| format!("configuration: listen: {} cannot be bound: {e}", config.listen))?;
        let address = listener.local_addr().map_err(|e| format!("configuration: listen: {e}"))?;
        let base_url = config.public_url.clone().unwrap_or_else(|| {
            let scheme = if certificates.is_some() { "https" } else { "http" };
            format!("{scheme}://{address}")
        });
        let wall = wiring.wall.clone();
        // The tables of one are made while the goods of the other are.
        let (storage, sandbox) = tokio::try_join!(open_storage(config), open_sandbox(config, &wall, &base_url))?;
        let storage = storage.of_instance(instance);
        let recorder = recording::start(config, &wall)?;
        let clocks = Clocks { world: world(&wall, sandbox.as_ref()), wall: wall.clone() };
        let (platform, deliverer) = platform(
            config,
            &storage,
            instance,
            &clocks,
            Market { sandbox: sandbox.as_ref(), recorder: recorder.as_ref() },
            &wiring,
        )?;
        let operator = first_start::operator(&platform, &config.data, &base_url);
        match (&sandbox, &config.alibaba1688) {
            (_, Some(live)) => {
                operator.await?;
                register_live(&platform, live).await?;
            }
            (Some(sandbox), None) => {
                tokio::try_join!(operator, first_start::sandbox_accounts(&platform, sandbox))?;
                first_start::test_developer(&platform, sandbox, &config.data, &base_url).await?;
            }
            (None, None) => operator.await?,
        }
        let left = platform.take_over_from_the_dead().await;
        let left = left.map_err(|p| format!("what the last run left open cannot be read: {p:?}"))?;
        let calls = if sandbox.is_some() { Calls::Died } else { Calls::MayArrive };
        let unsettled = recovery::settle(&platform, left, calls).await;
        let readiness = Arc::new(Readiness::default());
        if let Some(sandbox) = sandbox.clone() {
            readiness.watch_indexes(move || sandbox.is_indexed());
        }
        let router = router(&platform, &clocks, config, started_at, &readiness, sandbox.as_ref());
        let app = Self {
            address,
            base_url,
            router,
            listener: Mutex::new(Some(listener)),
            certificates,
            platform,
            storage,
            sandbox,
            recorder,
            stop: CancellationToken::new(),
            jobs: TaskTracker::new(),
            _owned: owned,
        };
        app.start_jobs(&deliverer);
        if let Some(left) = unsettled {
            let platform = app.platform.clone();
            app.jobs.spawn(async move { platform.recover(&left, calls).await });
        }
        readiness.set(true);
        Ok(app)
    }

    fn start_jobs(&self, deliverer: &Arc<Deliverer>) {
        self.jobs.spawn(self.platform.clone().observe_queue(self.stop.clone()));
        self.jobs.spawn(self.platform.clone().keep_house(self.stop.clone()));
        self.jobs.spawn(self.platform.clone().keep_rounds(self.stop.clone()));
        self.jobs.spawn(self.platform.clone().keep_requests(self.stop.clone()));
        self.jobs.spawn(self.platform.clone().keep_daily_use(self.stop.clone()));
        self.jobs.spawn(self.platform.clone().keep_feed(self.stop.clone()));
        self.jobs.spawn(deliverer.clone().run(self.stop.clone().cancelled_owned()));
        if let Some(sandbox) = &self.sandbox {
            sandbox.set_push_target(Arc::new(Pushes { router: self.router.clone() }));
            let tasks = sandbox.start_tasks(self.stop.clone());
            self.jobs.spawn(async move { drop(tasks.await) });
        }
    }

    /// The socket, for the one who serves; whoever drops it refuses new connections.
    pub fn take_listener(&self) -> Option<TcpListener> {
        self.listener.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Ends the jobs and lets go of the files.
    pub async fn stop(&self) {
        self.stop.cancel();
        self.jobs.close();
        self.jobs.wait().await;
        if let Some(recorder) = &self.recorder {
            recorder.flush().await;
        }
        if let Some(sandbox) = &self.sandbox {
            sandbox.close().await;
        }
        self.storage.close().await;
    }
}

/// World time is wall time plus the sandbox's offset; with a live marketplace they are the same.
fn world(wall: &Now, sandbox: Option<&Arc<Sandbox>>) -> Now {
    let wall = wall.clone();
    match sandbox.cloned() {
        Some(sandbox) => Arc::new(move || wall().plus_ms(sandbox.offset_ms())),
        None => wall,
    }
}

async fn open_storage(config: &Config) -> Result<Storage, String> {
    let key = data::master_key(config)?;
    let opened = match &config.database_url {
        Some(url) => Storage::open_postgres(url.expose_secret(), key).await,
        None => Storage::open_sqlite(config.data_file("sampan.db"), key).await,
    };
    let place = if config.database_url.is_some() { "configuration: database_url" } else { "data" };
    let storage = opened.map_err(|e| format!("{place}: {e}"))?;
    match storage.check_keys().await {
        Ok(()) => Ok(storage),
        // To go on would be to lock every developer out, and to seal new secrets under a key that nobody has kept.
        Err(storage::Error::Sealed(what)) => Err(format!(
            "master_key: {} does not open the secret of {what}: put the key back that this data was sealed with",
            data::key_file(config).map_or_else(|| "the configured key".to_owned(), |file| file.display().to_string()),
        )),
        Err(error) => Err(format!("{place}: {error}")),
    }
}

async fn open_sandbox(config: &Config, wall: &Now, base_url: &str) -> Result<Option<Arc<Sandbox>>, String> {
    if !config.sandbox.enabled || config.alibaba1688.is_some() {
        return Ok(None);
    }
    let (app_key, app_secret) = SANDBOX_APP;
    let opened = Sandbox::open(SandboxConfig {
        dir: config.data_file("sandbox"),
        app_key: app_key.to_owned(),
        app_secret: app_secret.to_owned(),
        seed: config.sandbox.seed,
        wall: wall.clone(),
    });
    let sandbox = opened.await.map_err(|e| format!("sandbox: {e}"))?;
    sandbox.set_public_url(base_url);
    recording::play(config, &sandbox)?;
    Ok(Some(sandbox))
}

/// The other end of the calls to a marketplace.
#[derive(Clone, Copy)]
struct Market<'a> {
    sandbox: Option<&'a Arc<Sandbox>>,
    recorder: Option<&'a Arc<Recorder>>,
}

fn platform(
    config: &Config,
    storage: &Storage,
    instance: i64,
    clocks: &Clocks,
    market: Market<'_>,
    wiring: &Wiring,
) -> Result<(Arc<Platform>, Arc<Deliverer>), String> {
    let credentials = Arc::new(StoredCredentials::new(storage.clone(), clocks.wall.clone()));
    let deliver = DeliverConfig {
        timeout_ms: config.callbacks.timeout_ms,
        attempts: config.callbacks.attempts,
        interval_ms: config.callbacks.interval_seconds.saturating_mul(1000),
        pause_after_ms: config.callbacks.pause_hours.saturating_mul(3_600_000),
        allowed: config.addresses().map_err(|e| e.to_string())?,
        ..DeliverConfig::default()
    };
    let times = messages::Clocks { wall: clocks.wall.clone(), world: clocks.world.clone() };
    let deliverer = Arc::new(Deliverer::new(storage.clone(), times, deliver, credentials.clone()));
    let platform = Platform::new(Parts {
        storage: storage.clone(),
        marketplaces: marketplaces(config, storage, clocks, market, wiring)?,
        clocks: clocks.clone(),
        random: Arc::new(random),
        config: platform::Config {
            service_fee_bp: config.rates.service_fee_bp,
            surcharge_bp: config.rates.surcharge_bp,
            preview_ms: config.rates.preview_minutes.saturating_mul(60_000),
            intent_ms: wiring.intent_ms,
            shared_database: config.database_url.is_some(),
            instance,
            rounds: config.events.rounds(),
            known_vouchers: market.sandbox.map(|_| EXAMPLE_VOUCHER.to_owned()).into_iter().collect(),
            ..platform::Config::default()
        },
        deliverer: deliverer.clone(),
        credentials,
        custodian: Some(Arc::new(Keeper::new(config, storage, market.sandbox))),
    });
    Ok((platform, deliverer))
}

/// The connected marketplaces.
fn marketplaces(
    config: &Config,
    storage: &Storage,
    clocks: &Clocks,
    market: Market<'_>,
    wiring: &Wiring,
) -> Result<HashMap<Marketplace, Capabilities>, String> {
    let tokens: Arc<dyn Tokens> = Arc::new(SealedTokens::new(storage.clone()));
    let connect = |settings: alibaba1688::Config, transport: Transport| {
        let transport = market.recorder.map_or(transport.clone(), |recorder| recorder.around(transport));
        let (transport, tokens, wall) = ((wiring.around_transport)(transport), tokens.clone(), clocks.wall.clone());
        Arc::new(Alibaba1688::with_policy(settings, transport, tokens, wall, &wiring.upstream)).capabilities()
    };
    let longest_answer = config.upstream.longest_answer_megabytes << 20;
    let account = AccountId::new(1).map_err(|e| e.to_string())?;
    let mut connected = HashMap::new();
    if let Some(live) = &config.alibaba1688 {
        let transport = http(HttpSettings { longest_answer, ..HttpSettings::default() })
            .map_err(|e| format!("alibaba1688: {e}"))?;
        let settings = alibaba1688::Config {
            base_url: live.base_url.clone(),
            app_key: live.app_key.clone(),
            app_secret: AppSecret::new(live.app_secret.expose_secret()),
            site: "1688".to_owned(),
            catalog_account: Some(account),
        };
        connected.insert(Marketplace::Alibaba1688, connect(settings, transport));
    } else if let Some(sandbox) = market.sandbox {
        let (app_key, app_secret) = SANDBOX_APP;
        let settings = alibaba1688::Config {
            base_url: "http://sandbox.invalid".to_owned(),
            app_key: app_key.to_owned(),
            app_secret: AppSecret::new(app_secret),
            site: "1688".to_owned(),
            catalog_account: Some(account),
        };
        connected.insert(
            Marketplace::Alibaba1688,
            connect(settings, in_process::<_, Body, _>(sandbox.protocol_service(), longest_answer)),
        );
    }
    Ok(connected)
}

async fn register_live(platform: &Platform, live: &crate::config::Alibaba1688) -> Result<(), String> {
    let account = NewAccount {
        id: AccountId::new(1).map_err(|e| e.to_string())?,
        marketplace: Marketplace::Alibaba1688,
        login_id: live.login_id.clone(),
        member_id: live.member_id.clone(),
        tokens: TokenSet {
            access_token: live.access_token.expose_secret().to_owned(),
            refresh_token: live.refresh_token.expose_secret().to_owned(),
            expires_at: UNKNOWN_AGE,
        },
        is_default: true,
    };
    platform.register_account(account).await.map_err(|p| format!("alibaba1688: {p:?}"))
}

/// Randomness of the operating system. Without it nothing here can be safe, so the process ends.
pub fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    if let Err(error) = getrandom::fill(&mut bytes) {
        tracing::error!(%error, "the operating system gives no randomness");
        std::process::abort();
    }
    bytes
}

fn router(
    platform: &Arc<Platform>,
    clocks: &Clocks,
    config: &Config,
    started_at: Timestamp,
    readiness: &Arc<Readiness>,
    sandbox: Option<&Arc<Sandbox>>,
) -> Router {
    let gateway = Gateway::new(
        platform.clone(),
        gateway::Config {
            wall: clocks.wall.clone(),
            random: Arc::new(random),
            capacity: config.capacity,
            limits: config.limits.of_gateway(),
            started_at,
        },
    );
    let judge = Guard { platform: platform.clone(), clocks: clocks.clone() };
    let metrics = recorder();
    let mut guarded = Router::new().route("/metrics", get(async move || metrics.render()));
    let mut open = gateway.router(Probes::new(readiness.clone()));
    if let Some(sandbox) = sandbox {
        guarded = guarded.merge(sandbox.control_router());
        open = open.merge(sandbox.open_router());
    }
    let encrypted = Encrypted(config.tls.files().is_some());
    open.merge(guarded.layer(middleware::from_fn_with_state(judge, guard)))
        .layer(middleware::map_response_with_state(encrypted, dress))
}

/// One recorder a process, whoever starts how many servers in it.
fn recorder() -> PrometheusHandle {
    static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();
    let install = || {
        let recorder = PrometheusBuilder::new().build_recorder();
        let handle = recorder.handle();
        if metrics::set_global_recorder(recorder).is_err() {
            tracing::warn!("metrics are recorded elsewhere");
        }
        handle
    };
    RECORDER.get_or_init(install).clone()
}

/// Pushes of the embedded marketplace reach the hook through the same router as anybody's.
struct Pushes {
    router: Router,
}

#[async_trait::async_trait]
impl PushTarget for Pushes {
    async fn post(&self, push: &SignedPush) -> Option<u16> {
        let request = Request::post("/hooks/alibaba1688")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(push.form()))
            .ok()?;
        let response = self.router.clone().oneshot(request).await.ok()?;
        Some(response.status().as_u16())
    }
}
