//! The embedded marketplace as a stage: a world of its own for each scenario, reached by the real connector in process or
//! over a socket, through a line that can be cut.

mod acting;
mod way;

use super::{market::Market, stage::Stage};
use alibaba1688::{Alibaba1688, AppSecret, Config};
use axum::body::Body;
use connector::{
    Capabilities, TokenSet, Transport,
    transport::{HttpSettings, http, in_process as transport_in_process},
};
use domain::{AccountId, Timestamp};
use sandbox::{Sandbox, SandboxConfig};
use std::{
    net::Ipv4Addr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use tokio_util::sync::{CancellationToken, DropGuard};
use way::{Kept, Line, Pushes, through};

const KEY: &str = "1688001";
const SECRET: &str = "conformance-secret";
const LONGEST_ANSWER: usize = 8 << 20;

/// The connector calls the marketplace as a service of this process.
pub async fn in_process() -> Market {
    let world = World::open().await;
    world.sandbox.set_public_url("http://sandbox.test");
    let transport = transport_in_process::<_, Body, _>(world.sandbox.protocol_service(), LONGEST_ANSWER);
    world.connected("http://sandbox.test", transport)
}

/// The connector calls the marketplace over TCP.
pub async fn over_a_socket() -> Market {
    // A second scenario of the process finds the first one's provider.
    drop(rustls::crypto::ring::default_provider().install_default());
    let world = World::open().await;
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("a bound listener has an address"));
    world.sandbox.set_public_url(&url);
    tokio::spawn(axum::serve(listener, world.sandbox.protocol_service()).into_future());
    let transport = http(HttpSettings::default()).expect("a transport");
    world.connected(&url, transport)
}

/// A stage with nothing to try on it.
pub async fn without_capabilities() -> Market {
    Market::new(Capabilities::default(), Box::new(World::open().await))
}

struct World {
    sandbox: Arc<Sandbox>,
    wall: Arc<AtomicI64>,
    line: Arc<Line>,
    pushes: Arc<Pushes>,
    _tasks: DropGuard,
    folder: tempfile::TempDir,
}

impl World {
    async fn open() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let start = Timestamp::from_text("2026-05-20 12:00:00").expect("a time");
        let wall = Arc::new(AtomicI64::new(start.0));
        let clock = wall.clone();
        let config = SandboxConfig {
            dir: folder.path().to_owned(),
            app_key: KEY.to_owned(),
            app_secret: SECRET.to_owned(),
            seed: 7,
            wall: Arc::new(move || Timestamp(clock.load(Ordering::SeqCst))),
        };
        let sandbox = Sandbox::open(config).await.expect("the sandbox opens");
        let (pushes, stop) = (Arc::new(Pushes::default()), CancellationToken::new());
        sandbox.set_push_target(pushes.clone());
        drop(sandbox.start_tasks(stop.clone()));
        Self { sandbox, wall, line: Arc::default(), pushes, _tasks: stop.drop_guard(), folder }
    }

    fn connected(self, base_url: &str, transport: Transport) -> Market {
        let config = Config {
            base_url: base_url.to_owned(),
            app_key: KEY.to_owned(),
            app_secret: AppSecret::new(SECRET),
            site: "1688".to_owned(),
            catalog_account: Some(self.buyer()),
        };
        let clock = self.wall.clone();
        let connector = Alibaba1688::new(
            config,
            through(self.line.clone(), transport),
            Arc::new(self.tokens()),
            Arc::new(move || Timestamp(clock.load(Ordering::SeqCst))),
        );
        Market::new(Arc::new(connector).capabilities(), Box::new(self))
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn tokens(&self) -> Kept {
        let accounts = self.sandbox.accounts().into_iter().zip(1..);
        let tokens = accounts.map(|(account, number)| {
            let tokens = TokenSet {
                access_token: account.access_token,
                refresh_token: account.refresh_token,
                expires_at: account.expires_at,
            };
            (id(number), tokens)
        });
        Kept::new(tokens.collect())
    }

    fn account(&self, login: &str) -> AccountId {
        let mut accounts = self.sandbox.accounts().into_iter().zip(1..);
        accounts.find(|(account, _)| account.login_id == login).map(|(_, number)| id(number)).expect("the account")
    }
}

fn id(number: i64) -> AccountId {
    AccountId::new(number).expect("accounts are numbered from 1")
}
