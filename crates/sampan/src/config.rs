//! Configuration: a TOML file, then `SAMPAN_*` environment, then flags. An unknown key ends the start; so does a value that
//! cannot be used, with a message that names the key.

pub mod limits;
mod nearest;
mod samples;
mod tls;

pub use samples::check_master_key;
pub use tls::Tls;

use connector::{Policy, cassette::MOST_CALLS, transport::HttpSettings};
use messages::AddressRule;
use secrecy::SecretString;
use serde::{Deserialize, Deserializer};
use std::{
    collections::HashMap,
    fmt,
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// Variables that belong to the client commands.
const CLIENT_VARIABLES: &[&str] = &["base_url", "access_key", "access_secret", "user_id", "strong"];

/// More than any answer of a marketplace, and less than what a process cannot hold.
const MOST_MEGABYTES_OF_AN_ANSWER: usize = 1024;

/// Why the start ends.
#[derive(Debug)]
pub struct ConfigError(pub String);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// How clients reach this server; the listening address where it is left out.
    pub public_url: Option<String>,
    /// Data folder.
    pub data: PathBuf,
    /// `postgres://...`; SQLite in the data folder where it is left out.
    pub database_url: Option<SecretString>,
    pub tls: Tls,
    /// Master key as text (`version:hex` lines); from `master_key_file`, else made in the data folder.
    pub master_key: Option<SecretString>,
    pub master_key_file: Option<PathBuf>,
    /// Requests worked on at once.
    pub capacity: usize,
    /// Filter of the log, e.g. `info` or `sampan=debug`.
    pub log: String,
    /// One JSON object a line instead of text.
    pub log_json: bool,
    pub sandbox: Sandbox,
    pub alibaba1688: Option<Alibaba1688>,
    pub upstream: Upstream,
    pub callbacks: Callbacks,
    pub rates: Rates,
    pub events: Events,
    pub record: Record,
    pub limits: limits::Limits,
}

/// The embedded marketplace.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sandbox {
    pub enabled: bool,
    /// Seed of a new world.
    pub seed: u64,
    /// A cassette (folder or file) whose calls are answered as they were recorded.
    pub replay: Option<PathBuf>,
}

/// What is written down of the calls to the marketplace: scrubbed, a file a call.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Record {
    /// Nothing is recorded where it is left out.
    pub dir: Option<PathBuf>,
    pub most_calls: u64,
    pub most_megabytes: u64,
}

/// A live 1688 app with its default purchasing account. Takes the place of the sandbox.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alibaba1688 {
    #[serde(default = "live_gateway")]
    pub base_url: String,
    pub app_key: String,
    pub app_secret: SecretString,
    pub login_id: String,
    pub member_id: String,
    pub access_token: SecretString,
    pub refresh_token: SecretString,
}

fn live_gateway() -> String {
    "https://gw.open.1688.com".to_owned()
}

/// What the marketplace allows the app, so that it is never asked for more.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Upstream {
    /// Calls a second in the name of one purchasing account.
    pub rate: u32,
    /// Of these under way at a time.
    pub concurrency: usize,
    /// No more is read of an answer; what is longer counts as none.
    pub longest_answer_megabytes: usize,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Callbacks {
    pub timeout_ms: u64,
    pub attempts: i64,
    /// From a failed attempt to the next.
    pub interval_seconds: i64,
    /// A receiver that took nothing for so long is sent nothing more until its URL passes again; 0 for never.
    pub pause_hours: i64,
    /// Ranges that may be called though they are not public.
    #[serde(deserialize_with = "ranges")]
    pub allow: Option<Vec<String>>,
}

/// A list, or one text with commas as the environment gives it. Other values of the environment stay texts until their key
/// wants a number: guessing would turn a secret of digits into one.
fn ranges<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Ranges {
        List(Vec<String>),
        Text(String),
    }
    Ok(Some(match Ranges::deserialize(deserializer)? {
        Ranges::List(list) => list,
        Ranges::Text(text) => text.split(',').map(|range| range.trim().to_owned()).collect(),
    }))
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rates {
    /// The platform's fee of a line, in hundredths of a percent.
    pub service_fee_bp: u32,
    /// What a payment costs, in hundredths of a percent of what is paid.
    pub surcharge_bp: u32,
    /// How long a mandatory preview serves.
    pub preview_minutes: i64,
}

/// How pushes that a marketplace failed to deliver are made up for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Events {
    /// How often pushes that were never acknowledged are read back.
    pub read_back_seconds: i64,
    /// How often what was modified lately is compared with the mirror.
    pub compare_seconds: i64,
    /// How long a push may be on its way before its change counts as missed.
    pub late_seconds: i64,
    /// An open order or refund is looked at when nobody has seen it for so long.
    pub look_seconds: i64,
}

impl Default for Events {
    fn default() -> Self {
        Self { read_back_seconds: 60, compare_seconds: 300, late_seconds: 60, look_seconds: 21_600 }
    }
}

impl Events {
    pub fn rounds(&self) -> platform::Rounds {
        platform::Rounds {
            read_back_ms: self.read_back_seconds.saturating_mul(1000),
            compare_ms: self.compare_seconds.saturating_mul(1000),
            late_ms: self.late_seconds.saturating_mul(1000),
            look_ms: self.look_seconds.saturating_mul(1000),
        }
    }

    /// Longer is as good as never, and would not fit a clock.
    const LONGEST: i64 = 366 * 86_400;

    fn are_sane(&self) -> bool {
        let intervals = [self.read_back_seconds, self.compare_seconds, self.look_seconds];
        intervals.iter().all(|s| (1..=Self::LONGEST).contains(s)) && (0..=Self::LONGEST).contains(&self.late_seconds)
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: None,
            data: PathBuf::from("./sampan-data"),
            database_url: None,
            tls: Tls::default(),
            master_key: None,
            master_key_file: None,
            capacity: 1024,
            log: "info".to_owned(),
            log_json: false,
            sandbox: Sandbox::default(),
            alibaba1688: None,
            upstream: Upstream::default(),
            callbacks: Callbacks::default(),
            rates: Rates::default(),
            events: Events::default(),
            record: Record::default(),
            limits: limits::Limits::default(),
        }
    }
}

impl Default for Sandbox {
    fn default() -> Self {
        Self { enabled: true, seed: 1688, replay: None }
    }
}

impl Default for Record {
    fn default() -> Self {
        Self { dir: None, most_calls: 10_000, most_megabytes: 256 }
    }
}

impl Default for Upstream {
    fn default() -> Self {
        let Policy { rate, concurrency, .. } = Policy::new("alibaba1688");
        Self { rate, concurrency, longest_answer_megabytes: HttpSettings::default().longest_answer >> 20 }
    }
}

impl Default for Callbacks {
    fn default() -> Self {
        Self { timeout_ms: 1000, attempts: 6, interval_seconds: 1800, pause_hours: 72, allow: None }
    }
}

impl Default for Rates {
    fn default() -> Self {
        Self { service_fee_bp: 150, surcharge_bp: 245, preview_minutes: 30 }
    }
}

/// What the command line says of the configuration.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    pub file: Option<PathBuf>,
    pub listen: Option<SocketAddr>,
    pub data: Option<PathBuf>,
    pub record: Option<PathBuf>,
    pub replay: Option<PathBuf>,
    pub tls_cert: Option<PathBuf>,
    pub tls_key: Option<PathBuf>,
    pub tls_by_proxy: bool,
}

impl Config {
    pub fn load(flags: &Flags) -> Result<Self, ConfigError> {
        Self::load_from(flags, std::env::vars())
    }

    fn load_from(flags: &Flags, environment: impl Iterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        let mut sources = config::Config::builder();
        if let Some(file) = &flags.file {
            let shown = file.display();
            if !file.is_file() {
                return Err(ConfigError(format!("--config: {shown} is not a file")));
            }
            sources = sources.add_source(config::File::from(file.as_path()).format(config::FileFormat::Toml));
        }
        let variables: HashMap<String, String> = environment.filter(|(name, _)| is_ours(name)).collect();
        let environment =
            config::Environment::with_prefix("SAMPAN").prefix_separator("_").separator("__").source(Some(variables));
        let wrong = |e: config::ConfigError| ConfigError(nearest::with_hint(&format!("configuration: {e}")));
        let found = sources.add_source(environment).build().map_err(wrong)?;
        let mut config: Self = found.try_deserialize().map_err(wrong)?;
        config.listen = flags.listen.unwrap_or(config.listen);
        config.data = flags.data.clone().unwrap_or(config.data);
        config.record.dir = flags.record.clone().or(config.record.dir);
        config.sandbox.replay = flags.replay.clone().or(config.sandbox.replay);
        config.tls = config.tls.with_flags(flags.tls_cert.as_ref(), flags.tls_key.as_ref(), flags.tls_by_proxy);
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        let refuse = |key: &str, expected: &str| Err(ConfigError(format!("configuration: {key}: expected {expected}")));
        if self.capacity == 0 {
            return refuse("capacity", "at least 1");
        }
        // More permits than a semaphore has would be a panic.
        let most = 1_000_000;
        if !(1..=most).contains(&self.upstream.rate) || !(1..=most as usize).contains(&self.upstream.concurrency) {
            return refuse("upstream", "rate and concurrency of 1 to 1000000");
        }
        if !(1..=MOST_MEGABYTES_OF_AN_ANSWER).contains(&self.upstream.longest_answer_megabytes) {
            return refuse("upstream.longest_answer_megabytes", "1 to 1024");
        }
        if self.callbacks.attempts < 1 || self.callbacks.interval_seconds < 1 || self.callbacks.timeout_ms == 0 {
            return refuse("callbacks", "attempts, interval_seconds and timeout_ms of at least 1");
        }
        if !(0..=24 * 366).contains(&self.callbacks.pause_hours) {
            return refuse("callbacks.pause_hours", "0 (never) to a year");
        }
        if self.rates.surcharge_bp >= 10_000 || self.rates.service_fee_bp > 10_000 {
            return refuse("rates", "hundredths of a percent below 10000");
        }
        if self.rates.preview_minutes < 1 {
            return refuse("rates.preview_minutes", "at least 1");
        }
        if !self.events.are_sane() {
            return refuse("events", "intervals of 1 s to a year; late_seconds may be 0");
        }
        if self.record.most_calls > MOST_CALLS as u64 {
            return refuse("record.most_calls", "at most 10000, which is what can be replayed");
        }
        if let Some(key) = self.limits.wrong() {
            let expected = "requests of 1 to 100000000 in seconds of 1 to 86400; daily of at least 1";
            return refuse(&format!("limits.{key}"), expected);
        }
        if self.sandbox.replay.is_some() && (!self.sandbox.enabled || self.alibaba1688.is_some()) {
            return refuse("sandbox.replay", "the embedded sandbox; a live marketplace plays nothing");
        }
        if self.public_url.as_ref().is_some_and(|u| !u.starts_with("http://") && !u.starts_with("https://")) {
            return refuse("public_url", "a URL with http or https");
        }
        self.tls.check(self.listen)?;
        self.check_secrets()?;
        self.addresses().map(drop)
    }

    /// Which addresses callbacks may reach. A laptop's receivers are on loopback; with a live marketplace only what the
    /// operator allows.
    pub fn addresses(&self) -> Result<AddressRule, ConfigError> {
        match &self.callbacks.allow {
            Some(ranges) => {
                AddressRule::parse(ranges).map_err(|e| ConfigError(format!("configuration: callbacks.allow: {e}")))
            }
            None if self.sandbox.enabled && self.alibaba1688.is_none() => Ok(AddressRule::loopback()),
            None => Ok(AddressRule::default()),
        }
    }

    pub fn data_file(&self, name: impl AsRef<Path>) -> PathBuf {
        self.data.join(name)
    }
}

fn is_ours(name: &str) -> bool {
    let Some(key) = name.strip_prefix("SAMPAN_").map(str::to_ascii_lowercase) else { return false };
    !CLIENT_VARIABLES.contains(&key.as_str()) && !key.starts_with("test_")
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    fn load(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let pairs: Vec<_> = variables.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Config::load_from(&Flags::default(), pairs.into_iter())
    }

    #[test]
    fn the_environment_overrides_and_client_variables_are_left_alone() {
        let config = load(&[
            ("SAMPAN_LISTEN", "127.0.0.1:0"),
            ("SAMPAN_SANDBOX__SEED", "7"),
            ("SAMPAN_CALLBACKS__ALLOW", "10.0.0.0/8"),
            ("SAMPAN_ACCESS_KEY", "x"),
            ("SAMPAN_TEST_DATABASE_URL", "y"),
        ])
        .unwrap();
        assert_eq!((config.listen.port(), config.sandbox.seed), (0, 7));
        assert_eq!(config.callbacks.allow, Some(vec!["10.0.0.0/8".to_owned()]));
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        for (key, value, named) in [
            ("SAMPAN_LISTEN", "nowhere", "listen"),
            ("SAMPAN_SANDBX", "1", "sandbx"),
            ("SAMPAN_CAPACITY", "0", "capacity"),
            ("SAMPAN_UPSTREAM__RATE", "0", "upstream"),
            ("SAMPAN_UPSTREAM__CONCURRENCY", "0", "upstream"),
            ("SAMPAN_UPSTREAM__LONGEST_ANSWER_MEGABYTES", "0", "upstream.longest_answer_megabytes"),
            ("SAMPAN_UPSTREAM__LONGEST_ANSWER_MEGABYTES", "1025", "upstream.longest_answer_megabytes"),
            ("SAMPAN_CALLBACKS__ALLOW", "everything", "callbacks.allow"),
            ("SAMPAN_PUBLIC_URL", "ftp://x", "public_url"),
            ("SAMPAN_CALLBACKS__PAUSE_HOURS", "-1", "callbacks.pause_hours"),
            ("SAMPAN_EVENTS__COMPARE_SECONDS", "0", "events"),
            ("SAMPAN_LIMITS__WRITES__REQUESTS", "0", "limits.writes"),
            ("SAMPAN_LIMITS__DAILY", "0", "limits.daily"),
            ("SAMPAN_LIMITS__READS__SECONDS", "60", "requests"),
        ] {
            let text = load(&[(key, value)]).unwrap_err().0;
            assert!(text.contains(named), "{key}: {text}");
        }
    }

    #[test]
    fn an_unknown_key_is_told_with_the_one_that_was_meant() {
        for (key, meant) in [
            ("SAMPAN_LISEN", "did you mean `listen`?"),
            ("SAMPAN_SANDBOX__SED", "did you mean `seed`?"),
            ("SAMPAN_TLS__BYPROXY", "did you mean `by_proxy`?"),
            ("SAMPAN_SANDBOX_ENABLED", "did you mean `sandbox.enabled` (as a variable SAMPAN_SANDBOX__ENABLED)?"),
        ] {
            let text = load(&[(key, "1")]).unwrap_err().0;
            assert!(text.contains("unknown field") && text.ends_with(meant), "{key}: {text}");
        }
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sampan.toml");
        std::fs::write(&file, "[callbacks]\ntimout_ms = 5\n").unwrap();
        let flags = Flags { file: Some(file), ..Flags::default() };
        let text = Config::load_from(&flags, std::iter::empty()).unwrap_err().0;
        assert!(text.ends_with("did you mean `timeout_ms`?"), "{text}");
    }

    #[test]
    fn a_secret_of_digits_stays_as_it_was_written() {
        let config = load(&[
            ("SAMPAN_ALIBABA1688__APP_KEY", "0012345"),
            ("SAMPAN_ALIBABA1688__APP_SECRET", "1e5"),
            ("SAMPAN_ALIBABA1688__LOGIN_ID", "true"),
            ("SAMPAN_ALIBABA1688__MEMBER_ID", "b2b-1"),
            ("SAMPAN_ALIBABA1688__ACCESS_TOKEN", "007"),
            ("SAMPAN_ALIBABA1688__REFRESH_TOKEN", "1"),
        ])
        .unwrap();
        let live = config.alibaba1688.unwrap();
        assert_eq!((live.app_key.as_str(), live.app_secret.expose_secret()), ("0012345", "1e5"));
        assert_eq!((live.login_id.as_str(), live.access_token.expose_secret()), ("true", "007"));
    }

    #[test]
    fn secrets_do_not_print() {
        let config = load(&[("SAMPAN_DATABASE_URL", "postgres://u:hunter2@h/d")]).unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));
    }
}
