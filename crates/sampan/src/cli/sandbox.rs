//! `sandbox`: the embedded marketplaces' clock, habits and faults.
//!
//! The controls lie outside the contract: they have no envelope and are not in `call --list`. Only the operator's key (or a
//! caller on the server's own machine) moves the clock.

mod faults;

use super::{
    access::Global,
    exit::{Exit, Failure},
    screen::{Screen, Tone},
};
use clap::{Args, Subcommand};
use client::{Client, ClientError, Reply, Request};
use connector::cassette::{self, Recorded};
use http::Method;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::path::PathBuf;

const REPLAY: &str = "/sandbox/control/replay";

const CLOCK_EXAMPLES: &str = "\
Examples:
  sampan sandbox clock
  sampan sandbox clock advance 86400

Moves the time of orders, refunds and their deadlines only; requests are signed with the real time before and after.";

const HABITS_EXAMPLES: &str = "\
Examples:
  sampan sandbox habits
  sampan --json sandbox habits | jq .";

const REPLAY_EXAMPLES: &str = "\
Examples:
  sampan sandbox replay ./case
  sampan sandbox replay
  sampan sandbox replay --off

Recorded calls (sampan serve --record DIR) are answered as they were answered, in their order; everything else is the
sandbox's own. Without a path: how many are left. The place in the recording is forgotten when the server ends.";

/// The embedded marketplaces: their clock, the habits of their sellers, faults of their calls
#[derive(Debug, Args)]
pub struct Sandbox {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show the sandbox's time, or move it forward
    #[command(after_help = CLOCK_EXAMPLES)]
    Clock {
        #[command(subcommand)]
        step: Option<Step>,
    },
    /// List the habits of sellers and the products that have them
    #[command(after_help = HABITS_EXAMPLES)]
    Habits,
    /// Show the faults that are active, set one, or clear them
    #[command(after_help = faults::EXAMPLES)]
    Fault {
        #[command(subcommand)]
        step: Option<faults::Step>,
    },
    /// Answer recorded calls as they were answered, or show how many are left
    #[command(after_help = REPLAY_EXAMPLES)]
    Replay {
        /// Folder of recorded calls, or a file
        #[arg(value_name = "PATH", conflicts_with = "off")]
        path: Option<PathBuf>,
        /// Forget what was loaded
        #[arg(long)]
        off: bool,
    },
}

#[derive(Debug, Subcommand)]
enum Step {
    /// Move the clock forward
    #[command(after_help = CLOCK_EXAMPLES)]
    Advance {
        #[arg(value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
        seconds: u64,
    },
}

pub async fn run(sandbox: &Sandbox, global: &Global, screen: &mut Screen) -> Result<Exit, Failure> {
    let client = global.operator()?;
    match &sandbox.command {
        Command::Clock { step: None } => {
            show(&client, &Request::new(Method::GET, "/sandbox/control/clock"), screen, clock).await
        }
        Command::Clock { step: Some(Step::Advance { seconds }) } => {
            let body = json!({ "seconds": seconds }).to_string();
            show(&client, &Request::new(Method::POST, "/sandbox/control/clock/advance").json(body), screen, clock).await
        }
        Command::Habits => show(&client, &Request::new(Method::GET, "/sandbox/control/habits"), screen, habits).await,
        Command::Fault { step } => faults::run(step.as_ref(), &client, screen).await,
        Command::Replay { path, off } => {
            let calls = match path {
                Some(path) => Some(cassette::load(path).map_err(Failure::Usage)?),
                None => off.then(Vec::new),
            };
            let request = match calls {
                Some(calls) => Request::new(Method::POST, REPLAY).json(cassette_text(&calls)?),
                None => Request::new(Method::GET, REPLAY),
            };
            show(&client, &request, screen, replay).await
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Clock {
    world: String,
    wall: String,
    offset_ms: i64,
}

#[derive(Deserialize)]
struct Replay {
    calls: usize,
    left: usize,
}

/// As recorded: through a tree, numbers would be written anew.
fn cassette_text(calls: &[Recorded]) -> Result<String, Failure> {
    let calls = serde_json::to_string(calls).map_err(|e| Failure::Usage(e.to_string()))?;
    Ok(format!("{{\"calls\":{calls}}}"))
}

fn replay(replay: &Replay, screen: &mut Screen) {
    screen.pairs(&[("calls", replay.calls.to_string()), ("left", replay.left.to_string())]);
}

#[derive(Deserialize)]
struct Habits {
    habits: Vec<Habit>,
}

#[derive(Deserialize)]
struct Habit {
    habit: String,
    says: String,
    offers: Vec<Offer>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Offer {
    offer_id: Value,
    title: String,
    price: String,
    min_order_quantity: i64,
}

async fn show<T: DeserializeOwned>(
    client: &Client,
    request: &Request,
    screen: &mut Screen,
    people: impl FnOnce(&T, &mut Screen),
) -> Result<Exit, Failure> {
    let text = control(client, request).await?;
    if screen.json() {
        screen.document(text.trim_end());
    } else {
        people(&serde_json::from_str(&text).map_err(ClientError::UnexpectedData)?, screen);
    }
    Ok(Exit::Done)
}

fn clock(clock: &Clock, screen: &mut Screen) {
    let ahead = clock.offset_ms / 1000;
    screen.pairs(&[("world", clock.world.clone()), ("wall", clock.wall.clone()), ("ahead", format!("{ahead} s"))]);
}

fn habits(sheet: &Habits, screen: &mut Screen) {
    for Habit { habit, says, offers } in &sheet.habits {
        let name = screen.paint(Tone::Strong, habit);
        screen.line(&format!("{name}  {says}"));
        for Offer { offer_id, title, price, min_order_quantity } in offers {
            screen.line(&format!("  {offer_id}  from {price}  min {min_order_quantity}  {title}"));
        }
    }
}

/// The JSON text of an answer. What stands before the controls (the check of the operator's key) refuses in the envelope.
async fn control(client: &Client, request: &Request) -> Result<String, Failure> {
    let plain = client.fetch(request).await?;
    let (status, text) = (plain.status, plain.text.clone());
    match Reply::read(plain) {
        Ok(reply) => Ok(reply.accepted()?.data_text().to_owned()),
        Err(_) if (200..300).contains(&status) => Ok(text),
        Err(_) => Err(Failure::Refused(refusal(status, &text))),
    }
}

/// `{"error": "..."}` of the controls; anything else means that nothing of the kind is served there.
fn refusal(status: u16, text: &str) -> String {
    let said: Option<Value> = serde_json::from_str(text).ok();
    match said.as_ref().and_then(|said| said["error"].as_str()) {
        Some(reason) => reason.to_owned(),
        None => format!("this server has no sandbox (HTTP {status})"),
    }
}
