//! `sandbox fault`: faults of chosen calls and push messages. What is right in a fault is the sandbox's to judge; here are
//! words only.

use super::{Screen, show};
use crate::cli::exit::{Exit, Failure};
use clap::{Args, Subcommand, ValueEnum};
use client::{Client, Request};
use http::Method;
use serde::Deserialize;
use serde_json::{Map, Value, json};

const FAULTS: &str = "/sandbox/control/faults";

pub const EXAMPLES: &str = "\
Examples:
  sampan sandbox fault
  sampan sandbox fault set hang --call alibaba.trade.get.buyerView --times 3
  sampan sandbox fault set http --call alibaba.trade.createCrossOrder --when after --times 1
  sampan sandbox fault set code --code 500_004 --message 'sold out' --offer 889512351602
  sampan sandbox fault set wrong_types --percent 10
  sampan sandbox fault set bad_signature --topic ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS --times 1
  sampan sandbox fault clear 2
  sampan sandbox fault clear

A read is asked up to three times before it fails. Faults are forgotten when the server ends. docs/SANDBOX.md has the table.";

#[derive(Debug, Subcommand)]
pub enum Step {
    /// Set a fault beside those that are active
    #[command(after_help = EXAMPLES)]
    Set(Box<Fault>),
    /// Clear one fault by its number, or all
    #[command(after_help = EXAMPLES)]
    Clear {
        #[arg(value_name = "NUMBER")]
        number: Option<u64>,
    },
}

#[derive(Debug, Args)]
pub struct Fault {
    /// Of calls: code, http, hang, drip, cut, html, truncated_json, huge_numbers, wrong_types, bad_gzip, huge_body. Of
    /// pushes: bad_signature, duplicate, foreign
    #[arg(value_name = "FAULT")]
    fault: String,
    /// Only this call of the marketplace
    #[arg(long, value_name = "NAME")]
    call: Option<String>,
    /// Only pushes of this topic
    #[arg(long)]
    topic: Option<String>,
    /// Only what is about this seller: sellerOpenId, login id or member id
    #[arg(long)]
    seller: Option<String>,
    /// Only what is about this order
    #[arg(long, value_name = "ID")]
    order: Option<String>,
    /// Only what is about this offer
    #[arg(long, value_name = "ID")]
    offer: Option<String>,
    /// Only this marketplace
    #[arg(long)]
    marketplace: Option<String>,
    /// So often; without it until it is cleared
    #[arg(long, value_name = "N")]
    times: Option<u64>,
    /// A share of what fits; without it all
    #[arg(long, value_name = "N")]
    percent: Option<u64>,
    /// Whether the call takes effect first
    #[arg(long)]
    when: Option<When>,
    /// With code: the marketplace's code
    #[arg(long)]
    code: Option<String>,
    /// With code: the marketplace's text
    #[arg(long)]
    message: Option<String>,
    /// With http: the status
    #[arg(long)]
    status: Option<u64>,
    /// With huge_numbers: the number
    #[arg(long, allow_hyphen_values = true)]
    number: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum When {
    Before,
    After,
}

pub async fn run(step: Option<&Step>, client: &Client, screen: &mut Screen) -> Result<Exit, Failure> {
    let request = match step {
        None => Request::new(Method::GET, FAULTS),
        Some(Step::Set(fault)) => Request::new(Method::POST, FAULTS).json(fault.body()),
        Some(Step::Clear { number: None }) => Request::new(Method::DELETE, FAULTS),
        Some(Step::Clear { number: Some(number) }) => Request::new(Method::DELETE, format!("{FAULTS}/{number}")),
    };
    show(client, &request, screen, active).await
}

impl Fault {
    fn body(&self) -> String {
        let Self {
            fault,
            call,
            topic,
            seller,
            order,
            offer,
            marketplace,
            times,
            percent,
            when,
            code,
            message,
            status,
            number,
        } = self;
        let when = when.map(|when| match when {
            When::Before => "before",
            When::After => "after",
        });
        let fields = [
            ("fault", json!(fault)),
            ("call", json!(call)),
            ("topic", json!(topic)),
            ("seller", json!(seller)),
            ("order", json!(order)),
            ("offer", json!(offer)),
            ("marketplace", json!(marketplace)),
            ("times", json!(times)),
            ("percent", json!(percent)),
            ("when", json!(when)),
            ("code", json!(code)),
            ("message", json!(message)),
            ("status", json!(status)),
            ("number", json!(number)),
        ];
        let said = fields.into_iter().filter(|(_, value)| !value.is_null());
        Value::Object(said.map(|(name, value)| (name.to_owned(), value)).collect()).to_string()
    }
}

#[derive(Deserialize)]
struct Active {
    faults: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    id: u64,
    left: Option<u64>,
    struck: u64,
    fault: String,
    /// What it is of and how it is.
    #[serde(flatten)]
    rest: Map<String, Value>,
}

fn active(active: &Active, screen: &mut Screen) {
    if active.faults.is_empty() {
        screen.line("no faults");
        return;
    }
    let rows: Vec<Vec<String>> = active.faults.iter().map(row).collect();
    screen.table(&["id", "fault", "left", "struck", "of"], &rows);
}

fn row(Row { id, left, struck, fault, rest }: &Row) -> Vec<String> {
    let word = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let of: Vec<String> = rest.iter().map(|(name, value)| format!("{name}={}", word(value))).collect();
    let left = left.map_or_else(|| "all".to_owned(), |left| left.to_string());
    vec![id.to_string(), fault.clone(), left, struck.to_string(), of.join(" ")]
}
