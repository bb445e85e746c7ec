//! `sampan demo`: starts everything in this process, tells the main story through its HTTP API, prints it, keeps serving.

use crate::{
    app::{App, random},
    config::Config,
    serve,
    story::{Exchange, Inbox, STEPS, Tale},
};
use client::{Client, Credentials};
use serde::Deserialize;
use std::{
    io::{IsTerminal, Write},
    time::{Duration, Instant},
};
use tokio_util::sync::CancellationToken;

/// Longer texts are cut on the screen.
const SHOWN: usize = 160;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Key {
    base_url: String,
    access_key: String,
    access_secret: String,
    user_id: String,
}

/// Tells the story; true when every step went well.
pub async fn run(config: &Config, once: bool) -> Result<bool, String> {
    let app = App::start(config).await?;
    let stop = CancellationToken::new();
    let key = read_key(config)?;
    let server = tokio::spawn(serve::serve(app, stop.clone()));
    let told = tell(&key, Paint::standard()).await;
    if !once && told.is_ok() {
        println!("{}", where_to_look(&key));
        wait_for_signal().await;
    }
    stop.cancel();
    server.await.map_err(|e| format!("the server ended: {e}"))??;
    told
}

fn read_key(config: &Config) -> Result<Key, String> {
    let path = config.data_file("test-developer.json");
    let text = std::fs::read_to_string(&path).map_err(|_| "the demo needs the sandbox (sandbox.enabled)".to_owned())?;
    serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))
}

async fn tell(key: &Key, paint: Paint) -> Result<bool, String> {
    let credentials =
        Credentials::new(key.access_key.as_str(), key.access_secret.as_str()).for_user(key.user_id.as_str());
    let client = Client::new(key.base_url.as_str(), credentials.clone()).map_err(|e| e.to_string())?;
    let inbox = Inbox::open(credentials).await.map_err(|e| format!("the receiver cannot listen: {e}"))?;
    println!("{}  {}  callbacks to {}\n", paint.bold("sampan demo"), key.base_url, inbox.url);
    let mut tale = Tale::new(client, inbox, hex::encode(&random()[..4]));
    let started = Instant::now();
    for (number, step) in (1..).zip(STEPS) {
        paint.progress(number, step.name);
        let began = Instant::now();
        let told = step.tell(&mut tale).await;
        paint.clear();
        let took = millis(began.elapsed());
        match told {
            Ok(said) => println!("{:>2}. {}  {} {}", number, paint.bold(step.name), said, paint.dim(&took)),
            Err(trouble) => {
                println!("{:>2}. {}  {}", number, paint.bold(step.name), paint.bad(&trouble.text));
                tale.exchanges.iter().for_each(|exchange| println!("{}", paint.exchange(exchange)));
                return Ok(false);
            }
        }
        tale.exchanges.iter().for_each(|exchange| println!("{}", paint.exchange(exchange)));
    }
    let heard = tale.inbox.received();
    let refused = tale.inbox.refused();
    let summary = format!(
        "{} steps in {}, {} callbacks, {refused} with a bad signature",
        STEPS.len(),
        millis(started.elapsed()),
        heard.len()
    );
    println!("\n{}", paint.good(&summary));
    Ok(refused == 0)
}

fn where_to_look(key: &Key) -> String {
    let Key { base_url, access_key, access_secret, user_id } = key;
    format!(
        "\nstill serving; end with Ctrl-C\n  API            {base_url}  (and {base_url}/api)\n  OpenAPI        {base_url}/openapi.json\n  metrics        {base_url}/metrics\n  sandbox        {base_url}/sandbox/control/habits\n  access-key     {access_key}\n  access-secret  {access_secret}\n  user-id        {user_id}\n\na signed call to paste:\n\n  T=$(date +%s); N=$(head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \\n'); \\\n  S=$(printf '%s' \"{access_key}$T$N{access_secret}\" | md5sum | cut -c1-32 | tr a-f A-F); \\\n  curl -s {base_url}/alibaba/ka/refund/detail -H \"access-key: {access_key}\" -H \"timestamp: $T\" -H \"nonce-str: $N\" \\\n    -H \"signature: $S\" -H 'user-id: {user_id}' -H 'content-type: application/json' \\\n    -d '{{\"refundId\":\"TQ262615407388136042\"}}'\n"
    )
}

async fn wait_for_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut term) = signal(SignalKind::terminate()) else { return };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = term.recv() => {}
    }
}

fn millis(took: Duration) -> String {
    format!("{:.1} ms", took.as_secs_f64() * 1000.0)
}

/// Colour and progress on a terminal, plain text in a pipe.
#[derive(Clone, Copy)]
struct Paint {
    terminal: bool,
}

impl Paint {
    fn standard() -> Self {
        Self { terminal: std::io::stdout().is_terminal() }
    }

    fn style(self, code: &str, text: &str) -> String {
        if self.terminal { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn bold(self, text: &str) -> String {
        self.style("1", text)
    }

    fn dim(self, text: &str) -> String {
        self.style("2", text)
    }

    fn good(self, text: &str) -> String {
        self.style("32", text)
    }

    fn bad(self, text: &str) -> String {
        self.style("31", text)
    }

    fn progress(self, number: usize, name: &str) {
        if self.terminal {
            print!("\x1b[2m{number:>2}. {name} ...\x1b[0m");
            std::io::stdout().flush().unwrap_or_default();
        }
    }

    fn clear(self) {
        if self.terminal {
            print!("\r\x1b[2K");
        }
    }

    fn exchange(self, exchange: &Exchange) -> String {
        let Exchange { method, path, sent, code, got, took } = exchange;
        let line = format!("      {method} {path} {}\n      -> {code} {} ({})", cut(sent), cut(got), millis(*took));
        self.dim(&line)
    }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= SHOWN {
        return text.to_owned();
    }
    let head: String = text.chars().take(SHOWN).collect();
    format!("{head}… ({} bytes)", text.len())
}
