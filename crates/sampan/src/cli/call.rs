//! `call`: any operation, signed, with the envelope as it came back.
//!
//! The envelope is the result also when it says no; the exit code tells which.

use super::{
    access::Global,
    exit::{Exit, Failure},
    pretty::pretty,
    screen::{Screen, Tone},
    target::Target,
};
use clap::Args;
use client::{Reply, Request};
use contract::{Entry, OPERATIONS};
use serde_json::json;
use std::{fs, path::PathBuf};

const EXAMPLES: &str = "\
Examples:
  sampan call --list
  sampan call developer_profile
  sampan call ka_refund_detail '{\"refundId\":\"TQ36706338027991577\"}'
  sampan call GET /alibaba/order/pay/url '{\"orderId\":\"2836707120000991577\"}'
  sampan call POST /alibaba/ka/order/create @order.json --idempotency-key order-17
  sampan call ka_refund_voucher_upload --file photo.jpg
  echo '{\"refundId\":\"TQ1\"}' | sampan --json call ka_refund_detail - | jq .data.status

Exit codes: 0 code 200; 1 the server said no; 2 wrong usage; 3 no connection.";

/// Call an operation of the API, signed
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Call {
    /// METHOD PATH [JSON], or OPERATION-ID [JSON]; JSON may be @FILE or - (standard input), a GET puts its fields into the query
    #[arg(value_name = "WORD", num_args = 1..=3, required_unless_present = "list")]
    words: Vec<String>,
    /// Makes a write safe to repeat: the same key gives the first answer again
    #[arg(long, value_name = "KEY")]
    idempotency_key: Option<String>,
    /// Sends a JPEG as the file part `imageData` instead of JSON
    #[arg(long, value_name = "JPEG")]
    file: Option<PathBuf>,
    /// Lists the operations and ends
    #[arg(long, conflicts_with_all = ["words", "idempotency_key", "file"])]
    list: bool,
}

pub async fn run(call: &Call, global: &Global, screen: &mut Screen) -> Result<Exit, Failure> {
    if call.list {
        list(screen);
        return Ok(Exit::Done);
    }
    let request = request(call)?;
    let reply = global.developer()?.send(&request).await?;
    show(&reply, screen);
    Ok(if reply.is_success() { Exit::Done } else { Exit::Refused })
}

fn request(call: &Call) -> Result<Request, Failure> {
    let target = Target::parse(&call.words)?;
    let mut request = match &call.file {
        None => target.request()?,
        Some(file) => {
            let bytes =
                fs::read(file).map_err(|e| Failure::Usage(format!("{} cannot be read: {e}", file.display())))?;
            Request::new(target.method, target.path).file("imageData", "voucher.jpg", "image/jpeg", &bytes)
        }
    };
    if let Some(key) = &call.idempotency_key {
        request = request.idempotency_key(key)?;
    }
    Ok(request)
}

fn show(reply: &Reply, screen: &mut Screen) {
    if screen.json() {
        screen.document(&reply.text);
        return;
    }
    screen.line(&pretty(&reply.text));
    if reply.is_replayed() {
        let note =
            screen.paint(Tone::Faint, "the kept answer of an earlier try with this Idempotency-Key or own number");
        screen.note(&note);
    }
    if let Some(refusal) = reply.refusal() {
        screen.note(&format!("HTTP {}: {} {}", refusal.status, refusal.code, refusal.name));
    }
}

fn list(screen: &mut Screen) {
    if screen.json() {
        screen.value(&OPERATIONS.iter().map(described).collect::<Vec<_>>());
        return;
    }
    let rows = OPERATIONS.iter().map(|entry| {
        let kind = if entry.writes { "writes" } else { "reads" };
        [entry.id, entry.method.name(), entry.path, kind, entry.title].map(str::to_owned).to_vec()
    });
    screen.table(&["ID", "METHOD", "PATH", "KIND", "TITLE"], &rows.collect::<Vec<_>>());
}

fn described(entry: &Entry) -> serde_json::Value {
    json!({
        "id": entry.id,
        "method": entry.method.name(),
        "path": entry.path,
        "edition": entry.edition.name(),
        "group": entry.group,
        "title": entry.title,
        "writes": entry.writes,
    })
}
