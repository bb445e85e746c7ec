//! `sign`: the system headers of one call, and the call as a curl line; nothing is sent.

use super::{
    access::Global,
    exit::{Exit, Failure},
    screen::Screen,
    target::Target,
};
use clap::Args;
use client::{Credentials, Scheme, Sources, StrongHeaders, SystemHeaders};
use http::{Method, Uri};
use serde_json::{Map, Value, json};

const EXAMPLES: &str = "\
Examples:
  sampan sign
  sampan sign ka_refund_detail '{\"refundId\":\"TQ36706338027991577\"}'
  sampan sign POST /developer/profile --timestamp 1775221032 --nonce abcdefghijklmnopqrstuvwxyz012345
  sampan sign --strong POST /developer/profile '{}'

With --strong the signature covers method, path, query, user and body: the call must be made as it was signed. A signature holds for 600 seconds; a write needs a fresh nonce each time.";

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
    let base_url = global.base_url()?;
    let pairs = headers(sign, global, &base_url, &target)?;
    let curl = curl(&base_url, &target, &pairs)?;
    if screen.json() {
        let pairs: Map<String, Value> =
            pairs.into_iter().map(|(name, value)| (name.to_owned(), Value::from(value))).collect();
        screen.value(&json!({ "headers": pairs, "curl": curl }));
    } else {
        screen.pairs(&pairs);
        screen.line("");
        screen.line(&curl);
    }
    Ok(Exit::Done)
}

type Pairs = Vec<(&'static str, String)>;

fn headers(sign: &Sign, global: &Global, base_url: &str, target: &Target) -> Result<Pairs, Failure> {
    let (sources, credentials) = (Sources::system(), global.credentials()?);
    let nonce = match &sign.nonce {
        Some(nonce) => nonce.clone(),
        None => sources.nonce()?,
    };
    let owned = |(name, value): (&'static str, &str)| (name, value.to_owned());
    match credentials.scheme {
        Scheme::V1 => {
            let timestamp = sign.timestamp.clone().unwrap_or_else(|| sources.now().0.to_string());
            Ok(SystemHeaders::sign(&credentials, timestamp, nonce).pairs().map(owned).collect())
        }
        Scheme::Strong => {
            let created = match &sign.timestamp {
                Some(text) => text.parse().map_err(|_| Failure::usage("--timestamp takes digits"))?,
                None => sources.now().0 / 1000,
            };
            Ok(strongly(&credentials, created, &nonce, base_url, target)?.pairs().map(owned).collect())
        }
    }
}

/// Signs the address and body that the curl line has.
fn strongly(
    credentials: &Credentials,
    created: i64,
    nonce: &str,
    base_url: &str,
    target: &Target,
) -> Result<StrongHeaders, Failure> {
    let address = address(base_url, target)?;
    let uri: Uri = address.parse().map_err(|error| Failure::Usage(format!("{address}: {error}")))?;
    let body = if target.method == Method::GET { &[] } else { target.json.as_bytes() };
    let signed = client::Target { method: target.method.as_str(), path: uri.path(), query: uri.query(), body };
    Ok(StrongHeaders::sign(credentials, created, nonce, &signed)?)
}

fn address(base_url: &str, target: &Target) -> Result<String, Failure> {
    let query = target.query()?;
    let mark = if query.is_empty() { "" } else { "?" };
    Ok(format!("{}{}{mark}{query}", base_url.trim_end_matches('/'), target.path))
}

fn curl(base_url: &str, target: &Target, headers: &Pairs) -> Result<String, Failure> {
    let mut lines = vec![format!("curl -sS -X {} {}", target.method, quoted(&address(base_url, target)?))];
    lines.extend(headers.iter().map(|(name, value)| format!("  -H {}", quoted(&format!("{name}: {value}")))));
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
