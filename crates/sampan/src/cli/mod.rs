//! The commands that speak to a running server, and the few that speak to nobody (`sign`, `verify`, `openapi`).
//!
//! A file for each group. A command gets its access and a screen, and gives back how it ended; only [`run`] turns that into
//! an exit code. None of them opens the data folder's database: the process that owns it is asked over HTTP.

mod access;
mod accounts;
mod answer;
mod call;
mod callback;
mod care;
mod change;
mod developer;
mod doctor;
mod exit;
mod listen;
mod messages;
mod openapi;
mod payments;
mod pretty;
mod requests;
mod sandbox;
mod screen;
mod sign;
mod target;
#[cfg(test)]
mod tests;
mod verify;
mod verify_request;

pub use access::Global;

use clap::Subcommand;
use exit::{Exit, Failure};
use screen::{Screen, Tone};
use std::process::ExitCode;

/// Commands of developers and operators.
#[derive(Debug, Subcommand)]
pub enum Command {
    Call(call::Call),
    Sign(sign::Sign),
    Verify(verify::Verify),
    Listen(listen::Listen),
    Developer(developer::Developer),
    Callback(callback::Callback),
    Messages(messages::Messages),
    Requests(requests::Requests),
    Doctor(doctor::Doctor),
    Sandbox(sandbox::Sandbox),
    Backup(care::Backup),
    Operator(care::Operator),
    Openapi(openapi::OpenApi),
}

/// Runs a command on standard output and standard error.
pub async fn run(command: Command, global: Global) -> ExitCode {
    let mut screen = Screen::standard(global.json);
    run_on(&command, &global, &mut screen).await.into()
}

async fn run_on(command: &Command, global: &Global, screen: &mut Screen) -> Exit {
    match dispatch(command, global, screen).await {
        Ok(exit) => exit,
        Err(failure) => {
            complain(&failure, screen);
            failure.exit()
        }
    }
}

async fn dispatch(command: &Command, global: &Global, screen: &mut Screen) -> Result<Exit, Failure> {
    match command {
        Command::Call(call) => call::run(call, global, screen).await,
        Command::Sign(sign) => sign::run(sign, global, screen),
        Command::Verify(verify) => verify::run(verify, global, screen),
        Command::Listen(listen) => listen::run(listen, global, screen).await,
        Command::Developer(developer) => developer::run(developer, global, screen).await,
        Command::Callback(callback) => callback::run(callback, global, screen).await,
        Command::Messages(messages) => messages::run(messages, global, screen).await,
        Command::Requests(requests) => requests::run(requests, global, screen).await,
        Command::Doctor(doctor) => doctor::run(doctor, global, screen).await,
        Command::Sandbox(sandbox) => sandbox::run(sandbox, global, screen).await,
        Command::Backup(backup) => care::backup(backup, global, screen).await,
        Command::Operator(operator) => care::operator(operator, global, screen).await,
        Command::Openapi(openapi) => openapi::run(openapi, screen),
    }
}

/// People read the reason on standard error; a program gets it as the document that it waits for.
fn complain(failure: &Failure, screen: &mut Screen) {
    if screen.json() {
        screen.value(&failure.document());
        return;
    }
    let word = screen.paint(Tone::Bad, "error");
    screen.note(&format!("{word}: {failure}"));
    if let Some(hint) = failure.hint() {
        screen.note(&format!("hint: {hint}"));
    }
}
