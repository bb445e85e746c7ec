//! A test installation: the app on a folder of its own, asked through its router.

use crate::{answer::Answer, ask::Ask, database::Database, persona::Persona};
use axum::{Router, body::Body, response::Response};
use domain::AccountId;
use http::Request;
use http_body_util::BodyExt;
use sampan::{app::App, config::Config, wiring::Wiring};
use serde_json::{Value, json};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tower::ServiceExt;

/// How long a test waits for what happens by itself.
const PATIENCE: Duration = Duration::from_secs(15);

pub struct World {
    pub app: App,
    pub config: Config,
    pub database: Database,
    /// The test developer of the data folder.
    pub developer: Persona,
    pub operator: Persona,
    folder: TempDir,
}

/// Plays a scenario in a new installation on SQLite, and in another on PostgreSQL where there is one.
pub async fn on_each(scenario: impl AsyncFn(&World)) {
    on_each_changing(async |world| {
        scenario(&world).await;
        world
    })
    .await;
}

/// [`on_each`] with something of the test's own between the rooms.
pub async fn on_each_wired(wiring: impl Fn() -> Wiring, scenario: impl AsyncFn(&World)) {
    on_each_set(|_| {}, wiring, scenario).await;
}

/// [`on_each_wired`] under a configuration of the test's own.
pub async fn on_each_set(set: impl Fn(&mut Config), wiring: impl Fn() -> Wiring, scenario: impl AsyncFn(&World)) {
    on_each_set_changing(set, wiring, async |world| {
        scenario(&world).await;
        world
    })
    .await;
}

/// [`on_each_set`] for scenarios that end the installation and begin it again.
pub async fn on_each_set_changing(
    set: impl Fn(&mut Config),
    wiring: impl Fn() -> Wiring,
    scenario: impl AsyncFn(World) -> World,
) {
    let folder = TempDir::new().expect("a folder");
    let mut places = vec![(Database::file(folder.path()), folder)];
    if let Some(schema) = Database::schema().await {
        places.push((schema, TempDir::new().expect("a folder")));
    }
    for (database, folder) in places {
        let mut config = World::config(&folder, &database);
        set(&mut config);
        let world = World::run_with(folder, database, config, wiring()).await;
        scenario(world).await.end().await;
    }
}

/// [`on_each`] for scenarios that end the installation and begin it again.
pub async fn on_each_changing(scenario: impl AsyncFn(World) -> World) {
    let folder = TempDir::new().expect("a folder");
    let file = Database::file(folder.path());
    scenario(World::start(folder, file).await).await.end().await;
    if let Some(schema) = Database::schema().await {
        scenario(World::start(TempDir::new().expect("a folder"), schema).await).await.end().await;
    }
}

impl World {
    /// An installation on what lies in the folder.
    pub async fn start(folder: TempDir, database: Database) -> Self {
        let config = Self::config(&folder, &database);
        Self::run(folder, database, config).await
    }

    pub fn config(folder: &TempDir, database: &Database) -> Config {
        Config {
            listen: "127.0.0.1:0".parse().expect("an address"),
            data: folder.path().to_owned(),
            database_url: database.url().map(Into::into),
            ..Config::default()
        }
    }

    pub async fn run(folder: TempDir, database: Database, config: Config) -> Self {
        Self::run_with(folder, database, config, Wiring::default()).await
    }

    async fn run_with(folder: TempDir, database: Database, config: Config, wiring: Wiring) -> Self {
        sampan::install_tls();
        let app =
            App::start_with(&config, wiring).await.unwrap_or_else(|e| panic!("the installation does not start: {e}"));
        let developer = Persona::of_file(&folder.path().join("test-developer.json"));
        let operator = Persona::of_file(&folder.path().join("operator.json"));
        Self { app, config, database, developer, operator, folder }
    }

    /// Ends the process and starts another on the same data.
    pub async fn restart(self) -> Self {
        self.restart_after(async |_| {}).await
    }

    /// As [`World::restart`]; `between` is done while nobody owns the data.
    pub async fn restart_after(self, between: impl AsyncFnOnce(&Config)) -> Self {
        self.app.stop().await;
        let Self { app, config, database, folder, .. } = self;
        drop(app);
        between(&config).await;
        Self::run(folder, database, config).await
    }

    /// As [`World::restart`], with something of the test's own between the rooms.
    pub async fn restart_wired(self, wiring: Wiring) -> Self {
        self.app.stop().await;
        let Self { app, config, database, folder, .. } = self;
        drop(app);
        Self::run_with(folder, database, config, wiring).await
    }

    /// As [`World::restart`], under another configuration.
    pub async fn restart_with(self, config: Config) -> Self {
        self.app.stop().await;
        let Self { app, database, folder, .. } = self;
        drop(app);
        Self::run(folder, database, config).await
    }

    pub async fn end(self) {
        self.app.stop().await;
        drop(self.app);
        self.database.remove().await;
    }

    pub fn router(&self) -> Router {
        self.app.router.clone()
    }

    /// Any request, as a socket would bring it.
    pub async fn fetch(&self, request: Request<Body>) -> Response<Body> {
        self.router().oneshot(request).await.unwrap_or_else(|never| match never {})
    }

    /// Status and text of something that is no operation.
    pub async fn page(&self, request: Request<Body>) -> (u16, String) {
        let response = self.fetch(request).await;
        let status = response.status().as_u16();
        let bytes = response.into_body().collect().await.expect("a complete answer").to_bytes();
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }

    pub async fn send(&self, persona: &Persona, ask: Ask) -> Answer {
        Answer::read(self.fetch(persona.request(&ask)).await).await
    }

    pub async fn post(&self, persona: &Persona, path: &str, body: Value) -> Answer {
        self.send(persona, Ask::post(path, &body)).await
    }

    pub async fn get(&self, persona: &Persona, path: &str, query: &[(&str, &str)]) -> Answer {
        self.send(persona, Ask::get(path, query)).await
    }

    /// Another developer of this installation, to whom every edition is granted.
    pub async fn another(&self) -> Persona {
        self.another_with(json!({"editions": ["v1", "v2", "ka", "bigmajor"]})).await
    }

    /// Another developer, with `editions` or `messageEdition` as said.
    pub async fn another_with(&self, fields: Value) -> Persona {
        let mut body = json!({"name": "second developer"});
        for (name, value) in fields.as_object().expect("fields") {
            body[name] = value.clone();
        }
        Persona::of(&self.post(&self.operator, "/operator/developer/create", body).await.accepted())
    }

    /// A second user of a developer.
    pub async fn second_user(&self, persona: &Persona) -> Persona {
        let body = json!({"developId": persona.develop_id, "name": "second"});
        let made = self.post(&self.operator, "/operator/user/create", body).await.accepted();
        persona.as_user(made["userId"].as_str().expect("a text"))
    }

    /// Changes a developer, as the operator does.
    pub async fn set_developer(&self, persona: &Persona, mut fields: Value) {
        fields["developId"] = json!(persona.develop_id);
        self.post(&self.operator, "/operator/developer/set", fields).await.accepted();
    }

    /// The marketplace's control API, under the operator's signature.
    pub async fn control(&self, path: &str, body: Value) -> Value {
        let (status, text) = self.control_answer(path, body).await;
        assert_eq!(status, 200, "{path}: {text}");
        serde_json::from_str(&text).expect("JSON")
    }

    pub async fn control_answer(&self, path: &str, body: Value) -> (u16, String) {
        self.page(self.operator.request(&Ask::post(path, &body))).await
    }

    /// Sets the money of the account that buys by default, in fen.
    pub async fn set_balance(&self, balance: i64) {
        self.control("/sandbox/control/accounts/3", json!({ "balance": balance })).await;
    }

    /// Moves the world's clock.
    pub async fn advance(&self, seconds: i64) {
        self.control("/sandbox/control/clock/advance", json!({ "seconds": seconds })).await;
    }
}

/// Looks until there is something; what happens by itself happens soon.
pub async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(began.elapsed() < PATIENCE, "did not happen: {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The marketplace between two lives of its host.
pub async fn marketplace(config: &Config) -> Arc<sandbox::Sandbox> {
    let wall = Arc::new(|| domain::Timestamp(crate::persona::now_ms()));
    let sandbox = sandbox::Sandbox::open(sandbox::SandboxConfig {
        dir: config.data.join("sandbox"),
        app_key: "k".to_owned(),
        app_secret: "s".to_owned(),
        seed: config.sandbox.seed,
        wall,
    });
    sandbox.await.unwrap_or_else(|e| panic!("the world cannot be opened: {e}"))
}

/// The marketplace between two lives of its host: with another agreement on debits, or another balance.
pub async fn change_account(config: &Config, agreement: bool) {
    let sandbox = marketplace(config).await;
    let account = AccountId::new(3).expect("an id");
    sandbox.economy().set_agreement(account, agreement).await.expect("an account");
    sandbox.close().await;
}
