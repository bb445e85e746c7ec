//! `verify`: whether a callback is the platform's; for trying a receiver, and for looking at one message closely.

use super::{
    access::Global,
    callback::SignedOver,
    exit::{Exit, Failure},
    screen::{Screen, Tone},
};
use clap::Args;
use client::{CallbackError, verify_callback_over};
use contract::callback::header;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::json;
use std::{
    fs,
    io::{self, Read},
};

const EXAMPLES: &str = "\
Examples:
  sampan verify --authorization dbdd7d75...a9de8b5 --body message.json
  cat message.json | sampan verify --authorization dbdd7d75...a9de8b5
  sampan verify --webhook-id 1 --webhook-timestamp 1779263269 --webhook-signature v1,LmC5...qY8= --body message.json

The body must be the bytes that arrived; a pretty-printed copy does not verify.
Exit codes: 0 the signature holds; 1 it does not; 2 wrong usage.";

/// Check the signature of a callback
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Verify {
    /// Value of the Authorization header
    #[arg(long, value_name = "HEX", required_unless_present = "webhook_signature")]
    authorization: Option<String>,
    /// Value of webhook-signature (Standard Webhooks)
    #[arg(long, value_name = "TEXT", requires_all = ["webhook_id", "webhook_timestamp"])]
    webhook_signature: Option<String>,
    /// Value of webhook-id
    #[arg(long, value_name = "ID")]
    webhook_id: Option<String>,
    /// Value of webhook-timestamp
    #[arg(long, value_name = "SECONDS")]
    webhook_timestamp: Option<String>,
    /// The raw body; - is standard input
    #[arg(long, value_name = "FILE", default_value = "-")]
    body: String,
    /// What Authorization is taken over, a setting of the developer
    #[arg(long, value_enum, default_value_t = SignedOver::RawBody)]
    base: SignedOver,
}

pub fn run(verify: &Verify, global: &Global, screen: &mut Screen) -> Result<Exit, Failure> {
    let base = verify.base.base();
    let (headers, body, credentials) = (verify.headers()?, verify.body()?, global.credentials()?);
    match verify_callback_over(base, &headers, &body, &credentials.access_key, credentials.secret.expose()) {
        Ok(message) if screen.json() => {
            screen.value(&json!({ "valid": true, "messageType": message.message_type, "id": message.id }));
            Ok(Exit::Done)
        }
        Ok(message) => {
            let verdict = screen.paint(Tone::Good, "valid");
            screen.line(&format!("{verdict}  {} {}", message.message_type, message.id));
            Ok(Exit::Done)
        }
        Err(reason) => {
            refuse(&reason, screen);
            Ok(Exit::Refused)
        }
    }
}

fn refuse(reason: &CallbackError, screen: &mut Screen) {
    if screen.json() {
        screen.value(&json!({ "valid": false, "reason": reason.to_string() }));
    } else {
        let verdict = screen.paint(Tone::Bad, "not valid");
        screen.line(&format!("{verdict}  {reason}"));
    }
}

impl Verify {
    fn headers(&self) -> Result<HeaderMap, Failure> {
        let given = [
            (header::AUTHORIZATION, &self.authorization),
            (header::ID, &self.webhook_id),
            (header::TIMESTAMP, &self.webhook_timestamp),
            (header::SIGNATURE, &self.webhook_signature),
        ];
        let present = given.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        present.map(|(name, value)| one_header(name, value)).collect()
    }

    fn body(&self) -> Result<Vec<u8>, Failure> {
        let read = if self.body == "-" {
            let mut bytes = Vec::new();
            io::stdin().read_to_end(&mut bytes).map(|_| bytes)
        } else {
            fs::read(&self.body)
        };
        read.map_err(|error| Failure::Usage(format!("{}: {error}", self.body)))
    }
}

fn one_header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Failure> {
    let wrong = || Failure::Usage(format!("{name} has characters that HTTP does not allow"));
    let value = HeaderValue::try_from(value.trim()).map_err(|_| wrong())?;
    Ok((HeaderName::try_from(name).map_err(|_| wrong())?, value))
}
