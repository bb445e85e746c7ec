//! `requests`: what became of a request, by the requestId of its answer.

use super::{
    access::Global,
    answer::ask,
    exit::{Exit, Failure},
    screen::{Screen, Tone},
};
use clap::{Args, Subcommand};
use contract::{
    operations::developer::RequestGet,
    request::RequestGetBody,
    view::request::{RequestEntry, UpstreamCall},
};

const SHOW: &str = "\
Examples:
  sampan requests show ef3eb87802e645708d5896b548410756
  sampan --json requests show ef3eb87802e645708d5896b548410756 | jq -r .calls[].operation
  sampan --json requests show ef3eb87802e645708d5896b548410756 | jq -r .curl

The id stands in every answer (requestId) and in its header x-request-id. Private texts are kept as ***.";

/// The log of the developer's requests
#[derive(Debug, Args)]
pub struct Requests {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show a request: what was asked and answered, which calls it made, and the call as a curl
    #[command(after_help = SHOW)]
    Show {
        #[arg(value_name = "REQUEST-ID")]
        id: String,
    },
}

pub async fn run(requests: &Requests, global: &Global, screen: &mut Screen) -> Result<Exit, Failure> {
    let Command::Show { id } = &requests.command;
    let client = global.developer()?;
    let body = RequestGetBody { request_id: id.clone() };
    ask::<RequestGet>(&client, &body, screen, |entry, screen| show(entry, client.base_url(), screen)).await?;
    Ok(Exit::Done)
}

fn show(entry: &RequestEntry, base_url: &str, screen: &mut Screen) {
    let dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let tone = if entry.code == 200 { Tone::Good } else { Tone::Bad };
    let answer = screen.paint(tone, &format!("{} {}", entry.code, entry.msg));
    let mark = if entry.query.is_empty() { "" } else { "?" };
    screen.pairs(&[
        ("request", entry.request_id.clone()),
        ("trace", dash(&entry.trace_id)),
        ("at", entry.at.at.iso()),
        ("user", dash(&entry.user_id)),
        ("operation", entry.operation.clone()),
        ("call", format!("{} {}{mark}{}", entry.method, entry.path, entry.query)),
        ("body", dash(&entry.body)),
        ("answer", answer),
        ("took", millis(entry.took_us)),
    ]);
    screen.line("");
    calls(entry, screen);
    screen.line("");
    screen.line(&format!("SAMPAN_BASE_URL='{base_url}'; {}", entry.curl));
}

fn calls(entry: &RequestEntry, screen: &mut Screen) {
    if entry.calls.is_empty() {
        screen.line("no upstream calls");
        return;
    }
    let rows: Vec<_> = entry.calls.iter().map(row).collect();
    screen.table(&["UPSTREAM CALL", "AFTER", "TOOK", "OUTCOME", "CODE"], &rows);
    if entry.more_calls > 0 {
        screen.line(&format!("and {} more", entry.more_calls));
    }
}

fn row(call: &UpstreamCall) -> Vec<String> {
    let code = call.code.clone().filter(|c| !c.is_empty()).unwrap_or_else(|| "-".to_owned());
    vec![call.operation.clone(), millis(call.after_us), millis(call.took_us), call.outcome.clone(), code]
}

fn millis(micros: i64) -> String {
    format!("{}.{} ms", micros / 1000, micros % 1000 / 100)
}
