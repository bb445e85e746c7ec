//! `callback`: where the developer's messages go, and whether that address has passed its verification.

use super::{
    access::Global,
    answer::ask,
    exit::{Exit, Failure},
    screen::{Screen, Tone},
};
use clap::{Args, Subcommand, ValueEnum};
use client::{Base, Client};
use contract::{
    dialect::{Ka, Time},
    operations::developer::{CallbackGet, CallbackSet, CallbackVerify},
    request::{CallbackSetBody, Nothing},
    view::developer::{CallbackVerifyResult, CallbackView},
};

const SET: &str = "\
Examples:
  sampan callback set https://shop.example/hooks/sampan
  sampan callback set https://shop.example/hooks/sampan --edition ka --verify
  sampan callback set ''

A changed URL gets nothing before it has passed `callback verify`. An empty URL removes the callback.";

const VERIFY: &str = "\
Examples:
  sampan callback verify

Posts a signed VERIFY message to the URL; HTTP 200 passes. What was held is sent then, also where the URL was paused
because it had failed for days.
Exit codes: 0 passed; 1 not passed, or the server said no.";

const SHOW: &str = "\
Examples:
  sampan callback show
  sampan --json callback show | jq .verified";

/// The developer's callback URL
#[derive(Debug, Args)]
pub struct Callback {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Set the URL and how messages are written
    #[command(after_help = SET)]
    Set {
        url: String,
        /// In which form messages are written
        #[arg(long, value_name = "EDITION", value_parser = ["v1", "v2", "ka"])]
        edition: Option<String>,
        /// What Authorization is taken over
        #[arg(long, value_enum)]
        base: Option<SignedOver>,
        /// Has the URL verified at once
        #[arg(long)]
        verify: bool,
    },
    /// Have the URL verified
    #[command(after_help = VERIFY)]
    Verify,
    /// Show the URL and its state
    #[command(after_help = SHOW)]
    Show,
}

/// The base of `Authorization`, after the access key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SignedOver {
    /// The raw HTTP body
    RawBody,
    /// messageBody alone
    MessageBody,
}

impl SignedOver {
    pub const fn base(self) -> Base {
        match self {
            Self::RawBody => Base::RawBody,
            Self::MessageBody => Base::MessageBody,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::RawBody => "rawBody",
            Self::MessageBody => "messageBody",
        }
    }
}

pub async fn run(callback: &Callback, global: &Global, screen: &mut Screen) -> Result<Exit, Failure> {
    let client = global.developer()?;
    match &callback.command {
        Command::Show => {
            ask::<CallbackGet>(&client, &Nothing {}, screen, show).await?;
            Ok(Exit::Done)
        }
        Command::Verify => verify(&client, screen).await,
        Command::Set { url, edition, base, verify: and_verify } => {
            let signature_base = base.map(|base| base.word().to_owned());
            let body = CallbackSetBody { url: Some(url.clone()), message_edition: edition.clone(), signature_base };
            if *and_verify {
                client.call::<CallbackSet>(&body).await?;
                return verify(&client, screen).await;
            }
            ask::<CallbackSet>(&client, &body, screen, show).await?;
            Ok(Exit::Done)
        }
    }
}

/// Sets `url` and has it verified; for a receiver that is listening already.
pub async fn register(client: &Client, url: &str) -> Result<(), Failure> {
    let body = CallbackSetBody { url: Some(url.to_owned()), message_edition: None, signature_base: None };
    client.call::<CallbackSet>(&body).await?;
    let result = client.call::<CallbackVerify>(&Nothing {}).await?;
    if result.passed { Ok(()) } else { Err(Failure::Refused(format!("{url}: {}", failed(&result)))) }
}

async fn verify(client: &Client, screen: &mut Screen) -> Result<Exit, Failure> {
    let result = ask::<CallbackVerify>(client, &Nothing {}, screen, |result, screen| {
        let verdict =
            if result.passed { screen.paint(Tone::Good, "passed") } else { screen.paint(Tone::Bad, &failed(result)) };
        screen.line(&format!("{verdict}  {} ms", result.duration_ms));
    });
    Ok(if result.await?.passed { Exit::Done } else { Exit::Refused })
}

fn failed(result: &CallbackVerifyResult) -> String {
    let status = result.status.map(|status| format!(" (HTTP {status})")).unwrap_or_default();
    format!("did not pass{status}: {}", result.error.as_deref().unwrap_or("the answer was not HTTP 200"))
}

fn show(view: &CallbackView, screen: &mut Screen) {
    let since = |at: Option<&Time<Ka>>| at.map_or_else(String::new, |at| format!(" since {}", at.at.text()));
    let failing = since(view.failing_since.as_ref());
    let state = match (view.state.as_str(), view.verified) {
        ("none", _) => "none set".to_owned(),
        ("paused", _) => {
            let says = format!("paused{}, failing{failing}; messages are held", since(view.paused_at.as_ref()));
            screen.paint(Tone::Bad, &format!("{says} until `sampan callback verify` passes"))
        }
        (_, true) if view.failing_since.is_some() => screen.paint(Tone::Bad, &format!("verified, failing{failing}")),
        (_, true) => screen.paint(Tone::Good, "verified"),
        (_, false) => screen.paint(Tone::Bad, "not verified; nothing is sent"),
    };
    screen.pairs(&[
        ("url", view.url.clone().unwrap_or_else(|| "-".to_owned())),
        ("state", state),
        ("edition", view.message_edition.clone()),
        ("base", view.signature_base.clone()),
    ]);
}
