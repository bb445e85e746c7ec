//! `sandbox`: the embedded marketplaces' clock and habits.
//!
//! The controls lie outside the contract: they have no envelope and are not in `call --list`. Only the operator's key (or a
//! caller on the server's own machine) moves the clock.

use super::{
    access::Global,
    exit::{Exit, Failure},
    render::render,
    screen::Screen,
};
use clap::{Args, Subcommand};
use client::{Client, Reply, Request};
use http::Method;
use serde_json::json;

const CLOCK_EXAMPLES: &str = "\
Examples:
  sampan sandbox clock
  sampan sandbox clock advance 86400

Moves the time of orders, refunds and their deadlines only; requests are signed with the real time before and after.";

const HABITS_EXAMPLES: &str = "\
Examples:
  sampan sandbox habits
  sampan --json sandbox habits | jq .";

/// The embedded marketplaces: their clock and the habits of their sellers
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
    let request = match &sandbox.command {
        Command::Clock { step: None } => Request::new(Method::GET, "/sandbox/control/clock"),
        Command::Clock { step: Some(Step::Advance { seconds }) } => {
            let body = json!({ "seconds": seconds }).to_string();
            Request::new(Method::POST, "/sandbox/control/clock/advance").json(body)
        }
        Command::Habits => Request::new(Method::GET, "/sandbox/control/habits"),
    };
    let answer = control(&global.operator()?, &request).await?;
    if screen.json() {
        screen.document(answer.trim_end());
    } else {
        render(&answer, screen);
    }
    Ok(Exit::Done)
}

/// The JSON text of an answer. What stands before the controls (the check of the operator's key) refuses in the envelope.
async fn control(client: &Client, request: &Request) -> Result<String, Failure> {
    let plain = client.fetch(request).await?;
    let (status, text) = (plain.status, plain.text.clone());
    match Reply::read(plain) {
        Ok(reply) => Ok(reply.accepted()?.data_text().to_owned()),
        Err(_) if (200..300).contains(&status) => Ok(text),
        Err(_) if status == 404 => Err(Failure::Refused("this server has no sandbox (HTTP 404)".to_owned())),
        Err(_) => Err(Failure::Refused(format!("HTTP {status}: {text}"))),
    }
}
