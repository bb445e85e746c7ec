//! `doctor`: looks at everything that an installation hangs on and says what to do about what is wrong.
//!
//! It asks the running server like every command; what only files can tell (configuration, modes) it reads itself. A check
//! that cannot be made is a finding, not the end: the others are made all the same.

mod callback;
mod files;
mod finding;
mod installation;
mod server;

use super::{
    access::Global,
    exit::{Exit, Failure},
    screen::Screen,
};
use clap::Args;
use finding::{Finding, State};
use serde_json::json;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  sampan doctor
  sampan doctor --data /var/lib/sampan --config /etc/sampan.toml
  sampan --json doctor | jq -r '.findings[] | select(.state != \"good\") | .todo'

Checks configuration, data folder, server, clock, database, marketplaces, queues and the developer's callback.
Exit codes: 0 nothing is wrong (warnings included); 1 something is wrong; 2 wrong usage.";

/// Check configuration, server, database, clock, marketplaces and callback, and say what to do
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Doctor {
    /// TOML file that the server is started with
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

pub async fn run(doctor: &Doctor, global: &Global, screen: &mut Screen) -> Result<Exit, Failure> {
    let (mut findings, config) = files::configuration(doctor.config.clone(), global);
    let global = match &config {
        Some(config) => Global { data: config.data.clone(), ..global.clone() },
        None => global.clone(),
    };
    findings.extend(files::folder(&global.data, config.as_ref()));
    findings.extend(files::certificate(config.as_ref()));
    let (server, answers) = server::check(&global).await;
    findings.extend(server);
    if answers {
        findings.extend(installation::check(&global).await);
        findings.extend(callback::check(&global).await);
    }
    show(&findings, screen);
    let wrong = findings.iter().any(|finding| finding.state == State::Bad);
    Ok(if wrong { Exit::Refused } else { Exit::Done })
}

fn show(findings: &[Finding], screen: &mut Screen) {
    let wrong = findings.iter().any(|finding| finding.state == State::Bad);
    if screen.json() {
        screen.value(&json!({ "well": !wrong, "findings": findings }));
        return;
    }
    let width = findings.iter().map(|finding| finding.check.len()).max().unwrap_or(0);
    for finding in findings {
        let state = screen.paint(finding.state.tone(), &format!("{:4}", finding.state.word()));
        screen.line(&format!("{state}  {:width$}  {}", finding.check, finding.says));
        if let Some(todo) = &finding.todo {
            screen.line(&format!("      {:width$}  -> {todo}", ""));
        }
    }
}
