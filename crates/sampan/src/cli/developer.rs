//! `developer`: developers of an installation, and their keys.
//!
//! With an id the operator acts, without one the developer acts on itself. A new key of the developer in
//! `test-developer.json` is written there at once, because its secret is shown only this time.

use super::{
    access::{Global, KeyFile},
    answer::ask,
    change,
    exit::{Exit, Failure},
    screen::Screen,
};
use clap::{Args, Subcommand};
use contract::{
    operations::{
        developer::{Profile, SecretReset},
        operator::{DeveloperCreate, DeveloperList, DeveloperResetSecret, DeveloperShow},
    },
    request::{
        DeveloperCreateBody, DeveloperIdBody, DeveloperListBody, DeveloperSecretBody, Id, Nothing, SecretResetBody,
    },
    view::{
        developer::{DeveloperProfile, NewKey},
        operator::{DeveloperCreated, DeveloperPage, DeveloperRow},
    },
};
use std::path::{Path, PathBuf};

const CREATE: &str = "\
Examples:
  sampan developer create 'Shop' --edition v1 --edition ka
  sampan developer create 'Shop' --message-edition ka --out shop.json

Reads operator.json in the data folder. The secret is shown this once; --out keeps it in a file of mode 0600.";

const LIST: &str = "\
Examples:
  sampan developer list
  sampan --json developer list --page 2 | jq -r .records[].developId";

const SHOW: &str = "\
Examples:
  sampan developer show
  sampan developer show 1356764224096829747

Without an id: the developer whose key is in use.";

const RESET: &str = "\
Examples:
  sampan developer reset-secret --overlap 3600
  sampan developer reset-secret 1356764224096829747

Without an id: the developer whose key is in use. --overlap keeps the present key valid for so many seconds.";

/// Developers and their keys
#[derive(Debug, Args)]
pub struct Developer {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a developer with a user and a key (operator)
    #[command(after_help = CREATE)]
    Create(Create),
    /// List developers (operator)
    #[command(after_help = LIST)]
    List {
        /// Page, from 1
        #[arg(long, default_value_t = 1)]
        page: i64,
        /// Rows of a page, at most 50
        #[arg(long, default_value_t = 20)]
        page_size: i64,
    },
    /// Show one developer
    #[command(after_help = SHOW)]
    Show {
        #[arg(value_name = "DEVELOP-ID")]
        id: Option<String>,
    },
    Set(change::Set),
    AddUser(change::AddUser),
    SetUser(change::SetUser),
    /// Exchange a developer's key
    #[command(after_help = RESET)]
    ResetSecret {
        #[arg(value_name = "DEVELOP-ID")]
        id: Option<String>,
        /// Seconds for which the present key goes on being accepted
        #[arg(long, value_name = "SECONDS", default_value_t = 0)]
        overlap: i64,
    },
}

#[derive(Debug, Args)]
struct Create {
    /// Name, for people
    name: String,
    /// Granted edition; may be repeated
    #[arg(long = "edition", value_name = "EDITION", value_parser = ["v1", "v2", "ka", "bigmajor"])]
    editions: Vec<String>,
    /// In which form messages are written
    #[arg(long, value_name = "EDITION", value_parser = ["v1", "v2", "ka"])]
    message_edition: Option<String>,
    /// Writes a key file like test-developer.json
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub async fn run(developer: &Developer, global: &Global, screen: &mut Screen) -> Result<Exit, Failure> {
    match &developer.command {
        Command::Create(create) => make(create, global, screen).await?,
        Command::List { page, page_size } => {
            let body = DeveloperListBody { page: Some(*page), page_size: Some(*page_size) };
            ask::<DeveloperList>(&global.operator()?, &body, screen, show_page).await?;
        }
        Command::Show { id: None } => {
            ask::<Profile>(&global.developer()?, &Nothing {}, screen, show_profile).await?;
        }
        Command::Show { id: Some(id) } => {
            let body = DeveloperIdBody { develop_id: Id::from(id.as_str()) };
            ask::<DeveloperShow>(&global.operator()?, &body, screen, show_row).await?;
        }
        Command::Set(set) => change::set(set, global, screen).await?,
        Command::AddUser(user) => change::add_user(user, global, screen).await?,
        Command::SetUser(user) => change::set_user(user, global, screen).await?,
        Command::ResetSecret { id, overlap } => reset(id.as_deref(), *overlap, global, screen).await?,
    }
    Ok(Exit::Done)
}

async fn make(create: &Create, global: &Global, screen: &mut Screen) -> Result<(), Failure> {
    let client = global.operator()?;
    if let Some(file) = &create.out {
        KeyFile::may_be_made(file)?;
    }
    let body = DeveloperCreateBody {
        name: create.name.clone(),
        editions: Some(create.editions.clone()).filter(|editions| !editions.is_empty()),
        message_edition: create.message_edition.clone(),
    };
    let made = ask::<DeveloperCreate>(&client, &body, screen, show_created).await?;
    match &create.out {
        Some(file) => keep(&made, client.base_url(), file, screen),
        None => Ok(()),
    }
}

fn keep(made: &DeveloperCreated, base_url: &str, file: &Path, screen: &mut Screen) -> Result<(), Failure> {
    let key = KeyFile {
        base_url: base_url.to_owned(),
        develop_id: Some(made.develop_id.clone()),
        access_key: made.access_key.clone(),
        access_secret: made.access_secret.clone(),
        user_id: Some(made.user_id.clone()),
    };
    key.write(file)?;
    screen.note(&format!("written to {}", file.display()));
    Ok(())
}

async fn reset(id: Option<&str>, overlap: i64, global: &Global, screen: &mut Screen) -> Result<(), Failure> {
    let overlap_seconds = Some(overlap);
    let key = match id {
        None => {
            ask::<SecretReset>(&global.developer()?, &SecretResetBody { overlap_seconds }, screen, show_key).await?
        }
        Some(id) => {
            let body = DeveloperSecretBody { develop_id: Id::from(id), overlap_seconds };
            ask::<DeveloperResetSecret>(&global.operator()?, &body, screen, show_key).await?
        }
    };
    if let Some(file) = global.remember(id, &key.access_key, &key.access_secret)? {
        screen.note(&format!("{} holds the new key", file.display()));
    }
    Ok(())
}

fn show_created(made: &DeveloperCreated, screen: &mut Screen) {
    screen.pairs(&[
        ("developId", made.develop_id.clone()),
        ("accessKey", made.access_key.clone()),
        ("accessSecret", made.access_secret.clone()),
        ("userId", made.user_id.clone()),
    ]);
}

fn show_key(key: &NewKey, screen: &mut Screen) {
    let until = key.previous_key_until.map_or_else(|| "ended now".to_owned(), |time| time.at.text());
    screen.pairs(&[
        ("accessKey", key.access_key.clone()),
        ("accessSecret", key.access_secret.clone()),
        ("previous key", until),
    ]);
}

fn show_page(page: &DeveloperPage, screen: &mut Screen) {
    let row = |row: &DeveloperRow| {
        let paused = if row.callback_paused_at.is_some() { " (paused)" } else { "" };
        let callback = row.callback_url.as_ref().map_or_else(|| "-".to_owned(), |url| format!("{url}{paused}"));
        vec![row.develop_id.clone(), row.name.clone(), row.status.clone(), row.editions.join(","), callback]
    };
    let rows: Vec<_> = page.records.iter().map(row).collect();
    screen.table(&["DEVELOP-ID", "NAME", "STATUS", "EDITIONS", "CALLBACK"], &rows);
    screen.note(&format!("{} of {}, page {}", page.records.len(), page.total, page.current));
}

fn show_row(row: &DeveloperRow, screen: &mut Screen) {
    screen.pairs(&[
        ("developId", row.develop_id.clone()),
        ("name", row.name.clone()),
        ("status", row.status.clone()),
        ("editions", row.editions.join(", ")),
        ("messages", row.message_edition.clone()),
        ("default user", row.default_user_id.clone()),
        ("access keys", row.access_keys.join(", ")),
        ("callback", callback(row.callback_url.as_deref(), row.callback_verified, row.callback_paused_at.is_some())),
        ("created", row.created_at.at.text()),
    ]);
}

fn show_profile(profile: &DeveloperProfile, screen: &mut Screen) {
    let users: Vec<_> = profile.users.iter().map(|user| format!("{} {}", user.user_id, user.name)).collect();
    screen.pairs(&[
        ("developId", profile.develop_id.clone()),
        ("name", profile.name.clone()),
        ("editions", profile.editions.join(", ")),
        ("messages", profile.callback.message_edition.clone()),
        ("default user", profile.default_user_id.clone()),
        ("users", users.join(", ")),
        ("access key", profile.access_key.clone()),
        (
            "callback",
            callback(profile.callback.url.as_deref(), profile.callback.verified, profile.callback.paused_at.is_some()),
        ),
        ("created", profile.created_at.at.text()),
    ]);
}

fn callback(url: Option<&str>, verified: bool, paused: bool) -> String {
    match (url, verified, paused) {
        (None, _, _) => "none".to_owned(),
        (Some(url), true, _) => format!("{url} (verified)"),
        (Some(url), false, true) => format!("{url} (paused: it failed for days)"),
        (Some(url), false, false) => format!("{url} (not verified)"),
    }
}
