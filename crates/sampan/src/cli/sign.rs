//! `sign`: the system headers of one call, and the call as a curl line; nothing is sent.

use super::{
    access::Global,
    exit::{Exit, Failure},
    screen::Screen,
    target::Target,
};
use clap::Args;
use client::{Sources, SystemHeaders};
use http::Method;
use serde_json::{Map, Value, json};

const EXAMPLES: &str = "\
Examples:
  sampan sign
  sampan sign ka_refund_detail '{\"refundId\":\"TQ36706338027991577\"}'
  sampan sign POST /developer/profile --timestamp 1775221032 --nonce abcdefghijklmnopqrstuvwxyz012345

A signature holds for 600 seconds; a write needs a fresh nonce each time.";

/// Print the headers of a signed call and a ready curl line
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Sign {
    /// METHOD PATH [JSON], or OPERATION-ID [JSON]; without one, the developer's profile
    #[arg(value_name = "WORD", num_args = 0..=3)]
    words: Vec<String>,
    /// Signs this timestamp (10 or 13 digits) instead of now
    #[arg(long, value_name = "EPOCH")]
    timestamp: Option<String>,
    /// Signs this nonce instead of a random one
    #[arg(long, value_name = "TEXT")]
    nonce: Option<String>,
}

pub fn run(sign: &Sign, global: &Global, screen: &mut Screen) -> Result<Exit, Failure> {
    let target = if sign.words.is_empty() {
        Target::parse(&["POST".to_owned(), "/developer/profile".to_owned()])?
    } else {
        Target::parse(&sign.words)?
    };
    let headers = headers(sign, global)?;
    let curl = curl(&global.base_url()?, &target, &headers)?;
    if screen.json() {
        let pairs: Map<String, Value> = headers.pairs().map(|(name, value)| (name.to_owned(), json!(value))).collect();
        screen.value(&json!({ "headers": pairs, "curl": curl }));
    } else {
        let pairs: Vec<_> = headers.pairs().map(|(name, value)| (name, value.to_owned())).collect();
        screen.pairs(&pairs);
        screen.line("");
        screen.line(&curl);
    }
    Ok(Exit::Done)
}

fn headers(sign: &Sign, global: &Global) -> Result<SystemHeaders, Failure> {
    let sources = Sources::system();
    let timestamp = sign.timestamp.clone().unwrap_or_else(|| sources.now().0.to_string());
    let nonce = match &sign.nonce {
        Some(nonce) => nonce.clone(),
        None => sources.nonce()?,
    };
    Ok(SystemHeaders::sign(&global.credentials()?, timestamp, nonce))
}

fn curl(base_url: &str, target: &Target, headers: &SystemHeaders) -> Result<String, Failure> {
    let base_url = base_url.trim_end_matches('/');
    let query = target.query()?;
    let mark = if query.is_empty() { "" } else { "?" };
    let url = quoted(&format!("{base_url}{}{mark}{query}", target.path));
    let mut lines = vec![format!("curl -sS -X {} {url}", target.method)];
    lines.extend(headers.pairs().map(|(name, value)| format!("  -H {}", quoted(&format!("{name}: {value}")))));
    if target.method != Method::GET {
        lines.push("  -H 'content-type: application/json'".to_owned());
        lines.push(format!("  -d {}", quoted(&target.json)));
    }
    Ok(lines.join(" \\\n"))
}

/// One word for a POSIX shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_in_the_body_does_not_end_the_word() {
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }
}
