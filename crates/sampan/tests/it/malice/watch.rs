//! What no answer may be or hold, whatever was asked.

use crate::{answer::Answer, world::World};
use contract::operation::{Edition, Entry, SHARED_ERRORS};
use std::fs;

/// What only a program or its logs should know: traces, sources, statements, places, names of parts.
const INSIDE: [&str; 22] = [
    "panicked",
    "stack backtrace",
    "unwrap()",
    ".rs:",
    ".rs\"",
    "src/",
    "::",
    "SELECT ",
    "INSERT INTO",
    "UPDATE ",
    "sqlite",
    "postgres",
    "SQLSTATE",
    "serde",
    "at line",
    "invalid type",
    "No such file",
    "os error",
    "param2",
    "_aop_signature",
    "access_token",
    "sandbox.invalid",
];

/// The secrets of an installation.
pub struct Watch {
    secrets: Vec<String>,
    /// The data folder, of which the operator may know.
    folder: String,
}

impl Watch {
    pub fn over(world: &World) -> Self {
        let keys = fs::read_to_string(world.config.data.join("master.key")).expect("the master keys");
        let master = keys.lines().filter_map(|line| line.split_once(':')).map(|(_, hex)| hex.trim().to_owned());
        let mut secrets: Vec<String> = master.filter(|hex| hex.len() >= 32).collect();
        assert!(!secrets.is_empty(), "the master key is {} bytes in another form", keys.len());
        secrets.extend([&world.developer, &world.operator].map(|persona| persona.access_secret.clone()));
        secrets.push("sampan-sandbox-secret".to_owned());
        secrets.extend(world.database.url());
        Self { secrets, folder: world.config.data.display().to_string() }
    }

    /// An operation's answer: declared, no fault of the platform, nothing from inside.
    #[track_caller]
    pub fn judge(&self, entry: &Entry, answer: &Answer) {
        let code = answer.code();
        let declared = entry.errors.iter().chain(SHARED_ERRORS).any(|declared| declared.number() == code);
        assert!(code == 200 || declared, "{} does not declare {}", entry.id, answer.text);
        assert!(answer.status < 500, "{}: {}", entry.id, answer.text);
        self.look(entry.id, &answer.text);
        let told = entry.edition != Edition::Operator && answer.text.contains(&self.folder);
        assert!(!told, "{} tells the data folder: {}", entry.id, answer.text);
        if code != 200 {
            Self::refusal(entry.id, answer.msg());
        }
    }

    /// Any text that was answered.
    #[track_caller]
    pub fn look(&self, what: &str, text: &str) {
        for secret in &self.secrets {
            assert!(!text.contains(secret), "{what} tells a secret: {text}");
        }
        for inside in &INSIDE[..4] {
            assert!(!text.contains(inside), "{what} tells {inside}: {text}");
        }
    }

    /// The words of a refusal.
    #[track_caller]
    pub fn refusal(what: &str, text: &str) {
        for inside in INSIDE {
            assert!(!text.contains(inside), "{what} tells {inside}: {text}");
        }
        assert!(text.len() < 1000, "{what} is refused at length: {text}");
    }
}
