//! Secrets that are none: empty ones, and those that stand in documents, tests and other people's examples. With them an
//! installation would look protected and be open to whoever can read.

use super::{Config, ConfigError};
use secrecy::ExposeSecret;

/// Texts that stand for a secret where one is shown how to write it down.
const PLACEHOLDERS: [&str; 14] = [
    "...",
    "changeme",
    "change-me",
    "example",
    "password",
    "placeholder",
    "sample",
    "secret",
    "string",
    "test",
    "todo",
    "xxx",
    "xxxx",
    "your-secret",
];
/// Of the embedded marketplace and of the contract's test vectors; published with the source.
const PUBLISHED: [&str; 4] =
    ["1688001", "sampan-sandbox-secret", "0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"];
/// A drawn key has about thirty different bytes of 32.
const FEWEST_BYTES: usize = 12;

impl Config {
    /// That what must be secret could be. A marketplace of this machine, embedded or not, is a play world with published keys;
    /// only one that is elsewhere is looked at.
    pub(super) fn check_secrets(&self) -> Result<(), ConfigError> {
        let refuse = |key: &str, why: &str| Err(ConfigError(format!("configuration: {key}: {why}")));
        if let Some(live) = self.alibaba1688.as_ref().filter(|live| is_elsewhere(&live.base_url)) {
            for (key, value) in [
                ("app_key", live.app_key.as_str()),
                ("app_secret", live.app_secret.expose_secret()),
                ("login_id", &live.login_id),
                ("member_id", &live.member_id),
                ("access_token", live.access_token.expose_secret()),
                ("refresh_token", live.refresh_token.expose_secret()),
            ] {
                if let Some(why) = is_sample(value) {
                    return refuse(&format!("alibaba1688.{key}"), why);
                }
            }
        }
        let url = self.database_url.as_ref().map(ExposeSecret::expose_secret);
        if url.and_then(password_for_elsewhere).is_some_and(|text| !text.is_empty() && is_sample(text).is_some()) {
            return refuse(
                "database_url",
                "its password is one of a published example; give the database one of its own",
            );
        }
        Ok(())
    }
}

fn is_sample(value: &str) -> Option<&'static str> {
    let value = value.trim();
    if value.is_empty() {
        return Some("is empty");
    }
    let plain = value.trim_matches(['<', '>', '{', '}']).to_ascii_lowercase();
    let known = PLACEHOLDERS.contains(&plain.as_str()) || PUBLISHED.contains(&plain.as_str());
    known.then_some("is the value of a published example; put in the real one")
}

/// Of `scheme://user:password@host/...`, unless the host is this machine, whose doors are its own.
fn password_for_elsewhere(url: &str) -> Option<&str> {
    let (user, _) = url.split_once("://")?.1.split_once('@')?;
    is_elsewhere(url).then_some(user.split_once(':')?.1)
}

fn is_elsewhere(url: &str) -> bool {
    let place = url.split_once("://").map_or(url, |(_, place)| place);
    let place = place.split_once('@').map_or(place, |(_, place)| place);
    !["localhost", "127.", "[::1]", "%2F", "%2f"].iter().any(|host| place.starts_with(host))
}

/// That each line of master keys holds a key that somebody drew: `version:hex`, of which the text was judged before.
pub fn check_master_key(text: &str) -> Result<(), String> {
    for (version, key) in text.lines().filter_map(|line| line.trim().split_once(':')) {
        let digits = key.trim().to_ascii_lowercase();
        let mut bytes: Vec<&str> = (0..digits.len() / 2).filter_map(|at| digits.get(at * 2..at * 2 + 2)).collect();
        let rises = bytes.windows(2).all(|pair| pair[0] < pair[1]);
        bytes.sort_unstable();
        bytes.dedup();
        if rises || bytes.len() < FEWEST_BYTES {
            return Err(format!(
                "the key of version {version} is one of an example, not a drawn one; make it with `openssl rand -hex 32`"
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Alibaba1688;

    fn live(app_secret: &str) -> Config {
        let text = |text: &str| text.to_owned();
        let live = Alibaba1688 {
            base_url: text("https://gw.open.1688.com"),
            app_key: text("8234567"),
            app_secret: app_secret.into(),
            login_id: text("buyer"),
            member_id: text("b2b-1"),
            access_token: "4f1c".into(),
            refresh_token: "9ab2".into(),
        };
        Config { alibaba1688: Some(live), ..Config::default() }
    }

    #[test]
    fn a_live_marketplace_with_an_empty_or_published_secret_is_refused() {
        assert!(live("kFh27qz").check_secrets().is_ok());
        for sample in ["", " ", "changeme", "<secret>", "XXXX", "sampan-sandbox-secret"] {
            let text = live(sample).check_secrets().unwrap_err().0;
            assert!(text.starts_with("configuration: alibaba1688.app_secret: "), "{text}");
        }
        let mut config = live("sampan-sandbox-secret");
        config.alibaba1688.as_mut().unwrap().base_url = "http://127.0.0.1:9000".to_owned();
        assert!(config.check_secrets().is_ok(), "a sandbox of this machine");
        let mut config = live("kFh27qz");
        config.alibaba1688.as_mut().unwrap().refresh_token = "...".into();
        assert!(config.check_secrets().unwrap_err().0.contains("alibaba1688.refresh_token"));
    }

    #[test]
    fn a_published_password_of_the_database_is_refused_and_not_repeated() {
        let with = |url: &str| Config { database_url: Some(url.into()), ..Config::default() }.check_secrets();
        for url in ["postgres://sampan:h7Tq@db/x", "postgres://sampan@db/x", "postgres://test:test@127.0.0.1/x"] {
            assert!(with(url).is_ok(), "{url}");
        }
        let text = with("postgres://user:password@host/database").unwrap_err().0;
        assert!(text.contains("database_url") && !text.contains("user:"), "{text}");
    }

    #[test]
    fn a_master_key_that_nobody_drew_is_refused() {
        let rising: String = (0..32).map(|byte| format!("{byte:02x}")).collect();
        for key in ["00".repeat(32), "4a".repeat(32), "0123456789abcdef".repeat(4), rising] {
            assert!(check_master_key(&format!("1:{key}\n")).unwrap_err().contains("version 1"), "{key}");
        }
        for _ in 0..100 {
            check_master_key(&storage::MasterKey::generate().unwrap()).unwrap();
        }
    }
}
