//! `messages`: what was sent to the developer's callback URL, what came of it, and sending it again.

use super::{
    access::Global,
    answer::ask,
    exit::{Exit, Failure},
    screen::{Screen, Tone},
};
use clap::{Args, Subcommand};
use contract::{
    operations::developer::{MessageList, MessageReplay},
    request::{Id, MessagePageBody, MessageReplayBody},
    view::developer::{AttemptRow, MessagePage, MessageRow},
};

const LIST: &str = "\
Examples:
  sampan messages list
  sampan messages list --state dead --since '2026-04-20 00:00:00'
  sampan messages list --object TQ36706338027991577 --attempts
  sampan --json messages list --type ORDER_BUYER_VIEW_ORDER_PAY | jq -r .records[].id

Times are ISO-8601, 'yyyy-MM-dd HH:mm:ss' (UTC+8) or epoch milliseconds.";

const REPLAY: &str = "\
Examples:
  sampan messages replay --id 224
  sampan messages replay --from 224 --to 230
  sampan messages replay --since 2026-04-20T00:00:00+08:00

A replayed message keeps its id; receivers that have it drop it.";

/// Messages of the developer: list and replay
#[derive(Debug, Args)]
pub struct Messages {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List messages, newest first
    #[command(after_help = LIST)]
    List(List),
    /// Send one message, a range, or all since a time again
    #[command(after_help = REPLAY)]
    Replay(Replay),
}

#[derive(Debug, Args)]
struct List {
    /// Made at or after this time
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Made at or before this time
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// Where it stands
    #[arg(long, value_parser = ["pending", "done", "dead", "held"])]
    state: Option<String>,
    /// Message type, such as ORDER_BUYER_VIEW_ORDER_PAY
    #[arg(long = "type", value_name = "TYPE")]
    message_type: Option<String>,
    /// Order or refund that it is about
    #[arg(long, value_name = "ID")]
    object: Option<String>,
    /// Page, from 1
    #[arg(long, default_value_t = 1)]
    page: i64,
    /// Rows of a page, at most 50
    #[arg(long, default_value_t = 20)]
    page_size: i64,
    /// Shows the attempts under each message
    #[arg(long)]
    attempts: bool,
}

#[derive(Debug, Args)]
#[group(id = "which", required = true, multiple = true, args = ["id", "from", "since"])]
struct Replay {
    /// This message
    #[arg(long, value_name = "N", conflicts_with_all = ["from", "to", "since"])]
    id: Option<i64>,
    /// First of a range
    #[arg(long, value_name = "N", requires = "to", conflicts_with = "since")]
    from: Option<i64>,
    /// Last of a range
    #[arg(long, value_name = "N", requires = "from")]
    to: Option<i64>,
    /// All made at or after this time
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
}

pub async fn run(messages: &Messages, global: &Global, screen: &mut Screen) -> Result<Exit, Failure> {
    let client = global.developer()?;
    match &messages.command {
        Command::List(list) => {
            ask::<MessageList>(&client, &list.body(), screen, |page, screen| show(page, list.attempts, screen)).await?;
        }
        Command::Replay(replay) => {
            ask::<MessageReplay>(&client, &replay.body(), screen, |result, screen| {
                screen.line(&format!("{} queued again", result.replayed));
            })
            .await?;
        }
    }
    Ok(Exit::Done)
}

impl List {
    fn body(&self) -> MessagePageBody {
        MessagePageBody {
            since: self.since.clone(),
            until: self.until.clone(),
            state: self.state.clone(),
            message_type: self.message_type.clone(),
            object_id: self.object.as_deref().map(Id::from),
            page: Some(self.page),
            page_size: Some(self.page_size),
        }
    }
}

impl Replay {
    fn body(&self) -> MessageReplayBody {
        MessageReplayBody {
            id: self.id.map(Id::from),
            from_id: self.from.map(Id::from),
            to_id: self.to.map(Id::from),
            since: self.since.clone(),
        }
    }
}

fn show(page: &MessagePage, attempts: bool, screen: &mut Screen) {
    let rows: Vec<_> = page.records.iter().map(row).collect();
    screen.table(&["ID", "TYPE", "OBJECT", "SEQ", "STATE", "ATTEMPTS", "LAST", "CREATED"], &rows);
    if attempts {
        page.records.iter().for_each(|message| show_attempts(message, screen));
    }
    let count = format!("{} of {}, page {}", page.records.len(), page.total, page.current);
    let count = screen.paint(Tone::Faint, &count);
    screen.note(&count);
}

fn row(message: &MessageRow) -> Vec<String> {
    let last = message.attempts.iter().max_by_key(|attempt| attempt.number);
    vec![
        message.id.clone(),
        message.message_type.clone(),
        message.object_id.clone(),
        message.sequence.to_string(),
        message.state.clone(),
        message.attempts.len().to_string(),
        last.map_or_else(|| "-".to_owned(), outcome),
        message.created_at.at.text(),
    ]
}

fn outcome(attempt: &AttemptRow) -> String {
    match (attempt.status, &attempt.error) {
        (Some(status), _) => status.to_string(),
        (None, Some(error)) => error.clone(),
        (None, None) => "-".to_owned(),
    }
}

fn show_attempts(message: &MessageRow, screen: &mut Screen) {
    for attempt in &message.attempts {
        let (number, at, took) = (attempt.number, attempt.at.at.text(), attempt.duration_ms);
        screen.line(&format!("{} attempt {number}  {at}  {}  {took} ms", message.id, outcome(attempt)));
        if !attempt.answer.is_empty() {
            let answer = screen.paint(Tone::Faint, &attempt.answer);
            screen.line(&format!("  {answer}"));
        }
    }
}
